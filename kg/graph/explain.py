"""Gathers what is known of a thing, fact by fact, with the sentences that say it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.graph.explanation import Account, Explanation, Fact, Saying
from kg.graph.names import Named, Names
from kg.graph.store import Store
from kg.graph.terms import Term, Triple
from kg.model import Literal
from kg.vocab import FK, OA, OWL, RDF, SCHEMA

# how a predicate reads from its subject and from its object; "" where that side isn't told
_WORDS: Final = {
    SCHEMA.director: ("director", "directed"),
    FK.screenwriter: ("writer", "wrote"),
    SCHEMA.producer: ("producer", "produced"),
    FK.cinematographer: ("cinematographer", "photographed"),
    SCHEMA.musicBy: ("composer", "composed for"),
    SCHEMA.editor: ("editor", "edited"),
    SCHEMA.actor: ("actor", "acts in"),
    FK.playsCharacter: ("", "played by"),
    SCHEMA.character: ("character", "character of"),
    SCHEMA.isBasedOn: ("based on", "source of"),
    SCHEMA.productionCompany: ("company", "company of"),
    FK.distributor: ("distributor", "distributed"),
    SCHEMA.award: ("award", "awarded to"),
    SCHEMA.spouse: ("married to", ""),
    SCHEMA.relatedTo: ("related to", ""),
    SCHEMA.countryOfOrigin: ("country", ""),
    SCHEMA.inLanguage: ("language", ""),
    SCHEMA.duration: ("length", ""),
    SCHEMA.datePublished: ("year", ""),
    SCHEMA.genre: ("genre", ""),
    SCHEMA.alternateName: ("also called", ""),
    FK.remakeOf: ("remake of", "remade as"),
    FK.sequelOf: ("sequel of", "continued by"),
    FK.alludesTo: ("alludes to", "alluded to by"),
    FK.comparedTo: ("compared to", "compared with"),
    FK.sharesPeopleWith: ("shares people with", "shares people with"),
    SCHEMA.author: ("author", "author of"),
    SCHEMA.publisher: ("publisher", "published"),
    SCHEMA.itemReviewed: ("", "reviewed in"),
    SCHEMA.mentions: ("", "named in"),
    FK.names: ("", "named in"),
}
_MINUTES: Final = re.compile(r"PT(\d+)M")
_ORDER: Final = {predicate: place for place, predicate in enumerate(_WORDS)}
# pages that give different ones, and none that gives both, disagree
_DISPUTABLE: Final = frozenset({SCHEMA.director, SCHEMA.duration, SCHEMA.datePublished})
# a film has one director, but a director has many films
_ONE_SIDED: Final = frozenset({"director", "length", "year", "actor"})


def explain(store: Store, name: str, *, names: Names | None = None) -> Explanation:
    """What the graph knows of whatever bears `name`; several accounts where it has homonyms.

    `names` spares reading all names again where several questions are asked of one store.
    """
    names = names or Names(store)
    found = names.find(name)
    if not found:
        return Explanation(name, (), names.near(name))
    return Explanation(name, tuple(_Reader(store, names, one).account() for one in found))


class _Reader:
    """Follows one thing's triples to their claims, passages and pages."""

    def __init__(self, store: Store, names: Names, about: Named) -> None:
        self._store = store
        self._names = names
        self._about = about
        self._reviews: dict[str, tuple[str, str]] = {}

    def account(self) -> Account:
        """All of it."""
        catalogue = self._store.iris.catalogue
        said = dict(self._facts(None))
        known = dict(self._facts(catalogue))
        facts = [
            replace(fact, catalogue=True) if place in known else fact
            for place, fact in said.items()
        ]
        only_known = [
            replace(fact, catalogue=True) for place, fact in known.items() if place not in said
        ]
        return Account(
            iri=self._about.iri,
            kind=self._about.folder,
            label=self._about.label,
            other_names=self._outside(SCHEMA.alternateName),
            same_as=self._outside(OWL.sameAs, SCHEMA.sameAs),
            linked=self._outside(FK.linked) == ("true",),
            facts=tuple(sorted(_with_disputes(facts), key=_fact_order)),
            known=tuple(sorted(only_known, key=_fact_order)),
        )

    def _outside(self, *predicates: str) -> tuple[str, ...]:
        """What pages and catalogue together say the thing is called elsewhere."""
        found = {
            _plain(triple.object)
            for graph in (None, self._store.iris.catalogue)
            for predicate in predicates
            for triple in self._store.triples(self._about.iri, predicate, graph=graph)
        }
        return tuple(sorted(found - {self._about.label}))

    def _facts(self, graph: str | None) -> Iterator[tuple[tuple[str, Term], Fact]]:
        """Facts of one graph by what they state, from both ends of a triple."""
        claims = self._claims() if graph is None else {}
        parts = self._parts(graph)
        iri = self._about.iri
        for forward in (True, False):
            found = self._store.triples(
                iri if forward else None, None, None if forward else iri, graph=graph
            )
            for triple in found:
                other = triple.object if forward else triple.subject
                words = _WORDS.get(triple.predicate, ("", ""))[0 if forward else 1]
                if not words or self._is_role(triple.subject):
                    continue
                sayings = dict.fromkeys(claims.get(triple, ()))
                third = []
                if triple.predicate == SCHEMA.actor:
                    for role in parts.get((triple.subject, _plain(triple.object)), ()):
                        third.append(self._names.label(role))
                        sayings.update(
                            dict.fromkeys(claims.get(Triple(triple.subject, FK.part, role), ()))
                        )
                yield (
                    (words, other),
                    Fact(
                        predicate=triple.predicate,
                        words=words,
                        value=self._value(other),
                        node=other if isinstance(other, str) else "",
                        part=", ".join(sorted(third)),
                        sayings=tuple(sorted(sayings, key=_saying_order)),
                        corrected=graph is None and self._is_correction(triple),
                    ),
                )
        yield from self._played(graph)

    def _value(self, term: Term) -> str:
        """A node by its label, a length in minutes, any other literal by its words."""
        if isinstance(term, str):
            return self._names.label(term)
        minutes = _MINUTES.fullmatch(term.value)
        return f"{minutes[1]} min" if minutes else term.value

    def _is_role(self, iri: str) -> bool:
        return iri.startswith(f"{self._store.base}role/") and iri != self._about.iri

    def _parts(self, graph: str | None) -> dict[tuple[str, str], list[str]]:
        """The roles of the thing, be it film or actor, by film and actor."""
        iri = self._about.iri
        parts: dict[tuple[str, str], list[str]] = {}
        for film, _, role in self._store.triples(iri, FK.part, graph=graph):
            for _, _, actor in self._store.triples(_plain(role), SCHEMA.actor, graph=graph):
                parts.setdefault((film, _plain(actor)), []).append(_plain(role))
        for role_iri, _, _ in self._store.triples(None, SCHEMA.actor, iri, graph=graph):
            for film, _, _ in self._store.triples(None, FK.part, role_iri, graph=graph):
                parts.setdefault((film, iri), []).append(role_iri)
        return parts

    def _played(self, graph: str | None) -> Iterator[tuple[tuple[str, Term], Fact]]:
        """Who plays the thing, if it is a character, and in which film."""
        for role, _, _ in self._store.triples(
            None, FK.playsCharacter, self._about.iri, graph=graph
        ):
            for _, _, actor in self._store.triples(role, SCHEMA.actor, graph=graph):
                for film, predicate, _ in self._store.triples(None, FK.part, role, graph=graph):
                    claims = self._claims_of(Triple(film, predicate, role))
                    yield (
                        ("played by", role),
                        Fact(
                            predicate=FK.playsCharacter,
                            words="played by",
                            value=self._names.label(_plain(actor)),
                            node=_plain(actor),
                            part=self._names.label(film),
                            sayings=tuple(sorted(dict.fromkeys(claims), key=_saying_order)),
                        ),
                    )

    def _is_correction(self, triple: Triple) -> bool:
        graph = self._store.iris.corrections
        return any(True for _ in self._store.triples(*triple, graph=graph))

    def _claims(self) -> dict[Triple, list[Saying]]:
        """What pages say of the thing, read once: by statement, every passage of every claim."""
        found: dict[Triple, list[Saying]] = {}
        for end in (RDF.subject, RDF.object):
            for claim, _, _ in self._store.triples(None, end, self._about.iri):
                self._read(claim, found)
        return found

    def _claims_of(self, triple: Triple) -> list[Saying]:
        found: dict[Triple, list[Saying]] = {}
        for claim, _, _ in self._store.triples(None, RDF.object, triple.object):
            self._read(claim, found)
        return found.get(triple, [])

    def _read(self, claim: str, found: dict[Triple, list[Saying]]) -> None:
        about = self._properties(claim)
        triple = Triple(
            _first(about[RDF.subject]), _first(about[RDF.predicate]), about[RDF.object][0]
        )
        confidence = float(_first(about[FK.confidence]))
        for passage in about[FK.passage]:
            found.setdefault(triple, []).append(self._saying(_plain(passage), confidence, claim))

    def _saying(self, passage: str, confidence: float, claim: str) -> Saying:
        about = self._properties(passage)
        page = _first(about[OA.hasSource])
        critic, publication = self._signed(_first(about[FK.statedIn]))
        start, end = _first(about[OA.start]), _first(about[OA.end])
        return Saying(
            words=_first(about[OA.exact]),
            confidence=confidence,
            page=page,
            source=self._names.label(page),
            critic=critic,
            publication=publication,
            where=_first(about[FK.where]),
            start=int(start) if start else None,
            end=int(end) if end else None,
            claim=claim.removeprefix(self._store.base),
        )

    def _signed(self, review: str) -> tuple[str, str]:
        """Critic and publication of a review."""
        if review not in self._reviews:
            about = self._properties(review)
            authors, publishers = about[SCHEMA.author], about[SCHEMA.publisher]
            self._reviews[review] = (
                ", ".join(sorted(self._names.label(_plain(one)) for one in authors)),
                ", ".join(sorted(self._names.label(_plain(one)) for one in publishers)),
            )
        return self._reviews[review]

    def _properties(self, iri: str) -> defaultdict[str, list[Term]]:
        about: defaultdict[str, list[Term]] = defaultdict(list)
        for triple in self._store.triples(iri) if iri else ():
            about[triple.predicate].append(triple.object)
        return about


def _with_disputes(facts: list[Fact]) -> Iterator[Fact]:
    """The facts, those marked that another fact of another page excludes."""
    rivals: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        if fact.predicate in _DISPUTABLE or (fact.predicate == SCHEMA.actor and fact.part):
            # of actors, only those of one part are rivals; of the rest, all of one predicate
            rivals.setdefault((fact.words, fact.part), []).append(fact)
    for fact in facts:
        others = rivals.get((fact.words, fact.part), [])
        disputed = fact.words in _ONE_SIDED and any(
            other.value != fact.value
            and other.pages
            and fact.pages
            and other.pages.isdisjoint(fact.pages)
            for other in others
        )
        yield replace(fact, disputed=disputed)


def _fact_order(fact: Fact) -> tuple[int, str, float, str, str]:
    return _ORDER[fact.predicate], fact.words, -fact.confidence, fact.value, fact.node


def _saying_order(saying: Saying) -> tuple[float, str, int, str]:
    return -saying.confidence, saying.source, saying.start or 0, saying.words


def _plain(term: Term) -> str:
    return term.value if isinstance(term, Literal) else term


def _first(terms: list[Term]) -> str:
    return _plain(terms[0]) if terms else ""
