"""What the disk and the engine report, said so that a person knows what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError


@contextmanager
def on_disk(directory: Path) -> Iterator[None]:
    """Turn what the system and the engine report into StoreError."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        if isinstance(error, NotImplementedError | RecursionError):
            raise
        # the engine reports a damaged database as RuntimeError, the rest as OSError
        raise StoreError(_what_happened(directory, error)) from error


def _what_happened(directory: Path, error: Exception) -> str:
    told = str(error)
    low = told.lower()
    if "no space" in low or "file too large" in low or "quota" in low:
        return (
            f"the disk that holds {directory} is full ({told}); the graph is as it was before the "
            "last change: make room and run the same command again"
        )
    if "lock" in low and "resource temporarily unavailable" in low:
        return f"another process is writing the graph in {directory} ({told}); wait until it ends"
    if isinstance(error, PermissionError) or "permission denied" in low or "read-only" in low:
        return f"the graph in {directory} may not be written or read by this user ({told})"
    return (
        f"the graph in {directory} can't be read or written ({told}); if its files are damaged, "
        f"build it again with kg build SOURCE... --graph {directory} --rebuild"
    )
