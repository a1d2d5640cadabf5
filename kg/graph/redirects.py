"""IRIs that have changed: a film whose year was learnt keeps its old address as a sign to the new.

`redirects.tsv` beside the graph has a line for each: the old path below the base, a tab, the new.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Final

from kg.errors import StoreError

FILE: Final = "redirects.tsv"
_STEPS: Final = 10  # a year may be learnt, and mended later


class Redirects:
    """The redirects of one graph's folder; a file that has changed is read again."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE
        self._read_at: tuple[int, int] | None = None
        self._moved: dict[str, str] = {}
        self._lock = Lock()

    def target(self, path: str) -> str | None:
        """Where the node of a path (`film/backstage`) is now; None if it never moved."""
        moved = self._read()
        found = moved.get(path)
        for _ in range(_STEPS):
            if found is None or found not in moved:
                break
            found = moved[found]
        return None if found == path else found

    def _read(self) -> dict[str, str]:
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            return {}
        with self._lock:
            if self._read_at != (stat.st_mtime_ns, stat.st_size):
                self._moved = dict(self._lines())
                self._read_at = stat.st_mtime_ns, stat.st_size
            return self._moved

    def _lines(self) -> list[tuple[str, str]]:
        found = []
        lines = self._path.read_text("utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.startswith("#"):
                continue
            old, tab, new = line.partition("\t")
            if not tab or not old.strip() or not new.strip() or "\t" in new:
                raise StoreError(
                    f"expected an old path, a tab and a new one in {self._path}, line {number}; "
                    f"found {line[:100]!r}: mend or remove the line"
                )
            found.append((old.strip(), new.strip()))
        return found
