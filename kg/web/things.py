"""What the page of a film, person, character, work, organisation or award holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.graph.explain import explain
from kg.graph.explanation import Account, Fact
from kg.vocab import FK, SCHEMA
from kg.web.library import Reading
from kg.web.references import (
    ReferenceGroup,
    references_from,
    references_in,
    references_to,
)
from kg.web.sayings import Notice, Sayings

# told in a section of their own, or by the references, with the sentences of all reviews
_ELSEWHERE: Final = frozenset(
    {
        FK.remakeOf,
        FK.sequelOf,
        FK.alludesTo,
        FK.comparedTo,
        FK.sharesPeopleWith,
        SCHEMA.itemReviewed,
        SCHEMA.mentions,
        FK.names,
        SCHEMA.publisher,
        SCHEMA.alternateName,
    }
)
_MOST: Final = 400  # rows of one list on a page; the rest is counted


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts that read alike: "director", with each value."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """Everything that is shown of one thing.

    `characters` are the IRIs of a film's characters by name; `more` counts what was left out, by
    list.
    """

    account: Account
    year: str
    groups: tuple[FactGroup, ...]
    cast: tuple[Fact, ...]
    characters: dict[str, str]
    known: tuple[FactGroup, ...]
    conflicts: tuple[FactGroup, ...]
    refers: tuple[ReferenceGroup, ...]
    referred: tuple[ReferenceGroup, ...]
    reviews: tuple[Notice, ...]
    written: tuple[Notice, ...]
    named: tuple[Notice, ...]
    more: dict[str, int]


def thing(reading: Reading, iri: str) -> Thing | None:
    """The thing of that IRI; None if the graph has none with a name."""
    store = reading.store
    explanation = explain(store, iri, names=reading.names)
    if not explanation.accounts:
        return None
    account = explanation.accounts[0]
    sayings = Sayings(store)
    film = account.kind in ("film", "work")
    facts = [fact for fact in account.facts if not _is_elsewhere(fact)]
    cast = [fact for fact in facts if film and fact.predicate == SCHEMA.actor]
    reviews = _notices(reading, sayings, SCHEMA.itemReviewed, iri)
    written = [
        *_notices(reading, sayings, SCHEMA.author, iri),
        *_notices(reading, sayings, SCHEMA.publisher, iri),
    ]
    reviewed = {notice.iri for notice in (*reviews, *written)}
    named = [
        notice
        for predicate in (SCHEMA.mentions, FK.names)
        for notice in _notices(reading, sayings, predicate, iri)
        if notice.iri not in reviewed
    ]
    if written:
        refers = references_in(store, sayings, (notice.iri for notice in written))
    else:
        refers = references_from(store, sayings, iri)
    lists = {"reviews": reviews, "written": written, "named": named}
    return Thing(
        account=account,
        year=_year(account) if film else "",
        groups=tuple(_groups(fact for fact in facts if not _is_in(cast, fact))),
        cast=tuple(sorted(cast, key=_surest_first)),
        characters={fact.value: fact.node for fact in facts if fact.predicate == SCHEMA.character},
        known=tuple(_groups(fact for fact in account.known if not _is_elsewhere(fact))),
        conflicts=tuple(_groups(account.conflicts)),
        refers=refers,
        referred=references_to(store, sayings, iri) if film else (),
        reviews=tuple(reviews[:_MOST]),
        written=tuple(written[:_MOST]),
        named=tuple(named[:_MOST]),
        more={name: len(found) - _MOST for name, found in lists.items() if len(found) > _MOST},
    )


def _is_elsewhere(fact: Fact) -> bool:
    # who wrote a review is told with the review; who wrote a book, with the book
    review = "/review/" in fact.node
    return fact.predicate in _ELSEWHERE or (fact.predicate == SCHEMA.author and review)


def _is_in(cast: list[Fact], fact: Fact) -> bool:
    """Whether the table of the cast tells the fact already."""
    if fact in cast:
        return True
    return fact.predicate == SCHEMA.character and any(one.part == fact.value for one in cast)


def _groups(facts: Iterable[Fact]) -> Iterator[FactGroup]:
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.words, []).append(fact)
    for words, together in groups.items():
        yield FactGroup(words, tuple(sorted(together, key=_surest_first)))


def _surest_first(fact: Fact) -> tuple[bool, int, float, str]:
    """What the catalogue says too, then what most pages say."""
    return not fact.catalogue, -len(fact.pages), -fact.confidence, fact.value


def _notices(reading: Reading, sayings: Sayings, predicate: str, iri: str) -> list[Notice]:
    prefix = f"{reading.base}review/"
    found = {
        triple.subject
        for triple in reading.store.triples(None, predicate, iri)
        if triple.subject.startswith(prefix)
    }
    return sorted((sayings.notice(one) for one in found), key=_notice_order)


def _notice_order(notice: Notice) -> tuple[str, str, str]:
    film = notice.film.label if notice.film else ""
    return film, ", ".join(one.label for one in (*notice.critics, *notice.publications)), notice.iri


def _year(account: Account) -> str:
    """The year that most pages or, without any, the catalogue gives."""
    years = [fact for fact in account.facts if fact.predicate == SCHEMA.datePublished]
    if years:
        return max(years, key=lambda fact: (fact.catalogue, len(fact.sayings))).value
    known = [fact.value for fact in account.known if fact.predicate == SCHEMA.datePublished]
    return known[0] if known else ""
