"""What the structured data of the page's own film states: names, dates, length, identifiers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.model import Evidence, Field, Stated
from kg.read.document import title_and_year
from kg.read.languages import LANGUAGES
from kg.read.repair import mend
from kg.read.structured import Node

_ORGANISATIONS: Final = frozenset(
    ("organization", "corporation", "productioncompany", "localbusiness")
)
_PEOPLE: Final = {
    Field.DIRECTOR: ("director", "directors", "directedby"),
    Field.CAST: ("actor", "actors", "cast", "starring", "performer", "performers"),
    Field.WRITER: ("author", "creator", "writer", "writers", "screenwriter"),
    Field.PRODUCER: ("producer", "producers"),
    Field.COMPOSER: ("musicby",),
    Field.EDITOR: ("editor",),
}
_PLAIN: Final = {
    Field.COMPANY: ("productioncompany",),
    Field.COUNTRY: ("countryoforigin",),
    Field.GENRE: ("genre",),
    Field.BASED_ON: ("isbasedon",),
    Field.OTHER_TITLE: ("alternatename", "alternativeheadline"),
}
_DURATION: Final = re.compile(
    r"P(?:0D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?$", re.IGNORECASE
)
_YEAR: Final = re.compile(
    r"((?:18|19|20)\d\d)(?:-\d\d(?:-\d\d)?)?(?:T00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_PRESENTER: Final = re.compile(r"^[^:]{2,40}\bpresents?\s*:\s+(?=\S)", re.IGNORECASE)
_LONGEST_NAME: Final = 120


def title_of(film: Node) -> tuple[str, int | None]:
    """The film's title and its year, where the markup plainly gives the release."""
    title, year = title_and_year(mend(film.first("name")))
    release = _release(film)
    return _PRESENTER.sub("", title), year or (release[0] if release else None)


def _release(film: Node) -> tuple[int, Node, str, str] | None:
    """The year of release, and the node, property and value that give it.

    A release event or a date without a time of day counts; a date with one is when the page or its
    record was made.
    """
    dated = [(event, "startdate") for event in film.nodes("releasedevent")]
    dated += [(film, name) for name in ("datecreated", "copyrightyear", "datepublished")]
    for node, name in dated:
        for words in node.words(name):
            match = _YEAR.fullmatch(words)
            if match:
                return int(match[1]), node, name, words
    return None


def stated(film: Node) -> Iterator[Stated]:
    """The facts that a film's node states, in a fixed order; each name once."""
    yield from _titles(film)
    for target, properties in _PEOPLE.items():
        for name, part, evidence, organisation in _people(film, properties):
            if not organisation:
                kept = part if target is Field.CAST else ""
                yield Stated(target, name, evidence, kept, origin=film.where)
            elif target in (Field.WRITER, Field.PRODUCER):  # the "creator" that is a company
                yield Stated(Field.COMPANY, name, evidence, origin=film.where)
    for target, value, prop, words in _values(film):
        yield Stated(target, value, _evidence(film, prop, words), origin=film.where)


def _values(film: Node) -> Iterator[tuple[Field, str, str, str]]:
    """The plain facts: what they say and its value, the property and its words."""
    for target, properties in _PLAIN.items():
        for prop in properties:
            for value in film.words(prop):
                if _is_name(value):
                    yield target, mend(value), prop, value
    for value in film.words("inlanguage"):
        name = LANGUAGES.get(re.split(r"[-_]", value)[0].lower(), value)
        if _is_name(name):
            yield Field.LANGUAGE, name, "inlanguage", value
    minutes = _minutes(film)
    if minutes:
        prop = "duration" if film.words("duration") else "timerequired"
        yield Field.DURATION, str(minutes), prop, film.first(prop)
    for value in film.words("sameas"):
        if re.fullmatch(r"https?://\S+", value):
            yield Field.IDENTIFIER, value, "sameas", value


def _titles(film: Node) -> Iterator[Stated]:
    title, _ = title_of(film)
    yield Stated(Field.TITLE, title, _evidence(film, "name", film.first("name")), origin=film.where)
    release = _release(film)
    if release:
        year, node, prop, words = release
        yield Stated(Field.YEAR, str(year), _evidence(node, prop, words), origin=film.where)


def _people(film: Node, properties: Sequence[str]) -> Iterator[tuple[str, str, Evidence, bool]]:
    """Names with their part, evidence, and whether the name is an organisation's."""
    seen: set[tuple[str, str]] = set()
    for prop in properties:
        for value in film.values(prop):
            for name, part, organisation in _person(value, prop):
                if _is_name(name) and (name.casefold(), part) not in seen:
                    seen.add((name.casefold(), part))
                    yield name, part, _evidence(film, prop, value), organisation


def _person(value: object, prop: str) -> Iterator[tuple[str, str, bool]]:
    if not isinstance(value, Node):
        for words in re.split(r"\s*[,;]\s*", mend(" ".join(str(value).split()))):
            yield words, "", False
        return
    part = mend(value.first("charactername", "rolename", "character"))
    inner = value.nodes(prop, "actor", "director", "author", "performer")
    if inner and not value.is_a(frozenset(("person",))):  # a role that holds the person
        for person in inner:
            yield mend(person.first("name")), part, False
        return
    yield mend(value.first("name")), part, value.is_a(_ORGANISATIONS)


def _is_name(words: str) -> bool:
    return (
        0 < len(words) <= _LONGEST_NAME
        and any(map(str.isalpha, words))
        and not words.startswith(("http:", "https:", "/"))
        and words.casefold() not in ("n/a", "none", "null", "unknown", "tba", "tbd", "undefined")
    )


def _minutes(film: Node) -> int:
    for words in film.words("duration", "timerequired"):
        match = _DURATION.fullmatch(words.strip())
        if match and any(match.groups()):
            minutes = 60 * int(match[1] or 0) + int(match[2] or 0)
            if minutes == 0 and match[3]:
                minutes = round(int(match[3]) / 60)
            if 0 < minutes < 1500:
                return minutes
    return 0


def _evidence(node: Node, name: str, value: object) -> Evidence:
    """The markup's own words for one value."""
    words = json.dumps(_as_written(value), ensure_ascii=False)
    return Evidence(f'"{node.spelt.get(name, name)}": {words}', None, node.where)


def _as_written(value: object) -> object:
    if not isinstance(value, Node):
        return str(value)
    return {
        value.spelt.get(key, key): _as_written(values[0])
        for key, values in value.data.items()
        if key in ("@type", "name", "charactername", "actor") and values
    }
