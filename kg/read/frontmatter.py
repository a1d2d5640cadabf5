"""YAML front matter: the reviewed film, the review's writer, and credits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

from kg.model import Evidence, Field, Stated
from kg.read.document import Fields, title_and_year

_PLAIN: Final = re.compile(r"^([\w -]+?)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_SPLIT: Final = re.compile(r"\s*[;,]\s*")
_PART: Final = re.compile(
    r"^(?P<name>.+?)(?:\s+as\s+|\s*\.{2,}\s*)(?P<part>.+)$|^(?P<n>.+?)\s*\((?P<p>.+)\)$"
)
_MINUTES: Final = re.compile(r"^\s*(\d{1,3})\s*(?:m|min|mins|minutes)?\.?\s*$", re.IGNORECASE)
_NAMES: Final = {
    "title": ("film", "movie", "film_title", "movie_title", "title"),
    "year": ("year", "film_year", "release_year"),
    "url": ("url", "link", "permalink", "canonical", "canonical_url", "source_url"),
    "author": ("author", "critic", "reviewer", "by", "byline", "authors"),
    "publication": (
        "publication",
        "publisher",
        "magazine",
        "newspaper",
        "site",
        "source",
        "outlet",
    ),
    "date": ("date", "published", "pubdate", "date_published"),
    "rating": ("rating", "score", "grade", "stars"),
}
_CREDITS: Final = {
    "director": Field.DIRECTOR,
    "directors": Field.DIRECTOR,
    "directed_by": Field.DIRECTOR,
    "writer": Field.WRITER,
    "writers": Field.WRITER,
    "screenwriter": Field.WRITER,
    "screenwriters": Field.WRITER,
    "screenplay": Field.WRITER,
    "written_by": Field.WRITER,
    "producer": Field.PRODUCER,
    "producers": Field.PRODUCER,
    "cinematographer": Field.CINEMATOGRAPHER,
    "cinematography": Field.CINEMATOGRAPHER,
    "composer": Field.COMPOSER,
    "music": Field.COMPOSER,
    "editor": Field.EDITOR,
    "editing": Field.EDITOR,
    "cast": Field.CAST,
    "starring": Field.CAST,
    "actors": Field.CAST,
    "stars_actors": Field.CAST,
    "company": Field.COMPANY,
    "production_company": Field.COMPANY,
    "studio": Field.COMPANY,
    "distributor": Field.DISTRIBUTOR,
    "country": Field.COUNTRY,
    "countries": Field.COUNTRY,
    "language": Field.LANGUAGE,
    "languages": Field.LANGUAGE,
    "genre": Field.GENRE,
    "genres": Field.GENRE,
    "runtime": Field.DURATION,
    "duration": Field.DURATION,
    "original_title": Field.OTHER_TITLE,
}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter says, and what of it was not understood."""

    fields: Fields
    stated: tuple[Stated, ...]


def read(words: str) -> FrontMatter:
    """The front matter's fields and credits; bad YAML is read line by line."""
    values = _values(words)
    named = {name: _first(values, keys) for name, keys in _NAMES.items()}
    title, year = title_and_year(named["title"])
    given = re.fullmatch(r"(?:18|19|20)\d\d", named["year"])
    return FrontMatter(
        Fields(
            title=title,
            year=int(named["year"]) if given else year,
            url=named["url"] if named["url"].startswith("http") else "",
            author=named["author"],
            publication=named["publication"],
            date=named["date"],
            rating=named["rating"],
            origin="front matter" if title else "",
        ),
        tuple(_stated(values)),
    )


def _values(words: str) -> dict[str, Any]:
    try:
        loaded = yaml.safe_load(words)
    except (yaml.YAMLError, ValueError, RecursionError):
        loaded = None  # mostly a title with a colon in it
    if not isinstance(loaded, Mapping):
        loaded = {key: value.strip("\"'") for key, value in _PLAIN.findall(words)}
    return {re.sub(r"[ -]+", "_", str(key).strip().lower()): value for key, value in loaded.items()}


def _first(values: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        words = ", ".join(_words(values.get(key)))
        if words:
            return words
    return ""


def _words(value: object) -> list[str]:
    """A value as plain words: a list's items, a mapping's name or title."""
    if value is None or isinstance(value, bool):
        return []
    if isinstance(value, list):
        return [words for item in value for words in _words(item)]
    if isinstance(value, Mapping):
        name = value.get("name") or value.get("title")
        return _words(name)
    return [" ".join(str(value).split())] if str(value).strip() else []


def _stated(values: Mapping[str, Any]) -> Iterator[Stated]:
    for key, value in values.items():
        target = _CREDITS.get(key)
        if target is None:
            continue
        for name, part in _pairs(value):
            line = f"{key}: {name}" + (f" as {part}" if part else "")
            minutes = _MINUTES.match(name)
            if target is Field.DURATION:
                if not minutes:
                    continue
                name = minutes[1]
            evidence = Evidence(line, None, "front matter")
            kept = part if target is Field.CAST else ""
            yield Stated(target, name, evidence, kept, origin="front matter")


def _pairs(value: object) -> Iterator[tuple[str, str]]:
    """Names with their parts: "A as B", "A (B)", {actor: A, role: B}, {A: B}, or bare names."""
    if isinstance(value, Mapping):
        name = value.get("name") or value.get("actor")
        part = value.get("role") or value.get("part") or value.get("character")
        if name:
            yield str(name).strip(), str(part or "").strip()
        else:
            for actor, role in value.items():
                yield str(actor).strip(), str(role or "").strip()
    elif isinstance(value, list):
        for item in value:
            yield from _pairs(item)
    else:
        for words in _words(value):
            for name in _SPLIT.split(words):
                match = _PART.match(name)
                if match:
                    yield (
                        (match["name"] or match["n"]).strip(),
                        (match["part"] or match["p"]).strip(),
                    )
                elif name:
                    yield name, ""
