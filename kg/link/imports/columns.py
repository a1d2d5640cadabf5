"""Any CSV: which column holds what is told by a map, else by the columns' usual names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from kg.errors import ReadError, UsageError
from kg.link.imports.faults import Faults
from kg.link.imports.lines import Progress, csv_table, too_long
from kg.link.sources import FilmRecord, Performer

FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title", "name", "film", "movie", "filmlabel", "itemlabel", "movielabel", "label"),
    "year": ("year", "releaseyear", "startyear", "date", "releasedate", "publicationdate", "dates"),
    "other": ("originaltitle", "othertitles", "alternativetitles", "aliases", "alias", "altlabel"),
    "director": ("director", "directors", "directorlabel", "directedby", "directorname"),
    "cast": ("cast", "actors", "actor", "castlabel", "actorlabel", "starring", "castmemberlabel"),
    "country": ("country", "countries", "countrylabel", "countryoforigin", "countryoforiginlabel"),
    "imdb": ("imdb", "imdbid", "tconst", "imdblink"),
    "tmdb": ("tmdb", "tmdbid"),
    "wikidata": ("wikidata", "wikidataid", "qid"),
    "votes": ("votes", "numvotes", "votecount"),
}
"""What a column may hold, with the names under which it is found (letters and digits only)."""

_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_DIGITS = re.compile(r"(\d{1,9})\D*$")
_NOT_WORD = re.compile(r"[\W_]+")


def column_map(text: str) -> dict[str, str]:
    """`title=Name,year=Released` as a map of field to column; UsageError where it can't be read."""
    found = {}
    for part in filter(None, text.split(",")):
        field, mark, column = part.partition("=")
        if not mark or field.strip() not in FIELDS or not column.strip():
            raise UsageError(
                f"expected a column map like title=Name,year=Released with fields among "
                f"{', '.join(FIELDS)}; found {part!r}"
            )
        found[field.strip()] = column.strip()
    return found


def places_of(cells: Sequence[str], given: Mapping[str, str], file: str) -> dict[str, int]:
    """Where each field stands; ReadError where there is no title, or a column of the map."""
    names = [cell.strip() for cell in cells]
    places = {}
    for field, column in given.items():
        if column not in names:
            raise ReadError(
                f"{file}, line 1: expected a column {column!r} for the {field}, found "
                f"{', '.join(names)[:300]}"
            )
        places[field] = names.index(column)
    plain = [_NOT_WORD.sub("", name).lower() for name in names]
    for field, usual in FIELDS.items():
        if field not in places:
            at = next((plain.index(name) for name in usual if name in plain), None)
            if at is not None and at not in places.values():
                places[field] = at
    if "title" not in places:
        raise ReadError(
            f"{file}, line 1: expected a column with the title, found "
            f"{', '.join(names)[:300] or 'an empty line'}; name it with --columns title=COLUMN"
        )
    return places


def read(
    path: Path, given: Mapping[str, str], faults: Faults, progress: Progress
) -> Iterator[tuple[FilmRecord, float]]:
    """The films of a CSV, each with how well known it is."""
    columns = partial(places_of, given=given, file=path.name)
    for number, cells, places in csv_table(path, columns, faults, progress):
        values = {field: cells[at].strip() for field, at in places.items()}
        record = record_of(values, "csv", path.name, number, faults)
        if record is not None:
            votes = values.get("votes", "")
            yield record, int(votes) / 4000 if votes.isdigit() else 0.0


def record_of(
    values: Mapping[str, str], source: str, file: str, number: int, faults: Faults
) -> FilmRecord | None:
    """A record of one row's values by field; None, and counted, where it has no usable title."""
    title = " ".join(values.get("title", "").split())
    if not title:
        detail = "expected a title, found none; the line was left out"
        faults.line(file, number, "no title, left out", detail)
        return None
    if too_long(title, file, number, faults):
        return None
    year = _YEAR.search(values.get("year", ""))
    if values.get("year") and year is None:
        detail = f"expected a year, found {values['year'][:20]!r}; the film is kept without one"
        faults.line(file, number, "year unreadable", detail)
    return FilmRecord(
        title=title,
        source=source,
        year=int(year[1]) if year else None,
        others=split(values.get("other", "")),
        directors=[Performer(name) for name in split(values.get("director", ""))],
        cast=[performer(name) for name in split(values.get("cast", ""))],
        countries=split(values.get("country", "")),
        imdb=digits(values.get("imdb", "")),
        tmdb=digits(values.get("tmdb", "")),
        wikidata=digits(values.get("wikidata", "")),
    )


def split(cell: str) -> list[str]:
    """The names in a cell, parted by "|", ";" or, where there is neither, by commas and a space."""
    mark = next((mark for mark in ("|", ";", ", ") if mark in cell), None)
    parts = cell.split(mark) if mark else [cell]
    return [name for part in parts if (name := " ".join(part.split()))]


def performer(cell: str) -> Performer:
    """`Bette Davis=Margo Channing` as an actor with the part."""
    name, _, part = cell.partition("=")
    return Performer(name.strip(), part.strip())


def digits(text: str) -> int | None:
    """The number of an identifier: of `tt0042192`, `Q200299`, `862.0` or an address."""
    found = _DIGITS.search(text.rstrip("/").removesuffix(".0"))
    return int(found[1]) if found and int(found[1]) else None
