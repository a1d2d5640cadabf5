"""Credits without labels of their own: bare blocks, lines of facts, and newspaper trailers.

A bare block is a few short lines of names around a length: by custom the distributor comes first,
then the length, the director, the writers, and the longest list is the cast. A line of facts is
"France 2006. 79min". A trailer closes a newspaper's review: "Rated R, 112 minutes. Directed by X;
written by Y. With Z (Max)."
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.model import Evidence, Field, Span, Stated
from kg.read.credits import people_of, person, with_surnames
from kg.read.dates import YEAR, find_minutes
from kg.read.labelled import only_names
from kg.read.labels import label_of
from kg.read.layout import Layout
from kg.read.names import is_name, split_names
from kg.read.places import countries_in
from kg.read.shape import Shape

_CLAUSE: Final = re.compile(
    r"(?:^|[.;:()\[\]]\s*|,\s+|\s[-–—]\s*|\s)(?P<label>"
    r"(?:(?:written|produced|directed|edited|photographed|adapted|scripted|composed|created|"
    r"screenplay|music|cinematography|story|released|distributed|production design|score)"
    r"(?:(?:,| and|,? &| /) )?)+ ?by"
    r"|director of photography|director|dirs?\.?|directors|writers?|screenwriters?|screenplay|"
    r"camera|photography|sound|production designer|costume designer|"
    r"producer|producers|editor|edited|music|cinematographer|cast|starring|stars|with|featuring|"
    r"running time|a film by|distributor|with the voices of)"
    r"(?P<mark>(?:\s\([^()]{1,40}\))?\s*[:,]\s*|\s+)(?=[^\W\d_]|\d)",
    re.IGNORECASE,
)
_STOP: Final = re.compile(
    r";|\)\s*$|,\s+(?=\d)|\.\s+(?=[A-Z0-9])(?<!\b[A-Z]\.\s)(?<!\b[JSMD]r\.\s)|\.\s*$|$"
)
_RATED: Final = re.compile(
    r"\b(?:rated|rating|mpaa|cert(?:ificate)?|running time)\b|\bPG-13\b", re.IGNORECASE
)
_FACTS: Final = re.compile(  # "(2000, directed by X, 92 min.)", "Dir X, 1999, UK, 94 mins"
    r"^[(\[]?\s*(?:(?:[^\W\d_][\w .]{1,24}[,/]\s*){0,3}(?:18|19|20)\d\d\b|dir(?:ector)?\b)[.,:;\s]",
    re.IGNORECASE,
)
_HONORIFIC: Final = re.compile(r"^(?:Mr|Ms|Mrs|Miss|Dr|Sir|M|Mme|Mlle)\.?\s+")
_LONGEST_TRAILER: Final = 1500
_LONGEST_FACTS: Final = 120
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
        if number in barred or not _is_length(layout, number):
            continue
        above = _name_lines(layout, shapes, number, -1, barred)
        below = _name_lines(layout, shapes, number, +1, barred)
        block = _bare_block(layout, number, above, below)
        if block is not None:
            found.append(block)
    return found


def _is_length(layout: Layout, number: int) -> bool:
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
    stated = [_length(layout, number)]
    fields = _by_custom(layout, below)
    for line, name in zip(below, fields, strict=True):
        span = Span(layout.blocks[line].start, layout.blocks[line].end)
        people = people_of(layout.text, span)
        if name is not Field.CAST:
            people = with_surnames(people)
        stated += [person(layout, span, one, name, part=name is Field.CAST) for one in people]
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


def _length(layout: Layout, number: int) -> Stated:
    block = layout.blocks[number]
    found = find_minutes(layout.words(block))
    minutes, start, end = found if found is not None else (0, 0, 0)
    line = Span(block.start, block.end)
    span = Span(block.start + start, block.start + end)
    evidence = Evidence(line.words(layout.text), line)
    return Stated(Field.DURATION, str(minutes), evidence, value_span=span)


def fact_lines(layout: Layout, shapes: tuple[Shape, ...], barred: set[int]) -> list[Unlabelled]:
    """Short lines that give country, year and length, or the length or the year alone."""
    found: list[Unlabelled] = []
    for number, block in enumerate(layout.blocks):
        words = layout.words(block)
        if number in barred or shapes[number].prose or len(words) > _LONGEST_FACTS:
            continue
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
        if len(words.split()) <= 8 and length[0] >= 20:
            line = Span(block.start, block.end)
            found.setdefault(
                str(length[0]), Unlabelled((_length(layout, number),), (number,), line)
            )
    return list(found.values()) if len(found) == 1 else []


def trailers(layout: Layout, barred: set[int]) -> list[Unlabelled]:
    """The newspaper trailers of a page."""
    found: list[Unlabelled] = []
    for number, block in enumerate(layout.blocks):
        words = layout.words(block)
        if number in barred or len(block.cells) >= 2 or len(words) < 24:
            continue
        start = _trailer_start(words)
        if start is None or len(words) - start > _LONGEST_TRAILER:
            continue
        trailer = _trailer(layout, number, block.start + start)
        if trailer is not None:
            found.append(trailer)
    return found


def _trailer_start(words: str) -> int | None:
    """Where a paragraph turns into a trailer: a parenthesis or sentence that starts with one."""
    if _CLAUSE.match(words) or _RATED.match(words) or _FACTS.match(words):
        return 0
    for opening in re.finditer(r"[(\[]\s*|(?<=[.!?”\"])\s+", words):
        tail = words[opening.end() :]
        if _RATED.match(tail) or (tail[:1].isupper() and _CLAUSE.match(tail)):
            return opening.end()
    return None


def _trailer(layout: Layout, number: int, start: int) -> Unlabelled | None:
    block = layout.blocks[number]
    text = layout.text
    line = Span(start, block.end)
    stated: list[Stated] = []
    labels = 0
    position = max(0, start - 1)  # the sign before the first label belongs to its pattern
    while True:
        match = _CLAUSE.search(text, position, block.end)
        if match is None:
            break
        label = label_of(match["label"])
        stop = _STOP.search(text, match.end(), block.end)
        end = stop.start() if stop else block.end
        value = Span(match.end(), end)
        position = match.end()
        if label is None or not label.fields:
            continue
        facts = _clause(layout, line, label.fields, value)
        if facts:
            labels += 1
            stated += facts
            position = end
    stated += _dated(layout, line)
    length = find_minutes(line.words(text))
    if length is not None and not any(one.field is Field.DURATION for one in stated):
        span = Span(start + length[1], start + length[2])
        evidence = Evidence(line.words(text), line)
        stated.append(Stated(Field.DURATION, str(length[0]), evidence, value_span=span))
    told = {one.field for one in stated}
    if labels < 2 and not (labels and (length or _RATED.search(line.words(text)))):
        return None
    if not told & {Field.DIRECTOR, Field.CAST, Field.WRITER}:
        return None
    return Unlabelled(tuple(_full(stated)), (number,), line, whole=start - block.start < 3)


def _dated(layout: Layout, line: Span) -> list[Stated]:
    """The year and countries of a trailer that opens as a line of facts."""
    words = line.words(layout.text)
    if not _FACTS.match(words) or len(words) > _LONGEST_FACTS * 2:
        return []
    evidence = Evidence(words, line)
    stated: list[Stated] = []
    year = YEAR.search(words)
    if year is not None:
        span = Span(line.start + year.start(1), line.start + year.end(1))
        stated.append(Stated(Field.YEAR, year[1], evidence, value_span=span))
    for piece in re.finditer(r"[^,;.()\[\]]+", words):
        for first, last in countries_in(piece[0]):
            span = Span(line.start + piece.start() + first, line.start + piece.start() + last)
            stated.append(Stated(Field.COUNTRY, span.words(layout.text), evidence, value_span=span))
    return stated


def _clause(layout: Layout, line: Span, fields: tuple[Field, ...], value: Span) -> list[Stated]:
    if Field.DURATION in fields:
        found = find_minutes(value.words(layout.text))
        if found is None:
            return []
        span = Span(value.start + found[1], value.start + found[2])
        evidence = Evidence(line.words(layout.text), line)
        return [Stated(Field.DURATION, str(found[0]), evidence, value_span=span)]
    if not only_names(layout.text, value):
        return []
    if Field.DISTRIBUTOR in fields:
        evidence = Evidence(line.words(layout.text), line)
        return [
            Stated(Field.DISTRIBUTOR, one.words, evidence, value_span=one.span)
            for one in split_names(layout.text, value.start, value.end, organisations=True)
        ]
    people = people_of(layout.text, value)
    return [
        person(layout, line, one, name, part=name is Field.CAST)
        for name in fields
        for one in (people if name is Field.CAST else with_surnames(people))
        if is_name(one.words)
    ]


def _full(stated: list[Stated]) -> list[Stated]:
    """The facts, "Ms. Bercot" with the full name that the trailer gives elsewhere."""
    whole = [one.value for one in stated if len(one.value.split()) > 1]
    full: list[Stated] = []
    for one in stated:
        bare = _HONORIFIC.sub("", one.value)
        if bare != one.value or " " not in one.value:
            longer = [name for name in whole if name.endswith(" " + bare) and name != one.value]
            if longer and not _HONORIFIC.match(longer[0]):
                bare = longer[0]
        full.append(
            one
            if bare == one.value
            else Stated(
                one.field, bare, one.evidence, one.part, one.value_span, one.part_span, one.origin
            )
        )
    return full
