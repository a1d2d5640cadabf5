"""TMDB: the daily exports (JSON Lines, gzipped), and the tables in CSV that are made from it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.link.imports.columns import digits, record_of
from kg.link.imports.faults import Faults
from kg.link.imports.jsonrows import json_lines
from kg.link.imports.lines import Progress, csv_table, header, too_long
from kg.link.sources import FilmRecord, Performer

_POPULAR = 20  # so much popularity is worth as much as one mention
_VOTES = 200  # TMDB's voters are few beside IMDb's
_CAST = 24


def read_export(
    path: Path, faults: Faults, progress: Progress
) -> Iterator[tuple[FilmRecord, float]]:
    """The films of a daily export: identifier and original title, no year."""
    for number, row in json_lines(path, faults, progress):
        title, tmdb = row.get("original_title"), row.get("id")
        if not isinstance(title, str) or not isinstance(tmdb, int) or not title.strip():
            if "name" in row:
                faults.count("tmdb: people left out, whose films the export doesn't tell")
                continue
            detail = f"expected id and original_title, found {', '.join(row)[:80]}"
            faults.line(path.name, number, "no id or no title, left out", detail)
            continue
        if row.get("adult") or row.get("video"):
            faults.count("tmdb: left out, adult films and videos")
            continue
        if too_long(title, path.name, number, faults):
            continue
        popularity = row.get("popularity")
        known = popularity / _POPULAR if isinstance(popularity, int | float) else 0.0
        yield FilmRecord(title=" ".join(title.split()), source="tmdb", tmdb=tmdb), known


def read_csv(path: Path, faults: Faults, progress: Progress) -> Iterator[tuple[FilmRecord, float]]:
    """The films of a table with TMDB's field names; cast and crew may stand in it as JSON."""

    def columns(cells: list[str]) -> dict[str, int]:
        return header(cells, ("movie_id" if "movie_id" in cells else "id", "title"), path.name)

    for number, cells, places in csv_table(path, columns, faults, progress):
        values = {name: cells[at] for name, at in places.items()}
        record = record_of(
            {
                "title": values["title"] or values.get("original_title", ""),
                "year": values.get("release_date", ""),
                "imdb": values.get("imdb_id", ""),
                "tmdb": values["movie_id"] if "movie_id" in values else values["id"],
            },
            "tmdb",
            path.name,
            number,
            faults,
        )
        if record is None:
            continue
        original = values.get("original_title", "").strip()
        record.others = [original] if original and original != record.title else []
        record.directors = [
            Performer(one["name"])
            for one in _people(values, "crew", path.name, number, faults)
            if one.get("job") == "Director"
        ]
        record.cast = [
            Performer(one["name"], str(one.get("character") or ""))
            for one in _people(values, "cast", path.name, number, faults)[:_CAST]
        ]
        votes = digits(values.get("vote_count", "")) or 0
        yield record, votes / _VOTES


def _people(
    values: Mapping[str, str], column: str, file: str, number: int, faults: Faults
) -> list[dict[str, Any]]:
    cell = values.get(column, "").strip()
    if not cell:
        return []
    try:
        people = json.loads(cell)
    except ValueError as error:
        detail = f"expected a list of people in {column}: {error}; the film is kept without them"
        faults.line(file, number, f"{column} unreadable", detail)
        return []
    return [one for one in people if isinstance(one, dict) and isinstance(one.get("name"), str)]
