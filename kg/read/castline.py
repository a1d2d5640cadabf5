"""One line of a cast list, in the forms that pages print: who, and as whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.model import Span
from kg.read.columns import cells_of
from kg.read.labels import label_of
from kg.read.layout import Layout
from kg.read.names import is_name, is_person, split_names
from kg.read.part import EDGE, LONGEST_PART, clean

_DOTS: Final = re.compile(r"\s*(?:\.\s?){2,}\s*|\s*…+\s*|\s*_{2,}\s*")
_AS: Final = re.compile(r"\s+(?:as|als|dans le rôle de|come|como|jako|som)\s+(?=\S)")
_DASH: Final = re.compile(r"\s+[-–—]\s+|\s*[:：]\s+|\s*=\s*")
_PARENS: Final = re.compile(r"\s*\((?P<part>[^()]+(?:\([^()]*\)[^()]*)*)\)\s*$")
_LEAD: Final = re.compile(
    r"(?:as|als|\.{2,}|…|(?:rôle|role|rolle|personnage|character|personaje|part)\s?:)\s+",
    re.IGNORECASE,
)
_UNTOLD: Final = re.compile(r"(?:voice|uncredited|unknown|tba|n/a|rest of cast.*)$", re.IGNORECASE)
_LONGEST_LINE: Final = 400
_LONGEST_ITEM: Final = 2500  # an item may go on to tell about its actor


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a cast list; `blocks` are the numbers of the blocks that it takes up.

    `told` is a part that stands in the markup only (the title of a link).
    """

    actor: Span
    part: Span | None
    line: Span
    blocks: tuple[int, ...]
    form: str
    told: str = ""


def line_entries(layout: Layout, number: int) -> list[Entry]:
    """The entries that one block holds by its own form."""
    block = layout.blocks[number]
    text = layout.text
    line = Span(block.start, block.end)
    if len(cells_of(layout, block)) >= 2:
        return _cells(layout, number)
    if len(layout.words(block)) > (_LONGEST_ITEM if block.tag == "li" else _LONGEST_LINE):
        return []
    for form, pattern in (("as", _AS), ("dots", _DOTS)):
        split = pattern.search(text, block.start, block.end)
        if split is None or split.start() == block.start or split.end() >= block.end:
            continue
        actor, part = clean(text, block.start, split.start()), clean(text, split.end(), block.end)
        told = Span(part.start, min(part.end, part.start + 300)) if part else None
        if actor and told and is_name(actor.words(text)) and _is_part(told.words(text)):
            return [Entry(actor, told, line, (number,), form)]
    return []


def _cells(layout: Layout, number: int) -> list[Entry]:
    """A table row (actor, dots, part), or a line of links with the parts in their attributes."""
    block = layout.blocks[number]
    text = layout.text
    line = Span(block.start, block.end)
    placed = cells_of(layout, block)
    cells = [cell for cell in (clean(text, start, end) for start, end in placed) if cell]
    dotted = any(_DOTS.fullmatch(text[start:end]) for start, end in placed)
    names = [cell for cell in cells if is_name(cell.words(text))]
    if block.tag == "tr" or dotted or (not block.path and len(cells) == 2):
        if not cells or not is_name(cells[0].words(text)) or len(cells) > 4:
            return []
        if label_of(cells[0].words(text)) is not None:
            return []  # the table's head
        part = cells[1] if len(cells) > 1 else None
        if part is not None and _AS.match(" " + part.words(text)):
            lead = _LEAD.match(part.words(text))
            part = Span(part.start + (lead.end() if lead else 0), part.end)
        if part is not None and not _is_part(part.words(text)):
            part = None
        form = "dots" if dotted else "row"
        return [Entry(cells[0], part, line, (number,), form)]
    attributes = _parts_in_attributes(layout, number)
    lead = _LEAD.match(cells[1].words(text)) if len(cells) == 2 else None
    if lead is not None and is_name(cells[0].words(text)):
        part = Span(cells[1].start + lead.end(), cells[1].end)
        return [Entry(cells[0], part, line, (number,), "as")]
    if len(names) < 0.7 * len(cells):
        return []
    return [
        Entry(cell, None, line, (number,), "links", attributes.get(cell.start, ""))
        for cell in names
    ]


