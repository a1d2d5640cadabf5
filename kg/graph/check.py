"""Holds a graph against the shapes (SHACL): what is wrong, where, and which page says so."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Final

import pyoxigraph as ox

from kg.graph.evidence import evidence_of
from kg.graph.fault import Fault
from kg.graph.names import Names
from kg.graph.ntriples import node
from kg.graph.prefixes import prefixes_of, shorten
from kg.graph.store import Store
from kg.graph.terms import Term
from kg.graph.validation import Violation, violations
from kg.model import Literal
from kg.vocab import FK, OA, RDF, RDFS, SCHEMA

# triples that are validated together: enough to be quick, few enough for rdflib's memory
_AT_ONCE: Final = 20_000
_FILMS_AT_ONCE: Final = 200
# what a thing is called and how it stands must be the same on all pages, however many there are
_DISAGREEMENTS: Final = """
SELECT ?node ?predicate (COUNT(DISTINCT ?value) AS ?values)
WHERE {{ VALUES ?predicate {{ <{label}> <{linked}> }} ?node ?predicate ?value }}
GROUP BY ?node ?predicate HAVING (COUNT(DISTINCT ?value) > 1)
"""
# a claim is of a statement that is made
_UNSTATED: Final = """
SELECT ?claim ?subject ?predicate ?object WHERE {
  ?claim rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
  FILTER NOT EXISTS { ?subject ?predicate ?object }
}
"""


def check(
    store: Store, *, jobs: int = 1, advance: Callable[[int], None] | None = None
) -> tuple[Fault, ...]:
    """Every breach of `ontology/shapes.ttl` by a page or the catalogue, sorted by node and rule.

    Pages are validated some together, in `jobs` processes, and memory doesn't grow with the graph;
    `advance` is told how many more pages are done.
    """
    checker = _Checker(store)
    found: dict[tuple[str, str, str, str], Fault] = {}
    for violation in _validated(_portions(store), jobs, advance or _not_told):
        fault = checker.fault(violation)
        found.setdefault((fault.node, fault.rule, fault.message, fault.value), fault)
    for fault in (*checker.disagreements(), *checker.unstated()):
        found.setdefault((fault.node, fault.rule, "", ""), fault)
    return tuple(sorted(found.values(), key=lambda one: (one.node, one.rule, one.value)))


@dataclass(frozen=True, slots=True)
class _Portion:
    """N-Triples that are validated together; `pages` is how many pages end with them."""

    triples: bytes
    pages: int
    of_pages: bool = True


def _not_told(_pages: int) -> None:
    """Nobody waits for progress."""


def _validated(
    portions: Iterator[_Portion], jobs: int, advance: Callable[[int], None]
) -> Iterator[Violation]:
    """What is wrong in each portion; no more portions are read than processes can take."""
    first, second = next(portions, None), next(portions, None)
    if jobs < 2 or second is None:
        for portion in _chained(first, second, portions):
            yield from violations(portion.triples, of_pages=portion.of_pages)
            if portion.pages:
                advance(portion.pages)
        return
    # a forked process would share the open database's threads and files
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        running: deque[tuple[_Portion, Future[list[Violation]]]] = deque()
        for portion in _chained(first, second, portions):
            job = pool.submit(violations, portion.triples, of_pages=portion.of_pages)
            running.append((portion, job))
            while len(running) > jobs:
                yield from _ended(*running.popleft(), advance)
        while running:
            yield from _ended(*running.popleft(), advance)


def _ended(
    portion: _Portion, job: Future[list[Violation]], advance: Callable[[int], None]
) -> list[Violation]:
    found = job.result()
    if portion.pages:
        advance(portion.pages)
    return found


def _chained(
    first: _Portion | None, second: _Portion | None, rest: Iterator[_Portion]
) -> Iterator[_Portion]:
    yield from (portion for portion in (first, second) if portion is not None)
    yield from rest


def _portions(store: Store) -> Iterator[_Portion]:
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
        together = sorted({*pages, added} - {store.iris.catalogue})
        yield _Portion(b"".join(_read(store, graph) for graph in together), 0)
    portion: list[bytes] = []
    lines = 0
    for page in sorted(store.pages()):
        portion.append(_read(store, page))
        lines += portion[-1].count(b"\n")
        if lines >= _AT_ONCE:
            yield _Portion(b"".join(portion), len(portion))
            portion, lines = [], 0
    if portion:
        yield _Portion(b"".join(portion), len(portion))
    yield from _known(store)


def _read(store: Store, page: str) -> bytes:
    """All that a page says, with its claims and passages."""
    stated = store.engine.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=node(page))
    evidence = evidence_of(store.engine, page, store.iris)
    words = ox.serialize((quad.triple for quad in evidence), format=ox.RdfFormat.N_TRIPLES)
    return (stated or b"") + (words or b"")


def _known(store: Store) -> Iterator[_Portion]:
    """What the catalogue knows, some films and works at a time, with all that they name."""
    graph = node(store.iris.catalogue)
    subjects = sorted(
        {
            str(quad.subject.value)
            for kind in (SCHEMA.Movie, SCHEMA.CreativeWork)
            for quad in store.engine.quads_for_pattern(None, node(RDF.type), node(kind), graph)
            if isinstance(quad.subject, ox.NamedNode)
        }
    )
    for start in range(0, len(subjects), _FILMS_AT_ONCE):
        open_ends = subjects[start : start + _FILMS_AT_ONCE]
        reached = set(open_ends)
        triples: list[ox.Triple] = []
        while open_ends:
            one = open_ends.pop()
            for quad in store.engine.quads_for_pattern(node(one), None, None, graph):
                triples.append(quad.triple)
                obj = quad.object
                if isinstance(obj, ox.NamedNode) and obj.value not in reached:
                    reached.add(obj.value)
                    open_ends.append(obj.value)
        written = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        yield _Portion(written or b"", 0, of_pages=False)


class _Checker:
    """Turns violations into faults."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names = Names(store)
        self._prefixes = prefixes_of(store.base)

    def fault(self, found: Violation) -> Fault:
        """The violation with its node's label and the pages that say it."""
        value = ""
        if found.value is not None:
            value = f'"{found.value}"' if found.is_literal else self._short(found.value)
            value = f"{self._short(found.path)} {value}" if found.path else value
        return Fault(
            node=self._short(found.focus),
            label=self._label(found.focus),
            rule=f"{found.kind}: {self._short(found.path)}" if found.path else found.kind,
            message=found.message,
            value=value,
            pages=self._pages(found.focus, found.path, None if found.is_literal else found.value),
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
                pages=self._pages(focus, path, None),
            )

    def unstated(self) -> Iterator[Fault]:
        """Claims of what the graph doesn't hold."""
        for claim, *statement in self._store.query(_UNSTATED).rows():
            yield Fault(
                node=self._short(str(claim)),
                label="",
                rule="claim: its statement",
                message="claims what the graph doesn't state",
                value=" ".join(map(self._written, statement)),
                pages=self._sources(str(claim)),
            )

    def _written(self, term: Term | None) -> str:
        return f'"{term.value}"' if isinstance(term, Literal) else self._short(str(term))

    def _pages(self, focus: str, path: str, value: str | None) -> tuple[str, ...]:
        """The pages that say the fault, or that name the node where something is missing."""
        predicate = node(path) if path else None
        obj = node(value) if value is not None and predicate else None
        for pattern in ((predicate, obj), (predicate, None), (None, None)):
            graphs = self._graphs(focus, *pattern)
            if pages := graphs - {self._store.iris.catalogue}:
                return tuple(sorted(self._names.label(page) for page in pages))
            if graphs:
                return ("the catalogue",)
        return self._sources(focus)

    def _graphs(
        self, focus: str, predicate: ox.NamedNode | None, obj: ox.NamedNode | None
    ) -> set[str]:
        return {
            quad.graph_name.value
            for quad in self._store.engine.quads_for_pattern(node(focus), predicate, obj, None)
            if isinstance(quad.graph_name, ox.NamedNode)
        }

    def _sources(self, focus: str) -> tuple[str, ...]:
        """The pages of a claim or passage, which stands in no page's graph."""
        passages = (focus, *(str(one.object) for one in self._store.triples(focus, FK.passage)))
        return tuple(
            sorted(
                {
                    self._names.label(str(one.object))
                    for passage in passages
                    for one in self._store.triples(passage, OA.hasSource)
                }
            )
        )

    def _label(self, iri: str) -> str:
        label = self._names.label(iri)
        return "" if label == iri else label

    def _short(self, iri: str) -> str:
        return shorten(iri, self._prefixes)
