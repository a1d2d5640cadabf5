"""The small networks above the encoder: relations, references, and which film is the topic.

Each is one hidden layer over a sum of projections, so that all pairs of a page cost little. The
same arithmetic stands in `kg.train.heads` for training; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.decode import KINDS
from kg.extract.instances import Pairs, Places, around, nearest_topic
from kg.extract.signatures import OUTPUTS
from kg.model import ReferenceKind

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

REFERENCE_KINDS = tuple(ReferenceKind)
_BLOCK = 1 << 15
_EDGES = 1 << 12


class Heads:
    """The heads with their weights, as `heads.npz` holds them."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._weights = {name: np.asarray(value, np.float32) for name, value in weights.items()}

    def pairs(self, states: Floats, places: Places, pairs: Pairs) -> Floats:
        """[pairs, OUTPUTS]: logits of each relation for each ordered pair of mentions."""
        mentions = _mentions(states, places)
        subjects = self._dense("pair_subject", mentions)
        objects = self._dense("pair_object", mentions)
        between = self._sums(("pair_between",), states, pairs.start, pairs.end)
        logits = np.zeros((len(pairs), OUTPUTS), dtype=np.float32)
        # block by block, so that a very long text needs no very large arrays
        for start in range(0, len(pairs), _BLOCK):
            block = slice(start, start + _BLOCK)
            subject, thing = pairs.subject[block], pairs.object[block]
            total = (
                subjects[subject]
                + objects[thing]
                + between.means(0, pairs.start[block], pairs.end[block])
                + self._rows("pair_kinds", places.kind[subject] * len(KINDS) + places.kind[thing])
                + self._rows("pair_distance", pairs.bucket[block])
            )
            logits[block] = self._dense("pair_out", np.maximum(total, 0))
        return logits

    def topic_pairs(self, states: Floats, places: Places, topic: Integers) -> Floats:
        """[mentions, OUTPUTS]: logits of each relation with the topic as its subject.

        `topic` indexes the topic's own mentions, ascending; it may be empty.
        """
        return self._dense("topic_out", self._against("topic", states, places, topic))

    def references(self, states: Floats, places: Places, topic: Integers) -> Floats:
        """[mentions, reference kinds]: logits of how the topic stands to what is named."""
        return self._dense("reference_out", self._against("reference", states, places, topic))

    def words(self, said: Mapping[int, float]) -> NDArray[np.float64]:
        """[reference kinds]: log-probabilities by the words around a title, as `wording` reads it.

        Zeros where the weights hold none.
        """
        weight = self._weights.get("wording.weight")
        if weight is None or not said:
            return np.zeros(len(REFERENCE_KINDS))
        rows = np.fromiter(said, dtype=np.int64)
        loud = np.fromiter(said.values(), dtype=np.float32)
        logits = (loud @ weight[rows] + self._weights["wording.bias"]).astype(np.float64)
        return np.asarray(logits - np.logaddexp.reduce(logits))

    def topics(self, states: Floats, places: Places) -> Floats:
        """[mentions]: the logit that the mention names the reviewed film."""
        total = (
            self._dense("subject_mention", _mentions(states, places))
            + self._context("subject", states, places)
            + self._rows("subject_kind", places.kind)
        )
        return self._dense("subject_out", np.maximum(total, 0))[:, 0]

    def _against(self, name: str, states: Floats, places: Places, topic: Integers) -> Floats:
        mentions = _mentions(states, places)
        total = (
            self._dense(f"{name}_mention", mentions)
            + self._context(name, states, places)
            + self._rows(f"{name}_kind", places.kind)
            + self._rows(f"{name}_distance", nearest_topic(places, topic))
        )
        if len(topic):
            centre = mentions[topic].mean(axis=0, keepdims=True)
            total = total + self._dense(f"{name}_film", centre)
        return np.asarray(np.maximum(total, 0), dtype=np.float32)

    def _context(self, name: str, states: Floats, places: Places) -> Floats:
        left, right = around(places, len(states))
        after = places.last + 1
        names = (f"{name}_left", f"{name}_right")
        sums = self._sums(names, states, left, places.first, after, right)
        return sums.means(0, left, places.first) + sums.means(1, after, right)

    def _sums(self, names: Sequence[str], states: Floats, *edges: Integers) -> _Sums:
        """Running sums of the states as each of the layers projects them, at the edges only."""
        at = np.unique(np.concatenate(edges))
        inner = at[at < len(states)]
        if not len(inner):
            width = [len(self._weights[f"{name}.weight"]) for name in names]
            return _Sums(at, [np.zeros((len(at), columns)) for columns in width])
        # what lies between two edges is summed before it is projected: there are few edges
        pieces = _between(states, inner, int(at[-1]))
        found = []
        for name in names:
            projected = self._dense(name, pieces)
            sums = np.zeros((len(at), projected.shape[1]), dtype=np.float64)
            np.cumsum(projected[: len(at) - 1], axis=0, dtype=np.float64, out=sums[1:])
            found.append(sums)
        return _Sums(at, found)

    def _dense(self, name: str, values: Floats) -> Floats:
        result = values @ self._weights[f"{name}.weight"].T
        bias = self._weights.get(f"{name}.bias")
        return np.asarray(result if bias is None else result + bias, dtype=np.float32)

    def _rows(self, name: str, index: Integers) -> Floats:
        return self._weights[f"{name}.weight"][index]


@dataclass(frozen=True, slots=True)
class _Sums:
    """Running sums up to the pieces `edges`: for each layer [edges, hidden]."""

    edges: Integers
    sums: Sequence[NDArray[np.float64]]

    def means(self, layer: int, starts: Integers, ends: Integers) -> Floats:
        """Means of the pieces `starts` to `ends`, which are edges; zeros for an empty stretch."""
        length = np.maximum(ends - starts, 1)[:, None]
        sums = self.sums[layer]
        first, last = np.searchsorted(self.edges, starts), np.searchsorted(self.edges, ends)
        return np.asarray((sums[last] - sums[first]) / length, dtype=np.float32)


def _between(states: Floats, edges: Integers, end: int) -> Floats:
    """Sums of the states from each edge to the next, the last to `end`, [edges, width].

    Block by block, for a long text's states are in half precision and are widened here.
    """
    found = np.empty((len(edges), states.shape[1]), dtype=np.float32)
    for first in range(0, len(edges), _EDGES):
        block = edges[first : first + _EDGES]
        after = int(edges[first + _EDGES]) if first + _EDGES < len(edges) else end
        stretch = states[int(block[0]) : max(after, int(block[-1]) + 1)]
        found[first : first + _EDGES] = np.add.reduceat(
            stretch, block - block[0], axis=0, dtype=np.float32
        )
    return found


def _mentions(states: Floats, places: Places) -> Floats:
    """[mentions, 2 * width]: the states of the first and the last piece."""
    ends = np.concatenate((states[places.first], states[places.last]), axis=1)
    return np.asarray(ends, dtype=np.float32)
