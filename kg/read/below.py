"""Lists that print each name above its label: "Ann Lee", "Director", "Bo Ek", "Music"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Span
from kg.read.labels import LONGEST, Label, Topic, label_of
from kg.read.layout import Layout
from kg.read.pair import Labelled, only_names
from kg.read.shape import Shape


def labels_below(layout: Layout, shapes: tuple[Shape, ...]) -> dict[int, Labelled]:
    """Lists that print each name above its label, by the number of the name's block.

    Names and labels stand in turn in such a list as in one with labels above; it is told by its
    ends: it starts with a name, under a heading or nothing, and ends with a label.
    """
    found: dict[int, Labelled] = {}
    run: list[tuple[int, Label | None]] = []
    for number in range(len(layout.blocks) + 1):
        kind = _name_or_label(layout, shapes, number)
        in_turn = kind is not None and (not run or (run[-1][1] is None) != (kind[1] is None))
        if kind is not None and in_turn:
            run.append(kind)
            continue
        found.update(_inverted(layout, run))
        run = [kind] if kind is not None else []
    return found


def _name_or_label(
    layout: Layout, shapes: tuple[Shape, ...], number: int
) -> tuple[int, Label | None] | None:
    if number >= len(layout.blocks):
        return None
    block = layout.blocks[number]
    words = layout.words(block)
    if len(words) > LONGEST or words.rstrip().endswith(":") or shapes[number].prose:
        return None
    label = label_of(words.replace("\t", " "))
    if label is not None:
        return (number, label) if label.is_credit else None
    named = only_names(layout.text, Span(block.start, block.end))
    return (number, None) if named and len(block.cells) < 2 else None


def _inverted(
    layout: Layout, run: list[tuple[int, Label | None]]
) -> Iterator[tuple[int, Labelled]]:
    if run and run[0][1] is not None and run[0][1].topic is Topic.CREW:
        run = run[1:]  # "Crew" above the list is its heading
    if len(run) < 4 or run[0][1] is not None or run[-1][1] is None:
        return
    for (number, _), (below, label) in zip(run[::2], run[1::2], strict=False):
        if label is None:
            continue
        block = layout.blocks[number]
        value = Span(block.start, block.end)
        line = Span(block.start, layout.blocks[below].end)
        yield number, Labelled(label, line, (value,), (number, below), colon=False)
