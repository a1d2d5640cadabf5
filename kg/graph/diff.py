"""What facts came and went between two graphs, and on whose word.

A claim's IRI is a hash of its statement and its page, so two graphs of one base are compared by
the names of their claims; only the claims that differ are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import UsageError
from kg.graph.names import Names
from kg.graph.ntriples import engine_term, node, own_term
from kg.graph.store import Store
from kg.graph.terms import Term, Triple
from kg.model import Literal
from kg.vocab import FK, OA, RDF, SCHEMA

_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that only one of the two graphs states. `came` is False for one that went.

    `film` is the IRI that the change is shown under: the film or work that the fact is about, for
    what a review states the reviewed film; else the fact's own subject. `words` and `value` are for
    people; `pages` are the sources that state it.
    """

    came: bool
    film: str
    title: str
    triple: Triple
    words: str
    value: str
    confidence: float
    pages: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The change as JSON has it."""
        obj = self.triple.object
        return {
            "change": "came" if self.came else "went",
            "about": self.film,
            "title": self.title,
            "subject": self.triple.subject,
            "predicate": self.triple.predicate,
            "object": obj if isinstance(obj, str) else obj.value,
            "datatype": None if isinstance(obj, str) else obj.datatype or None,
            "reads": f"{self.words}: {self.value}",
            "confidence": self.confidence,
            "pages": list(self.pages),
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """Pages and things are IRIs; `changes` are sorted by film, then by fact.

    `more_voices` and `fewer_voices` count facts that both graphs state, on the word of other pages;
    `confidence` counts claims of both whose confidence is another.
    """

    base: str
    pages_came: tuple[str, ...]
    pages_went: tuple[str, ...]
    things_came: tuple[str, ...]
    things_went: tuple[str, ...]
    changes: tuple[Change, ...]
    more_voices: int
    fewer_voices: int
    confidence: int

    def __bool__(self) -> bool:
        """Whether the graphs differ in anything that is shown."""
        lists = (self.pages_came, self.pages_went, self.things_came, self.things_went, self.changes)
        return any(lists) or bool(self.more_voices or self.fewer_voices or self.confidence)


def diff(old: Store, new: Store) -> Difference:
    """How `new` differs from `old`. UsageError for graphs of different bases."""
    if old.base != new.base:
        raise UsageError(
            f"expected two graphs of one base, found {old.base} and {new.base}; build one of them "
            "again with the --base of the other"
        )
    before, after = _confidences(old), _confidences(new)
    went, fewer = _told(old, new, before.keys() - after.keys(), came=False)
    came, more = _told(new, old, after.keys() - before.keys(), came=True)
    pages = set(old.pages()), set(new.pages())
    things = _things(old), _things(new)
    return Difference(
        base=old.base,
        pages_came=tuple(sorted(pages[1] - pages[0])),
        pages_went=tuple(sorted(pages[0] - pages[1])),
        things_came=tuple(sorted(things[1] - things[0])),
        things_went=tuple(sorted(things[0] - things[1])),
        changes=tuple(sorted((*went, *came), key=_order)),
        more_voices=more,
        fewer_voices=fewer,
        confidence=sum(after[claim] != sure for claim, sure in before.items() if claim in after),
    )


def _confidences(store: Store) -> dict[str, str]:
    """Every claim with its confidence as written."""
    found = store.engine.quads_for_pattern(None, node(FK.confidence), None, _DEFAULT)
    claims = f"{store.base}claim/"
    return {
        quad.subject.value: quad.object.value
        for quad in found
        if isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.Literal)
        and quad.subject.value.startswith(claims)
    }


def _things(store: Store) -> set[str]:
    """The films, works, people, characters, organisations and awards that pages name."""
    return {
        quad.subject.value
        for quad in store.engine.quads_for_pattern(None, node(FK.linked), None, _DEFAULT)
        if isinstance(quad.subject, ox.NamedNode)
    }


def _told(here: Store, there: Store, claims: set[str], *, came: bool) -> tuple[list[Change], int]:
    """The statements of these claims that the other graph lacks, and how many it has."""
    reader = _Reader(here)
    sayings: dict[Triple, list[str]] = {}
    for claim in sorted(claims):
        sayings.setdefault(reader.statement(claim), []).append(claim)
    changes = []
    shared = 0
    for triple, saying in sayings.items():
        quad = ox.Quad(
            node(triple.subject), node(triple.predicate), engine_term(triple.object), _DEFAULT
        )
        if quad in there.engine:
            shared += 1
            continue
        film = reader.film(triple.subject)
        changes.append(
            Change(
                came=came,
                film=film,
                title=reader.label(film),
                triple=triple,
                words=_words(triple.predicate),
                value=reader.value(triple),
                confidence=max(reader.confidence(claim) for claim in saying),
                pages=tuple(sorted({page for claim in saying for page in reader.pages(claim)})),
            )
        )
    return changes, shared


class _Reader:
    """Reads what stands around a claim."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names = Names(store)

    def statement(self, claim: str) -> Triple:
        subject, predicate = self._one(claim, RDF.subject), self._one(claim, RDF.predicate)
        return Triple(_plain(subject), _plain(predicate), self._one(claim, RDF.object))

    def confidence(self, claim: str) -> float:
        return float(_plain(self._one(claim, FK.confidence)) or 0)

    def pages(self, claim: str) -> Iterator[str]:
        for passage in self._all(claim, FK.passage):
            for page in self._all(_plain(passage), OA.hasSource):
                yield self.label(_plain(page))

    def film(self, subject: str) -> str:
        """The reviewed film of a review, else the subject itself."""
        return _plain(self._one(subject, SCHEMA.itemReviewed)) or subject

    def label(self, iri: str) -> str:
        return self._names.label(iri)

    def value(self, triple: Triple) -> str:
        """The object for people: a name, an actor with the part, the plain words of a literal."""
        if isinstance(triple.object, Literal):
            return triple.object.value
        label = self.label(triple.object)
        if triple.predicate == FK.part:
            actor = _plain(self._one(triple.object, SCHEMA.actor))
            return f"{self.label(actor)} as {label}"
        return label

    def _one(self, subject: str, predicate: str) -> Term:
        return next(self._all(subject, predicate), Literal(""))

    def _all(self, subject: str, predicate: str) -> Iterator[Term]:
        for quad in self._store.engine.quads_for_pattern(
            node(subject), node(predicate), None, _DEFAULT
        ):
            yield own_term(quad.object)


def _words(predicate: str) -> str:
    """`comparedTo` as people write it: `compared to`."""
    local = predicate.rpartition("#")[2].rpartition("/")[2]
    return "".join(f" {one.lower()}" if one.isupper() else one for one in local)


def _plain(term: Term) -> str:
    return term.value if isinstance(term, Literal) else term


def _order(change: Change) -> tuple[str, str, str, str, bool]:
    return change.title.casefold(), change.film, change.words, change.value, change.came
