"""What remains of one page's graph when only a part is wanted: no end hangs loose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from kg.graph.iris import Iris
from kg.graph.selection import Selection
from kg.graph.terms import Triple
from kg.model import Literal
from kg.vocab import FK, OWL, RDF, RDFS, SCHEMA

_EVIDENCE: Final = frozenset({FK.Claim, FK.Passage, FK.Quotation})
_TO_EVIDENCE: Final = frozenset({FK.passage, FK.quotation})
# what tells what a thing is, whichever page speaks of it
DESCRIBING: Final = frozenset(
    {RDF.type, RDFS.label, SCHEMA.name, SCHEMA.alternateName, SCHEMA.sameAs, OWL.sameAs, FK.linked}
)
_THINGS: Final = ("film", "work", "person", "character", "organisation", "award")
_NAMING: Final = frozenset({SCHEMA.mentions, FK.names})


def things_below(iris: Iris) -> tuple[str, ...]:
    """What the IRIs of films, people and all else that has a name begin with."""
    return tuple(f"{iris.base}{folder}/" for folder in _THINGS)


class PagePart:
    """One page's triples, of which those are kept that a selection wants.

    What stays is whole: whatever a kept statement names is described, whatever a claim rests on is
    there, and nothing is left that only something left out has named.
    """

    def __init__(
        self,
        triples: Iterable[Triple],
        selection: Selection,
        films: frozenset[str] | None,
        iris: Iris,
    ) -> None:
        self._selection = selection
        self._films = films
        self._things = things_below(iris)
        self._said: dict[str, list[Triple]] = defaultdict(list)
        self._types: dict[str, set[str]] = defaultdict(set)
        for triple in triples:
            self._said[triple.subject].append(triple)
            if triple.predicate == RDF.type and isinstance(triple.object, str):
                self._types[triple.subject].add(triple.object)
        self._weak_nodes = {
            triple.subject
            for said in self._said.values()
            for triple in said
            if triple.predicate == FK.confidence and self._is_weak(triple)
        }
        self._weak = {self._statement(node) for node in self._weak_nodes}

    def triples(self) -> Iterator[Triple]:
        """What is wanted of the page, each triple once."""
        reached = self._reached()
        evidence = self._selection.evidence
        for node in sorted(reached):
            if evidence or not self._types[node] & _EVIDENCE:
                yield from (triple for triple in self._said[node] if self._keeps(triple))

    def _reached(self) -> set[str]:
        reached = set(self._roots())
        open_ends = list(reached)
        while open_ends:
            for triple in self._said.get(open_ends.pop(), ()):
                obj = triple.object
                if (
                    isinstance(obj, str)
                    and obj not in reached
                    and obj in self._said
                    and self._keeps(triple)
                ):
                    reached.add(obj)
                    open_ends.append(obj)
        return reached

    def _roots(self) -> Iterator[str]:
        saying = {FK.Source, SCHEMA.Review, FK.Reference, FK.Claim}
        if not self._selection.min_confidence:
            saying.add(FK.Quotation)
        for node, types in self._types.items():
            if node in self._weak_nodes:
                continue
            if self._films is None:
                wanted = bool(types & saying)
            else:
                wanted = node in self._films or self._is_about_films(node, types)
            if wanted:
                yield node

    def _is_about_films(self, node: str, types: set[str]) -> bool:
        if SCHEMA.Review in types:
            return self._is_review_of_films(node)
        if FK.Reference in types:
            return self._names_film(node, FK.from_, FK.to)
        if FK.Claim in types:
            if self._names_film(node, RDF.subject, RDF.object):
                return True
            subject = self._object(node, RDF.subject)
            return isinstance(subject, str) and self._is_review_of_films(subject)
        return False

    def _is_review_of_films(self, node: str) -> bool:
        return self._names_film(node, SCHEMA.itemReviewed)

    def _names_film(self, node: str, *predicates: str) -> bool:
        films = self._films or frozenset()
        return any(
            triple.predicate in predicates and triple.object in films
            for triple in self._said.get(node, ())
        )

    def _keeps(self, triple: Triple) -> bool:
        if triple in self._weak:
            return False
        if triple.predicate in _TO_EVIDENCE and not self._selection.evidence:
            return False
        if self._films is None or triple.subject in self._films or triple.object in self._films:
            return True
        # of a film that is only named here, and of its review, no more than what they are
        if triple.subject.startswith(self._things):
            return triple.predicate in DESCRIBING
        if SCHEMA.Review in self._types[triple.subject]:
            return triple.predicate not in _NAMING or self._is_review_of_films(triple.subject)
        return True

    def _is_weak(self, triple: Triple) -> bool:
        confidence = triple.object
        least = self._selection.min_confidence
        return isinstance(confidence, Literal) and Decimal(confidence.value) < Decimal(str(least))

    def _statement(self, claim: str) -> Triple | None:
        subject, predicate = self._object(claim, RDF.subject), self._object(claim, RDF.predicate)
        obj = self._object(claim, RDF.object)
        if isinstance(subject, str) and isinstance(predicate, str) and obj is not None:
            return Triple(subject, predicate, obj)
        return None

    def _object(self, node: str, predicate: str) -> str | Literal | None:
        for triple in self._said.get(node, ()):
            if triple.predicate == predicate:
                return triple.object
        return None
