"""Cast lists: who plays whom, in the forms that pages print.

"X as Y;", "X ... Y", rows of a table, lines in turn (actor, part), one line of links with the parts
in their attributes. A list of crew looks the same but for the heading above it, so a list counts as
cast only under such a heading, or where its form says so ("as", dots) and no other heading speaks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.model import Evidence, Field, Span, Stated
from kg.read.columns import cells_of
from kg.read.labels import label_of
from kg.read.layout import Layout
from kg.read.names import is_name, is_person, split_names
from kg.read.sections import Section
from kg.read.shape import Shape

_DOTS: Final = re.compile(r"\s*(?:\.\s?){2,}\s*|\s*…+\s*|\s*_{2,}\s*")
_AS: Final = re.compile(r"\s+(?:as|als|dans le rôle de|come|como|jako|som)\s+(?=\S)")
_DASH: Final = re.compile(r"\s+[-–—]\s+|\s*[:：]\s+|\s*=\s*")
_PARENS: Final = re.compile(r"\s*\((?P<part>[^()]+(?:\([^()]*\)[^()]*)*)\)\s*$")
_LEAD: Final = re.compile(r"(?:as|als|\.{2,}|…)\s+", re.IGNORECASE)
_EDGE: Final = " \t\xa0;,.•*|"
_NOTE: Final = re.compile(
    r"\s*\((?:voice|uncredited|as [^)]*|credit only|archive footage)\)", re.IGNORECASE
)
_SENTENCE: Final = re.compile(
    r"(?<=[a-zà-ÿ]{3})\.\s+[A-Z]|\.\s+(?:The|In|He|She|It)\s|\s+[-–—]\s+|:\s+(?=[A-Z])"
)
_UNTOLD: Final = re.compile(r"(?:voice|uncredited|unknown|tba|n/a|rest of cast.*)$", re.IGNORECASE)
_LONGEST_PART: Final = 90
_FEWEST: Final = 3
_LONGEST_LINE: Final = 400
_LONGEST_ITEM: Final = 2500  # an item may go on to tell about its actor
_TELLING: Final = 300  # so long an item is running text besides, and its zone says so


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
        explains = _explains(self.entries, layout.text)
        facts = []
        for entry in self.entries:
            part = _part(layout.text, entry.part, explains=explains)
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
    turn = _in_turn(layout, numbers) or _in_turn_by_words(layout, numbers)
    skipped = 0
    position = 0
    while position < len(numbers):
        number = numbers[position]
        line = _line_entries(layout, number)
        following = numbers[position + 1] if position + 1 < len(numbers) else None
        if not line and following is not None:
            pair = _pair(layout, number, following, turn=turn)
            if pair is not None:
                entries.append(pair)
                position += 2
                skipped = 0
                continue
        if not line and not shapes[number].prose and not shapes[number].rank:
            line = _names_only(layout, number)
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
                for entry in _line_entries(layout, number)
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


def _line_entries(layout: Layout, number: int) -> list[Entry]:
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
        actor, part = _clean(text, block.start, split.start()), _clean(text, split.end(), block.end)
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
    cells = [cell for cell in (_clean(text, start, end) for start, end in placed) if cell]
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
        words = layout.text[start:end].strip(_EDGE)
        if name == "title" and words and value and value != words and _is_part(value):
            found[layout.text.index(words, start)] = value
    return found if len(found) >= 2 else {}


def _pair(layout: Layout, first: int, second: int, *, turn: bool) -> Entry | None:
    """An actor's line and the part's line below it."""
    text = layout.text
    one, other = layout.blocks[first], layout.blocks[second]
    if len(one.cells) >= 2 or len(other.cells) >= 2:
        return None
    actor = _clean(text, one.start, one.end)
    if actor is None or not is_name(actor.words(text)):
        return None
    lead = _LEAD.match(text, other.start, other.end)
    if lead is None and not turn:
        return None
    part = _clean(text, lead.end() if lead else other.start, other.end)
    if part is None or not _is_part(part.words(text)):
        return None
    return Entry(actor, part, Span(one.start, other.end), (first, second), "turn")


def _in_turn(layout: Layout, numbers: list[int]) -> bool:
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


def _in_turn_by_words(layout: Layout, numbers: list[int]) -> bool:
    """Likewise in plain text, where full names and other names alternate line by line."""
    lines: list[str] = []
    for number in numbers:
        block = layout.blocks[number]
        if block.path or len(cells_of(layout, block)) >= 2 or (lines and block.gap):
            break
        lines.append(layout.words(block).strip(_EDGE))
    if len(lines) < 4 or len(lines) % 2:
        return False
    actors, parts = lines[0::2], lines[1::2]
    full = sum(is_person(line) for line in actors)
    lone = sum(not is_person(line) for line in parts)
    return (
        full >= 0.8 * len(actors) and lone >= 0.5 * len(parts) and len(set(actors)) == len(actors)
    )


def _breaks(layout: Layout, number: int, line: list[Entry], last: Entry) -> bool:
    """Whether a line of plain text begins something new: after a blank line, in another form."""
    block = layout.blocks[number]
    return not block.path and block.gap > 0 and (not line or line[0].form != last.form)


def _names_only(layout: Layout, number: int) -> list[Entry]:
    """A line that is one name, "X (Y)", "X - Y", or a list of names."""
    block = layout.blocks[number]
    text = layout.text
    line = Span(block.start, block.end)
    if label_of(layout.words(block)) is not None:
        return []
    parens = _PARENS.search(text, block.start, block.end)
    if parens is not None:
        actor = _clean(text, block.start, parens.start())
        part = _clean(text, parens.start("part"), parens.end("part"))
        if actor and part and is_name(actor.words(text)):
            told = part if _is_part(part.words(text)) else None
            return [Entry(actor, told, line, (number,), "parens")]
    dash = _DASH.search(text, block.start, block.end)
    if dash is not None:
        actor, part = _clean(text, block.start, dash.start()), _clean(text, dash.end(), block.end)
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
    return letters and len(words) <= 4 * _LONGEST_PART and not _UNTOLD.fullmatch(words.strip("()"))


def _explains(entries: tuple[Entry, ...], text: str) -> bool:
    """Whether the list's parts go on to say who that is: "Elsie, head-housemaid, his mistress"."""
    told = [entry.part.words(text) for entry in entries if entry.part is not None]
    long = [part for part in told if "," in part and _tail_start(part) is not None]
    return len(long) >= 2 and 3 * len(long) >= len(told)


