"""What pages claim of films that another data set describes, beside what the catalogue knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.graph.store import Store
from kg.graph.terms import Term
from kg.model import Literal
from kg.vocab import PREFIXES

_ITEMS: Final = """SELECT ?thing ?item { ?thing owl:sameAs ?item }"""
_CLAIMS: Final = """SELECT ?film ?predicate ?object ?confidence ?passage {{
  VALUES ?predicate {{ {predicates} }}
  ?claim rdf:predicate ?predicate ; rdf:subject ?film ; rdf:object ?object ;
         fk:confidence ?confidence ; fk:passage ?passage .
  ?film a schema:Movie ; owl:sameAs ?item }}"""
_KNOWN: Final = """SELECT ?film ?predicate ?object {{
  VALUES ?predicate {{ {predicates} }}
  GRAPH <{catalogue}> {{ ?film a schema:Movie ; ?predicate ?object }} }}"""
_SOURCES: Final = """SELECT ?passage ?url ?page {
  ?passage oa:hasSource ?page . ?page schema:url ?url }"""
_REVIEWS: Final = "SELECT ?passage ?review { ?passage fk:statedIn ?review }"
_DATES: Final = "SELECT ?thing ?date { ?thing schema:datePublished ?date }"
_CRITICS: Final = "SELECT ?review ?critic { ?review a schema:Review ; schema:author ?critic }"
_PARTS: Final = """SELECT ?film ?actor ?character ?name {
  ?film fk:part ?role . ?role schema:actor ?actor ; schema:characterName ?name .
  OPTIONAL { ?role fk:playsCharacter ?character } }"""
_LABELS: Final = (
    "SELECT DISTINCT ?critic ?label { ?review schema:author ?critic . ?critic rdfs:label ?label }"
)


@dataclass(frozen=True, slots=True, order=True)
class Words:
    """Where a fact is said: the page's address, its date, the critics."""

    url: str
    date: Literal | None
    critics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement that pages claim of a film; `confidence` is that of the surest page.

    `words` are the places on pages that have an address, each once.
    """

    subject: str
    predicate: str
    object: Term
    confidence: str
    words: tuple[Words, ...]


class Facts:
    """The facts of a graph; what is `known` comes from the catalogue of the whole graph."""

    def __init__(self, store: Store, *, known: Store) -> None:
        self._store = store
        self._known_store = known
        self._values: dict[tuple[str, str], set[Term]] = defaultdict(set)
        self._claimed: dict[tuple[str, str], set[Term]] = defaultdict(set)
        begin = PREFIXES["wd"]
        self.items = {
            thing: item.removeprefix(begin)
            for thing, item in sorted(self._pairs(_ITEMS), reverse=True)
            if item.startswith(begin)
        }
        """The Wikidata item of each thing that has one."""
        self.labels = dict(self._pairs(_LABELS))
        """What critics are called."""
        self.parts: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        """The characters of an actor in a film: IRI ("" if none) and name."""
        for film, actor, character, name in sorted(
            tuple(map(_plain, row)) for row in store.query(_PARTS).rows()
        ):
            self.parts[film, actor].append((character, name))

    def claimed(self, predicates: Iterable[str]) -> Iterator[Fact]:
        """What pages say of films that have an item, with these predicates."""
        wanted = " ".join(f"<{predicate}>" for predicate in predicates)
        catalogue = self._store.iris.catalogue
        known = _KNOWN.format(predicates=wanted, catalogue=catalogue)
        for film, predicate, obj in self._known_store.query(known).rows():
            if obj is not None:
                self._values[str(film), str(predicate)].add(obj)
        words = self._words()
        confidences: dict[tuple[str, str, Term], str] = {}
        places: dict[tuple[str, str, Term], set[Words]] = defaultdict(set)
        for film, predicate, obj, confidence, passage in self._store.query(
            _CLAIMS.format(predicates=wanted)
        ).rows():
            if obj is None or str(film) not in self.items:
                continue
            fact = (str(film), str(predicate), obj)
            self._claimed[fact[:2]].add(obj)
            confidences[fact] = max(confidences.get(fact, ""), _plain(confidence), key=_number)
            places[fact].update(words.get(str(passage), ()))
        for (film, predicate, obj), confidence in sorted(confidences.items(), key=_order):
            said = tuple(sorted(places[film, predicate, obj], key=_place))
            yield Fact(film, predicate, obj, confidence, said)

    def is_known(self, fact: Fact) -> bool:
        """Whether the catalogue says the same."""
        return fact.object in self._values[fact.subject, fact.predicate]

    def knows_other(self, fact: Fact) -> bool:
        """Whether the catalogue has another value."""
        return bool(self._values[fact.subject, fact.predicate] - {fact.object})

    def is_disputed(self, fact: Fact) -> bool:
        """Whether pages give different values."""
        return len(self._claimed[fact.subject, fact.predicate]) > 1

    def _words(self) -> dict[str, list[Words]]:
        """Where each passage stands, if its page has an address."""
        reviews = dict(self._pairs(_REVIEWS))
        dates = {str(thing): date for thing, date in self._store.query(_DATES).rows()}
        critics: dict[str, list[str]] = defaultdict(list)
        for review, critic in sorted(self._pairs(_CRITICS)):
            critics[review].append(critic)
        found: dict[str, list[Words]] = defaultdict(list)
        for passage, url, page in self._store.query(_SOURCES).rows():
            review = reviews.get(str(passage), "")
            date = dates.get(review, dates.get(str(page)))
            found[str(passage)].append(
                Words(
                    str(url),
                    date if isinstance(date, Literal) else None,
                    tuple(critics.get(review, ())),
                )
            )
        return found

    def _pairs(self, sparql: str) -> Iterator[tuple[str, str]]:
        for one, other in self._store.query(sparql).rows():
            yield _plain(one), _plain(other)


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, Literal) else term


def _number(written: str) -> float:
    return float(written or 0)


def _order(item: tuple[tuple[str, str, Term], str]) -> tuple[str, str, str]:
    film, predicate, obj = item[0]
    return film, predicate, _plain(obj)


def _place(words: Words) -> tuple[str, str, tuple[str, ...]]:
    return words.url, _plain(words.date), words.critics
