"""Results of a query to Wikidata, as CSV or SPARQL JSON, whatever its variables are called.

One film may take many rows (a director times an actor times an alias); rows that follow one
another and name the same item are one record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from kg.errors import ReadError
from kg.link.imports.columns import FIELDS, digits, record_of, split
from kg.link.imports.faults import Faults
from kg.link.imports.jsonrows import json_rows
from kg.link.imports.lines import Progress, csv_table
from kg.link.sources import FilmRecord, Performer

_ITEM = re.compile(r"(?:^|/entity/)Q(\d{1,9})$")
_ITEMS = ("film", "item", "movie", "work", "wikidata", "qid")
_PLAIN = re.compile(r"[\W_]+")
_LINKS = ("sitelinks", "links")
_ROWS = 5000  # rows of one film that are looked at


def read_csv(path: Path, faults: Faults, progress: Progress) -> Iterator[tuple[FilmRecord, float]]:
    """The films of a result in CSV or TSV."""

    def names(cells: list[str]) -> list[str]:
        return [cell.lstrip("?") for cell in cells]

    rows = (
        (number, dict(zip(columns, cells, strict=True)))
        for number, cells, columns in csv_table(path, names, faults, progress)
    )
    return films(rows, path.name, faults)


def read_json(path: Path, faults: Faults, progress: Progress) -> Iterator[tuple[FilmRecord, float]]:
    """The films of a result in JSON."""
    return films(json_rows(path, progress), path.name, faults)


def films(
    rows: Iterable[tuple[int, Mapping[str, str]]], file: str, faults: Faults
) -> Iterator[tuple[FilmRecord, float]]:
    """The films of rows by variable name, each with how well known it is."""
    names: dict[str, str] = {}

    def items() -> Iterator[tuple[str, int, dict[str, str]]]:
        for number, row in rows:
            for name in row:
                if name not in names:
                    names[name] = _field(name)
            values: dict[str, str] = {}
            for name, value in row.items():
                values.setdefault(names[name], value.strip())
            item = _ITEM.search(values.get("item", ""))
            if item is None:
                if "item" not in names.values():
                    raise ReadError(
                        f"{file}, line {number}: expected a variable with the film's item "
                        f"({', '.join(_ITEMS)}), found {', '.join(row)[:200]}"
                    )
                found = values.get("item", "")[:40]
                detail = f"expected an item of Wikidata, found {found!r}; the row was left out"
                faults.line(file, number, "no item, left out", detail)
                continue
            yield item[1], number, values

    for item, block in groupby(items(), key=lambda row: row[0]):
        yield from _film(int(item), block, file, faults)


def _film(
    item: int, block: Iterable[tuple[str, int, dict[str, str]]], file: str, faults: Faults
) -> Iterator[tuple[FilmRecord, float]]:
    record: FilmRecord | None = None
    links = 0
    for at, (_, number, values) in enumerate(block):
        if record is None:
            if _ITEM.search(values.get("title", "")):
                values["title"] = ""  # an item without a label is labelled with its own number
            record = record_of({**values, "imdb": ""}, "wikidata", file, number, faults)
            if record is None:
                continue
            record.wikidata = item
        elif at < _ROWS:
            _more(record, values)
        imdb = values.get("imdb", "")
        record.imdb = record.imdb or (digits(imdb) if "tt" in imdb else None)
        links = max(links, int(values["sitelinks"]) if values.get("sitelinks", "").isdigit() else 0)
    if record is not None:
        yield record, links / 4 if links else 1.0


def _more(record: FilmRecord, values: Mapping[str, str]) -> None:
    """Add what a further row of the same film says."""
    for field, people in (("director", record.directors), ("cast", record.cast)):
        known = {person.name for person in people}
        people += [Performer(name) for name in split(values.get(field, "")) if name not in known]
    for field, names in (("other", record.others), ("country", record.countries)):
        names += [name for name in split(values.get(field, "")) if name not in names]
    found = re.search(r"\d{4}", values.get("year", ""))
    if found:  # of several dates the first showing counts
        record.year = min(record.year or 9999, int(found[0]))
    record.tmdb = record.tmdb or digits(values.get("tmdb", ""))


def _field(name: str) -> str:
    plain = _PLAIN.sub("", name).lower()
    if plain in _ITEMS:
        return "item"
    if plain in _LINKS:
        return "sitelinks"
    return next((field for field, usual in FIELDS.items() if plain in usual), f"? {name}")
