"""Sentences and reviews of a graph as pages show them: who says it, where, and how sure that is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from kg.graph.described import folder_of
from kg.graph.store import Store
from kg.graph.terms import Term
from kg.model import Literal
from kg.view.wording import one_line
from kg.vocab import FK, OA, RDF, RDFS, SCHEMA

# nodes without a label: what they stand between, or the words that they are
_ENDS: Final = {"claim": (RDF.subject, RDF.object), "reference": (FK.from_, FK.to)}
_WORDS: Final = {"passage": OA.exact, "rating": FK.asPrinted}
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Node:
    """Something to link to."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of a page. `start` is their offset there, None for words of its markup."""

    words: str
    page: Node
    review: Node | None
    critics: tuple[Node, ...]
    publications: tuple[Node, ...]
    confidence: float | None
    start: int | None
    where: str
    passage: str


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade as printed, and as a share of the best one where it could be told."""

    iri: str
    printed: str
    share: float | None
    inferred: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """A review: of what, by whom, where, when."""

    iri: str
    label: str
    film: Node | None
    critics: tuple[Node, ...]
    publications: tuple[Node, ...]
    date: str
    grades: tuple[Grade, ...]
    page: Node | None


class About(defaultdict[str, list[Term]]):
    """What is said of one node, by predicate."""

    def __init__(self) -> None:
        super().__init__(list)

    def text(self, predicate: str) -> str:
        """The first value as words, "" if there is none."""
        values = self.get(predicate)
        return plain(values[0]) if values else ""

    def iris(self, predicate: str) -> list[str]:
        """The values that are nodes, sorted."""
        return sorted(value for value in self.get(predicate, ()) if isinstance(value, str))

    def number(self, predicate: str) -> float | None:
        """The first value as a number; None where it is none."""
        try:
            return float(self.text(predicate))
        except ValueError:
            return None


@dataclass(slots=True)
class Sayings:
    """Reads one snapshot; remembers labels and reviews, which come again and again."""

    store: Store
    _labels: dict[str, str] = field(default_factory=dict)
    _notices: dict[str, Notice] = field(default_factory=dict)

    def about(self, iri: str, *, graph: str | None = None) -> About:
        """All triples of which the node is the subject."""
        found = About()
        for triple in self.store.triples(iri, graph=graph):
            found[triple.predicate].append(triple.object)
        return found

    def node(self, iri: str) -> Node:
        """A node with its label or, where it has none, with what it is about."""
        if iri not in self._labels:
            label = ""
            for graph in (None, self.store.iris.catalogue):
                for triple in self.store.triples(iri, RDFS.label, graph=graph):
                    label = label or plain(triple.object)
            # before its title is looked for: a node that is about itself ends here
            self._labels[iri] = label or iri.removeprefix(self.store.base)
            self._labels[iri] = label or self._title(iri) or self._labels[iri]
        return Node(iri, self._labels[iri])

    def _title(self, iri: str) -> str:
        """What a node without a label is about, in a few words."""
        folder = folder_of(self.store, iri)
        if folder not in _ENDS and folder not in _WORDS:
            return ""
        about = self.about(iri)
        if folder in _WORDS:
            return one_line(about.text(_WORDS[folder]), _LONGEST)
        ends = [about[predicate][0] for predicate in _ENDS[folder] if about.get(predicate)]
        return " · ".join(
            self.node(end).label if isinstance(end, str) else end.value for end in ends
        )

    def nodes(self, iris: list[str]) -> tuple[Node, ...]:
        """Several nodes, by label."""
        return tuple(sorted((self.node(iri) for iri in iris), key=lambda one: one.label))

    def sentence(self, passage: str, confidence: float | None = None) -> Sentence:
        """A passage with who says it."""
        said = self.about(passage)
        start = said.number(OA.start)
        review = said.text(FK.statedIn)
        notice = self.notice(review) if review else None
        return Sentence(
            words=said.text(OA.exact),
            page=self.node(said.text(OA.hasSource)),
            review=Node(notice.iri, notice.label) if notice else None,
            critics=notice.critics if notice else (),
            publications=notice.publications if notice else (),
            confidence=confidence,
            start=None if start is None else int(start),
            where=said.text(FK.where),
            passage=passage,
        )

    def sentences(self, about: About) -> tuple[Sentence, ...]:
        """The passages of a claim, a reference or the like, in the order of the text."""
        confidence = about.number(FK.confidence)
        found = [self.sentence(one, confidence) for one in about.iris(FK.passage)]
        return tuple(sorted(found, key=lambda one: (one.page.label, one.start or 0, one.words)))

    def notice(self, review: str) -> Notice:
        """A review."""
        if review not in self._notices:
            said = self.about(review)
            films, pages = said.iris(SCHEMA.itemReviewed), said.iris(SCHEMA.isPartOf)
            self._notices[review] = Notice(
                iri=review,
                label=said.text(RDFS.label) or review.removeprefix(self.store.base),
                film=self.node(films[0]) if films else None,
                critics=self.nodes(said.iris(SCHEMA.author)),
                publications=self.nodes(said.iris(SCHEMA.publisher)),
                date=said.text(SCHEMA.datePublished),
                grades=tuple(self._grade(one) for one in said.iris(SCHEMA.reviewRating)),
                page=self.node(pages[0]) if pages else None,
            )
        return self._notices[review]

    def _grade(self, rating: str) -> Grade:
        said = self.about(rating)
        return Grade(
            iri=rating,
            printed=said.text(FK.asPrinted),
            share=said.number(FK.normalisedScore),
            inferred=said.text(FK.inferredScale) == "true",
        )


def plain(term: Term) -> str:
    """A literal's words, or an IRI."""
    return term.value if isinstance(term, Literal) else term
