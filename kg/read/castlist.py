"""Cast lists: who plays whom, in the forms that pages print.

"X as Y;", "X ... Y", rows of a table, lines in turn (actor, part), one line of links with the parts
in their attributes. A list of crew looks the same but for the heading above it, so a list counts as
cast only under such a heading, or where its form says so ("as", dots) and no other heading speaks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kg.model import Evidence, Field, Stated
from kg.read.castline import (
    Entry,
    in_turn,
    in_turn_by_words,
    line_entries,
    names_only,
    pair_entry,
)
from kg.read.layout import Layout
from kg.read.names import is_person
from kg.read.part import explains_parts, part_of
from kg.read.sections import Section
from kg.read.shape import Shape

_FEWEST: Final = 3
_EITHER_WAY: Final = ("dash", "row", "dots", "turn")
_TELLING: Final = 300  # so long an item is running text besides, and its zone says so


@dataclass(frozen=True, slots=True)
class CastList:
    """The entries of one list and the heading above it, if any."""

    entries: tuple[Entry, ...]
    heading: int | None = None

    @property
    def blocks(self) -> set[int]:
        """The numbers of all blocks that the list takes up."""
        return {number for entry in self.entries for number in entry.blocks}

    @property
    def lines(self) -> set[int]:
        """Likewise without the items that go on as running text."""
        short = (one for one in self.entries if one.line.end - one.line.start <= _TELLING)
        return {number for entry in short for number in entry.blocks}

    def stated(self, layout: Layout) -> list[Stated]:
        """The entries as facts, parts cut where the list explains them ("X as Y, a widow")."""
        if _part_first(self.entries, layout.text):
            return replace(self, entries=tuple(_turned(one) for one in self.entries)).stated(layout)
        told = [one.part.words(layout.text) for one in self.entries if one.part is not None]
        explains = explains_parts(told)
        facts = []
        for entry in self.entries:
            part = part_of(layout.text, entry.part, explains=explains)
            facts.append(
                Stated(
                    Field.CAST,
                    entry.actor.words(layout.text),
                    Evidence(entry.line.words(layout.text), entry.line),
                    part=part.words(layout.text) if part else entry.told,
                    value_span=entry.actor,
                    part_span=part,
                    origin="cast list",
                )
            )
        return facts


def _part_first(entries: tuple[Entry, ...], text: str) -> bool:
    """Whether a list of pairs gives the part before the actor: "Max - Ann Lee"."""
    pairs = [one for one in entries if one.part is not None and one.form in _EITHER_WAY]
    if len(pairs) < _FEWEST or len(pairs) < len(entries):
        return False
    left = sum(is_person(one.actor.words(text)) for one in pairs)
    right = sum(is_person(one.part.words(text)) for one in pairs if one.part is not None)
    return right >= 0.8 * len(pairs) and left <= 0.4 * len(pairs)


def _turned(entry: Entry) -> Entry:
    part = entry.part if entry.part is not None else entry.actor
    return replace(entry, actor=part, part=entry.actor, form="turned")


def cast_lists(
    layout: Layout, shapes: tuple[Shape, ...], sections: list[Section], barred: set[int]
) -> list[CastList]:
    """All cast lists of a page; blocks in `barred` (labelled credits, asides) belong to none."""
    found: list[CastList] = []
    taken = set(barred)
    for section in sections:
        if section.topic is not Field.CAST:
            continue
        numbers = [
            number for number in range(section.first + 1, section.last + 1) if number not in taken
        ]
        entries = _under_heading(layout, shapes, numbers)
        if entries:
            found.append(CastList(tuple(entries), section.first))
            taken |= found[-1].blocks
    found += _unheaded(layout, shapes, taken)
    return found


def _under_heading(layout: Layout, shapes: tuple[Shape, ...], numbers: list[int]) -> list[Entry]:
    """The entries below a heading that announces the cast."""
    entries: list[Entry] = []
    turn = in_turn(layout, numbers) or in_turn_by_words(layout, numbers)
    skipped = 0
    position = 0
    while position < len(numbers):
        number = numbers[position]
        line = line_entries(layout, number)
        following = numbers[position + 1] if position + 1 < len(numbers) else None
        if not line and following is not None:
            pair = pair_entry(layout, number, following, turn=turn)
            if pair is not None:
                entries.append(pair)
                position += 2
                skipped = 0
                continue
        if not line and not shapes[number].prose and not shapes[number].rank:
            line = names_only(layout, number)
        if entries and _breaks(layout, number, line, entries[-1]):
            break
        if line:
            entries += line
            skipped = 0
        else:
            skipped += 1
            if shapes[number].prose or skipped > 3 or (shapes[number].rank and skipped > 1):
                break
        position += 1
    told = [entry for entry in entries if entry.part is not None]
    if len(entries) == 1 and not told and not is_person(entries[0].actor.words(layout.text)):
        return []
    return entries


def _unheaded(layout: Layout, shapes: tuple[Shape, ...], taken: set[int]) -> list[CastList]:
    """Runs of lines whose own form says that they are a cast list."""
    found: list[CastList] = []
    run: list[Entry] = []
    missed = 0
    for number in range(len(layout.blocks) + 1):
        line: list[Entry] = []
        flowing = number < len(layout.blocks) and (
            shapes[number].prose and layout.blocks[number].tag not in ("li", "tr", "td", "dd")
        )
        if number < len(layout.blocks) and number not in taken and not flowing:
            line = [
                entry
                for entry in line_entries(layout, number)
                if entry.form in ("as", "dots") and is_person(entry.actor.words(layout.text))
            ]
        if line:
            run += line
            missed = 0
            continue
        missed += 1
        if (
            missed > 4
            or number == len(layout.blocks)
            or (number < len(layout.blocks) and shapes[number].prose)
        ):
            if len(run) >= _FEWEST:
                found.append(CastList(tuple(run)))
            run = []
    return found


def _breaks(layout: Layout, number: int, line: list[Entry], last: Entry) -> bool:
    """Whether a line of plain text begins something new: after a blank line, in another form."""
    block = layout.blocks[number]
    return not block.path and block.gap > 0 and (not line or line[0].form != last.form)
