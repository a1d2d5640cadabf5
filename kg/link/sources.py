"""The open tables that the shipped catalogue is compiled from, read into one shape of record.

Only facts are read: titles, years, names, parts, identifiers. Each source's own column names stay
in its reader. Rows without a title are counted, not kept.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import ReadError
from kg.model import Tally

_IMDB = re.compile(r"tt(\d+)")
_REVIEWED = re.compile(r"(?P<title>.+?)(?P<others>(?: \([^()]+\))*?) \((?P<year>\d{4})\)\s*$")
_ANNOTATED = re.compile(r"F\d+ = (?P<title>.+) \((?P<year>\d{4})\)(?: topic)?$")
_STYLE = re.compile(r"\s*\.mw-parser-output.*\}")  # a page's style sheet that slipped into a title
_REMARK = re.compile(r"\s*\((?:\d{4} )?(?:film|serial|re-release|TV special)\)$")
_INVERTED = re.compile(r"^(?P<title>.+);(?P<article>The|An?|L[eao]s?|Der|Die|Das|El|Il)$")
_BRACKETED = re.compile(r"\(([^()]+)\)")
_SERIES_TAIL = re.compile(r"\s*\(?film series\)?$", re.IGNORECASE)
_SERIES = re.compile(r"\b(?:film series|trilogy|cinematic universe)\b", re.IGNORECASE)


@dataclass(slots=True)
class Performer:
    """A member of the cast with the part, where known; `imdb` is the number of an nm id."""

    name: str
    part: str = ""
    imdb: int | None = None


@dataclass(slots=True)
class FilmRecord:
    """What one table says of one film; records of one film are joined into one."""

    title: str
    source: str
    year: int | None = None
    others: list[str] = field(default_factory=list)
    directors: list[Performer] = field(default_factory=list)
    cast: list[Performer] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    wikidata: int | None = None
    imdb: int | None = None
    tmdb: int | None = None
    votes: int = 0
    article: bool = False  # an encyclopedia has an article on it
    series: bool = False  # a film series, not one film; `year` is that of its first film


def read_wikidata(path: Path, tally: Tally) -> Iterator[FilmRecord]:
    """Films of Wikidata (CC0): label and identifiers, no year."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if not row["wd_film_qid"]:
                tally.add("wikidata rows without an item")
                continue
            label = row["wd_film_label"].strip()
            yield FilmRecord(
                # an item without an English label is labelled with its own number
                title="" if label == row["wd_film_qid"] else label,
                source="wikidata",
                wikidata=int(row["wd_film_qid"][1:]),
                imdb=_imdb(row["imdb_id"]),
                tmdb=int(float(row["tmdb_id"])) if row["tmdb_id"] else None,
                article=True,
            )


def read_wikipedia(path: Path, tally: Tally) -> Iterator[FilmRecord]:
    """American films from Wikipedia's lists by year: title, year, cast without parts."""
    for row in _json_lines(path):
        if not row["title"]:
            tally.add("wikipedia rows without a title")
            continue
        yield FilmRecord(
            title=_REMARK.sub("", _STYLE.sub(" ", row["title"])).strip(),
            source="wikipedia",
            year=int(row["year"]),
            cast=[Performer(name) for name in dict.fromkeys(row["cast"]) if _is_name(name)],
            countries=["United States"],
            article=bool(row["href"]),
        )


def read_cast_parts(path: Path, tally: Tally) -> Iterator[FilmRecord]:
    """Films with directors and the whole cast with parts."""
    for row in _json_lines(path):
        tally.add("cast_parts films")
        yield FilmRecord(
            title=row["title"].strip(),
            source="cast_parts",
            year=int(row["year"]),
            others=[row["originalTitle"]] if row["originalTitle"] != row["title"] else [],
            directors=[Performer(p["name"], imdb=_nm(p["imdbId"])) for p in row["directors"]],
            cast=[
                Performer(p["name"], (p.get("roles") or [""])[0], _nm(p["imdbId"]))
                for p in row["performers"]
            ],
            countries=row["countries"],
            imdb=_imdb(row["imdbId"]),
        )


