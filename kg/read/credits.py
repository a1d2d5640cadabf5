"""What labelled lists state of the film: names, countries, length, as `Stated` with their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from kg.model import Evidence, Field, Span, Stated
from kg.read.dates import find_minutes, find_year, labelled_minutes
from kg.read.labels import Topic, label_of
from kg.read.layout import Layout
from kg.read.names import Name, is_name, split_names
from kg.read.pair import Labelled

PERSONAL: Final = (
    Field.DIRECTOR,
    Field.WRITER,
    Field.PRODUCER,
    Field.CINEMATOGRAPHER,
    Field.COMPOSER,
    Field.EDITOR,
    Field.CAST,
)
_WORDS: Final = (Field.COUNTRY, Field.LANGUAGE, Field.GENRE)
_BODIES: Final = (Field.COMPANY, Field.DISTRIBUTOR)
_LIST: Final = re.compile(r"\s*[,/|;•·\t\n、]\s*|\s+(?:and|et|und|y|e|&)\s+|\s\s+")
_FOOTNOTE: Final = re.compile(r"\[\s?(?:\w{1,3}|edit)\s?\]")
_TITLES: Final = re.compile(r"\s*[;|•·\t\n]\s*|\s+/\s+")
_COMMAS: Final = re.compile(r"\s*,\s+(?=[^a-zà-ÿ])")
_PARENS: Final = re.compile(r"\s*\([^()]*\)")
_QUOTED: Final = re.compile(r"[\"“”„«‘']([^\"“”„»’']{2,70})[\"“”»’']")
_NOT_PRODUCER: Final = re.compile(
    r"\b(?:executive|exec|associate|co-?producer|line|supervising|consulting|assistant)\b",
    re.IGNORECASE,
)
_NO_PART: Final = re.compile(
    r"^(?:voice|voices|uncredited|credit only|archive footage|archival footage|narrator only|"
    r"as (?:him|her|them)sel(?:f|ves)|rumou?red|scenes deleted|photo)\b",
    re.IGNORECASE,
)
_AS: Final = re.compile(r"^as\s+", re.IGNORECASE)
_SEPARATE_AS: Final = re.compile(r"\s+as\s+(?=[\"“'‘A-ZÀ-Þ])")


def stated_of(layout: Layout, pair: Labelled) -> list[Stated]:
    """All that one label with its value states; nothing for labels without a field."""
    stated: list[Stated] = []
    for name in pair.label.fields:
        if name in PERSONAL:
            stated += _persons(layout, pair, name)
        elif name in _WORDS:
            stated += _listed(layout, pair, name, _words)
            stated += _length_beside(layout, pair)
        elif name in _BODIES:
            stated += _listed(layout, pair, name, _bodies)
        elif name is Field.DURATION:
            stated += _duration(layout, pair)
        elif name is Field.YEAR:
            stated += _year(layout, pair)
        elif name is Field.OTHER_TITLE:
            stated += _listed(layout, pair, name, _titles)
        elif name is Field.TITLE:
            stated += _listed(layout, pair, name, _titles)[:1]
        elif name is Field.BASED_ON:
            stated += _sources(layout, pair)
    if pair.label.topic is Topic.RELEASED:
        stated += _year(layout, pair)
    return stated


def person(evidence: Evidence, name: Name, field: Field, *, part: bool = False) -> Stated:
    """One credit; with `part`, the words in parentheses are the part that the actor plays."""
    note, span = (name.note, name.note_span) if part else ("", None)
    lead = _AS.match(note)
    if lead is not None and span is not None:
        note, span = note[lead.end() :], Span(span.start + lead.end(), span.end)
    if _NO_PART.match(note):
        note, span = "", None
    return Stated(
        field,
        name.words,
        evidence,
        part=note,
        value_span=name.span,
        part_span=span if note else None,
    )


def _persons(layout: Layout, pair: Labelled, name: Field) -> list[Stated]:
    people = [one for value in pair.values for one in people_of(layout.text, value)]
    if not pair.colon and len(people) == 1 and "\t" not in pair.line.words(layout.text):
        people = [one for one in people if len(one.words.split()) > 1 or len(pair.blocks) > 1]
    people = [one for one in people if label_of(one.words) is None]
    noted = [one for one in people if one.note and not _NO_PART.match(one.note)]
    parts = (
        name is Field.CAST
        and (len(noted) >= 2 or len(people) == 1)
        and (2 * len(noted) >= len(people))
    )
    if name is Field.PRODUCER:
        people = [one for one in people if not _NOT_PRODUCER.search(one.note)]
    if name is not Field.CAST:
        people = with_surnames(layout.text, people)
    evidence = Evidence(pair.line.words(layout.text), pair.line)
    return [person(evidence, one, name, part=parts) for one in people]


def people_of(text: str, value: Span) -> list[Name]:
    """The names of a list of people, "X as Y" with Y for a note."""
    if not _SEPARATE_AS.search(value.words(text)):
        return split_names(text, value.start, value.end)
    found: list[Name] = []
    for first, last in _stretches(text, value):
        split = _SEPARATE_AS.search(text, first, last)
        if split is None:
            found += split_names(text, first, last)
            continue
        actor, part = Span(first, split.start()), Span(split.end(), last)
        if is_name(actor.words(text)):
            found.append(Name(actor.words(text), actor, part.words(text), part))
    return found


def _stretches(text: str, value: Span) -> Iterator[tuple[int, int]]:
    start = value.start
    for match in re.finditer(r"\s*[;,\t\n]\s*(?:and\s+)?|\s+and\s+", value.words(text)):
        yield start, value.start + match.start()
        start = value.start + match.end()
    yield start, value.end


def with_surnames(text: str, people: list[Name]) -> list[Name]:
    """The names, a lone first name before "and X Y" with the surname that the two share."""
    full: list[Name] = []
    for number, one in enumerate(people):
        following = people[number + 1] if number + 1 < len(people) else None
        alone = " " not in one.words and len(one.words) > 1
        if alone and following and len(following.words.split()) == 2 and not one.note:
            gap = text[one.span.end : following.span.start]
            if len(gap) <= 5 and not set(gap) & set(",;/|\t\n"):  # " and ", " & ", " et "
                surname = following.words.split()[-1]
                full.append(Name(f"{one.words} {surname}", one.span))
                continue
        full.append(one)
    return full


def _words(text: str, value: Span) -> Iterator[Span]:
    for piece in _pieces(text, value, _LIST):
        words = piece.words(text)
        count = len(words.split())
        plain = 2 <= len(words) <= 40 and count <= 5 and not re.search(r"\d", words)
        if plain and (words[0].isupper() or not words.isascii() or count == 1):
            yield piece


def _bodies(text: str, value: Span) -> Iterator[Span]:
    for one in split_names(text, value.start, value.end, organisations=True):
        yield one.span


def _titles(text: str, value: Span) -> Iterator[Span]:
    separator = _COMMAS if value.words(text).count(", ") >= 3 else _TITLES
    for piece in _pieces(text, value, separator):
        words = piece.words(text)
        if 1 < len(words) <= 120 and not words.islower():
            yield piece


def _pieces(text: str, value: Span, separator: re.Pattern[str]) -> Iterator[Span]:
    start = value.start
    ends = [(match.start(), match.end()) for match in separator.finditer(text, start, value.end)]
    for last, following in [*ends, (value.end, value.end)]:
        piece = _bare(text, start, last)
        if piece is not None:
            yield piece
        start = following


def _bare(text: str, start: int, end: int) -> Span | None:
    """The stretch without notes in parentheses, footnote marks and points at its ends."""
    opened = _PARENS.search(text, start, end) or _FOOTNOTE.search(text, start, end)
    if opened is not None:
        end = opened.start()
    while start < end and (text[start].isspace() or text[start] in "\"“”'.,:;-–"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\"“”'.,:;-–"):
        if text[end - 1] == "." and re.search(r"\b\w{1,3}\.$", text[start:end]):
            break  # the point of an abbreviation
        end -= 1
    return Span(start, end) if end > start else None


def _listed(
    layout: Layout, pair: Labelled, name: Field, cut: Callable[[str, Span], Iterator[Span]]
) -> list[Stated]:
    evidence = Evidence(pair.line.words(layout.text), pair.line)
    spans = [span for value in pair.values for span in cut(layout.text, value)]
    return [
        Stated(name, span.words(layout.text), evidence, value_span=span)
        for span in spans
        if label_of(span.words(layout.text)) is None or name in _WORDS
    ]


def _duration(layout: Layout, pair: Labelled) -> list[Stated]:
    evidence = Evidence(pair.line.words(layout.text), pair.line)
    for value in pair.values:
        found = labelled_minutes(value.words(layout.text))
        if found is not None:
            minutes, start, end = found
            span = Span(value.start + start, value.start + end)
            return [Stated(Field.DURATION, str(minutes), evidence, value_span=span)]
    return []


def _length_beside(layout: Layout, pair: Labelled) -> list[Stated]:
    """A length that ends a list of countries or languages: "Language: French, 112 mins"."""
    text = pair.values[-1].words(layout.text)
    return _duration(layout, pair) if find_minutes(text) is not None else []


def _year(layout: Layout, pair: Labelled) -> list[Stated]:
    evidence = Evidence(pair.line.words(layout.text), pair.line)
    years = []
    for value in pair.values:
        found = find_year(value.words(layout.text))
        if found is not None:
            year, start, end = found
            years.append((year, Span(value.start + start, value.start + end)))
    if not years:
        return []
    year, span = min(years, key=lambda one: one[0])  # of several releases the first counts
    return [Stated(Field.YEAR, str(year), evidence, value_span=span)]


def _sources(layout: Layout, pair: Labelled) -> list[Stated]:
    """The work that a film is based on, where quotation marks or italics mark its title."""
    evidence = Evidence(pair.line.words(layout.text), pair.line)
    for value in pair.values:
        quoted = _QUOTED.search(layout.text, value.start, value.end)
        spans = [Span(quoted.start(1), quoted.end(1))] if quoted else []
        spans += [
            Span(start, end) for start, end in layout.marked if value.start <= start < value.end
        ]
        if spans:
            title = spans[0].words(layout.text)
            return [Stated(Field.BASED_ON, title, evidence, value_span=spans[0])]
    return []
