"""What the fact tables say of an IMDb number: the titles and the year, to judge links by."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.errors import ReadError
from kg.link.sources import read_cast_parts, read_films5000, read_reviewed
from kg.model import Tally

_TITLES: Final = "imdb4m_films.tsv.gz"
_PARTS: Final = "films_cast_parts.jsonl.gz"
_VOTES: Final = "films5000_directors.csv.gz"


@dataclass(slots=True)
class KnownFilm:
    """A film's titles in all tables, and the year of the first table that gives one."""

    year: int
    titles: list[str] = field(default_factory=list)


def known_films(facts: Path, reviewed: Path | None = None) -> Mapping[int, KnownFilm]:
    """Films by IMDb number, from the tables in `facts` and a table of reviews.

    Those tables are read whose terms allow it for measuring, more than the shipped catalogue is
    compiled from.
    """
    known: dict[int, KnownFilm] = {}
    for number, year, titles in _rows(facts, reviewed):
        film = known.setdefault(number, KnownFilm(year))
        film.titles += [title for title in titles if title and title not in film.titles]
    return known


def _rows(facts: Path, reviewed: Path | None) -> Iterator[tuple[int, int, list[str]]]:
    path = facts / _TITLES
    if not path.is_file():
        raise ReadError(f"expected the table {_TITLES} in {facts}, found no such file")
    if reviewed is not None:
        for film in read_reviewed(reviewed, Tally()):
            if film.imdb is not None and film.year is not None:
                yield film.imdb, film.year, [film.title, *film.others]
    for table in (
        read_cast_parts(facts / _PARTS, Tally()),
        read_films5000(facts / _VOTES, Tally()),
    ):
        for film in table:
            if film.imdb is not None and film.year is not None:
                yield film.imdb, film.year, [film.title, *film.others]
    with gzip.open(path, "rb") as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["year"].isdigit():
                yield int(row["imdb_id"][2:]), int(row["year"]), [row["title"]]