def read_films5000(path: Path, tally: Tally) -> Iterator[FilmRecord]:
    """Films with director, three actors and the number of votes cast for them."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            year = row["title_year"].strip()
            if not year.isdigit():
                tally.add("films5000 rows without a year")
                continue
            actors = (row["actor_1_name"], row["actor_2_name"], row["actor_3_name"])
            yield FilmRecord(
                title=row["movie_title"].replace("\xa0", " ").strip(),
                source="films5000",
                year=int(year),
                directors=[Performer(row["director_name"].strip())] if row["director_name"] else [],
                cast=[Performer(name.strip()) for name in actors if name and name.strip()],
                countries=[row["country"]] if row["country"] else [],
                imdb=_imdb(row["movie_imdb_link"]),
                votes=int(row["num_voted_users"] or 0),
            )


def read_reviewed(path: Path, tally: Tally) -> Iterator[FilmRecord]:
    """The films that a table of reviews is about: title, year and IMDb id, once each.

    Titles look like `Comradeship (Kameradschaft) (1931)`; the year may be a column of its own.
    """
    seen: set[int] = set()
    for row in _json_lines(path):
        title = f"{row['title']} ({row['year']})" if "year" in row else str(row["title"])
        match = _REVIEWED.match(title)
        imdb = _imdb(str(row["imdb_id"]))
        if imdb in seen:
            continue
        if match is None or imdb is None:
            tally.add("reviews without title, year or identifier")
            continue
        seen.add(imdb)
        yield FilmRecord(
            title=_upright(match["title"].strip()),
            source="reviewed",
            year=int(match["year"]),
            others=[_upright(name) for name in _BRACKETED.findall(match["others"] or "")],
            imdb=imdb,
        )


def read_annotated(folder: Path, tally: Tally) -> Iterator[FilmRecord]:
    """Titles and years of the films that annotated reviews name (`F2 = All About Eve (1950)`)."""
    found: dict[tuple[str, int], None] = {}
    for path in sorted(folder.glob("*.ann")):
        for line in path.read_text(encoding="utf-8").rpartition("\n---\n")[2].splitlines():
            match = _ANNOTATED.match(line)
            if match:
                found[(match["title"], int(match["year"]))] = None
    for title, year in found:
        tally.add("annotated films")
        series = bool(_SERIES.search(title))
        yield FilmRecord(title=_series_title(title), source="annotated", year=year, series=series)


def read_handmade(path: Path, tally: Tally) -> Iterator[FilmRecord]:
    """The project's own table: title, original and other titles, year, directors, cast, country.

    Columns are parted by tabs, names within one by "; ", a part follows its actor after "=".
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        header = next(rows)
        for number, row in enumerate(rows, start=2):
            if not row or row[0].startswith("#"):
                continue
            if len(row) != len(header):
                raise ReadError(
                    f"{path.name}, line {number}: expected {len(header)} columns parted by tabs "
                    f"({', '.join(header)}), found {len(row)}; mend the line"
                )
            cells = dict(zip(header, row, strict=True))
            tally.add(f"{path.stem} rows")
            yield FilmRecord(
                title=cells["title"],
                source=path.stem,
                year=int(cells["year"]),
                others=_names(cells.get("other titles", "")),
                directors=[Performer(name) for name in _names(cells.get("directors", ""))],
                cast=[_performer(name) for name in _names(cells.get("cast", ""))],
                countries=_names(cells.get("countries", "")),
                article=True,
                series=path.stem == "series",
            )


def _upright(title: str) -> str:
    """`Fan;The` as `The Fan`."""
    return _INVERTED.sub(r"\g<article> \g<title>", title).replace(";", ", ")


def _series_title(title: str) -> str:
    """`Halloween (film series)` as `Halloween film series`; what names no series stays."""
    bare = _SERIES_TAIL.sub("", title)
    return title if bare == title or _SERIES.search(bare) else f"{bare} film series"


def _names(cell: str) -> list[str]:
    return [name.strip() for name in cell.split(";") if name.strip()]


def _performer(cell: str) -> Performer:
    name, _, part = cell.partition("=")
    return Performer(name.strip(), part.strip())


def _is_name(text: str) -> bool:
    """Whether a cell of a cast column is a name and not a remark or a stray sign."""
    return 2 < len(text) < 60 and any(char.isalpha() for char in text) and "(" not in text


def _imdb(text: str | None) -> int | None:
    found = _IMDB.search(text or "")
    return int(found[1]) if found else None


def _nm(text: str | None) -> int | None:
    return int(text[2:]) if text and text.startswith("nm") else None


def _json_lines(path: Path) -> Iterator[Any]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
