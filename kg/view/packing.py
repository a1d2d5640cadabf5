"""Boxes side by side: where each component of a drawing stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

MARGIN = 26.0
ASPECT = 1.5  # width against height of the whole, as most screens are


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `left` and `top` are where its content's own coordinates begin."""

    left: float
    top: float
    width: float
    height: float


def pack(boxes: Sequence[Box]) -> list[tuple[float, float]]:
    """The upper left corner of each box, in the order given, so that none overlap.

    The highest boxes come first; each next one goes where the skyline of those already placed
    leaves room highest up. Of several widths the one is taken that fits a screen best.
    """
    if not boxes:
        return []
    area = sum((box.width + MARGIN) * (box.height + MARGIN) for box in boxes)
    widest = max(box.width for box in boxes) + MARGIN
    ideal = sqrt(area * ASPECT)
    limits = sorted({max(widest, ideal * factor) for factor in (0.85, 0.95, 1.05, 1.15, 1.3)})
    packings = [_packed(boxes, limit) for limit in limits]
    return min(packings, key=lambda packing: packing[0])[1]


def _packed(boxes: Sequence[Box], limit: float) -> tuple[float, list[tuple[float, float]]]:
    """How much screen the packing into `limit` takes (the less, the better), and the corners."""
    skyline: list[tuple[float, float, float]] = [(0.0, limit, 0.0)]  # from, to, height used
    corners: dict[int, tuple[float, float]] = {}
    order = sorted(range(len(boxes)), key=lambda i: (-boxes[i].height, -boxes[i].width, i))
    for index in order:
        width, height = boxes[index].width + MARGIN, boxes[index].height + MARGIN
        left, top = _lowest(skyline, width, limit)
        corners[index] = (left, top)
        skyline = _raised(skyline, left, left + width, top + height)
    wide = max(corners[i][0] + box.width for i, box in enumerate(boxes))
    high = max(corners[i][1] + box.height for i, box in enumerate(boxes))
    return max(wide / ASPECT, high), [corners[index] for index in range(len(boxes))]


def _lowest(
    skyline: list[tuple[float, float, float]], width: float, limit: float
) -> tuple[float, float]:
    best: tuple[float, float] | None = None
    for position, (start, _, _) in enumerate(skyline):
        if start + width > limit + 1e-6:
            break
        top = 0.0
        for begin, _, used in skyline[position:]:
            if begin >= start + width - 1e-6:
                break
            top = max(top, used)
        if best is None or top < best[1] - 1e-6:
            best = (start, top)
    return best if best is not None else (0.0, max(used for _, _, used in skyline))


def _raised(
    skyline: list[tuple[float, float, float]], left: float, right: float, height: float
) -> list[tuple[float, float, float]]:
    parts: list[tuple[float, float, float]] = []
    for start, end, used in skyline:
        if start < left:
            parts.append((start, min(end, left), used))
        if end > right:
            parts.append((max(start, right), end, used))
    parts.append((left, right, height))
    merged: list[tuple[float, float, float]] = []
    for start, end, used in sorted(part for part in parts if part[1] - part[0] > 1e-6):
        if merged and abs(merged[-1][2] - used) < 1e-6:
            merged[-1] = (merged[-1][0], end, used)
        else:
            merged.append((start, end, used))
    return merged
