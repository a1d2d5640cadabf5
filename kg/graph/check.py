"""Holds a graph against the shapes (SHACL): what is wrong, where, and which page says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox
from pyshacl import validate
from rdflib import RDFS as RDFS_TERMS
from rdflib import SH, Graph, Literal, URIRef
from rdflib.term import Node

from kg.graph.evidence import evidence_of
from kg.graph.names import Names
from kg.graph.ntriples import node
from kg.graph.prefixes import prefixes_of, shorten
from kg.graph.store import Store
from kg.graph.terms import Term
from kg.resources import folder
from kg.vocab import FK, RDFS

# triples that are validated together: enough to be quick, few enough for rdflib's memory
_AT_ONCE: Final = 60_000
# what a thing is called and how it stands must be the same on all pages, however many there are
_DISAGREEMENTS: Final = """
SELECT ?node ?predicate (COUNT(DISTINCT ?value) AS ?values)
WHERE {{ VALUES ?predicate {{ <{label}> <{linked}> }} ?node ?predicate ?value }}
GROUP BY ?node ?predicate HAVING (COUNT(DISTINCT ?value) > 1)
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """One breach of one rule. `node` is an IRI; `pages` are the graphs in which it stands.

    `rule` names the kind of node and the property, `value` is what was found there ("" where
    something is missing).
    """

    node: str
    label: str
    rule: str
    message: str
    value: str
    pages: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "node": self.node,
            "label": self.label,
            "rule": self.rule,
            "message": self.message,
            "value": self.value,
            "pages": list(self.pages),
        }

    def __str__(self) -> str:
        found = f" (found {self.value})" if self.value else ""
        more = f" and {len(self.pages) - 3} more" if len(self.pages) > 3 else ""
        where = f"; in {', '.join(self.pages[:3])}{more}" if self.pages else ""
        label = f" “{self.label}”" if self.label else ""
        return f"{self.node}{label} {self.message}{found} [{self.rule}]{where}"


def check(store: Store) -> tuple[Fault, ...]:
    """Every breach of `ontology/shapes.ttl` in the pages' graphs, sorted by node and rule.

    Pages are validated some hundred at a time, so that memory doesn't grow with the graph.
    """
    shapes = Graph().parse(folder("ontology") / "shapes.ttl", format="turtle")
    checker = _Checker(store, shapes)
    found: dict[tuple[str, str, str, str], Fault] = {}
    for data in _portions(store):
        for fault in checker.faults(data):
            found.setdefault((fault.node, fault.rule, fault.message, fault.value), fault)
    for fault in checker.disagreements():
        found.setdefault((fault.node, fault.rule, "", ""), fault)
    return tuple(sorted(found.values(), key=lambda one: (one.node, one.rule, one.value)))


def _portions(store: Store) -> Iterator[Graph]:
    """The pages' graphs in portions; what the user has added goes with the pages it is about."""
    added = store.iris.corrections
    about = {triple.subject for triple in store.triples(graph=added)}
    if about:
        pages = {
            quad.graph_name.value
            for subject in about
            for quad in store.engine.quads_for_pattern(node(subject), None, None, None)
            if isinstance(quad.graph_name, ox.NamedNode)
        }
        yield _read(store, sorted({*pages, added} - {store.iris.catalogue}))
    sizes = {str(page): int(str(getattr(size, "value", 0))) for page, size in _sizes(store)}
    portion: list[str] = []
    size = 0
    for page in sorted(store.pages()):
        portion.append(page)
        size += sizes.get(page, 0)
        if size >= _AT_ONCE:
            yield _read(store, portion)
            portion, size = [], 0
    if portion:
        yield _read(store, portion)


def _sizes(store: Store) -> Iterator[tuple[Term | None, ...]]:
    """How many triples each page's graph holds."""
    return store.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g").rows()


