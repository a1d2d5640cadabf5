"""Scores of predicted annotations against gold ones.

Mentions count by exact span and kind; films named by canonical title, the topic left out; clusters
by B-cubed (Bagga and Baldwin 1998) over the mentions that both sides have; relations and
references by entities that share a mention or a name. A document without a prediction counts as
predicted empty. Counts are micro-averaged over all documents.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import UsageError
from kg.evaluate.annotation import Annotation, read

_SYMMETRIC = ("spouse", "relative")
_NOT_SCORED = ("refers", "character", "critic", "publication")
_LETTERS = "FWPCOA"

Relation = tuple[str, ...]


@dataclass(slots=True)
class Count:
    """True positives, false positives and false negatives of one measure."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def add(self, gold: set[Relation], found: set[Relation]) -> None:
        """Count one document."""
        self.right += len(gold & found)
        self.extra += len(found - gold)
        self.missed += len(gold - found)

    @property
    def precision(self) -> float:
        """Right of all found, 0..1."""
        return self.right / max(1, self.right + self.extra)

    @property
    def recall(self) -> float:
        """Right of all gold, 0..1."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        precision, recall = self.precision, self.recall
        return 2 * precision * recall / max(1e-9, precision + recall)

    def row(self) -> dict[str, float]:
        """The count as four-decimal figures; `n` is the number of gold items."""
        return {
            "p": round(self.precision, 4),
            "r": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "n": self.right + self.missed,
        }


@dataclass(slots=True)
class Scores:
    """The measures over a folder, each a Count, with the two that are no counts."""

    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    cluster_precision: float = 0.0
    cluster_recall: float = 0.0
    clustered: int = 0
    links_right: int = 0
    links: int = 0
    documents: int = 0

    def rows(self) -> dict[str, dict[str, float] | int]:
        """All measures that had anything to count, sorted by name, the special ones last."""
        rows: dict[str, dict[str, float] | int] = {
            name: count.row()
            for name, count in sorted(self.counts.items())
            if count.right + count.extra + count.missed
        }
        precision = self.cluster_precision / max(1, self.clustered)
        recall = self.cluster_recall / max(1, self.clustered)
        rows["clusters B3"] = {
            "p": round(precision, 4),
            "r": round(recall, 4),
            "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
            "n": self.clustered,
        }
        right = round(self.links_right / max(1, self.links), 4)
        rows["links"] = {"right": right, "n": self.links}
        rows["documents"] = self.documents
        return rows


def score(gold: Path, predicted: Path) -> Scores:
    """Score every `.ann` of the folder `gold` against its namesake in `predicted`."""
    paths = sorted(gold.glob("*.ann"))
    if not paths:
        raise UsageError(f"expected gold annotations (*.ann) in {gold}, found none")
    return score_all(_pairs(paths, predicted))


def _pairs(paths: Iterable[Path], predicted: Path) -> Iterator[tuple[Annotation, Annotation]]:
    for path in paths:
        guess = predicted / path.name
        yield read(path), read(guess) if guess.exists() else Annotation()


def score_all(pairs: Iterable[tuple[Annotation, Annotation]]) -> Scores:
    """Score (gold, predicted) pairs."""
    scores = Scores()
    for gold, found in pairs:
        scores.documents += 1
        _score_mentions(scores, gold, found)
        to = align(gold, found)
        _score_links(scores, gold, found, to)
        _score_clusters(scores, gold, found)
        _score_relations(scores, gold, found, to)
    return scores


def folded(name: str) -> str:
    """A name without accents, case, punctuation and a leading article."""
    decomposed = unicodedata.normalize("NFKD", name)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char)).lower()
    return re.sub(r"^(the|a|an) ", "", re.sub(r"[^a-z0-9]+", " ", bare).strip())


def align(gold: Annotation, found: Annotation) -> dict[str, str | None]:
    """Lead each predicted entity to the gold one of its kind that shares most mentions or a name.

    The topic always meets the topic.
    """
    to: dict[str, str | None] = {}
    gold_spans = {key: gold.spans(key) for key in gold.entities}
    for key in found.entities:
        best, most = None, 0
        spans = found.spans(key)
        for other in gold.entities:
            if other[0] != key[0]:
                continue
            same_name = folded(found.name(key)) == folded(gold.name(other))
            shared = len(gold_spans[other] & spans) * 2 + same_name
            if shared > most:
                best, most = other, shared
        to[key] = best
    if gold.topic and found.topic:
        to[found.topic] = gold.topic
    return to


def _score_mentions(scores: Scores, gold: Annotation, found: Annotation) -> None:
    def typed(side: Annotation) -> set[Relation]:
        return {(str(start), str(end), key[0]) for start, end, key in side.mentions}

    right, guess = typed(gold), typed(found)
    scores.counts["mentions"].add(right, guess)
    scores.counts["spans untyped"].add({m[:2] for m in right}, {m[:2] for m in guess})
    for letter in _LETTERS:
        scores.counts[f"mentions {letter}"].add(
            {m for m in right if m[2] == letter}, {m for m in guess if m[2] == letter}
        )
    scores.counts["films named"].add(_films(gold), _films(found))


def _films(side: Annotation) -> set[Relation]:
    named = {key for *_, key in side.mentions if key[0] == "F"}
    return {
        (folded(side.name(key)),) for key in named if key in side.entities and key != side.topic
    }


def _score_links(
    scores: Scores, gold: Annotation, found: Annotation, to: Mapping[str, str | None]
) -> None:
    back = {target: key for key, target in to.items() if target}
    for key in gold.entities:
        year = gold.year(key)
        if key[0] != "F" or year is None or key not in back:
            continue
        scores.links += 1
        guess = back[key]
        guessed_year = found.year(guess)
        same_title = folded(found.name(guess)) == folded(gold.name(key))
        near = guessed_year is not None and abs(guessed_year - year) <= 1
        scores.links_right += same_title and near


def _score_clusters(scores: Scores, gold: Annotation, found: Annotation) -> None:
    right, guess = _clusters(gold), _clusters(found)
    both = right.keys() & guess.keys()
    for span in sorted(both):
        shared = len(right[span] & guess[span] & both)
        scores.cluster_precision += shared / len(guess[span] & both)
        scores.cluster_recall += shared / len(right[span] & both)
        scores.clustered += 1


def _clusters(side: Annotation) -> dict[tuple[int, int], set[tuple[int, int]]]:
    members: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for start, end, key in side.mentions:
        members[key].add((start, end))
    return {(start, end): members[key] for start, end, key in side.mentions}


def _score_relations(
    scores: Scores, gold: Annotation, found: Annotation, to: Mapping[str, str | None]
) -> None:
    def moved(relation: Relation) -> Relation:
        return relation[:1] + tuple(to.get(key) or f"?{key}" for key in relation[1:])

    right = {both_ways(r) for r in gold.relations if r[0] not in _NOT_SCORED}
    guess = {both_ways(moved(r)) for r in found.relations if r[0] not in _NOT_SCORED}
    scores.counts["relations"].add(right, guess)
    scores.counts["relations, part left out"].add({r[:3] for r in right}, {r[:3] for r in guess})
    for name in {r[0] for r in right | guess}:
        scores.counts[f"relation {name}"].add(
            {r for r in right if r[0] == name}, {r for r in guess if r[0] == name}
        )
    refers = [r for r in gold.relations if r[0] == "refers"]
    guessed = [r for r in found.relations if r[0] == "refers"]
    scores.counts["references"].add({r[:3] for r in refers}, {moved(r[:3]) for r in guessed})
    scores.counts["references with kind"].add(
        {r for r in refers if len(r) == 4},
        {moved(r[:3]) + r[3:] for r in guessed if len(r) == 4},
    )


def both_ways(relation: Relation) -> Relation:
    """The relation, its things in a fixed order where it holds both ways."""
    if relation[0] in _SYMMETRIC:
        return (relation[0], *sorted(relation[1:]))
    return relation
