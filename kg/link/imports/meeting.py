"""Films of several sources that no identifier joins, joined by title, year and people.

Two films are one where a title is the same once folded, the years are at most one apart, no
identifier speaks against it, and they share somebody. Where one of them names nobody, the title
must be no other's in those years, and the year the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from kg.link.fold import key
from kg.link.imports.credits import read_credits
from kg.link.imports.numbering import Numbering
from kg.link.imports.staging import Staging

_NAMESAKES = 400  # films of one title compared with one another


class Staged(NamedTuple):
    """A staged film as far as meeting needs it."""

    key: str
    id: int
    year: int | None
    wikidata: int | None
    imdb: int | None
    tmdb: int | None
    series: int
    base: int


def meet(staging: Staging, numbering: Numbering) -> None:
    """Join what is one film; the one that the catalogue had, or else the first, stays."""
    rows = staging.rows
    if not rows.execute("SELECT 1 FROM film WHERE base = 0 LIMIT 1").fetchone():
        return
    rows.executescript(
        "CREATE INDEX credit_film ON credit (film);"
        "CREATE TABLE title (key TEXT NOT NULL, film INTEGER NOT NULL);"
        "CREATE TABLE gone (film INTEGER PRIMARY KEY, stays INTEGER NOT NULL); BEGIN"
    )
    insert = rows.cursor()
    for number, title, other in rows.execute("SELECT id, title, other FROM film"):
        keys = {key(name) for name in (title, *other.split("\n")) if name}
        insert.executemany("INSERT INTO title VALUES (?, ?)", [(one, number) for one in keys])
    query = (
        "SELECT title.key, film.id, year, wikidata, imdb, tmdb, series, base FROM title "
        "JOIN film ON film.id = title.film ORDER BY title.key, base DESC, film.id"
    )
    joined: dict[int, int] = {}
    for _, block in groupby(map(Staged._make, rows.execute(query)), key=lambda film: film.key):
        films = list(block)
        if len(films) > 1 and len(films) <= _NAMESAKES and not all(f.imdb for f in films):
            for stays, gone in _same(films, staging, numbering):
                if stays not in joined and gone not in joined:
                    joined[gone] = stays
    for gone, stays in sorted(joined.items()):
        _join(gone, stays, staging)
    staging.faults.count("films of two sources joined by title, year and people", len(joined))


def _same(films: list[Staged], staging: Staging, numbering: Numbering) -> Iterator[tuple[int, int]]:
    taken: set[int] = set()
    for one in films:
        fitting = [
            other
            for other in films
            if other.id != one.id and not (one.base and other.base) and _may_be(one, other)
        ]
        if one.id in taken or not fitting:
            continue
        mine = _people(one.id, staging, numbering)
        for other in fitting:
            theirs = _people(other.id, staging, numbering)
            alone = len(fitting) == 1 and one.year == other.year and not (mine and theirs)
            if other.id not in taken and (mine & theirs or alone):
                taken |= {one.id, other.id}
                first, second = (one, other) if one.base >= other.base else (other, one)
                yield first.id, second.id
                break


def _may_be(one: Staged, other: Staged) -> bool:
    if one.year is None or other.year is None or abs(one.year - other.year) > 1:
        return False
    pairs = ((one.imdb, other.imdb), (one.wikidata, other.wikidata), (one.tmdb, other.tmdb))
    return one.series == other.series and not any(a and b and a != b for a, b in pairs)


def _people(film: int, staging: Staging, numbering: Numbering) -> set[int]:
    """The people of a film, each by who bears the name first."""
    numbers = (numbering.number(one.ref) for one in read_credits(staging.rows, film))
    return {int(numbering.group[number]) for number in numbers if number}


def _join(gone: int, stays: int, staging: Staging) -> None:
    rows = staging.rows
    row = rows.execute("SELECT title, other FROM film WHERE id = ?", (gone,)).fetchone()
    staging.add_titles(stays, [row[0], *row[1].split("\n")])
    rows.execute(
        "UPDATE film SET (country, wikidata, imdb, tmdb, known) = (SELECT "
        "CASE film.country WHEN '' THEN o.country ELSE film.country END, "
        "coalesce(film.wikidata, o.wikidata), coalesce(film.imdb, o.imdb), "
        "coalesce(film.tmdb, o.tmdb), max(film.known, o.known) FROM film AS o WHERE o.id = ?) "
        "WHERE id = ?",
        (gone, stays),
    )
    rows.execute("UPDATE credit SET film = ? WHERE film = ?", (stays, gone))
    rows.execute("INSERT INTO gone VALUES (?, ?)", (gone, stays))
    rows.execute("DELETE FROM film WHERE id = ?", (gone,))
