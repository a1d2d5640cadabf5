"""The file between the two passes: what every page names, in rows that are grouped by key.

A row's page is a number made from the page's id, so that no result depends on the order in which
pages come. The same rows can be grouped by any engine that groups by key.
"""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from pathlib import Path

from kg.errors import KgError

_TABLES = """
CREATE TABLE page (number INTEGER PRIMARY KEY, id TEXT NOT NULL);
CREATE TABLE film (
    page INTEGER, cluster TEXT, kind TEXT, key TEXT, name TEXT, catalogue INTEGER, score REAL,
    firm INTEGER, topic INTEGER, year INTEGER, directors TEXT, actors TEXT, rejected TEXT,
    reasons TEXT, silent INTEGER, maybe INTEGER, apart TEXT, rivals TEXT, entity INTEGER,
    own TEXT
);
CREATE TABLE person (
    page INTEGER, cluster TEXT, key TEXT, bare TEXT, name TEXT, known INTEGER, score REAL,
    reasons TEXT, silent INTEGER, apart INTEGER, node TEXT, entity INTEGER, own TEXT
);
CREATE TABLE credit (page INTEGER, person TEXT, film TEXT, job TEXT, part TEXT);
CREATE TABLE character (
    page INTEGER, cluster TEXT, key TEXT, name TEXT, film TEXT, actor TEXT, silent INTEGER,
    entity INTEGER
);
CREATE TABLE thing (
    page INTEGER, cluster TEXT, kind TEXT, key TEXT, name TEXT, silent INTEGER, entity INTEGER
);
CREATE TABLE entity (
    number INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL,
    year INTEGER, same_as TEXT NOT NULL, others TEXT NOT NULL, linked INTEGER NOT NULL
);
CREATE TABLE catalogued (film INTEGER PRIMARY KEY, entity INTEGER NOT NULL);
CREATE TABLE node (node TEXT PRIMARY KEY, entity INTEGER NOT NULL) WITHOUT ROWID;
"""

_INDEXES = """
CREATE INDEX film_key ON film (kind, key);
CREATE UNIQUE INDEX film_page ON film (page, cluster);
CREATE INDEX film_maybe ON film (maybe) WHERE maybe IS NOT NULL;
CREATE INDEX person_page ON person (page, cluster);
CREATE INDEX character_page ON character (page, cluster);
CREATE INDEX thing_page ON thing (page);
CREATE INDEX thing_key ON thing (kind, key);
CREATE INDEX credit_page ON credit (page, person);
"""


def page_number(page_id: str) -> int:
    """A number that stands for the page, the same in every run."""
    digest = hashlib.blake2b(page_id.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


class Scratch:
    """The open file, below `folder` or where temporary files go; it is removed at the end."""

    def __init__(self, folder: Path | None, *, in_memory: bool = False) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        place = ":memory:"
        if not in_memory:
            self._folder = tempfile.TemporaryDirectory(prefix="linking-", dir=folder)
            place = str(Path(self._folder.name) / "names.sqlite")
        self.rows = sqlite3.connect(place, isolation_level=None)
        self.rows.execute("PRAGMA journal_mode = OFF")
        self.rows.execute("PRAGMA synchronous = OFF")
        self.rows.execute("PRAGMA cache_size = -32768")
        self.rows.executescript(_TABLES)
        self.rows.execute("BEGIN")

    def add_page(self, page_id: str) -> int:
        """Enter a page; KgError if one of that id has come already."""
        number = page_number(page_id)
        try:
            self.rows.execute("INSERT INTO page VALUES (?, ?)", (number, page_id))
        except sqlite3.IntegrityError:
            raise KgError(
                f"expected each page once, found the page id {page_id!r} twice; give the two pages "
                "ids of their own"
            ) from None
        return number

    def index(self) -> None:
        """Lay the indexes, once all rows are in."""
        self.rows.executescript(f"{_INDEXES} BEGIN;")  # which first ends the open transaction

    def close(self) -> None:
        """Close the file and remove it."""
        self.rows.close()
        if self._folder is not None:
            self._folder.cleanup()

    def __enter__(self) -> Scratch:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