def _read(store: Store, graphs: list[str]) -> Graph:
    data = Graph()
    for graph in graphs:
        written = store.engine.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=node(graph))
        evidence = evidence_of(store.engine, graph, store.iris)
        words = ox.serialize((quad.triple for quad in evidence), format=ox.RdfFormat.N_TRIPLES)
        data.parse(data=(written or b"") + (words or b""), format="nt")
    return data


class _Checker:
    """Turns validation results into faults."""

    def __init__(self, store: Store, shapes: Graph) -> None:
        self._store = store
        self._shapes = shapes
        self._names = Names(store)
        self._prefixes = prefixes_of(store.base)

    def faults(self, data: Graph) -> Iterator[Fault]:
        """What is wrong in these triples."""
        conforms, report, _ = validate(data, shacl_graph=self._shapes)
        if conforms or not isinstance(report, Graph):
            return
        for result in report.objects(None, SH.result):
            focus = str(report.value(result, SH.focusNode))
            path = report.value(result, SH.resultPath)
            value = report.value(result, SH.value)
            shape = report.value(result, SH.sourceShape)
            component = report.value(result, SH.sourceConstraintComponent)
            simple = path if isinstance(path, URIRef) else None
            message = str(report.value(result, SH.resultMessage) or "breaks the rule")
            if component == SH.ClosedConstraintComponent:
                message = "says what no such node can say"
            yield Fault(
                node=self._short(focus),
                label=self._label(focus),
                rule=self._rule(shape, simple),
                message=message,
                value=self._value(value, simple),
                pages=self._pages(focus, simple, value),
            )

    def disagreements(self) -> Iterator[Fault]:
        """Things that different pages give different labels or standings."""
        asked = _DISAGREEMENTS.format(label=RDFS.label, linked=FK.linked)
        for iri, predicate, _ in self._store.query(asked).rows():
            focus, path = str(iri), str(predicate)
            values = sorted(
                str(getattr(one.object, "value", one.object))
                for one in self._store.triples(focus, path)
            )
            yield Fault(
                node=self._short(focus),
                label=self._label(focus),
                rule=f"the same on all pages: {self._short(path)}",
                message="is told differently by different pages",
                value=", ".join(f'"{one}"' for one in values),
                pages=self._pages(focus, URIRef(path), None),
            )

    def _rule(self, shape: Node | None, path: URIRef | None) -> str:
        """`review: schema:itemReviewed`; a property shape that several share has only its path."""
        owners = [shape, *self._shapes.subjects(SH.property, shape)] if shape is not None else []
        labels = sorted(
            {
                str(label)
                for owner in owners
                for label in self._shapes.objects(owner, RDFS_TERMS.label)
            }
        )
        kind = labels[0] if len(labels) == 1 else "named thing"
        return f"{kind}: {self._short(str(path))}" if path is not None else kind

    def _value(self, value: Node | None, path: URIRef | None) -> str:
        if value is None:
            return ""
        words = f'"{value}"' if isinstance(value, Literal) else self._short(str(value))
        return f"{self._short(str(path))} {words}" if path is not None else words

    def _pages(self, focus: str, path: URIRef | None, value: Node | None) -> tuple[str, ...]:
        """The pages that say the fault, or that name the node where something is missing."""
        predicate = None if path is None else node(str(path))
        obj = node(str(value)) if isinstance(value, URIRef) and predicate else None
        for pattern in ((predicate, obj), (predicate, None), (None, None)):
            found = {
                quad.graph_name.value
                for quad in self._store.engine.quads_for_pattern(node(focus), *pattern, None)
                if isinstance(quad.graph_name, ox.NamedNode)
            } - {self._store.iris.catalogue}
            if found:
                return tuple(sorted(self._names.label(graph) for graph in found))
        return ()

    def _label(self, iri: str) -> str:
        label = self._names.label(iri)
        return "" if label == iri else label

    def _short(self, iri: str) -> str:
        return shorten(iri, self._prefixes)
