"""JSON-LD framed by film: each film with its reviews, references, claims and their words inside.

A frame (JSON-LD 1.1 Framing) tells which nodes stand at the top and what they hold. Here films,
other works, people and all else with a name stand at the top; what has no name of its own stands
inside the thing that it is about, once in each (`@once`), and names stand beside references.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

import pyoxigraph as ox

from kg.graph.jsonld import JsonLdWriter
from kg.graph.narrowing import things_below
from kg.graph.ntriples import node
from kg.graph.sorting import Sorter
from kg.graph.store import Store
from kg.graph.subjects import Subject, subjects
from kg.vocab import FK, RDF, SCHEMA

_DEFAULT: Final = ox.DefaultGraph()
# what is written inside the thing that it is about
_INSIDE: Final = frozenset({"role", "review", "rating", "reference", "claim", "passage"})
_HOLDING: Final = frozenset({FK.part, FK.passage, SCHEMA.reviewRating})
# words are written where they are met first: there where they say something of the thing
_HELD_BACKWARDS: Final = (FK.from_, RDF.subject, SCHEMA.itemReviewed)
_SORTED_BY: Final = frozenset(
    f"<{predicate}>".encode() for predicate in (RDF.predicate, RDF.object, FK.to)
)
_REMEMBERED: Final = 50_000


def framed(store: Store) -> Iterator[bytes]:
    """The default graph as a JSON-LD document, piece by piece; every triple is in it."""
    writer = JsonLdWriter(store.base)
    yield from writer.document_of(_Frames(store, writer).objects())


class _Frames:
    def __init__(self, store: Store, writer: JsonLdWriter) -> None:
        self._store = store
        self._writer = writer
        self._things = things_below(store.iris)
        self._name = lru_cache(_REMEMBERED)(self._read_name)
        self._held: set[str] = set()
        """The nodes that the frame under way holds."""

    def objects(self) -> Iterator[dict[str, Any]]:
        """Every frame, then every node that nothing holds."""
        with Sorter() as inside, Sorter() as held:
            for subject in subjects(self._store):
                iri = subject.iri.decode()[1:-1]
                if subject.folder in _INSIDE:
                    inside.add(iri.encode())
                    continue
                yield self._frame(iri, subject)
                for one in self._held:
                    held.add(one.encode())
            for left in _without(iter(inside), iter(held)):
                yield self._writer.object(self._subject(left.decode()))

    def _frame(self, iri: str, subject: Subject) -> dict[str, Any]:
        self._held = set()
        return self._object(iri, subject)

    def _object(self, iri: str, subject: Subject) -> dict[str, Any]:
        """A node with all that it holds."""
        written = self._writer.object(subject, self._hold)
        for predicate in _HELD_BACKWARDS:
            holders = self._holders(predicate, iri)
            if holders:
                written[self._writer.backwards(predicate)] = holders
        return written

    def _holders(self, predicate: str, iri: str) -> list[dict[str, Any]]:
        """What points at the node with `predicate`, without saying that again."""
        found = self._store.engine.quads_for_pattern(None, node(predicate), node(iri), _DEFAULT)
        inside = {
            str(quad.subject.value) for quad in found if isinstance(quad.subject, ox.NamedNode)
        }
        inside = {one for one in inside if self._is_inside(one)} - self._held
        self._held |= inside
        back = (f"<{predicate}>".encode(), f"<{iri}>".encode())
        holders = []
        for said in sorted(map(self._subject, inside), key=_order):
            rest = Subject(said.iri, said.folder, [pair for pair in said.said if pair != back])
            holders.append(self._object(said.iri.decode()[1:-1], rest))
        return holders

    def _hold(self, predicate: str, iri: str) -> dict[str, Any] | None:
        """What stands in the place of an IRI: the node with all it holds, or its name beside it."""
        if predicate in _HOLDING and iri not in self._held and self._is_inside(iri):
            self._held.add(iri)
            return self._object(iri, self._subject(iri))
        if not iri.startswith(self._things):
            return None
        name = self._name(iri)
        return {"@id": self._writer.reference(iri), "name": name} if name else None

    def _is_inside(self, iri: str) -> bool:
        base = self._store.base
        return iri.startswith(base) and iri[len(base) :].partition("/")[0] in _INSIDE

    def _subject(self, iri: str) -> Subject:
        quads = self._store.engine.quads_for_pattern(node(iri), None, None, _DEFAULT)
        said = sorted((str(quad.predicate).encode(), str(quad.object).encode()) for quad in quads)
        return Subject(f"<{iri}>".encode(), "", said)

    def _read_name(self, iri: str) -> str:
        """The name of a thing, if it has exactly one that can stand beside its IRI."""
        names = [
            str(quad.object.value)
            for quad in self._store.engine.quads_for_pattern(
                node(iri), node(SCHEMA.name), None, _DEFAULT
            )
            if isinstance(quad.object, ox.Literal) and quad.object.language is None
        ]
        return names[0] if len(names) == 1 else ""


def _order(subject: Subject) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """Sorts claims by what they state, references by what they lead to."""
    return [pair for pair in reversed(subject.said) if pair[0] in _SORTED_BY], subject.iri


def _without(sorted_nodes: Iterator[bytes], sorted_held: Iterator[bytes]) -> Iterator[bytes]:
    """The nodes that aren't among those held; both come sorted."""
    held = next(sorted_held, None)
    for one in sorted_nodes:
        while held is not None and held < one:
            held = next(sorted_held, None)
        if held != one:
            yield one
