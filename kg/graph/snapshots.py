"""The databases below a graph's folder: the writer's own, and the snapshots that readers open.

    graph.json      format version and base
    lock            the writer's process
    LIVE            the name of the writer's database
    CURRENT         the name of the snapshot that readers open
    data/live-1/    data/snapshot-7/    data/snapshot-7.lock

A pointer is replaced by renaming, so it names either the old database or the new one, and nothing
that a pointer names is ever written half.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.lock import SharedLock, unread

_PARTIAL = ".partial"


def replace_file(path: Path, content: bytes) -> None:
    """Write a small file so that a reader finds the old content or the new, never less."""
    partial = path.with_name(path.name + _PARTIAL)
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


class Databases:
    """Names, makes and clears away the databases of one graph's folder."""

    def __init__(self, directory: Path) -> None:
        self._live_pointer = directory / "LIVE"
        self._current_pointer = directory / "CURRENT"
        self._data = directory / "data"

    def live(self) -> Path | None:
        """The writer's database; None before there is one."""
        return self._named_by(self._live_pointer)

    def current(self) -> Path | None:
        """The last published snapshot; None before there is one."""
        return self._named_by(self._current_pointer)

    def new_live(self) -> Path:
        """A place for a database that isn't there yet and isn't pointed at."""
        self._data.mkdir(parents=True, exist_ok=True)
        return self._data / f"live-{self._next_number()}"

    def point_at_live(self, path: Path) -> None:
        """From now on `path` is the writer's database."""
        replace_file(self._live_pointer, path.name.encode("ascii"))

    def publish(self, database: ox.Store) -> Path:
        """Take a snapshot (hard links, no copy) and make it the one that readers open."""
        snapshot = self._data / f"snapshot-{self._next_number()}"
        partial = snapshot.with_name(snapshot.name + _PARTIAL)
        shutil.rmtree(partial, ignore_errors=True)
        database.backup(str(partial))
        _lock_file(snapshot).touch()
        partial.rename(snapshot)
        replace_file(self._current_pointer, snapshot.name.encode("ascii"))
        self.clear_away()
        return snapshot

    def open_current(self) -> tuple[Path, ox.Store, SharedLock] | None:
        """The last published snapshot, open for reading; None before there is one.

        A writer may publish and clear away between reading the pointer and taking the lock; then
        the pointer is read again.
        """
        for _ in range(100):
            snapshot = self.current()
            if snapshot is None:
                return None
            try:
                lock = SharedLock(_lock_file(snapshot))
            except FileNotFoundError:
                continue
            if not snapshot.is_dir():
                lock.release()
                continue
            try:
                return snapshot, ox.Store.read_only(str(snapshot)), lock
            except BaseException:
                lock.release()
                raise
        raise StoreError(
            f"expected the snapshot that {self._current_pointer} names, found none; "
            "build the graph again with kg build --rebuild"
        )

    def clear_away(self) -> None:
        """Remove databases that no pointer names, except snapshots that someone is reading.

        Only the writer may call it, and only while it holds the lock.
        """
        kept = {path for path in (self.live(), self.current()) if path is not None}
        for path in self._databases():
            if path not in kept:
                self._remove(path)

    def drop_replaced(self, snapshot: Path) -> None:
        """Remove a snapshot that isn't the current one, if nobody reads it; any reader may call it.

        A reader who may not write there leaves it to the next writer.
        """
        try:
            if snapshot not in (self.current(), self.live()):
                self._remove(snapshot)
        except (OSError, StoreError):
            return

    def _remove(self, path: Path) -> None:
        with unread(_lock_file(path)) as free:
            if free:
                # what can't be removed now (Windows: still open somewhere) goes the next time
                shutil.rmtree(path, ignore_errors=True)
        if free and not path.exists():
            _lock_file(path).unlink(missing_ok=True)

    def _databases(self) -> Iterator[Path]:
        if self._data.is_dir():
            yield from (path for path in self._data.iterdir() if path.is_dir())

    def _next_number(self) -> int:
        numbers = (
            path.name.removesuffix(_PARTIAL).rpartition("-")[2] for path in self._databases()
        )
        return max((int(number) for number in numbers if number.isdecimal()), default=0) + 1

    def _named_by(self, pointer: Path) -> Path | None:
        try:
            name = pointer.read_text("ascii").strip()
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            name = ""
        if not name or Path(name).name != name:
            raise StoreError(
                f"expected the name of a database in {pointer}, found {name!r}; "
                "build the graph again with kg build --rebuild"
            )
        return self._data / name


def _lock_file(snapshot: Path) -> Path:
    return snapshot.with_name(snapshot.name + ".lock")
