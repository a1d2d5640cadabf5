"""People as an import meets them: who is credited in which film, and what they are called.

People are referred to by one number: that of their IMDb id, or `NAMED` and above for those of whom
only the name is known. All but a few bytes a person lies on disk.
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

from kg.errors import UsageError
from kg.link.fold import name_key
from kg.link.sources import FilmRecord, Performer

NAMED = 1 << 27  # above every IMDb number of a person (eight digits)

_TABLES = """
CREATE TABLE credit (film INTEGER NOT NULL, refs BLOB, jobs BLOB, parts TEXT);
CREATE TABLE named (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE bearer (key TEXT NOT NULL, ref INTEGER NOT NULL, name TEXT NOT NULL);
"""
_BATCH = 1 << 18
_RUNS = 2000


class Credited(NamedTuple):
    """A person's part in a film: `job` is "d" for a director, "a" for the cast."""

    ref: int
    job: str
    part: str = ""


class Credits:
    """Credits and names on disk, in the open database of an import."""

    def __init__(self, rows: sqlite3.Connection, folder: Path) -> None:
        self.rows = rows
        self.folder = folder
        rows.executescript(f"{_TABLES} BEGIN")
        self.weights: npt.NDArray[np.uint32] = np.zeros(1 << 20, np.uint32)
        self.seen: npt.NDArray[np.bool_] = np.zeros(1 << 20, np.bool_)
        self.named = lru_cache(maxsize=65536)(self._enter_name)
        self._pairs: IO[bytes] = (folder / "pairs.u32").open("wb")
        self._batch = array("I")
        self._runs: list[tuple[int, bytes, bytes, str]] = []

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

    def pairs(self) -> Path:
        """The file of all (person, film) pairs, four bytes each."""
        self.flush()
        self._pairs.flush()
        return self.folder / "pairs.u32"

    def close(self) -> None:
        """Close the file of pairs."""
        self._pairs.close()

    def people_of(self, record: FilmRecord) -> list[Credited]:
        """The people of a record, directors first."""
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


def read_credits(rows: sqlite3.Connection, film: int) -> Iterator[Credited]:
    """The people credited in a film, in the order in which the sources came."""
    for refs, jobs, parts in rows.execute(
        "SELECT refs, jobs, parts FROM credit WHERE film = ? ORDER BY rowid", (film,)
    ):
        numbers = array("I")
        numbers.frombytes(refs)
        for ref, job, part in zip(numbers, jobs.decode(), parts.split("\n"), strict=True):
            yield Credited(ref, job, part)
