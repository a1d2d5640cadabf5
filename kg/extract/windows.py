"""Overlapping windows over a long sequence of word pieces: nothing is cut off, time is linear."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

SIZE = 384
OVERLAP = 96


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of pieces that the encoder reads at once.

    It reads the pieces `start` to `end`; of what it says, `own_start` to `own_end` is kept. The
    own stretches of a text's windows cover each piece exactly once, and each lies away from the
    window's edges, so that every piece is read with its context.
    """

    start: int
    end: int
    own_start: int
    own_end: int


def windows(pieces: int, *, size: int = SIZE, overlap: int = OVERLAP) -> list[Window]:
    """Cover a sequence of that many pieces by windows of nearly equal length.

    Windows share `overlap` pieces or a few more; a boundary runs through the middle of what two
    windows share. The windows depend on nothing but the three numbers.
    """
    if size <= overlap:
        raise ValueError(f"expected windows longer than their overlap, found {size} and {overlap}")
    if pieces <= 0:
        return []
    count = 1 if pieces <= size else -(-(pieces - overlap) // (size - overlap))
    if count == 1:
        return [Window(0, pieces, 0, pieces)]
    length = min(size, -(-(pieces + (count - 1) * overlap) // count))
    starts = [index * (pieces - length) // (count - 1) for index in range(count)]
    edges = [0]
    for before, after in pairwise(starts):
        edges.append((after + before + length) // 2)
    edges.append(pieces)
    return [
        Window(start, start + length, edges[index], edges[index + 1])
        for index, start in enumerate(starts)
    ]
