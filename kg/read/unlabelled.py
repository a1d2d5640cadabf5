"""Credits without labels of their own: bare blocks of short lines.

A bare block is a few short lines of names around a length: by custom the distributor comes first,
then the length, the director, the writers, and the longest list is the cast.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.model import Evidence, Field, Span, Stated
from kg.read.credits import people_of, person, with_surnames
from kg.read.dates import find_minutes
from kg.read.labels import label_of
from kg.read.layout import Layout
from kg.read.names import split_names
from kg.read.pair import only_names
from kg.read.shape import Shape

_OTHER_LINE: Final = re.compile(
    r"(?:rated\s.*|not rated|unrated|nr|pg|pg-13|r|nc-17|\d{4}|g|x)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Unlabelled:
    """What some blocks state without labels, with the numbers of the blocks.

    `whole` tells whether the blocks are nothing but credits; a trailer may end a paragraph, and
    then `span` is its part of it.
    """

    stated: tuple[Stated, ...]
    blocks: tuple[int, ...]
    span: Span
    whole: bool = True


def bare_blocks(layout: Layout, shapes: tuple[Shape, ...], barred: set[int]) -> list[Unlabelled]:
    """The bare credit blocks of a page."""
    found: list[Unlabelled] = []
    for number in range(len(layout.blocks)):
        if number in barred or not _islength_of(layout, number):
            continue
        above = _name_lines(layout, shapes, number, -1, barred)
        below = _name_lines(layout, shapes, number, +1, barred)
        block = _bare_block(layout, number, above, below)
        if block is not None:
            found.append(block)
    return found


def _islength_of(layout: Layout, number: int) -> bool:
    words = layout.words(layout.blocks[number])
    if len(words) > 40:
        return False
    found = find_minutes(words)
    return found is not None and len(words) - (found[2] - found[1]) <= 14 and found[0] >= 20


def _name_lines(
    layout: Layout, shapes: tuple[Shape, ...], number: int, step: int, barred: set[int]
) -> list[int]:
    """The lines of names that touch the block on one side, from it outward."""
    lines: list[int] = []
    other = number + step
    while 0 <= other < len(layout.blocks) and len(lines) < 8 and other not in barred:
        block = layout.blocks[other]
        touching = layout.blocks[max(other, other - step)].gap == 0
        words = layout.words(block)
        if not touching or shapes[other].prose or shapes[other].rank:
            break
        if label_of(words) is not None:
            break
        if _OTHER_LINE.fullmatch(words):
            other += step
            continue
        if not only_names(layout.text, Span(block.start, block.end)):
            break
        lines.append(other)
        other += step
    return lines


def _bare_block(
    layout: Layout, number: int, above: list[int], below: list[int]
) -> Unlabelled | None:
    if len(above) > 1 and not below:
        below, above = above[::-1], []
    if not below or len(below) + len(above) < 2:
        return None
    stated = [length_of(layout, number)]
    fields = _by_custom(layout, below)
    for line, name in zip(below, fields, strict=True):
        span = Span(layout.blocks[line].start, layout.blocks[line].end)
        people = people_of(layout.text, span)
        if name is not Field.CAST:
            people = with_surnames(layout.text, people)
        evidence = Evidence(span.words(layout.text), span)
        stated += [person(evidence, one, name, part=name is Field.CAST) for one in people]
    if above:
        block = layout.blocks[above[0]]
        span = Span(block.start, block.end)
        for one in split_names(layout.text, span.start, span.end, organisations=True):
            evidence = Evidence(span.words(layout.text), span)
            stated.append(Stated(Field.DISTRIBUTOR, one.words, evidence, value_span=one.span))
    numbers = sorted([*above[:1], number, *below])
    first, last = layout.blocks[numbers[0]], layout.blocks[numbers[-1]]
    return Unlabelled(tuple(stated), tuple(numbers), Span(first.start, last.end))


def _by_custom(layout: Layout, lines: list[int]) -> list[Field]:
    """What each line of names is, by the custom of the order: director, writers, cast."""
    sizes = []
    for line in lines:
        block = layout.blocks[line]
        sizes.append(len(split_names(layout.text, block.start, block.end)))
    if len(lines) == 1:
        return [Field.CAST if sizes[0] > 2 else Field.DIRECTOR]
    fields = [Field.DIRECTOR] + [Field.WRITER] * (len(lines) - 1)
    if sizes[-1] > 2 or len(lines) > 2:
        fields[-1] = Field.CAST
    return fields


def length_of(layout: Layout, number: int) -> Stated:
    """The length that a block begins with, as a fact."""
    block = layout.blocks[number]
    found = find_minutes(layout.words(block))
    minutes, start, end = found if found is not None else (0, 0, 0)
    line = Span(block.start, block.end)
    span = Span(block.start + start, block.start + end)
    evidence = Evidence(line.words(layout.text), line)
    return Stated(Field.DURATION, str(minutes), evidence, value_span=span)
