"""MovieLens: `movies.csv` with titles and years, `links.csv` with the identifiers."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from kg.link.imports.faults import Faults
from kg.link.imports.lines import Progress, csv_table, header, too_long
from kg.link.sources import FilmRecord

_TITLE = re.compile(
    r"^(?P<title>.+?)(?P<others>(?: \([^()]*[^()\d][^()]*\))*)"
    r"(?: \((?P<year>\d{4})(?:[-–]\d{0,4})?\))?\s*$"
)
_BRACKETED = re.compile(r"\((?:a\.?k\.?a\.? )?([^()]+)\)")
_INVERTED = re.compile(
    r"^(?P<title>.+), (?P<article>The|An?|L[eao]s?|L'|Der|Die|Das|El|Il|I|Gli|Un|Une|Det|Den)$"
)
_KNOWN = 1.0  # a film in the table was rated by somebody


def read(
    movies: Path, links: Path | None, faults: Faults, progress: Progress
) -> Iterator[tuple[FilmRecord, float]]:
    """The films of the table, with their identifiers where `links` is given."""
    identifiers = sqlite3.connect("")  # on disk once it is large
    identifiers.execute("CREATE TABLE link (movie INTEGER PRIMARY KEY, imdb INTEGER, tmdb INTEGER)")
    if links is not None:
        for number, cells, places in _rows(
            links, ("movieId", "imdbId", "tmdbId"), faults, progress
        ):
            row = [cells[at].strip().removeprefix("tt") for at in places]
            if not row[0].isdigit():
                detail = f"expected a number, found {row[0][:20]!r}; the line was left out"
                faults.line(links.name, number, "no movieId, left out", detail)
                continue
            identifiers.execute(
                "INSERT OR REPLACE INTO link VALUES (?, ?, ?)",
                [int(cell) if cell.isdigit() and int(cell) else None for cell in row],
            )
    for number, cells, places in _rows(movies, ("movieId", "title"), faults, progress):
        movie, text = (cells[at].strip() for at in places)
        match = _TITLE.match(text)
        if match is None:
            detail = f"expected a title, found {text[:40]!r}; the line was left out"
            faults.line(movies.name, number, "no title, left out", detail)
            continue
        if too_long(text, movies.name, number, faults):
            continue
        record = FilmRecord(
            title=_upright(match["title"]),
            source="movielens",
            year=int(match["year"]) if match["year"] else None,
            others=[_upright(name) for name in _BRACKETED.findall(match["others"] or "")],
        )
        if movie.isdigit():
            found = identifiers.execute(
                "SELECT imdb, tmdb FROM link WHERE movie = ?", (int(movie),)
            ).fetchone()
            record.imdb, record.tmdb = found or (None, None)
        yield record, _KNOWN
    identifiers.close()


def _rows(
    path: Path, wanted: tuple[str, ...], faults: Faults, progress: Progress
) -> Iterator[tuple[int, list[str], list[int]]]:
    def columns(cells: list[str]) -> list[int]:
        found = header(cells, wanted, path.name)
        return [found[name] for name in wanted]

    return csv_table(path, columns, faults, progress)


def _upright(title: str) -> str:
    """`Usual Suspects, The` as `The Usual Suspects`."""
    match = _INVERTED.match(title.strip())
    if match is None:
        return title.strip()
    gap = "" if match["article"].endswith("'") else " "
    return f"{match['article']}{gap}{match['title']}"
