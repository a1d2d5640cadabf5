"""The extractions of a graph's pages, kept beside it, so that none is read twice.

One SQLite file: a row a page with its extraction (MessagePack, deflated), a fingerprint of all that
the extraction depends on, and a digest of what the store was last given of the page. A second table
keeps what the page's names were last linked to, and why.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import msgspec

from kg.errors import StoreError
from kg.link.moves import paths
from kg.model import Extraction, Link, LinkedPage

EXTRACTIONS = "extractions.sqlite"  # beside the store, in the graph's folder

# A change of the values in kg/model.py that old rows can't be read into takes a new number.
FORMAT = 1

_TABLES = """
CREATE TABLE IF NOT EXISTS page (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, fingerprint TEXT NOT NULL,
    extraction BLOB NOT NULL, written TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS page_source ON page (source);
CREATE TABLE IF NOT EXISTS link (
    page TEXT PRIMARY KEY, paths TEXT NOT NULL, links BLOB NOT NULL
) WITHOUT ROWID;
"""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Extraction).decode
_decode_links = msgspec.msgpack.Decoder(list[tuple[str, Link]]).decode


@dataclass(frozen=True, slots=True)
class CachedPage:
    """Which pages the cache holds: the page's id, its source, its fingerprint."""

    id: str
    source: str
    fingerprint: str


class Cache:
    """The extractions of a graph's pages. A context manager; what was put is kept."""

    def __init__(self, path: Path, *, writable: bool = True) -> None:
        """Open the file, or make it. StoreError where that can't be.

        One of another format begins empty; where it isn't `writable`, it is a StoreError.
        """
        try:
            mode = "rwc" if writable else "ro"
            self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True)
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if not writable:
                if version != FORMAT:
                    raise StoreError(
                        f"expected extractions of format {FORMAT} in {path}, found {version}; "
                        "build that graph again with kg build"
                    )
                return
            if version not in (0, FORMAT):
                self._db.executescript("DROP TABLE IF EXISTS page;")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.executescript(_TABLES)
            self._db.execute(f"PRAGMA user_version = {FORMAT}")
            self._db.commit()
        except sqlite3.Error as error:
            raise StoreError(
                f"expected a readable file of extractions at {path}, found: {error}; "
                "delete the file to have every page read again"
            ) from error

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.close()

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM page").fetchone()[0])

    def fingerprint(self, page: str) -> str:
        """What the page's extraction was made from, "" for a page not held."""
        row = self._db.execute("SELECT fingerprint FROM page WHERE id = ?", (page,)).fetchone()
        return str(row[0]) if row else ""

    def put(self, rows: Iterable[tuple[Extraction, str]]) -> None:
        """Keep extractions with their fingerprints, all or none."""
        with _guarded(), self._db:
            self._db.executemany(
                "INSERT INTO page (id, source, fingerprint, extraction) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET source = excluded.source, "
                "fingerprint = excluded.fingerprint, extraction = excluded.extraction",
                (
                    (row.page.id, row.page.source, mark, zlib.compress(_encode(row), 3))
                    for row, mark in rows
                ),
            )

    def pages(self) -> list[str]:
        """The ids of all pages, in order."""
        return [row[0] for row in self._db.execute("SELECT id FROM page ORDER BY id")]

    def take(self, other: Cache) -> tuple[int, list[str]]:
        """Keep another cache's extractions too, all or none.

        Gives how many pages both had, and the sources of those whose extractions differ: of these,
        the own one stays.
        """
        shared = 0
        differing: list[str] = []
        linked = other._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'link'").fetchone()
        with _guarded(), self._db:
            rows = other._db.execute("SELECT id, source, fingerprint, extraction FROM page")
            for row in rows:
                held = self._db.execute(
                    "SELECT fingerprint, extraction FROM page WHERE id = ?", row[:1]
                ).fetchone()
                if held is None:
                    self._db.execute(
                        "INSERT INTO page (id, source, fingerprint, extraction) "
                        "VALUES (?, ?, ?, ?)",
                        row,
                    )
                    if linked:  # what its names meant, so that an IRI that moves is followed
                        self._db.executemany(
                            "INSERT OR REPLACE INTO link VALUES (?, ?, ?)",
                            other._db.execute("SELECT * FROM link WHERE page = ?", row[:1]),
                        )
                    continue
                shared += 1
                if held != row[2:]:
                    differing.append(str(row[1]))
        return shared, sorted(differing)

    def extractions(self) -> Iterator[Extraction]:
        """All extractions by page id, one at a time."""
        cursor = self._db.execute("SELECT extraction FROM page ORDER BY id")
        for (blob,) in cursor:
            yield _decode(zlib.decompress(blob))

    def extraction(self, page: str) -> Extraction | None:
        """One page's extraction, None for a page not held."""
        row = self._db.execute("SELECT extraction FROM page WHERE id = ?", (page,)).fetchone()
        return _decode(zlib.decompress(row[0])) if row else None

    def written(self) -> dict[str, str]:
        """By page id, a digest of what the store was last given."""
        return dict(self._db.execute("SELECT id, written FROM page"))

    def mark_written(self, digests: Iterable[tuple[str, str]]) -> None:
        """Remember what the store was given of each (page id, digest), all or none."""
        with _guarded(), self._db:
            self._db.executemany(
                "UPDATE page SET written = ? WHERE id = ?",
                ((digest, page) for page, digest in digests),
            )
            # of a rebuild's pages that are no more
            self._db.execute("DELETE FROM link WHERE page NOT IN (SELECT id FROM page)")

    def keep_links(self, pages: Iterable[LinkedPage]) -> None:
        """Keep what the names of some pages mean, in place of what they meant before."""
        with _guarded(), self._db:
            self._db.executemany(
                "INSERT OR REPLACE INTO link VALUES (?, ?, ?)", map(_link_row, pages)
            )

    def links(self, page: str) -> list[tuple[str, Link]]:
        """The names of a page as it gives them and what they mean, those in menus left out."""
        tables = self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'link'").fetchone()
        if tables is None:
            return []  # no build has written to this file since links are kept
        row = self._db.execute("SELECT links FROM link WHERE page = ?", (page,)).fetchone()
        return _decode_links(zlib.decompress(row[0])) if row else []

    def paths(self) -> Iterator[tuple[str, str, str]]:
        """(page, cluster, path) of what may have another path after the next linking."""
        for page, told in self._db.execute("SELECT page, paths FROM link"):
            for line in told.splitlines():
                cluster, _, path = line.partition(" ")
                yield page, cluster, path

    def find(self, source: str) -> list[CachedPage]:
        """The pages of a source: its name, its id, or the folder above it."""
        rows = self._db.execute(
            "SELECT id, source, fingerprint FROM page "
            "WHERE id = ?1 OR source = ?1 OR "
            "substr(source, 1, length(?1) + 1) IN (?1 || '/', ?1 || '#') ORDER BY id",
            (source.rstrip("/"),),
        )
        return [CachedPage(*row) for row in rows]

    def forget(self, pages: Iterable[str]) -> None:
        """Drop pages and their text for good: the file's free space is overwritten."""
        with _guarded():
            self._db.execute("PRAGMA secure_delete = ON")
            with self._db:
                gone = [(page,) for page in pages]
                self._db.executemany("DELETE FROM page WHERE id = ?", gone)
                self._db.executemany("DELETE FROM link WHERE page = ?", gone)
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._db.execute("VACUUM")

    def clear(self) -> None:
        """Drop every page."""
        with _guarded(), self._db:
            self._db.execute("DELETE FROM page")


def _link_row(linked: LinkedPage) -> tuple[str, str, bytes]:
    names = {one.id: one.name for one in linked.extraction.clusters if not one.silent}
    kept = [(names[link.cluster], link) for link in linked.links if link.cluster in names]
    told = "\n".join(f"{cluster} {path}" for cluster, path in paths(link for _, link in kept))
    return linked.page.id, told, zlib.compress(_encode(kept), 3)


@contextmanager
def _guarded() -> Iterator[None]:
    """Turn SQLite's errors (a full disk, a locked file) into StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(
            f"the extractions can't be written or read: {error}; what was built before is kept, "
            "make room or end the other process and run the command again"
        ) from error
