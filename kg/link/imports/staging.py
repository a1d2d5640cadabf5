"""Where an import gathers what its sources say, on disk, before the catalogue is written.

Films are known by number from the moment they are met, and joined by their identifiers as they
come. People are referred to by one number too: that of their IMDb id, or `NAMED` and above for
those of whom only the name is known.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from kg.errors import UsageError
from kg.link.fold import key, name_key
from kg.link.imports.faults import Faults
from kg.link.sources import FilmRecord, Performer

NAMED = 1 << 27  # above every IMDb number of a person (eight digits)

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
CREATE TABLE credit (film INTEGER NOT NULL, refs BLOB, jobs BLOB, parts TEXT);
CREATE TABLE named (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE bearer (key TEXT NOT NULL, ref INTEGER NOT NULL, name TEXT NOT NULL);
"""
_IDENTIFIERS = ("imdb", "wikidata", "tmdb")
_SAME_TITLE = 55  # likeness of two titles that one identifier may have
_BATCH = 1 << 18
_RUNS = 2000
_RECENT = 4096
_TITLES = 12  # other titles kept of a film


class Credited(NamedTuple):
    """A person's part in a film: `job` is "d" for a director, "a" for the cast."""

    ref: int
    job: str
    part: str = ""


class Staging:
    """The open file; only one import at a time can hold a folder's."""

    def __init__(self, folder: Path, faults: Faults) -> None:
        self.faults = faults
        self.folder = folder
        self.rows = sqlite3.connect(folder / "staging.sqlite", isolation_level=None)
        self.rows.execute("PRAGMA journal_mode = OFF")
        self.rows.execute("PRAGMA synchronous = OFF")
        self.rows.execute("PRAGMA cache_size = -131072")
        self.rows.execute("PRAGMA threads = 2")
        self.rows.execute("BEGIN")
        self.rows.executescript(_TABLES)
        self.rows.execute("BEGIN")
        self.weights: npt.NDArray[np.uint32] = np.zeros(1 << 20, np.uint32)
        self.seen: npt.NDArray[np.bool_] = np.zeros(1 << 20, np.bool_)
        self.named = lru_cache(maxsize=65536)(self._enter_name)
        self._pairs: IO[bytes] = (folder / "pairs.u32").open("wb")
        self._batch = array("I")
        self._runs: list[tuple[int, bytes, bytes, str]] = []
        self._repeated: dict[int, tuple[Credited, ...]] = {}

    # -- films -----------------------------------------------------------------------------------

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
        people = tuple(self._people(record))
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

    def by_imdb(self) -> tuple[array[int], array[int]]:
        """The IMDb numbers of all films, ascending, and the films' own beside them."""
        imdb, films = array("q"), array("i")
        for one, film in self.rows.execute(
            "SELECT imdb, id FROM film WHERE imdb IS NOT NULL ORDER BY imdb"
        ):
            imdb.append(one)
            films.append(film)
        return imdb, films

    # -- people ----------------------------------------------------------------------------------

    def credit(self, film: int, people: Sequence[Credited], *, paired: bool = False) -> None:
        """Credit people in a film, in their order; `paired` where `pair` was told already."""
        if not people:
            return
        refs = array("I", (one.ref for one in people))
        jobs = "".join(one.job for one in people).encode()
        self._runs.append((film, refs.tobytes(), jobs, "\n".join(one.part for one in people)))
        if not paired:
            self.pair(film, refs)
        if len(self._runs) >= _RUNS:
            self._write_runs()

    def pair(self, film: int, refs: Iterable[int]) -> None:
        """Note that people had to do with a film, in whatever job."""
        batch = self._batch
        for ref in refs:
            batch.append(ref)
            batch.append(film)
        if len(batch) > _BATCH:
            self._write_pairs()

    def name(self, ref: int, name: str) -> None:
        """Tell the name of a person known by number; only the first name counts."""
        self._reach(ref)
        if not self.seen[ref]:
            self.seen[ref] = True
            self.rows.execute("INSERT INTO bearer VALUES (?, ?, ?)", (name_key(name), ref, name))

    def weight(self, ref: int) -> int:
        """How many credits a person has; none is counted for those known by name alone."""
        return int(self.weights[ref]) if ref < self.weights.size else -1

    def ref(self, person: Performer) -> int:
        """The number by which a person of a record is meant; a name is entered on the way."""
        if person.imdb and person.imdb < NAMED:
            self.name(person.imdb, person.name)
            return person.imdb
        return NAMED + self.named(name_key(person.name), person.name)

    def flush(self) -> None:
        """Write out what waits, before the people are numbered."""
        self._write_runs()
        self._write_pairs()

    def pairs(self) -> npt.NDArray[np.uint32]:
        """All (person, film) pairs, mapped from their file."""
        self.flush()
        self._pairs.flush()
        path = self.folder / "pairs.u32"
        if not path.stat().st_size:
            return np.zeros((0, 2), np.uint32)
        return np.memmap(path, np.uint32, "r").reshape(-1, 2)

    def close(self) -> None:
        """Close the files; whoever made the folder removes it."""
        self._pairs.close()
        self.rows.close()

    def _people(self, record: FilmRecord) -> list[Credited]:
        directors = [Credited(self.ref(person), "d") for person in record.directors]
        return [
            *directors,
            *(
                Credited(self.ref(person), "a", " ".join(person.part.split()))
                for person in record.cast
            ),
        ]

    def _enter_name(self, folded: str, name: str) -> int:
        """The number of somebody known by name alone."""
        row = self.rows.execute("SELECT number FROM named WHERE key = ?", (folded,)).fetchone()
        if row:
            return int(row[0])
        return (
            self.rows.execute("INSERT INTO named VALUES (NULL, ?, ?)", (folded, name)).lastrowid
            or 0
        )

    def _write_runs(self) -> None:
        self.rows.executemany("INSERT INTO credit VALUES (?, ?, ?, ?)", self._runs)
        self._runs.clear()

    def _write_pairs(self) -> None:
        self._batch.tofile(self._pairs)
        refs = np.frombuffer(self._batch, np.uint32)[::2].copy()
        del self._batch[:]
        refs = refs[refs < NAMED]
        if refs.size:
            self._reach(int(refs.max()))
            np.add.at(self.weights, refs, 1)

    def _reach(self, ref: int) -> None:
        """Make room for a number."""
        if ref >= NAMED:
            raise UsageError(f"expected a person's number below {NAMED}, found {ref}")
        if ref >= self.weights.size:
            more = max(ref + 1, 2 * self.weights.size) - self.weights.size
            self.weights = np.concatenate([self.weights, np.zeros(more, np.uint32)])
            self.seen = np.concatenate([self.seen, np.zeros(more, np.bool_)])


def _may_be(record: FilmRecord, title: str, year: int | None, other: str) -> bool:
    """Whether a record can be the film that has its identifier: not with another title and year."""
    if not (year and record.year) or abs(year - record.year) <= 2 or not record.title:
        return True
    known = {key(title), *map(key, other.split("\n"))}
    named = (record.title, *record.others)
    return any(key(name) in known for name in named) or any(
        fuzz.ratio(key(name), one) > _SAME_TITLE for name in named for one in known
    )


def read_credits(rows: sqlite3.Connection, film: int) -> Iterator[Credited]:
    """The people credited in a film, in the order in which the sources came."""
    for refs, jobs, parts in rows.execute(
        "SELECT refs, jobs, parts FROM credit WHERE film = ? ORDER BY rowid", (film,)
    ):
        numbers = array("I")
        numbers.frombytes(refs)
        for ref, job, part in zip(numbers, jobs.decode(), parts.split("\n"), strict=True):
            yield Credited(ref, job, part)
