"""From scores to mentions: the best path of a linear-chain conditional random field.

Lafferty, McCallum and Pereira (2001). Words that are surely outside every name cut the text into
short stretches; stretches of like length are decoded together, so the time is linear in the length
of the text and little of it is spent in Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.model import Kind

KINDS = (Kind.FILM, Kind.WORK, Kind.PERSON, Kind.CHARACTER, Kind.ORGANISATION, Kind.AWARD)
LABELS = ("O", *(f"{mark}-{kind}" for kind in KINDS for mark in "BI"))
OUTSIDE = 0
FORBIDDEN = -1e4
SURE = 10.0

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Run:
    """The words `first` to `last` (both inside) bear one name of that kind, so probably."""

    first: int
    last: int
    kind: Kind
    score: float


def allowed() -> NDArray[np.bool_]:
    """[labels, labels]: whether the second label may follow the first under the BIO rules."""
    table = np.ones((len(LABELS), len(LABELS)), dtype=np.bool_)
    for after, label in enumerate(LABELS):
        if label.startswith("I-"):
            table[:, after] = [before[2:] == label[2:] for before in LABELS]
    return table


def runs(emissions: NDArray[np.floating], transitions: NDArray[np.floating]) -> list[Run]:
    """Decode `emissions` [words, labels] with `transitions` [labels, labels].

    A run's score is the least of its words' marginal probabilities, of 0..1.
    """
    if not len(emissions):
        return []
    scores = np.asarray(emissions, dtype=np.float64)
    rules = np.where(allowed(), np.asarray(transitions, dtype=np.float64), FORBIDDEN)
    unsure = _unsure(scores)
    path = np.zeros(len(scores), dtype=np.int64)
    sure = np.ones(len(scores))
    for places in _stretches(unsure):
        padded = scores[np.maximum(places, 0)]
        padded[places < 0] = _only_outside(len(LABELS))
        best = _best(padded, rules)
        marginals = _marginals(padded, rules)
        chosen = np.take_along_axis(marginals, best[:, :, None], axis=2)[:, :, 0]
        kept = places >= 0
        path[places[kept]] = best[kept]
        sure[places[kept]] = chosen[kept]
    return _collect(path.tolist(), sure.tolist())


def _unsure(scores: Floats) -> NDArray[np.bool_]:
    """[words]: whether the best path that is inside a name there comes near the all-outside one.

    A name costs what its first word loses by beginning one and what each further word loses by
    going on, so a running maximum finds the cheapest; learnt transitions are small beside `SURE`.
    """
    begin = scores[:, OUTSIDE] - scores[:, 1::2].max(axis=1)
    go_on = np.cumsum(scores[:, OUTSIDE] - scores[:, 2::2].max(axis=1))
    return np.asarray(go_on - np.maximum.accumulate(go_on - begin) <= SURE)


def _only_outside(labels: int) -> Floats:
    row = np.full(labels, FORBIDDEN)
    row[OUTSIDE] = 0.0
    return row


def _stretches(unsure: NDArray[np.bool_]) -> list[Integers]:
    """Word indices of the unsure stretches, [stretches, words], padded by -1, like by like.

    Each stretch has a sure word or the text's edge on either side, so it begins and ends outside.
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([0], unsure.astype(np.int8), [0]))))
    starts, ends = edges[0::2], edges[1::2]
    lengths = ends - starts
    groups: list[Integers] = []
    low = 0
    while low < lengths.max(initial=0):
        high = max(4, low * 2)
        chosen = np.flatnonzero((lengths > low) & (lengths <= high))
        if len(chosen):
            width = int(lengths[chosen].max())
            places = starts[chosen][:, None] + np.arange(width)[None, :]
            groups.append(np.where(places < ends[chosen][:, None], places, -1))
        low = high
    return groups


def _best(scores: Floats, rules: Floats) -> Integers:
    """The best labels [stretches, words] for `scores` [stretches, words, labels]."""
    count, words, labels = scores.shape
    back = np.zeros((count, words, labels), dtype=np.int64)
    best = rules[OUTSIDE] + scores[:, 0]
    for word in range(1, words):
        reached = best[:, :, None] + rules
        back[:, word] = reached.argmax(axis=1)
        best = reached.max(axis=1) + scores[:, word]
    path = np.zeros((count, words), dtype=np.int64)
    path[:, -1] = (best + rules[:, OUTSIDE]).argmax(axis=1)
    for word in range(words - 1, 0, -1):
        path[:, word - 1] = back[np.arange(count), word, path[:, word]]
    return path


def _marginals(scores: Floats, rules: Floats) -> Floats:
    """The probability of each label, [stretches, words, labels], by forward-backward."""
    words = scores.shape[1]
    weights = np.exp(np.maximum(rules, -60.0)) * (rules > FORBIDDEN / 2)
    tops = scores.max(axis=2, keepdims=True)
    local = np.exp(scores - tops)
    forward = np.empty_like(scores)
    backward = np.empty_like(scores)
    forward[:, 0] = local[:, 0] * weights[OUTSIDE]
    forward[:, 0] /= forward[:, 0].sum(axis=1, keepdims=True)
    for word in range(1, words):
        step = (forward[:, word - 1] @ weights) * local[:, word]
        forward[:, word] = step / step.sum(axis=1, keepdims=True)
    backward[:, -1] = weights[:, OUTSIDE]
    for word in range(words - 2, -1, -1):
        step = (backward[:, word + 1] * local[:, word + 1]) @ weights.T
        backward[:, word] = step / step.sum(axis=1, keepdims=True)
    product = forward * backward
    return np.asarray(product / product.sum(axis=2, keepdims=True))


def _collect(path: Sequence[int], sure: Sequence[float]) -> list[Run]:
    found: list[Run] = []
    word = 0
    while word < len(path):
        label = path[word]
        if label == OUTSIDE:
            word += 1
            continue
        first, inside = word, label if LABELS[label].startswith("I-") else label + 1
        word += 1
        while word < len(path) and path[word] == inside:
            word += 1
        score = min(sure[first:word])
        found.append(Run(first, word - 1, KINDS[(label - 1) // 2], score))
    return found
