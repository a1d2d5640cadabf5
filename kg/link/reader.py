"""The catalogue's rows, read by number, by key and by word; nothing here knows what a name means.

Every query touches few pages of the file, whatever its size, and reads no more rows than it is
asked for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import UsageError
from kg.link.fold import name_key
from kg.link.known import CastMember, Film, Person
from kg.link.schema import FORMAT, surname_of, unpack_credits, unpack_ids, word_hash

_MAPPED = 1 << 33  # bytes of the file that may be mapped: more than any catalogue has
_AT_ONCE = 500  # values bound in one query


class Titled(NamedTuple):
    """A film as a choice among namesakes needs it; `kind` is that of the name that found it."""

    film: int
    kind: int
    year: int | None
    prior: float


def connect(file: Path) -> sqlite3.Connection:
    """Open a catalogue's file by memory map; UsageError where it isn't one."""
    if not file.is_file():
        raise UsageError(f"expected a catalogue at {file}, found no such file")
    uri = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
        row = connection.execute("SELECT value FROM info WHERE name = 'format'").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        raise UsageError(f"expected a catalogue at {file}, found another file: {error}") from error
    if row is None or row[0] != str(FORMAT):
        found = row[0] if row else "none"
        connection.close()
        raise UsageError(
            f"expected a catalogue of format {FORMAT} at {file}, found format {found}; compile it "
            "again, or import it with --anew"
        )
    return connection


class Reader:
    """Rows of one open catalogue."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def film(self, number: int) -> Film:
        """The film of that number with its people; KeyError if there is none."""
        row = self._connection.execute(
            "SELECT title, year, other, country, wikidata, imdb, tmdb, prior, series, suffix, "
            "credits FROM film WHERE id = ?",
            (number,),
        ).fetchone()
        if row is None:
            raise KeyError(number)
        people = unpack_credits(row[10])
        names = dict(self.names({credit.person for credit in people}))
        return Film(
            id=number,
            title=row[0],
            year=row[1],
            others=tuple(row[2].split("\n")) if row[2] else (),
            countries=tuple(row[3].split("; ")) if row[3] else (),
            wikidata=row[4],
            imdb=row[5],
            tmdb=row[6],
            prior=row[7],
            series=bool(row[8]),
            suffix=row[9] or "",
            people=tuple(
                CastMember(credit.person, names[credit.person], credit.job, credit.part)
                for credit in people
            ),
        )

    def person(self, number: int) -> Person:
        """The person of that number; KeyError if there is none."""
        row = self._connection.execute(
            "SELECT name, imdb, films FROM person WHERE id = ?", (number,)
        ).fetchone()
        if row is None:
            raise KeyError(number)
        return Person(number, row[0], row[1], tuple(unpack_ids(row[2])))

    def names(self, numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
        """The names of people, by number."""
        yield from self._among("SELECT id, name FROM person WHERE id IN", sorted(numbers))

    def titles(self, numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
        """All titles of films, by number."""
        rows = self._among("SELECT id, title, other FROM film WHERE id IN", sorted(numbers))
        for number, title, others in rows:
            yield number, title
            if others:
                yield from ((number, other) for other in others.split("\n"))

    def titled(self, key: str) -> list[Titled]:
        """The films that a folded title finds."""
        rows = self._connection.execute(
            "SELECT name.film, name.kind, film.year, film.prior FROM name "
            "JOIN film ON film.id = name.film WHERE name.key = ?",
            (key,),
        )
        return [Titled(*row) for row in rows]

    def named_any(self, keys: Iterable[str]) -> list[int]:
        """The films that any of the folded titles finds."""
        return [row[0] for row in self._among("SELECT film FROM name WHERE key IN", sorted(keys))]

    def beginning(self, start: str, *, limit: int) -> list[int]:
        """Films one of whose folded titles begins so."""
        rows = self._connection.execute(
            "SELECT film FROM name WHERE key >= ? AND key < ? LIMIT ?",
            (start, f"{start}\uffff", limit),
        )
        return [row[0] for row in rows]

    def with_words(self, words: Sequence[str], *, limit: int) -> list[int]:
        """The best known films whose titles hold all the words, by their rarest word."""
        hashes = [word_hash(word) for word in dict.fromkeys(words)]
        if not hashes:
            return []
        rarest = min(hashes, key=lambda word: self._frequency(word, 16 * limit))
        others = [word for word in hashes if word != rarest]
        held = "".join(
            " AND EXISTS (SELECT 1 FROM word AS o WHERE o.word = ? AND o.film = word.film)"
            for _ in others
        )
        rows = self._connection.execute(
            f"SELECT film FROM word WHERE word = ?{held} LIMIT ?",  # noqa: S608 - only marks
            (rarest, *others, limit),
        )
        return [row[0] for row in rows]

    def people_named(self, wanted: str) -> list[Person]:
        """People of exactly that key, best known first."""
        found = []
        for first, people in self.bearers([surname_of(wanted)]):
            at = self.person_at(wanted, first, first + people)
            while at < first + people:
                person = self.person(at)
                if name_key(person.name) != wanted:
                    break
                found.append(person)
                at += 1
        return found

    def bearers(self, surnames: Iterable[str]) -> list[tuple[int, int]]:
        """Where the people of each surname stand: the first one's number, and how many they are."""
        rows = self._among(
            "SELECT first, people FROM surname WHERE word IN", sorted(map(word_hash, surnames))
        )
        return list(rows)

    def people_between(self, first: int, end: int) -> list[tuple[int, str]]:
        """Numbers and names of people that stand side by side."""
        return self._connection.execute(
            "SELECT id, name FROM person WHERE id >= ? AND id < ?", (first, end)
        ).fetchall()

    def person_at(self, wanted: str, first: int, end: int) -> int:
        """The first number from `first` to `end` whose key isn't below `wanted`, by halves."""
        low, high = first, end
        while low < high:
            middle = (low + high) // 2
            ((_, name),) = self.people_between(middle, middle + 1)
            if name_key(name) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _frequency(self, word: int, most: int) -> int:
        row = self._connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM word WHERE word = ? LIMIT ?)", (word, most)
        ).fetchone()
        return int(row[0])

    def _among(self, query: str, values: Sequence[int] | Sequence[str]) -> Iterator[Any]:
        for at in range(0, len(values), _AT_ONCE):
            block = values[at : at + _AT_ONCE]
            marks = ",".join("?" * len(block))
            yield from self._connection.execute(f"{query} ({marks})", block)
