"""What a server was told, noted on this machine: so that a killed build goes on where it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kg.errors import StoreError

FILE: Final = "server.sqlite"
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS told (graph TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS under_way (
    graph TEXT PRIMARY KEY, going INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class Journal:
    """By graph, a digest of what the server was told of it, and which graphs were under way.

    Only digests: no words of a page are kept here.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        with self._guarded():
            self._db = sqlite3.connect(self._path)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.executescript(_TABLES)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def told(self, graph: str) -> str:
        """The digest of what the server was last told of a graph, "" if nothing."""
        row = self._db.execute("SELECT digest FROM told WHERE graph = ?", (graph,)).fetchone()
        return str(row[0]) if row else ""

    def begin(self, graphs: Iterable[str], *, going: bool = False) -> None:
        """Note, before the first request, that these graphs are being changed, or are `going`."""
        with self._guarded(), self._db:
            for graph in graphs:
                row = (graph, int(going))
                self._db.execute("INSERT OR REPLACE INTO under_way VALUES (?, ?)", row)
                self._db.execute("DELETE FROM told WHERE graph = ?", (graph,))

    def end(self, digests: Iterable[tuple[str, str]]) -> None:
        """Note that the server has taken these graphs; an empty digest for one that is gone."""
        with self._guarded(), self._db:
            for graph, digest in digests:
                self._db.execute("DELETE FROM under_way WHERE graph = ?", (graph,))
                if digest:
                    self._db.execute("INSERT OR REPLACE INTO told VALUES (?, ?)", (graph, digest))

    def under_way(self) -> dict[str, bool]:
        """The graphs whose change was cut off, and whether they were going."""
        rows = self._db.execute("SELECT graph, going FROM under_way ORDER BY graph")
        return {graph: bool(going) for graph, going in rows}

    def mark(self, name: str) -> str:
        """A word that was noted under a name, "" if none."""
        row = self._db.execute("SELECT value FROM mark WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_mark(self, name: str, value: str) -> None:
        """Note a word under a name."""
        with self._guarded(), self._db:
            self._db.execute("INSERT OR REPLACE INTO mark VALUES (?, ?)", (name, value))

    def distrust(self) -> None:
        """Forget what the server was told: it doesn't hold that any more."""
        with self._guarded(), self._db:
            self._db.execute("DELETE FROM told")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(
                f"expected to keep notes in {self._path}, but that failed ({error}); make room, or "
                "delete the file: then the server is compared page by page"
            ) from error
