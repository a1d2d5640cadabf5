"""Where an import gathers what its sources say, on disk, before the catalogue is written.

Films are known by number from the moment they are met, and joined by their identifiers as they
come.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable
from pathlib import Path

from rapidfuzz import fuzz

from kg.link.fold import key, name_key
from kg.link.imports.credits import Credited, Credits
from kg.link.imports.faults import Faults
from kg.link.sources import FilmRecord

_TABLES = """
CREATE TABLE film (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, year INTEGER, other TEXT NOT NULL,
    country TEXT NOT NULL, wikidata INTEGER, imdb INTEGER, tmdb INTEGER, known REAL NOT NULL,
    series INTEGER NOT NULL, suffix TEXT, base INTEGER NOT NULL
);
CREATE INDEX film_imdb ON film (imdb) WHERE imdb IS NOT NULL;
CREATE INDEX film_wikidata ON film (wikidata) WHERE wikidata IS NOT NULL;
CREATE INDEX film_tmdb ON film (tmdb) WHERE tmdb IS NOT NULL;
CREATE TABLE alike (key TEXT NOT NULL, year INTEGER, director TEXT, film INTEGER NOT NULL,
    PRIMARY KEY (key, year, director));
"""
_IDENTIFIERS = ("imdb", "wikidata", "tmdb")
_SAME_TITLE = 55  # likeness of two titles that one identifier may have
_RECENT = 4096
_TITLES = 12  # other titles kept of a film


class Staging(Credits):
    """The open file; only one import at a time can hold a folder's."""

    def __init__(self, folder: Path, faults: Faults) -> None:
        self.faults = faults
        self.folder = folder
        self.rows = sqlite3.connect(folder / "staging.sqlite", isolation_level=None)
        self.rows.execute("PRAGMA journal_mode = OFF")
        self.rows.execute("PRAGMA synchronous = OFF")
        self.rows.execute("PRAGMA cache_size = -131072")
        self.rows.execute("PRAGMA threads = 2")
        super().__init__(self.rows, folder)
        self.rows.executescript(f"{_TABLES} BEGIN")
        self._repeated: dict[int, tuple[Credited, ...]] = {}

    def add(self, record: FilmRecord, *, known: float = 0.0, issuer: str = "") -> int:
        """Enter a film, or join the record to the film with one of its identifiers.

        A record without any is joined to one that says the same of title, year and director.
        `issuer` is the kind of identifier that this source gives out itself, so that it is right
        where two sources give one number to two films. Gives the film's number.
        """
        number = self._identified(record, issuer)
        director = name_key(record.directors[0].name) if record.directors else ""
        if not number and not any(getattr(record, one) for one in _IDENTIFIERS):
            number = self._said_before(record, director)
        if number:
            self._join(number, record, known)
            self.faults.count(f"{record.source}: joined to a film that is known")
        else:
            number = self._enter(record, known)
            self.faults.count(f"{record.source}: films")
        people = tuple(self.people_of(record))
        if self._repeated.get(number) != people:  # rows that repeat one film's are no news
            if len(self._repeated) > _RECENT:
                self._repeated.clear()
            self._repeated[number] = people
            self.credit(number, people)
        return number

    def _identified(self, record: FilmRecord, issuer: str) -> int:
        for kind in _IDENTIFIERS:
            value = getattr(record, kind)
            if not value:
                continue
            row = self.rows.execute(
                f"SELECT id, title, year, other FROM film WHERE {kind} = ?",  # noqa: S608
                (value,),
            ).fetchone()
            if row is None:
                continue
            if _may_be(record, row[1], row[2], row[3]):
                return int(row[0])
            self.faults.count(f"identifiers that two sources give to two films ({kind})")
            if kind == issuer:
                self.rows.execute(
                    f"UPDATE film SET {kind} = NULL WHERE id = ?",  # noqa: S608
                    (row[0],),
                )
            else:
                setattr(record, kind, None)
        return 0

    def _said_before(self, record: FilmRecord, director: str) -> int:
        row = self.rows.execute(
            "SELECT film FROM alike WHERE key = ? AND year IS ? AND director = ?",
            (key(record.title), record.year, director),
        ).fetchone()
        return int(row[0]) if row else 0

    def _enter(self, record: FilmRecord, known: float) -> int:
        cursor = self.rows.execute(
            "INSERT INTO film VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, 0)",
            (
                record.title,
                record.year,
                "\n".join(self._fresh(record.title, (), record.others)),
                "; ".join(record.countries),
                record.wikidata,
                record.imdb,
                record.tmdb,
                known,
                record.series,
            ),
        )
        number = cursor.lastrowid or 0
        if not any(getattr(record, one) for one in _IDENTIFIERS):
            director = name_key(record.directors[0].name) if record.directors else ""
            self.rows.execute(
                "INSERT INTO alike VALUES (?, ?, ?, ?)",
                (key(record.title), record.year, director, number),
            )
        return number

    def _join(self, number: int, record: FilmRecord, known: float) -> None:
        title, year, other, country, wikidata, imdb, tmdb, before = self.rows.execute(
            "SELECT title, year, other, country, wikidata, imdb, tmdb, known FROM film "
            "WHERE id = ?",
            (number,),
        ).fetchone()
        others = other.split("\n") if other else []
        fresh = self._fresh(title, others, [record.title, *record.others])
        after = (
            year or record.year,
            "\n".join([*others, *fresh]),
            country or "; ".join(record.countries),
            wikidata or record.wikidata,
            imdb or record.imdb,
            tmdb or record.tmdb,
            max(before, known),
        )
        if after != (year, other, country, wikidata, imdb, tmdb, before):
            self.rows.execute(
                "UPDATE film SET year = ?, other = ?, country = ?, wikidata = ?, imdb = ?, "
                "tmdb = ?, known = ? WHERE id = ?",
                (*after, number),
            )

    def add_titles(self, number: int, titles: Iterable[str]) -> None:
        """Give a film more titles, as far as they are not spellings of those that it has."""
        title, other = self.rows.execute(
            "SELECT title, other FROM film WHERE id = ?", (number,)
        ).fetchone()
        others = other.split("\n") if other else []
        fresh = self._fresh(title, others, titles)
        if fresh:
            self.rows.execute(
                "UPDATE film SET other = ? WHERE id = ?", ("\n".join([*others, *fresh]), number)
            )

    def _fresh(self, title: str, others: Iterable[str], more: Iterable[str]) -> list[str]:
        known = {key(title), *map(key, others)}
        fresh = []
        for name in more:
            folded = key(name)
            if folded and folded not in known:
                if len(known) > _TITLES:
                    self.faults.count(f"other titles left out, beyond {_TITLES} of a film")
                    continue
                known.add(folded)
                fresh.append(name.replace("\n", " "))
        return fresh

    def weigh(self, known: Iterable[tuple[float, int]]) -> None:
        """Tell how well films are known, by IMDb number."""
        self.rows.executemany("UPDATE film SET known = max(known, ?) WHERE imdb = ?", known)

    def close(self) -> None:
        """Close the files; whoever made the folder removes it."""
        super().close()
        self.rows.close()

    def by_imdb(self) -> tuple[array[int], array[int]]:
        """The IMDb numbers of all films, ascending, and the films' own beside them."""
        imdb, films = array("q"), array("i")
        for one, film in self.rows.execute(
            "SELECT imdb, id FROM film WHERE imdb IS NOT NULL ORDER BY imdb"
        ):
            imdb.append(one)
            films.append(film)
        return imdb, films


def _may_be(record: FilmRecord, title: str, year: int | None, other: str) -> bool:
    """Whether a record can be the film that has its identifier: not with another title and year."""
    if not (year and record.year) or abs(year - record.year) <= 2 or not record.title:
        return True
    known = {key(title), *map(key, other.split("\n"))}
    named = (record.title, *record.others)
    return any(key(name) in known for name in named) or any(
        fuzz.ratio(key(name), one) > _SAME_TITLE for name in named for one in known
    )
