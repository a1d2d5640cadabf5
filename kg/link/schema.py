"""The catalogue's file: an SQLite database of films, people and folded names, and its packing.

film    one row a film, best known first, so that the first rows of any look-up are the likeliest;
        its credits packed in one blob, so that millions of them stay small
person  one row a person, numbered in the order of `name_key` (so that a search by halves finds a
        name, and near names stand side by side), of one name the best known first; the films
        that credit them, packed likewise
surname hash of a surname -> the first of its people and their number
name    folded title -> film (`kind` says what sort of title), a B-tree that also serves prefixes
word    hash of a title's word -> film, for short forms and as block of the typing errors
info    what the file is: format, sources, counts
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from enum import IntEnum
from itertools import groupby
from typing import NamedTuple

FORMAT = 2

SCHEMA = """
CREATE TABLE film (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, year INTEGER, other TEXT, country TEXT,
    wikidata INTEGER, imdb INTEGER, tmdb INTEGER, prior REAL NOT NULL, series INTEGER NOT NULL,
    suffix TEXT, credits BLOB
);
CREATE TABLE person (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, imdb INTEGER, films BLOB
);
CREATE TABLE surname (
    word INTEGER NOT NULL, first INTEGER NOT NULL, people INTEGER NOT NULL,
    PRIMARY KEY (word, first)
) WITHOUT ROWID;
CREATE TABLE name (
    key TEXT NOT NULL, film INTEGER NOT NULL, kind INTEGER NOT NULL, PRIMARY KEY (key, film)
) WITHOUT ROWID;
CREATE TABLE word (
    word INTEGER NOT NULL, film INTEGER NOT NULL, PRIMARY KEY (word, film)
) WITHOUT ROWID;
CREATE TABLE info (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class NameKind(IntEnum):
    """How a key stands to the film's title, best first."""

    TITLE = 0
    OTHER = 1  # an original, alternative or alias title
    PART = 2  # before or after the colon
    SHORT = 3  # some of its words in a row; never stored, found through the words
    TYPO = 4  # a near spelling; never stored either


class Credit(NamedTuple):
    """One person's part in a film: `job` is "d" for a director, "a" for the cast."""

    person: int
    job: str
    part: str


def pack_credits(people: Iterable[Credit]) -> bytes:
    """One blob of a film's credits, in their order."""
    lines = "\n".join(f"{credit.job}{credit.person:x}\t{credit.part}" for credit in people)
    return lines.encode()


def unpack_credits(blob: bytes | None) -> list[Credit]:
    """The credits that `pack_credits` packed."""
    if not blob:
        return []
    people = []
    for line in blob.decode().split("\n"):
        person, _, part = line.partition("\t")
        people.append(Credit(int(person[1:], 16), person[0], part))
    return people


def pack_ids(ids: Iterable[int]) -> bytes:
    """Ascending ids as variable-length differences."""
    out = bytearray()
    last = 0
    for number in sorted(ids):
        step = number - last
        last = number
        while step >= 0x80:
            out.append(step & 0x7F | 0x80)
            step >>= 7
        out.append(step)
    return bytes(out)


def unpack_ids(blob: bytes | None) -> list[int]:
    """The ids that `pack_ids` packed."""
    ids = []
    last = step = shift = 0
    for byte in blob or b"":
        step |= (byte & 0x7F) << shift
        if byte & 0x80:
            shift += 7
            continue
        last += step
        ids.append(last)
        step = shift = 0
    return ids


def word_hash(word: str) -> int:
    """The number that stands for a folded word; two words sharing one only cost a comparison."""
    return zlib.crc32(word.encode()) & 0x7FFFFFFF


def surname_of(key: str) -> str:
    """The surname that begins a person's key (`davis bette`)."""
    return key.partition(" ")[0]


def surname_rows(keys: Iterable[str]) -> Iterator[tuple[int, int, int]]:
    """The rows of `surname`, from the keys of all people in their order."""
    first = 1
    for surname, block in groupby(keys, key=surname_of):
        people = sum(1 for _ in block)
        yield word_hash(surname), first, people
        first += people


def create(connection: sqlite3.Connection) -> None:
    """Lay out an empty catalogue."""
    connection.executescript(SCHEMA)
    connection.execute("INSERT INTO info VALUES ('format', ?)", (str(FORMAT),))
