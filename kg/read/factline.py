"""Short lines of facts: "France 2006. 79min", "2001 | R | 2 h 27 min", a length or a year alone."""

from __future__ import annotations

import re
from typing import Final

from kg.model import Evidence, Field, Span, Stated
from kg.read.dates import DATE, YEAR, find_minutes
from kg.read.layout import Layout
from kg.read.pair import Labelled
from kg.read.places import countries_in
from kg.read.shape import Shape
from kg.read.unlabelled import Unlabelled, length_of

_LONGEST_FACTS: Final = 120


def fact_lines(layout: Layout, shapes: tuple[Shape, ...], barred: set[int]) -> list[Unlabelled]:
    """Short lines that give country, year and length, or the length or the year alone."""
    found: list[Unlabelled] = []
    for number, block in enumerate(layout.blocks):
        words = layout.words(block)
        if number in barred or shapes[number].prose or len(words) > _LONGEST_FACTS:
            continue
        if shapes[number].rank and find_minutes(words) is None and re.search(r"[^\W\d_]", words):
            continue  # a heading with a year is another film's title
        stated = _facts(layout, number)
        if stated:
            found.append(Unlabelled(tuple(stated), (number,), Span(block.start, block.end)))
    return found


def _facts(layout: Layout, number: int) -> list[Stated]:
    block = layout.blocks[number]
    words = layout.words(block)
    line = Span(block.start, block.end)
    evidence = Evidence(words, line)
    length, year = find_minutes(words), YEAR.search(words)
    rest = words
    stated: list[Stated] = []
    if length is not None and length[0] >= 3:
        if re.search(r"\b(?:total|programme)\b", words[: length[1]], re.IGNORECASE):
            return []
        span = Span(block.start + length[1], block.start + length[2])
        stated.append(Stated(Field.DURATION, str(length[0]), evidence, value_span=span))
        rest = rest[: length[1]] + " " * (length[2] - length[1]) + rest[length[2] :]
    dated = DATE.search(words)
    if year is not None and length is None and dated and dated.end() >= year.end(1):
        year = None  # the day of a post or of a showing
    if year is not None:
        span = Span(block.start + year.start(1), block.start + year.end(1))
        stated.append(Stated(Field.YEAR, year[1], evidence, value_span=span))
        rest = rest[: year.start(1)] + " " * 4 + rest[year.end(1) :]
    if not stated:
        return []
    if _piecewise(words, length, year):
        return stated
    head = re.split(r"[\d.•·]|\s{3,}", rest)[0]
    places = countries_in(head) if head.strip() else []
    for start, end in places:
        span = Span(block.start + start, block.start + end)
        stated.append(Stated(Field.COUNTRY, span.words(layout.text), evidence, value_span=span))
    left = re.sub(r"[^\w]", " ", rest).split()
    used = sum(len(words[start:end].split()) for start, end in places)
    if len(left) - used > (0 if not places and year is None else 4):
        return [] if len(left) - used > 2 or year is not None else stated
    return stated


def facts_beside(layout: Layout, pairs: list[Labelled]) -> list[Unlabelled]:
    """What lines of several labels state without one: "France 2005, Regie: X, mit Y, 112 Min."."""
    by_block: dict[int, list[Labelled]] = {}
    for pair in pairs:
        if len(pair.blocks) == 1:
            by_block.setdefault(pair.blocks[0], []).append(pair)
    found: list[Unlabelled] = []
    for number, inside in by_block.items():
        block = layout.blocks[number]
        if len(inside) < 2 or block.cells or block.end - block.start > 4 * _LONGEST_FACTS:
            continue
        stated = _opening(layout, Span(block.start, min(pair.line.start for pair in inside)))
        told = {name for pair in inside for name in pair.label.fields}
        length = find_minutes(layout.words(block))
        if length is not None and Field.DURATION not in told and length[0] >= 20:
            line = Span(block.start, block.end)
            span = Span(block.start + length[1], block.start + length[2])
            evidence = Evidence(line.words(layout.text), line)
            stated.append(Stated(Field.DURATION, str(length[0]), evidence, value_span=span))
        if stated:
            line = Span(block.start, block.end)
            found.append(Unlabelled(tuple(stated), (number,), line))
    return found


def _opening(layout: Layout, lead: Span) -> list[Stated]:
    """Countries and year that open a line: "Frankreich, Belgien 2005, "."""
    words = lead.words(layout.text)
    year = YEAR.search(words)
    places = countries_in(YEAR.sub("", words))
    if year is None and not places:
        return []
    line = Span(lead.start, lead.end)
    evidence = Evidence(words, line)
    stated = []
    if year is not None and not DATE.search(words):
        span = Span(lead.start + year.start(1), lead.start + year.end(1))
        stated.append(Stated(Field.YEAR, year[1], evidence, value_span=span))
    for start, end in places:
        name = YEAR.sub("", words)[start:end]
        at = words.find(name)
        if at >= 0:
            place = Span(lead.start + at, lead.start + at + len(name))
            stated.append(Stated(Field.COUNTRY, name, evidence, value_span=place))
    return stated


def _piecewise(words: str, length: tuple[int, int, int] | None, year: re.Match[str] | None) -> bool:
    """Whether bars or points part the line, and the length stands alone between two of them."""
    pieces = [piece.strip() for piece in re.split(r"[|•·\t]|\s-\s", words)]
    if len(pieces) < 2 or length is None:
        return False
    alone = words[length[1] : length[2]].strip() in pieces
    return alone and (year is None or len(words.split()) <= 16)


def lone_lengths(layout: Layout, shapes: tuple[Shape, ...], barred: set[int]) -> list[Unlabelled]:
    """Lines anywhere on the page that begin with a length, if all of them give the same one."""
    found: dict[str, Unlabelled] = {}
    for number, block in enumerate(layout.blocks):
        words = layout.words(block)
        length = find_minutes(words)
        if number in barred or shapes[number].sentence or length is None or length[1] > 2:
            continue
        if len(words.split()) <= 10 and length[0] >= 20:
            line = Span(block.start, block.end)
            found.setdefault(
                str(length[0]), Unlabelled((length_of(layout, number),), (number,), line)
            )
    return list(found.values()) if len(found) == 1 else []
