"""IRIs that have changed: a film whose year was learnt keeps its old address as a sign to the new.

`redirects.tsv` beside the graph has a line for each: the old path below the base, a tab, the new.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Final

from kg.errors import StoreError

FILE: Final = "redirects.tsv"
_STEPS: Final = 10  # a year may be learnt, and mended later


_HEAD: Final = "# Paths that things had, and those that they have now. Written by every build.\n"


def read_redirects(directory: Path) -> dict[str, str]:
    """Old and new paths of a graph's folder, none where there is no file.

    StoreError, with the line, where one isn't an old path, a tab and a new one.
    """
    path = directory / FILE
    if not path.exists():
        return {}
    moved = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        old, tab, new = line.partition("\t")
        if not tab or not old.strip() or not new.strip() or "\t" in new:
            raise StoreError(
                f"expected an old path, a tab and a new one in {path}, line {number}; "
                f"found {line[:100]!r}: mend or remove the line"
            )
        moved[old.strip()] = new.strip()
    return moved


def write_redirects(directory: Path, moved: Mapping[str, str]) -> None:
    """Write the file of a graph's folder anew, whole or not at all."""
    part = directory / f"{FILE}.part"
    lines = "".join(f"{old}\t{new}\n" for old, new in sorted(moved.items()))
    part.write_text(_HEAD + lines, encoding="utf-8")
    part.replace(directory / FILE)


class Redirects:
    """The redirects of one graph's folder; a file that has changed is read again."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
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
            stat = (self._directory / FILE).stat()
        except FileNotFoundError:
            return {}
        with self._lock:
            if self._read_at != (stat.st_mtime_ns, stat.st_size):
                self._moved = read_redirects(self._directory)
                self._read_at = stat.st_mtime_ns, stat.st_size
            return self._moved
