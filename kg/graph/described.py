"""What the graph says of one node, as a document of its own: for whoever looks up its IRI."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import pyoxigraph as ox

from kg.graph.iris import FOLDERS
from kg.graph.jsonld import JsonLdWriter
from kg.graph.ntriples import engine_term, node, written
from kg.graph.prefixes import prefixes_of
from kg.graph.protocol import GRAPH_FORMATS
from kg.graph.store import Store
from kg.graph.subjects import Subject
from kg.graph.terms import Triple
from kg.graph.turtle import TurtleWriter
from kg.vocab import FK, RDFS

# nodes that are nothing by themselves: they are told with whatever they speak of
_SATELLITES: Final = frozenset({"role", "rating", "reference", "claim"})
_LEADS_TO: Final = frozenset({"role", "rating"})
_MOST: Final = 20_000  # triples of one kind that a document holds; a country has many films


def is_known(store: Store, iri: str) -> bool:
    """Whether the graph says anything of the node."""
    places = (None, store.iris.catalogue, store.iris.corrections)
    return any(True for graph in places for _ in store.triples(iri, graph=graph))


def folder_of(store: Store, iri: str) -> str:
    """The folder below the base in which a node stands: film, claim; "" if in none."""
    if not iri.startswith(store.base):
        return ""
    folder = iri[len(store.base) :].partition("/")[0]
    return folder if folder in FOLDERS else ""


def document(store: Store, iri: str, format_name: str) -> bytes:
    """What is said of the node, in one of the formats for graphs.

    Pages' words, each triple once; of a page all that it says. TriG and N-Quads also have what the
    catalogue says, in its own graph. A node that only the catalogue knows is told in its words.
    """
    catalogue = store.iris.catalogue
    said = sorted(_about(store, iri), key=_order)
    known = sorted(_around(store, iri, catalogue), key=_order)
    if format_name in ("trig", "nquads"):
        graph = node(iri) if folder_of(store, iri) == "source" else ox.DefaultGraph()
        quads = [
            *(_quad(triple, graph) for triple in said),
            *(_quad(triple, node(catalogue)) for triple in known),
        ]
        return _serialised(quads, format_name, store.base)
    triples = said or known
    if format_name == "turtle":
        writer = TurtleWriter(store.base)
        return b"".join((writer.head(), *writer.blocks(_subjects(store, iri, triples))))
    if format_name == "jsonld":
        return b"".join(JsonLdWriter(store.base).document(_subjects(store, iri, triples)))
    plain = [_quad(triple, ox.DefaultGraph()).triple for triple in triples]
    content = _serialised(plain, format_name, store.base)
    return content.replace(b"\r", b"&#13;") if format_name == "rdfxml" else content


def _about(store: Store, iri: str) -> set[Triple]:
    """The pages' words on a node: a page's own graph, or what stands around the node."""
    if folder_of(store, iri) == "source":
        return {*store.triples(graph=iri), *store.evidence(iri)}
    return _around(store, iri, None)


def _around(store: Store, iri: str, graph: str | None) -> set[Triple]:
    found = set(store.triples(iri, graph=graph))
    if not found:
        return found
    found.update(islice(store.triples(None, None, iri, graph=graph), _MOST))
    satellites = {
        end
        for triple in found
        for end, wanted in ((triple.subject, _SATELLITES), (triple.object, _LEADS_TO))
        if isinstance(end, str) and end != iri and folder_of(store, end) in wanted
    }
    for satellite in satellites:
        found.update(store.triples(satellite, graph=graph))
    passages = {triple.object for triple in found if triple.predicate == FK.passage}
    for passage in passages - {iri}:
        if isinstance(passage, str):
            found.update(store.triples(passage, graph=graph))
    named = {
        end
        for triple in found
        for end in (triple.subject, triple.object)
        if isinstance(end, str) and end.startswith(store.base) and end != iri
    }
    for one in named:
        found.update(store.triples(one, RDFS.label, graph=graph))
    return found


def _order(triple: Triple) -> tuple[str, str, str]:
    return triple.subject, triple.predicate, written(triple.object)


def _subjects(store: Store, iri: str, triples: Iterable[Triple]) -> Iterator[Subject]:
    """The node itself first, then the others by folder."""
    nodes: dict[str, list[tuple[bytes, bytes]]] = {}
    for triple in triples:
        said = nodes.setdefault(triple.subject, [])
        said.append((f"<{triple.predicate}>".encode(), written(triple.object).encode()))
    places = {folder: place for place, folder in enumerate((*FOLDERS, ""))}
    ordered = sorted(nodes, key=lambda one: (one != iri, places[folder_of(store, one)], one))
    for one in ordered:
        yield Subject(f"<{one}>".encode(), folder_of(store, one), nodes[one])


def _quad(triple: Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(node(triple.subject), node(triple.predicate), engine_term(triple.object), graph)


def _serialised(items: list[ox.Quad] | list[ox.Triple], format_name: str, base: str) -> bytes:
    content = ox.serialize(items, format=GRAPH_FORMATS[format_name], prefixes=prefixes_of(base))
    return content or b""
