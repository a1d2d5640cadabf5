"""From the scores of mention pairs to relations between the things that they name.

A pair of things stands in a relation as surely as its mentions say so together: the logits of all
its mention pairs are joined by log-sum-exp, as in multi-instance learning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.decode import KINDS
from kg.extract.heads import Heads
from kg.extract.instances import FITS, Places, near_pairs
from kg.extract.signatures import BOTH_WAYS, OUTPUTS, PLAYS, SCORED
from kg.model import Kind, RelationName

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PairScore:
    """A relation between two clusters, by number; `part` is the third place, if any.

    `evidence` indexes the mentions whose words say it best: one or two of them.
    """

    name: RelationName
    subject: int
    object: int
    part: int | None
    score: float
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Ordered pairs of clusters: their logits [pairs, outputs] and best instances.

    `evidence` [pairs, outputs, 2] holds mentions; the second is -1 where one speaks of the topic.
    """

    subjects: Integers
    objects: Integers
    logits: Floats
    evidence: Integers


def joined(
    heads: Heads, states: Floats, places: Places, clusters: Integers, topic: int | None
) -> Joined:
    """Score every ordered pair of clusters that some mention pair joins, the topic's pairs too."""
    pairs = near_pairs(places)
    logits = heads.pairs(states, places, pairs)
    subjects, objects = clusters[pairs.subject], clusters[pairs.object]
    first, second = pairs.subject, pairs.object
    if topic is not None:
        own = np.flatnonzero(clusters == topic)
        count = len(places)
        logits = np.concatenate((logits, heads.topic_pairs(states, places, own)))
        subjects = np.concatenate((subjects, np.full(count, topic)))
        objects = np.concatenate((objects, clusters))
        first = np.concatenate((first, np.arange(count)))
        second = np.concatenate((second, np.full(count, -1)))
    different = subjects != objects
    logits, subjects, objects = logits[different], subjects[different], objects[different]
    first, second = first[different], second[different]
    # cluster numbers are made dense, so that two of them fit into one key
    numbers, dense = np.unique(np.concatenate((subjects, objects)), return_inverse=True)
    dense = dense.reshape(2, -1)
    unique, group = np.unique(dense[0] * len(numbers) + dense[1], return_inverse=True)
    top = np.full((len(unique), OUTPUTS), -np.inf, dtype=np.float64)
    np.maximum.at(top, group, logits)
    total = np.zeros_like(top)
    np.add.at(total, group, np.exp(logits - top[group]))
    evidence = np.full((len(unique), OUTPUTS, 2), -1, dtype=np.int64)
    row, output = np.nonzero(logits == top[group])
    # of equal instances the first in the text is kept: written last
    row, output = row[::-1], output[::-1]
    evidence[group[row], output] = np.stack((first[row], second[row]), axis=1)
    return Joined(
        numbers[unique // max(1, len(numbers))],
        numbers[unique % max(1, len(numbers))],
        (top + np.log(total)).astype(np.float32),
        evidence,
    )


def relate(
    heads: Heads,
    states: Floats,
    places: Places,
    clusters: Sequence[int],
    topic: int | None,
    *,
    topic_kind: Kind,
    order: Sequence[int],
    thresholds: Mapping[str, float],
) -> list[PairScore]:
    """The relations above their thresholds that the signatures allow, best first by place.

    `order` names the mentions outside; thresholds are probabilities, by relation, and `plays`.
    """
    if not len(places):
        return []
    numbers = np.asarray(clusters, dtype=np.int64)
    scored = joined(heads, states, places, numbers, topic)
    kind_of: dict[int, int] = {}
    for number, kind in zip(numbers.tolist(), places.kind.tolist(), strict=True):
        kind_of.setdefault(number, kind)
    if topic is not None:
        kind_of.setdefault(topic, KINDS.index(topic_kind))
    subjects, objects = scored.subjects.tolist(), scored.objects.tolist()
    kinds = np.array(
        [[kind_of[a], kind_of[b]] for a, b in zip(subjects, objects, strict=True)], dtype=np.int64
    )
    kinds = kinds.reshape(-1, 2)
    chances = 1 / (1 + np.exp(-np.clip(scored.logits.astype(np.float64), -60, 60)))
    chances *= FITS[kinds[:, 0], kinds[:, 1]]

    def proof(pair: int, output: int) -> tuple[int, ...]:
        return tuple(order[at] for at in scored.evidence[pair, output].tolist() if at >= 0)

    plays = _plays(chances[:, PLAYS], subjects, objects, thresholds["plays"])
    found: list[PairScore] = []
    for output, name in enumerate(SCORED):
        for pair in np.flatnonzero(chances[:, output] >= thresholds[name]).tolist():
            score = round(float(chances[pair, output]), 3)
            found.append(
                PairScore(name, subjects[pair], objects[pair], None, score, proof(pair, output))
            )
    return _ordered(_complete(found, plays, topic, kind_of))


def _plays(
    chances: NDArray[np.float64], people: list[int], parts: list[int], threshold: float
) -> dict[int, tuple[int, float]]:
    """Person to part, the likeliest first; nobody plays two parts, no part is played twice."""
    taken: dict[int, tuple[int, float]] = {}
    played: set[int] = set()
    for pair in np.argsort(-chances, kind="stable").tolist():
        if chances[pair] < threshold:
            break
        person, part = people[pair], parts[pair]
        if person not in taken and part not in played:
            taken[person] = (part, float(chances[pair]))
            played.add(part)
    return taken


def _complete(
    found: list[PairScore],
    plays: Mapping[int, tuple[int, float]],
    topic: int | None,
    kind_of: Mapping[int, int],
) -> list[PairScore]:
    """Give each actor's likeliest film the part, each person's award its film; drop doubles."""
    best: dict[int, PairScore] = {}
    for pair in found:
        if pair.name is RelationName.CAST and pair.object in plays:
            kept = best.get(pair.object)
            if kept is None or pair.score > kept.score:
                best[pair.object] = pair
    played = {(pair.subject, plays[person][0]) for person, pair in best.items()}
    whole: list[PairScore] = []
    both: dict[tuple[RelationName, int, int], PairScore] = {}
    for pair in found:
        part = None
        if pair.name in BOTH_WAYS:
            low, high = sorted((pair.subject, pair.object))
            kept = both.get((pair.name, low, high))
            if kept is None or pair.score > kept.score:
                both[pair.name, low, high] = pair
            continue
        if pair.name is RelationName.CHARACTER and (pair.subject, pair.object) in played:
            continue
        if pair.name is RelationName.CAST and best.get(pair.object) is pair:
            part = plays[pair.object][0]
        elif pair.name is RelationName.AWARD and topic is not None:
            part = topic if KINDS[kind_of[pair.subject]] is Kind.PERSON else None
        whole.append(
            PairScore(pair.name, pair.subject, pair.object, part, pair.score, pair.evidence)
        )
    return whole + list(both.values())


def _ordered(pairs: list[PairScore]) -> list[PairScore]:
    names = list(RelationName)
    return sorted(
        pairs, key=lambda pair: (pair.evidence, names.index(pair.name), pair.subject, pair.object)
    )
