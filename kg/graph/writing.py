"""Changes that came over the network: SPARQL Update, and whole graphs as in Graph Store Protocol.

They are made by a `Store` that is open for writing, so that there is one writer, and are seen by
readers when it publishes.
"""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from kg.errors import QueryError, UsageError
from kg.graph.guard import refuse_reaching_out
from kg.graph.mistakes import error_at
from kg.graph.ntriples import own_term, written
from kg.graph.prefixes import prefixes_of
from kg.graph.protocol import GRAPH_FORMATS
from kg.graph.store import Store
from kg.graph.terms import Quad, Triple, key
from kg.graph.using import with_graphs

_PLACE: Final = "error at "


def update(
    store: Store, sparql: str, *, using: tuple[str, ...] = (), using_named: tuple[str, ...] = ()
) -> None:
    """Apply an update request, wholly or not at all. QueryError where it is wrong.

    It writes the graphs that it names and no other: what it puts into a named graph isn't seen in
    the default graph unless it is put there too.
    """
    refuse_reaching_out(sparql)
    request = with_graphs(sparql, using, using_named)
    try:
        store.engine.update(request, prefixes=prefixes_of(store.base))
    except SyntaxError as error:
        raise _mistake(sparql if request == sparql else request, error) from error
    store.changes += 1


def _mistake(sparql: str, error: SyntaxError) -> QueryError:
    line, column = 1, 1
    place, colon, _ = str(error).removeprefix(_PLACE).partition(": ")
    numbers = place.split(":")
    if colon and len(numbers) == 2 and all(one.isdecimal() for one in numbers):
        line, column = int(numbers[0]), int(numbers[1])
    return error_at(sparql, line, column, "this can't be read as an update")


def put_graph(
    store: Store, graph: str | None, content: bytes, format_name: str, *, keep: bool = False
) -> bool:
    """Make `content` all that a graph holds, or with `keep` add it; True if the graph is new.

    What a named graph says is in the default graph too, each triple once, as with a page's graph.
    A blank node gets an IRI below `.well-known/genid/`. UsageError where the content can't be read.
    """
    triples = _triples(store, graph, content, format_name)
    if graph is None:
        lines = "\n".join(
            f"<{one.subject}> <{one.predicate}> {written(one.object)} ." for one in triples
        )
        request = f"INSERT DATA {{\n{lines}\n}}"
        store.engine.update(request if keep else f"CLEAR DEFAULT ;\n{request}")
        store.changes += 1
        return False
    new = graph not in set(store.graphs())
    held = {*store.triples(graph=graph), *store.evidence(graph)} if keep else set()
    store.replace_page(graph, [Quad(*triple, graph) for triple in sorted(held | triples, key=str)])
    return new


def delete_graph(store: Store, graph: str | None) -> bool:
    """Remove a graph and all that only it said; False where there is none."""
    if graph is None:
        store.engine.update("CLEAR DEFAULT")
        store.changes += 1
        return True
    return store.forget(graph)


def _triples(store: Store, graph: str | None, content: bytes, format_name: str) -> set[Triple]:
    try:
        parsed = list(
            ox.parse(content, format=GRAPH_FORMATS[format_name], base_iri=graph or store.base)
        )
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise QueryError(
            f"expected RDF as {format_name} in the body of the request: {error}",
            line=line,
            column=getattr(error, "offset", None) if line else None,
        ) from error
    found = set()
    for quad in parsed:
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            raise UsageError(
                f"expected one graph in the body of the request, found another one named "
                f"{quad.graph_name}; send each with a request of its own"
            )
        try:
            subject, obj = (
                own_term(_named(store, graph, term)) for term in (quad.subject, quad.object)
            )
        except ValueError as error:  # a triple as a term: RDF 1.2
            raise UsageError(f"the store holds RDF 1.1 only: {error}") from error
        if not isinstance(subject, str):
            raise UsageError(f"expected an IRI as subject, found {quad.subject}")
        found.add(Triple(subject, str(quad.predicate.value), obj))
    return found


def _named(store: Store, graph: str | None, term: object) -> object:
    """A blank node under a name of its own (RDF 1.1 Concepts, section 3.5), others as they are."""
    if not isinstance(term, ox.BlankNode):
        return term
    return ox.NamedNode(f"{store.base}.well-known/genid/{key(graph, term.value)}")
