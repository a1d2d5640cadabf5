"""Whether what the recogniser is 80% sure of is right 8 times out of 10.

Expected calibration error (Naeini, Cooper and Hauskrecht 2015): predictions are put into ten bins
by their confidence; the error is the mean distance between a bin's mean confidence and its share of
right ones, weighted by the bins' sizes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.evaluate.annotation import Annotation
from kg.evaluate.score import align, both_ways
from kg.model import Extraction, RelationName, Span

BINS = 10
MENTION, RELATION, REFERENCE = "mention", "relation", "reference"
CLAIMS = (MENTION, RELATION, REFERENCE)
_NOT_SCORED = (RelationName.CRITIC, RelationName.PUBLICATION)


@dataclass(frozen=True, slots=True)
class Guess:
    """One prediction: of what, how sure (0..1), and whether the gold agrees."""

    what: str
    score: float
    right: bool


def guesses(gold: Annotation, extraction: Extraction) -> list[Guess]:
    """What an extraction of the gold's text says with a confidence, and whether it is right.

    A mention is right with its exact span and kind, a relation with its subject and object (its
    part apart), a reference with its kind. What the page states in lists or markup is not guessed,
    and is left out; so are characters, which the gold gives only where no actor is named.
    """
    found = annotation_from(extraction)
    to = align(gold, found)
    typed = {(start, end, thing[0]) for start, end, thing in gold.mentions}
    told = [
        Guess(
            MENTION,
            mention.score,
            (*_place(extraction, mention.start, mention.end), cluster.kind.letter) in typed,
        )
        for cluster in extraction.clusters
        for mention in cluster.mentions
    ]
    said = {both_ways(line[:3]) for line in gold.relations}
    for relation in extraction.relations:
        if relation.stated or relation.name in (*_NOT_SCORED, RelationName.CHARACTER):
            continue
        ids = (to.get(relation.subject) or "", to.get(relation.object) or "")
        told.append(Guess(RELATION, relation.score, both_ways((relation.name.value, *ids)) in said))
    refers = {line for line in gold.relations if line[0] == "refers"}
    for reference in extraction.references:
        cited = to.get(reference.cited) or ""
        line = ("refers", to.get(reference.citing) or "", cited, reference.kind.value)
        told.append(Guess(REFERENCE, reference.score, line in refers))
    return told


def annotation_from(extraction: Extraction) -> Annotation:
    """An extraction as an annotation of its own: mentions and things, nothing linked."""
    mentions = tuple(
        (*_place(extraction, mention.start, mention.end), cluster.id)
        for cluster in extraction.clusters
        for mention in cluster.mentions
    )
    entities = {
        cluster.id: cluster.name + (" (?) topic" if cluster.id == extraction.topic else "")
        for cluster in extraction.clusters
    }
    return Annotation(extraction.page.text, mentions, entities, ())


def _place(extraction: Extraction, start: int, end: int) -> tuple[int, int]:
    span = extraction.page.offsets.original(Span(start, end))
    return span.start, span.end


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of like confidence: how many, their mean confidence, the share that is right."""

    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """How sure one sort of claim is, and how sure it should be."""

    what: str
    count: int
    confidence: float
    right: float
    error: float  # expected calibration error, 0..1
    bins: tuple[Bin, ...]

    def as_json(self) -> dict[str, object]:
        """Four decimals; `bins` are [count, mean confidence, share right], empty ones left out."""
        return {
            "n": self.count,
            "confidence": round(self.confidence, 4),
            "right": round(self.right, 4),
            "ece": round(self.error, 4),
            "bins": [
                [one.count, round(one.confidence, 4), round(one.right, 4)] for one in self.bins
            ],
        }


def reliability(told: Iterable[Guess]) -> list[Reliability]:
    """One for each sort of claim that there is, in the order of `CLAIMS`."""
    told = list(told)
    by_sort = {what: [guess for guess in told if guess.what == what] for what in CLAIMS}
    return [_of(what, some) for what, some in by_sort.items() if some]


def _of(what: str, told: Sequence[Guess]) -> Reliability:
    members: list[list[Guess]] = [[] for _ in range(BINS)]
    for guess in told:
        members[min(BINS - 1, int(guess.score * BINS))].append(guess)
    bins = tuple(
        Bin(
            len(some),
            _mean([guess.score for guess in some]),
            _mean([guess.right for guess in some]),
        )
        for some in members
        if some
    )
    error = sum(one.count * abs(one.confidence - one.right) for one in bins) / len(told)
    confidence = _mean([guess.score for guess in told])
    return Reliability(what, len(told), confidence, _mean([g.right for g in told]), error, bins)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
