"""Names beside the nodes of a still picture, placed so that none lies upon another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.view import wording
from kg.view.drawing import Drawing

CELL = 80.0
LONGEST = 34


@dataclass(frozen=True, slots=True)
class Label:
    """A name where it is written: `x` is its left, middle or right end as `anchor` says.

    `box` is the room it takes: left, top, right, bottom.
    """

    node: str
    text: str
    x: float
    y: float
    anchor: str
    size: float
    box: tuple[float, float, float, float]


_Rectangle = tuple[float, float, float, float]


class _Taken:
    """Rectangles already used, found by the cells that they touch."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[_Rectangle, str]]] = defaultdict(list)

    def add(self, box: _Rectangle, owner: str) -> None:
        for cell in _cells(box):
            self._cells[cell].append((box, owner))

    def cost(self, box: _Rectangle, owner: str) -> float:
        """The area of `box` that others use."""
        found = {
            entry
            for cell in _cells(box)
            for entry in self._cells.get(cell, ())
            if entry[1] != owner
        }
        return sum(
            max(0.0, min(box[2], right) - max(box[0], left))
            * max(0.0, min(box[3], bottom) - max(box[1], top))
            for (left, top, right, bottom), _ in found
        )


def _cells(box: _Rectangle) -> list[tuple[int, int]]:
    left, top, right, bottom = (int(side // CELL) for side in box)
    return [(i, j) for i in range(left, right + 1) for j in range(top, bottom + 1)]


def place(drawing: Drawing, *, scale: float = 1.0) -> list[Label]:
    """Labels for as many nodes as have room, the most important first.

    `scale` enlarges the type of the important ones in a large drawing. A node whose name has no
    free place gets none; its name still stands in the node's tooltip.
    """
    taken = _Taken()
    for node, (x, y) in drawing.places.items():
        radius = drawing.radii[node]
        taken.add((x - radius, y - radius, x + radius, y + radius), node)
    labels: list[Label] = []
    if not drawing.radii:
        return labels
    smallest, largest = min(drawing.radii.values()), max(drawing.radii.values())
    for node in drawing.by_importance:
        weight = (drawing.radii[node] - smallest) / ((largest - smallest) or 1.0)
        size = round(10.5 + 3.5 * weight + (scale - 1) * 11 * weight, 1)
        text = _text(drawing, node)
        wide = wording.width(text) * size
        for x, y, anchor, box in _candidates(drawing, node, wide, size):
            if taken.cost(box, node) < 1.0:
                taken.add(box, f"label of {node}")
                labels.append(Label(node, text, round(x, 1), round(y, 1), anchor, size, box))
                break
    return labels


def _text(drawing: Drawing, node: str) -> str:
    known = drawing.network.nodes[node]
    year = f" ({known['year']})" if "year" in known else ""
    return wording.one_line(known["label"], LONGEST) + year


def _candidates(
    drawing: Drawing, node: str, wide: float, size: float
) -> list[tuple[float, float, str, _Rectangle]]:
    (x, y), gap = drawing.places[node], drawing.radii[node] + 3
    ascent, descent = 0.78 * size, 0.24 * size
    spots = [
        (x + gap, y + 0.3 * size, "start"),
        (x - gap, y + 0.3 * size, "end"),
        (x, y + gap + ascent, "middle"),
        (x, y - gap - descent, "middle"),
        (x + gap * 0.75, y + gap * 0.75 + 0.5 * size, "start"),
        (x + gap * 0.75, y - gap * 0.75, "start"),
        (x - gap * 0.75, y + gap * 0.75 + 0.5 * size, "end"),
        (x - gap * 0.75, y - gap * 0.75, "end"),
    ]
    shift = {"start": 0.0, "middle": -0.5, "end": -1.0}
    return [
        (
            left,
            base,
            anchor,
            (
                left + shift[anchor] * wide - 2,
                base - ascent,
                left + (shift[anchor] + 1) * wide + 2,
                base + descent,
            ),
        )
        for left, base, anchor in spots
    ]
