"""Which mentions the relation head looks at together, and how far apart they stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.decode import KINDS
from kg.extract.signatures import OUTPUTS, fits

Integers = NDArray[np.int64]

REACH = 150  # pieces between two mentions that may still be a pair
AROUND = 24  # pieces of context on either side of a mention
STEPS = np.array([1, 2, 3, 4, 6, 10, 20, 40, 80], dtype=np.int64)
BUCKETS = 2 * (len(STEPS) + 1)
NOWHERE = BUCKETS  # the bucket of a page whose topic no mention names

# [kinds, kinds, outputs]: which outputs may join a subject and an object of these kinds
FITS = np.array(
    [[[fits(out, a, b) for out in range(OUTPUTS)] for b in KINDS] for a in KINDS], dtype=np.bool_
)


@dataclass(frozen=True, slots=True)
class Places:
    """Mentions in pieces: `first`, `last` (inside) and `kind`, each [mentions], by `first`."""

    first: Integers
    last: Integers
    kind: Integers

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Ordered pairs of mentions, [pairs] each.

    `subject`, `object` index mentions; `bucket` is the distance with its direction; the pieces
    `start` to `end` stand between the two.
    """

    subject: Integers
    object: Integers
    bucket: Integers
    start: Integers
    end: Integers

    def __len__(self) -> int:
        return len(self.subject)


def bucket(gap: Integers, backwards: NDArray[np.bool_]) -> Integers:
    """The bucket of `gap` pieces between; `backwards` where the object comes first."""
    steps = np.searchsorted(STEPS, np.maximum(gap, 0), side="right")
    return np.asarray(steps + (len(STEPS) + 1) * backwards, dtype=np.int64)


def near_pairs(places: Places) -> Pairs:
    """All ordered pairs within reach whose kinds some relation joins."""
    count = len(places)
    after = np.arange(count) + 1
    ends = np.searchsorted(places.first, places.last + REACH + 1, side="right")
    width = np.maximum(ends - after, 0)
    left = np.repeat(np.arange(count), width)
    within = np.arange(int(width.sum())) - np.repeat(np.cumsum(width) - width, width)
    right = np.repeat(after, width) + within
    start = places.last[left] + 1
    end = np.maximum(places.first[right], start)
    forwards = np.zeros(len(left), dtype=np.bool_)
    subject = np.concatenate((left, right))
    thing = np.concatenate((right, left))
    buckets = np.concatenate((bucket(end - start, forwards), bucket(end - start, ~forwards)))
    kept = np.flatnonzero(FITS[places.kind[subject], places.kind[thing]].any(axis=1))
    return Pairs(
        subject[kept],
        thing[kept],
        buckets[kept],
        np.concatenate((start, start))[kept],
        np.concatenate((end, end))[kept],
    )


def nearest_topic(places: Places, topic: Integers) -> Integers:
    """For each mention the bucket of its distance to the nearest of the mentions `topic`.

    `topic` is ascending. `NOWHERE` where it is empty.
    """
    if not len(topic):
        return np.full(len(places), NOWHERE, dtype=np.int64)
    at = np.searchsorted(topic, np.arange(len(places)), side="right")
    before, after = topic[np.maximum(at - 1, 0)], topic[np.minimum(at, len(topic) - 1)]
    never = np.int64(1 << 40)
    gap_before = np.where(at > 0, places.first - places.last[before] - 1, never)
    gap_after = np.where(at < len(topic), places.first[after] - places.last - 1, never)
    return bucket(np.minimum(gap_before, gap_after), gap_after < gap_before)


def around(places: Places, pieces: int) -> tuple[Integers, Integers]:
    """Where each mention's left context starts and its right context ends."""
    left = np.maximum(places.first - AROUND, 0)
    right = np.minimum(places.last + 1 + AROUND, pieces)
    return left, right
