"""One writer a graph, and no snapshot removed under a reader: locks that end with their process."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from kg.errors import StoreError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_held: Final[set[Path]] = set()
# far behind the number in the file, because Windows keeps others from reading locked bytes
_LOCKED_BYTE: Final = 1 << 20


class WriterLock:
    """Held by the one process that may write a graph; the file holds that process's number.

    The system lets go of the lock when the process ends, however it ends; a forked child does not
    inherit it.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock, or raise StoreError that names the process which holds it."""
        self._path = path.resolve()
        if self._path in _held:
            raise _in_use(self._path, os.getpid())
        # not truncated before it is ours: the number in it may be another's
        self._file: IO[str] = self._path.open("a+", encoding="ascii")
        try:
            _lock_exclusively(self._file.fileno())
        except OSError as error:
            self._file.seek(0)
            holder = self._file.read().strip()
            self._file.close()
            raise _in_use(self._path, int(holder) if holder.isdecimal() else None) from error
        self._file.truncate(0)
        self._file.write(f"{os.getpid()}\n")
        self._file.flush()
        _held.add(self._path)

    def release(self) -> None:
        """Let the next writer in; a second call does nothing."""
        if self._path in _held and not self._file.closed:
            _held.discard(self._path)
            self._file.truncate(0)
            self._file.close()


class SharedLock:
    """Held by each reader of a snapshot, so that the writer leaves the snapshot where it is."""

    def __init__(self, path: Path) -> None:
        """Take the lock; FileNotFoundError if the snapshot is gone."""
        self._descriptor = os.open(path, os.O_RDONLY)
        if sys.platform != "win32":  # there, open files can't be removed in the first place
            fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def release(self) -> None:
        """Let go; a second call does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


@contextmanager
def unread(path: Path) -> Iterator[bool]:
    """Whether no reader holds the `SharedLock` of that file; new ones wait until this is left."""
    if sys.platform == "win32":
        yield True
        return
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        yield True
        return
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def _lock_exclusively(descriptor: int) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _in_use(path: Path, holder: int | None) -> StoreError:
    who = f"process {holder}" if holder else "another process"
    return StoreError(
        f"expected to be the only writer of the graph in {path.parent}, but {who} is writing it; "
        "wait until it has ended (reading goes on meanwhile), or give another --graph"
    )