def _tail_start(part: str) -> int | None:
    """Where an explanation starts: at the first comma that no further name or title follows."""
    for comma in re.finditer(r",\s+", part):
        tail = re.split(r",\s+", part[comma.end() :])[0]
        words = [word for word in tail.split() if word not in ("of", "the", "de", "von", "and")]
        named = (
            words and all(word[0].isupper() for word in words) and not re.search(r"['’]s\b", tail)
        )
        if not named:
            return comma.start()
    return None


def _part(text: str, part: Span | None, *, explains: bool) -> Span | None:
    if part is None:
        return None
    words = part.words(text)
    end = len(words)
    note = _NOTE.search(words)
    if note is not None:
        end = note.start()
    if explains:
        tail = _tail_start(words[:end])
        if tail is not None:
            end = tail
    foot = re.search(r"\s?\[\w{1,3}\]|:\s+(?:The|A|An|His|Her|One)\s", words[:end])
    if foot is not None:
        end = foot.start()
    sentence = _SENTENCE.search(words[:end])
    if sentence is not None and (explains or end > _LONGEST_PART):
        end = sentence.start()
    if end > _LONGEST_PART and not explains:
        comma = words.find(",")
        end = comma if 0 < comma <= _LONGEST_PART else end
    return _clean(text, part.start, part.start + end)


def _clean(text: str, start: int, end: int) -> Span | None:
    """The stretch without blanks, bullets and closing points; notes on the actor left out."""
    note = _NOTE.search(text, start, end)
    if note is not None and note.start() > start:
        end = note.start()
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        initial = text[end - 1] == "." and re.search(r"(?:\b\w|\b[JS]r)\.$", text[start:end])
        if initial:
            break
        end -= 1
    return Span(start, end) if end > start else None
