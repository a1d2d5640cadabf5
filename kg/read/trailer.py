"""Newspaper trailers: credits that close a review or open a notice as running text.

"Rated R, 112 minutes. Directed by X; written by Y. With Z (Max)." and "(2000, directed by X, 92
min.)" have labels without colons, in sentences that hold nothing but names and facts.
"""

from __future__ import annotations

import re
from typing import Final

from kg.model import Evidence, Field, Span, Stated
from kg.read.credits import people_of, person, with_surnames
from kg.read.dates import YEAR, find_minutes
from kg.read.labels import label_of
from kg.read.layout import Layout
from kg.read.names import is_name, split_names
from kg.read.pair import only_names
from kg.read.places import countries_in
from kg.read.unlabelled import Unlabelled

_LONGEST_FACTS: Final = 240

_CLAUSE: Final = re.compile(
    r"(?:^|[.;:()\[\]]\s*|,\s+|\s[-–—]\s*|\s)(?P<label>"
    r"(?:(?:written|produced|directed|edited|photographed|adapted|scripted|composed|created|"
    r"screenplay|music|cinematography|story|released|distributed|production design|score)"
    r"(?:(?:,| and|,? &| /) )?)+(?: \([^()]{1,60}\))? ?by"
    r"|director of photography|director|dirs?\.?|directors|writers?|screenwriters?|screenplay|"
    r"camera|photography|sound|production designer|costume designer|"
    r"producer|producers|editor|edited|music|cinematographer|cast|starring|stars|with|featuring|"
    r"running time|a film by|distributor|with the voices of)"
    r"(?P<mark>(?:\s\([^()]{1,40}\))?\s*[:,]\s*|\s+)(?=[^\W\d_]|\d)",
    re.IGNORECASE,
)
_STOP: Final = re.compile(
    r";|\)\s*$|,\s+(?=\d)|\.\s+(?=[A-Z0-9])(?<!\b[A-Z]\.\s)(?<!\b[JSMD]r\.\s)(?<!\bMs\.\s)(?<!\bMrs\.\s)|\.\s*$|$"
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
        label = label_of(re.sub(r"\s\([^()]*\)", "", match["label"]))
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
    if not _FACTS.match(words) or len(words) > _LONGEST_FACTS:
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
    evidence = Evidence(line.words(layout.text), line)
    if Field.DURATION in fields:
        found = find_minutes(value.words(layout.text))
        if found is None:
            return []
        span = Span(value.start + found[1], value.start + found[2])
        return [Stated(Field.DURATION, str(found[0]), evidence, value_span=span)]
    if not only_names(layout.text, value):
        return []
    if Field.DISTRIBUTOR in fields:
        return [
            Stated(Field.DISTRIBUTOR, one.words, evidence, value_span=one.span)
            for one in split_names(layout.text, value.start, value.end, organisations=True)
        ]
    people = people_of(layout.text, value)
    return [
        person(evidence, one, name, part=name is Field.CAST)
        for name in fields
        for one in (people if name is Field.CAST else with_surnames(layout.text, people))
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