def _parts_in_attributes(layout: Layout, number: int) -> dict[int, str]:
    """What the titles of a line's links say besides the link's own words, by the link's start."""
    block = layout.blocks[number]
    found: dict[int, str] = {}
    for start, end, name, value in block.attributes:
        words = layout.text[start:end].strip(EDGE)
        if name == "title" and words and value and value != words and _is_part(value):
            found[layout.text.index(words, start)] = value
    return found if len(found) >= 2 else {}


def pair_entry(layout: Layout, first: int, second: int, *, turn: bool) -> Entry | None:
    """An actor's line and the part's line below it."""
    text = layout.text
    one, other = layout.blocks[first], layout.blocks[second]
    if len(one.cells) >= 2 or len(other.cells) >= 2:
        return None
    actor = clean(text, one.start, one.end)
    if actor is None or not is_name(actor.words(text)):
        return None
    lead = _LEAD.match(text, other.start, other.end)
    if lead is None and not turn:
        return None
    part = clean(text, lead.end() if lead else other.start, other.end)
    if part is None or not _is_part(part.words(text)):
        return None
    return Entry(actor, part, Span(one.start, other.end), (first, second), "turn")


def in_turn(layout: Layout, numbers: list[int]) -> bool:
    """Whether actors and parts stand in turn: every second line looks like its fellows."""
    kinds = []
    for number in numbers[:40]:
        block = layout.blocks[number]
        if len(block.cells) >= 2:
            return False
        kinds.append((block.tag, block.path.split()[-1:], block.link_share > 0.5, block.gap > 0))
    if len(kinds) < 6:
        return False
    even, odd = kinds[0::2], kinds[1::2]
    usual_even, usual_odd = max(even, key=even.count), max(odd, key=odd.count)
    if usual_even == usual_odd:
        return False
    return even.count(usual_even) >= 0.7 * len(even) and odd.count(usual_odd) >= 0.7 * len(odd)


def in_turn_by_words(layout: Layout, numbers: list[int]) -> bool:
    """Likewise in plain text, where full names and other names alternate line by line."""
    lines: list[str] = []
    for number in numbers:
        block = layout.blocks[number]
        if block.path or len(cells_of(layout, block)) >= 2 or (lines and block.gap):
            break
        lines.append(layout.words(block).strip(EDGE))
    if len(lines) < 4 or len(lines) % 2:
        return False
    actors, parts = lines[0::2], lines[1::2]
    full = sum(is_person(line) for line in actors)
    lone = sum(not is_person(line) for line in parts)
    return (
        full >= 0.8 * len(actors) and lone >= 0.5 * len(parts) and len(set(actors)) == len(actors)
    )


def names_only(layout: Layout, number: int) -> list[Entry]:
    """A line that is one name, "X (Y)", "X - Y", or a list of names."""
    block = layout.blocks[number]
    text = layout.text
    line = Span(block.start, block.end)
    if label_of(layout.words(block)) is not None:
        return []
    parens = _PARENS.search(text, block.start, block.end)
    if parens is not None:
        actor = clean(text, block.start, parens.start())
        part = clean(text, parens.start("part"), parens.end("part"))
        if actor and part and is_name(actor.words(text)):
            told = part if _is_part(part.words(text)) else None
            return [Entry(actor, told, line, (number,), "parens")]
    dash = _DASH.search(text, block.start, block.end)
    if dash is not None:
        actor, part = clean(text, block.start, dash.start()), clean(text, dash.end(), block.end)
        if actor and part and is_person(actor.words(text)) and _is_part(part.words(text)):
            return [Entry(actor, part, line, (number,), "dash")]
    names = split_names(text, block.start, block.end)
    covered = sum(len(name.words) + 2 for name in names)
    if not names or covered + 4 < 0.8 * (block.end - block.start):
        return []
    if len(names) == 1 and (block.link_share > 0.5 or is_person(names[0].words)):
        return [Entry(names[0].span, names[0].note_span, line, (number,), "name")]
    if len(names) > 1:
        return [Entry(name.span, name.note_span, line, (number,), "names") for name in names]
    return []


def _is_part(words: str) -> bool:
    words = words.strip()
    letters = any(map(str.isalpha, words))
    return letters and len(words) <= 4 * LONGEST_PART and not _UNTOLD.fullmatch(words.strip("()"))
