"""The frozen lists of known titles and people, made from files of facts."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import ReadError
from kg.extract.known_names import KnownNames, key, split

_LONGEST = 8
_ARTICLES = ("the", "a", "an")


@dataclass(frozen=True, slots=True)
class Lists:
    """Titles and people as printed, sorted, each once."""

    titles: tuple[str, ...]
    people: tuple[str, ...]

    def known(self) -> KnownNames:
        """The lists made ready for looking up."""
        return KnownNames(_titles(self.titles), _people(self.people))

    def save(self, path: Path) -> None:
        """Write the list that `KnownNames.load` reads; the same lists give the same bytes."""
        lines = {"T\t" + " ".join(words) for words in _titles(self.titles)}
        lines |= {"P\t" + " ".join(words) for words in _people(self.people)}
        data = "".join(f"{line}\n" for line in sorted(lines)).encode()
        path.write_bytes(gzip.compress(data, compresslevel=9, mtime=0))


def _titles(titles: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for title in titles:
        words = key(split(title))
        if 1 <= len(words) <= _LONGEST and (len(words) > 1 or len(words[0]) > 2):
            yield words
            if words[0] in _ARTICLES and len(words) > 2:
                yield words[1:]


def _people(people: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for person in people:
        words = key(split(person))
        if 2 <= len(words) <= _LONGEST:
            yield words


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a gzipped file of JSON lines; `ReadError` if it can't be read."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, ValueError) as error:
        raise ReadError(f"expected gzipped JSON lines in {path}, found {error}") from error


def gather(facts: Path) -> Lists:
    """Titles and people from the folder of facts: only files free for every use."""
    titles: set[str] = set()
    people: set[str] = set()
    with (facts / "wikidata_films.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            titles.add(row["wd_film_label"])
    for film in json_lines(facts / "wikipedia_us_films.jsonl.gz"):
        titles.add(film["title"])
        people.update(film.get("cast") or ())
    for film in json_lines(facts / "films_cast_parts.jsonl.gz"):
        titles.update((film["title"], film.get("originalTitle") or film["title"]))
        for role in ("performers", "directors", "writers"):
            people.update(person["name"] for person in film.get(role) or ())
    return Lists(tuple(sorted(titles)), tuple(sorted(people)))
