"""Evaluating what came over the network: a query on a dataset of its choosing, written as a stream.

The engine can't be interrupted, so these run in a process that can be ended (`kg.web.worker`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any, Final

import pyoxigraph as ox

from kg.errors import UsageError
from kg.graph.evidence import evidence_of
from kg.graph.guard import refuse_reaching_out
from kg.graph.mistakes import explain
from kg.graph.ntriples import node
from kg.graph.prefixes import prefixes_of
from kg.graph.query import ROW_FORMATS
from kg.graph.store import Store
from kg.graph.tokens import tokens

GRAPH_FORMATS: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
}
TABLE: Final = "table"
"""Rows for a page to show: JSON with at most `ROWS_SHOWN` of them."""
ROWS_SHOWN: Final = 1000

FORMS: Final = {"SELECT": "rows", "ASK": "truth", "CONSTRUCT": "triples", "DESCRIBE": "triples"}
_XML: Final = frozenset({"xml", "rdfxml"})
# the same query gives something else the next time
_UNSTABLE: Final = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})

Sink = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Question:
    """A query and the dataset that the protocol's parameters give it.

    Without graphs of its own it is asked of the store's default graph and all named graphs; with
    any, of these alone (SPARQL 1.1 Protocol, section 2.1.4), whatever FROM says.
    """

    sparql: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def form(sparql: str) -> str:
    """What kind of answer a query asks for: `rows`, `truth`, `triples`; "" where none is seen."""
    for word in _words(sparql):
        if word in FORMS:
            return FORMS[word]
        if word not in ("PREFIX", "BASE"):
            return ""
    return ""


def is_stable(sparql: str) -> bool:
    """Whether the same query on the same graph gives the same answer."""
    return not _UNSTABLE.intersection(_words(sparql))


def _words(sparql: str) -> Iterator[str]:
    return (token.text.upper() for token in tokens(sparql) if token.kind == "word")


class Evaluation:
    """A query that was understood and has begun; `kind` is `rows`, `truth` or `triples`."""

    def __init__(self, store: Store, question: Question) -> None:
        """QueryError where it is wrong or reaches out of the graph."""
        refuse_reaching_out(question.sparql)
        self._prefixes = prefixes_of(store.base)
        chosen = question.default_graphs or question.named_graphs
        try:
            self._results = store.engine.query(
                question.sparql,
                prefixes=self._prefixes,
                default_graph=[node(one) for one in question.default_graphs] if chosen else None,
                named_graphs=[node(one) for one in question.named_graphs] if chosen else None,
            )
        except SyntaxError as error:
            raise explain(question.sparql, error, self._prefixes) from error
        except ValueError as error:  # a graph's name that is no IRI
            raise UsageError(f"expected IRIs as names of graphs: {error}") from error
        self.kind = "truth"
        if isinstance(self._results, ox.QuerySolutions):
            self.kind = "rows"
        elif isinstance(self._results, ox.QueryTriples):
            self.kind = "triples"

    def write(self, format_name: str, sink: Sink) -> None:
        """Hand the answer over piece by piece, as it is found."""
        if isinstance(self._results, ox.QueryTriples):
            write_triples(self._results, format_name, sink, self._prefixes)
        elif format_name == TABLE:
            sink(json.dumps(self._table()).encode())
        else:
            file = _file(sink, format_name)
            self._results.serialize(file, ROW_FORMATS[format_name])

    def _table(self) -> dict[str, Any]:
        if not isinstance(self._results, ox.QuerySolutions):
            return {"variables": [], "truth": bool(self._results), "rows": [], "more": False}
        names = [variable.value for variable in self._results.variables]
        rows: list[list[dict[str, str] | None]] = []
        for solution in self._results:
            if len(rows) == ROWS_SHOWN:
                return {"variables": names, "rows": rows, "more": True}
            rows.append([None if term is None else _shown(term) for term in solution])
        return {"variables": names, "rows": rows, "more": False}


def _shown(term: object) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"iri": term.value}
    if isinstance(term, ox.Literal):
        plain = term.datatype.value.endswith(("XMLSchema#string", "#langString"))
        datatype = "" if plain else term.datatype.value
        return {"words": term.value, "language": term.language or "", "datatype": datatype}
    return {"words": str(term)}


def write_triples(
    triples: Iterator[ox.Triple] | ox.QueryTriples,
    format_name: str,
    sink: Sink,
    prefixes: dict[str, str],
) -> None:
    """Triples in one of `GRAPH_FORMATS`, piece by piece."""
    ox.serialize(triples, _file(sink, format_name), GRAPH_FORMATS[format_name], prefixes=prefixes)


def write_graph(store: Store, graph: str | None, format_name: str, sink: Sink) -> bool:
    """One graph (None: the default graph) piece by piece; False where there is no such graph.

    A page's comes with its claims and passages, so that what is read can be put back.
    """
    if graph is not None and not store.engine.contains_named_graph(node(graph)):
        return False
    quads: Iterable[ox.Quad] = store.engine.quads_for_pattern(
        None, None, None, ox.DefaultGraph() if graph is None else node(graph)
    )
    if graph is not None:
        quads = chain(quads, evidence_of(store.engine, graph, store.iris))
    write_triples((quad.triple for quad in quads), format_name, sink, prefixes_of(store.base))
    return True


def _file(sink: Sink, format_name: str) -> IO[bytes]:
    return _Sinking(sink, format_name in _XML)  # type: ignore[return-value] # write and flush do


class _Sinking:
    """As much of a file as the engine needs to write to."""

    def __init__(self, sink: Sink, xml: bool) -> None:
        self._sink = sink
        self._xml = xml

    def write(self, piece: bytes) -> int:
        # XML readers take a bare carriage return for a line end: it has to be written by its number
        self._sink(piece.replace(b"\r", b"&#13;") if self._xml else piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing is kept back."""
