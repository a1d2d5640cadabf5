"""The published graph, open for the pages of this server; a newer snapshot is taken up by itself.

A page that is being written goes on reading the snapshot with which it began.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Final

from kg.graph.names import Names
from kg.graph.store import Store
from kg.graph.version import published_version

_PAGES: Final = 512  # made pages that are kept
_BYTES: Final = 64 << 20  # of them together


class Reading:
    """One snapshot, with what has been made of it. Several threads may read it at once."""

    def __init__(self, directory: Path) -> None:
        # first the version: what is read is never older than it is said to be
        self.version = published_version(directory)
        self.store = Store.open(directory)
        self.names = Names(self.store)
        """For looking up IRIs; `index` is the same for looking up names."""
        self.users = 0
        self.retired = False
        self._lock = Lock()
        self._made: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._making: dict[str, Lock] = {}
        self._indexed = False

    @property
    def base(self) -> str:
        """What the IRIs of the graph's own things begin with."""
        return self.store.base

    @property
    def index(self) -> Names:
        """All names, read when they are first asked for."""
        with self._making_of("index"):
            if not self._indexed:
                self.names.near("", folders=())
                self._indexed = True
        return self.names

    @contextmanager
    def _making_of(self, name: str) -> Iterator[None]:
        """One thread makes it; others that want it wait, and find it made."""
        with self._lock:
            lock = self._making.setdefault(name, Lock())
        try:
            with lock:
                yield
        finally:
            with self._lock:
                self._making.pop(name, None)

    def once(self, name: str, make: Callable[[], bytes]) -> bytes:
        """What `make` gives, made once for this snapshot as long as there is room to keep it."""
        held = self._kept(name)
        if held is not None:
            return held
        with self._making_of(name):
            held = self._kept(name)
            if held is None:
                held = make()
                self._keep(name, held)
        return held

    def _kept(self, name: str) -> bytes | None:
        with self._lock:
            if name in self._made:
                self._made.move_to_end(name)
            return self._made.get(name)

    def _keep(self, name: str, made: bytes) -> None:
        with self._lock:
            self._size += len(made) - len(self._made.get(name, b""))
            self._made[name] = made
            while self._made and (len(self._made) > _PAGES or self._size > _BYTES):
                _, dropped = self._made.popitem(last=False)
                self._size -= len(dropped)


class Library:
    """Gives out the newest snapshot, and lets go of an older one when its last reader has."""

    def __init__(self, directory: Path) -> None:
        """StoreError where there is no graph to read."""
        self._directory = directory
        self._lock = Lock()
        self._newest = Reading(directory)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """The newest snapshot, kept open as long as the block."""
        with self._lock:
            if published_version(self._directory) != self._newest.version:
                older, self._newest = self._newest, Reading(self._directory)
                older.retired = True
                if older.users == 0:
                    older.store.close()
            found = self._newest
            found.users += 1
        try:
            yield found
        finally:
            with self._lock:
                found.users -= 1
                if found.retired and found.users == 0:
                    found.store.close()

    def close(self) -> None:
        """Let go of the graph once nobody reads it."""
        with self._lock:
            self._newest.retired = True
            if self._newest.users == 0:
                self._newest.store.close()
