"""The frozen lists of known titles and people, made from files of facts."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import ReadError
from kg.extract.known_names import (
    CHARACTER,
    GROUP,
    LETTERS,
    PERSON,
    TITLE,
    WORK,
    KnownNames,
    key,
    split,
)
from kg.link import sources
from kg.link.sources import read_handmade
from kg.model import Tally

_LONGEST = 8
_OWN = Path(__file__).parent / "known"
# a part's name is two words or three that people bear, and so neither "Man #2" nor "Taxi Driver"
_PART = re.compile(r"[A-Z][a-z'’-]+(?: [A-Z][A-Za-z'’-]+){1,2}")
_BORNE = 5
_ARTICLES = ("the", "a", "an")


@dataclass(frozen=True, slots=True)
class Lists:
    """Names as printed, sorted, each once.

    `works` holds what isn't a film: series, books, songs, games; `groups` companies and bands.
    """

    titles: tuple[str, ...]
    people: tuple[str, ...]
    works: tuple[str, ...] = ()
    characters: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def known(self) -> KnownNames:
        """The lists made ready for looking up."""
        return KnownNames(self._keys())

    def save(self, path: Path) -> None:
        """Write the list that `KnownNames.load` reads; the same lists give the same bytes."""
        letters = {kind: letter for letter, kind in LETTERS.items()}
        lines = {
            f"{letters[kind]}\t{' '.join(words)}"
            for kind, names in self._keys().items()
            for words in names
        }
        data = "".join(f"{line}\n" for line in sorted(lines)).encode()
        path.write_bytes(gzip.compress(data, compresslevel=9, mtime=0))

    def _keys(self) -> dict[int, list[tuple[str, ...]]]:
        return {
            TITLE: list(_titles(self.titles)),
            PERSON: list(_people(self.people)),
            WORK: list(_titles(self.works)),
            CHARACTER: list(_others(self.characters)),
            GROUP: list(_others(self.groups)),
        }


def _titles(titles: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for title in titles:
        words = key(split(title))
        if 1 <= len(words) <= _LONGEST and (len(words) > 1 or len(words[0]) > 2):
            yield words
            if words[0] in _ARTICLES and len(words) > 2:
                yield words[1:]


def _others(names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for name in names:
        words = key(split(name))
        if 1 <= len(words) <= _LONGEST:
            yield words


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


def written(name: str) -> tuple[str, ...]:
    """The names of a list of our own beside this file, a line each."""
    text = (_OWN / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def gather(facts: Path) -> Lists:
    """Titles and people from the folder of facts: only files free for every use.

    The lists of our own tell of other works, characters and groups. A book's or a song's name that
    is a film's title too is left to the films, for that is what reviews of films mean by it; a
    programme's isn't. A part's name is a known character's if two films have it and no person.
    """
    titles: set[str] = set(_own_titles())
    people: set[str] = set()
    parts: dict[str, set[str]] = defaultdict(set)
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
        for person in film.get("performers") or ():
            for part in person.get("roles") or ():
                if _PART.fullmatch(part):
                    parts[part].add(film["imdbId"])
    films = set(_titles(tuple(titles)))
    works = {name for name in written("works") if key(split(name)) not in films}
    borne = Counter(word for person in people for word in person.split())
    shared = {
        part
        for part, films_of in parts.items()
        if len(films_of) > 1
        and part not in people
        and all(borne[word] >= _BORNE for word in part.split())
    }
    return Lists(
        tuple(sorted(titles)),
        tuple(sorted(people)),
        tuple(sorted(works | set(written("series")))),
        tuple(sorted(shared | set(written("characters")))),
        written("groups"),
    )


def _own_titles() -> Iterator[str]:
    """The titles of the films that the project's own table adds to the open ones."""
    for film in read_handmade(Path(sources.__file__).parent / "data" / "more_films.tsv", Tally()):
        yield from (film.title, *film.others)
