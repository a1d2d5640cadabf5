"""Things that have another path than before: a film whose year was learnt, people who met.

What a name meant before is compared with what it means now. Where the old path names nothing any
more, the one that most of its names mean now is where it went.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from kg.link.scratch import page_number
from kg.model import Link

_MOVED = """
SELECT before.path, coalesce(now.own, entity.path), count(*) AS names
FROM before JOIN {table} AS now USING (page, cluster) JOIN entity ON entity.number = now.entity
WHERE before.path <> coalesce(now.own, entity.path)
AND NOT EXISTS (SELECT 1 FROM entity AS other WHERE other.path = before.path)
GROUP BY 1, 2 ORDER BY 1, names DESC, 2
"""


class Moves:
    """Finds them. `fresh` are the moves of this run, `alive` the known old paths in use again."""

    def __init__(
        self, before: Iterable[tuple[str, str, str]] = (), known: Mapping[str, str] | None = None
    ) -> None:
        """`before` are (page id, cluster, path) of the last run; `known` are earlier moves."""
        self._before = before
        self._known = dict(known or {})
        self.fresh: dict[str, str] = {}
        self.alive: set[str] = set()

    def find(self, rows: sqlite3.Connection) -> None:
        """Compare, once every row has its entity."""
        rows.execute("CREATE TABLE before (page INTEGER, cluster TEXT, path TEXT)")
        rows.executemany(
            "INSERT INTO before VALUES (?, ?, ?)",
            ((page_number(page), cluster, path) for page, cluster, path in self._before),
        )
        found: dict[str, str] = {}
        for table in ("film", "person"):
            moved = rows.execute(_MOVED.format(table=table))
            for old, new, _ in moved:
                if old.partition("/")[0] in _MAY_BECOME.get(new.partition("/")[0], ()):
                    found.setdefault(old, new)
        self.fresh = found
        self.alive = {
            old
            for old in self._known
            if rows.execute("SELECT 1 FROM entity WHERE path = ?", (old,)).fetchone()
        }
        rows.execute("DROP TABLE before")

    @property
    def all(self) -> dict[str, str]:
        """Old and new paths: those known before and still true, and those of this run."""
        kept = {old: new for old, new in self._known.items() if old not in self.alive}
        return kept | self.fresh


_MAY_BECOME = {"film": ("film", "work"), "work": ("work", "film"), "person": ("person",)}


def paths(links: Iterable[Link]) -> Iterator[tuple[str, str]]:
    """(cluster, path) of what may have another path one day: what the catalogue doesn't know."""
    for link in links:
        path = link.own or link.entity.id
        if path.partition("/")[0] in _MAY_BECOME and (link.own or not link.entity.linked):
            yield link.cluster, path


def end_of(path: str, moved: Mapping[str, str]) -> str:
    """Where a path leads at last, itself if it never moved."""
    seen = {path}
    while (following := moved.get(path)) is not None and following not in seen:
        path = following
        seen.add(path)
    return path
