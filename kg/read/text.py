"""Plain text to a `Layout`: one block for each line that isn't blank, with the shape it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg.read.layout import Block, Layout

_BULLET: Final = re.compile(r"[•‣▪●◦·∙■□▶►➢✓✔*+-][ \t\xa0]+(?=\S)")
_PLAIN_BULLETS: Final = "*+-·"  # signs that also stand for other things
_NUMBER: Final = re.compile(r"\(?\d{1,3}[.)][ \t\xa0]+(?=\S)")
_HASH: Final = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_HASH_END: Final = re.compile(r"[ \t]+#+$")
_UNDERLINE: Final = re.compile(r"(=|-|~|\*|_)\1{2,}$")
COLUMN_GAP: Final = re.compile(r"(?<![\s,;])(?:[ \xa0]*\t[ \t\xa0]*|[ \xa0]{3,})")
_MOST_COLUMNS: Final = 6
_MIN_WIDTH: Final = 45  # of a hard-wrapped paragraph; narrower lines are verses or lists
_MIN_WIDTH_OF_TWO: Final = 60  # where a paragraph has two lines only
_MAX_WIDTH: Final = 132
_LONGEST_HEADING: Final = 100


@dataclass(frozen=True, slots=True)
class _Row:
    """A line that isn't blank: where it stands, its indentation in columns, blank lines before."""

    start: int
    end: int
    indent: int
    gap: int


def unwrapped(text: str) -> str:
    """The text with a blank for each line end that only a fixed width put there; of equal length.

    A paragraph counts as hard-wrapped where no line had room left for the next line's first word.
    """
    lines = text.split("\n")
    ends = ["\n"] * len(lines)
    first = 0
    for number, line in enumerate([*lines, ""]):
        if not line.strip():
            for place in _soft_ends(lines[first:number]):
                ends[first + place] = " "
            first = number + 1
    ends[-1] = ""
    return "".join(line + end for line, end in zip(lines, ends, strict=True))


def _soft_ends(lines: list[str]) -> list[int]:
    """The numbers of a paragraph's lines whose end means nothing."""
    hanging = {number for number, pair in enumerate(pairwise(lines)) if _hangs(*pair)}
    width = max((len(line.rstrip()) for line in lines), default=0)
    if len(lines) < 2 or not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return sorted(hanging)
    full = [_is_full(*pair, width) for pair in pairwise(lines)]
    if sum(full) < 0.75 * len(full) or (len(full) == 1 and width < _MIN_WIDTH_OF_TWO):
        return sorted(hanging)
    return sorted(hanging.union(number for number, soft in enumerate(full) if soft))


def _hangs(line: str, following: str) -> bool:
    """Whether a list of names after a label goes on, indented, in the next line."""
    indent = len(following) - len(following.lstrip())
    return (
        indent >= len(line) - len(line.lstrip()) + 2
        and line.rstrip().endswith(",")
        and ":" in line
        and ":" not in following
    )


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word would not have fitted behind the line."""
    starts_item = _BULLET.match(following.lstrip()) or _NUMBER.match(following.lstrip())
    word = following.split(maxsplit=1)[0]
    return not starts_item and len(line.rstrip()) + 1 + len(word) > width - 2


def layout_of(text: str) -> Layout:
    """The text as it is, with its lines as blocks.

    The sign of a bullet, the number of a numbered item and the hashes of a heading stay in the text
    and stand outside the block. `level` is a heading's rank, else how deep the line is indented.
    """
    rows = list(_rows(text))
    blocks: list[Block] = []
    indents: list[int] = []
    skip = False
    for number, row in enumerate(rows):
        if skip:
            skip = False
            continue
        while indents and indents[-1] >= row.indent:
            indents.pop()
        depth = len(indents)
        if row.indent:
            indents.append(row.indent)
            depth += 1
        following = rows[number + 1] if number + 1 < len(rows) else None
        rank = _underlined(text, row, following)
        if rank:
            blocks.append(Block(row.start, row.end, f"h{rank}", rank, gap=row.gap))
            skip = True
            continue
        previous = rows[number - 1] if number else None
        blocks.append(_block(text, row, depth, previous, following))
    return Layout(text, tuple(blocks))


def _rows(text: str) -> list[_Row]:
    rows: list[_Row] = []
    gap = start = 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            first = start + line.index(words[0])
            margin = line[: first - start].expandtabs(4)
            rows.append(_Row(first, first + len(words), len(margin), gap))
            gap = 0
        else:
            gap += 1
        start += len(line) + 1
    return rows


def _block(text: str, row: _Row, depth: int, before: _Row | None, after: _Row | None) -> Block:
    line = text[row.start : row.end]
    heading = _HASH.match(line)
    if heading:
        closing = _HASH_END.search(line)
        end = row.start + closing.start() if closing else row.end
        rank = len(heading[1])
        return Block(row.start + heading.end(), end, f"h{rank}", rank, gap=row.gap)
    sign = _BULLET.match(line)
    if sign and line[0] in _PLAIN_BULLETS:
        # an asterisk or dash alone is a footnote or an attribution; in company it is a list
        neighbours = [text[other.start : other.end] for other in (before, after) if other]
        if not any(other[0] == line[0] and _BULLET.match(other) for other in neighbours):
            sign = None
    sign = sign or _NUMBER.match(line)
    if sign:
        return Block(row.start + sign.end(), row.end, "li", max(1, depth), gap=row.gap)
    return Block(row.start, row.end, "", depth, gap=row.gap, cells=_columns(line, row.start))


def _columns(line: str, start: int) -> tuple[tuple[int, int], ...]:
    """The spans of a line's columns, which tabs or wide gaps part; none for justified prose."""
    gaps = list(COLUMN_GAP.finditer(line))
    if not gaps or len(gaps) > _MOST_COLUMNS or len(line) > _MAX_WIDTH:
        return ()
    edges = [0, *(edge for gap in gaps for edge in gap.span()), len(line)]
    return tuple(
        (start + first, start + last) for first, last in zip(edges[::2], edges[1::2], strict=True)
    )


def _underlined(text: str, row: _Row, after: _Row | None) -> int:
    """The rank of a heading that the next line underlines, 0 where it is none."""
    if after is None or after.gap or row.end - row.start > _LONGEST_HEADING:
        return 0
    rule = text[after.start : after.end]
    if not _UNDERLINE.match(rule) or _UNDERLINE.match(text[row.start : row.end]):
        return 0
    if abs(len(rule) - (row.end - row.start)) > 3 + (row.end - row.start) // 2:
        return 0
    return 1 if rule[0] == "=" else 2
