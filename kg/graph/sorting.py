"""Sorting more than memory holds: records go to a file in sorted runs, which are merged again."""

from __future__ import annotations

import heapq
import marshal
from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Final, Self

_AT_ONCE: Final = 48_000_000  # bytes of records that are sorted in memory
_TOGETHER: Final = 256  # records that are read back from a run at once


class Sorter:
    """Takes records in any order and gives them back sorted by their bytes.

    Use it as a context manager: what doesn't fit lies in a nameless file that goes with it. It is
    read once, when all records are in.
    """

    def __init__(self, *, at_once: int = _AT_ONCE) -> None:
        self._at_once = at_once
        self._records: list[bytes] = []
        self._held = 0
        self._open = ExitStack()
        self._spilled: IO[bytes] | None = None
        self._runs: list[tuple[int, int]] = []  # where each begins in the file, and its blocks

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._records = []
        self._open.close()

    def add(self, record: bytes) -> None:
        """Take one more record. OSError if the disk for temporary files is full."""
        self._records.append(record)
        self._held += len(record)
        if self._held > self._at_once:
            self._spill()

    def __iter__(self) -> Iterator[bytes]:
        self._records.sort()
        if not self._runs:
            return iter(self._records)
        return heapq.merge(*(self._run(*run) for run in self._runs), self._records)

    def _spill(self) -> None:
        if self._spilled is None:
            file = TemporaryFile(prefix="film-kg-")  # noqa: SIM115 - the stack closes it
            self._spilled = self._open.enter_context(file)
        self._records.sort()
        start = self._spilled.seek(0, 2)
        blocks = range(0, len(self._records), _TOGETHER)
        for at in blocks:
            marshal.dump(self._records[at : at + _TOGETHER], self._spilled)
        self._runs.append((start, len(blocks)))
        self._records, self._held = [], 0

    def _run(self, start: int, blocks: int) -> Iterator[bytes]:
        assert self._spilled is not None
        for _ in range(blocks):
            self._spilled.seek(start)
            block: list[bytes] = marshal.load(self._spilled)  # noqa: S302 - our own, nameless file
            start = self._spilled.tell()
            yield from block
