"""Which published snapshot a graph's folder shows at this moment, told by one look at the disk."""

from __future__ import annotations

from pathlib import Path

from kg.graph.disk import on_disk
from kg.graph.terms import key


def published_version(directory: Path) -> str:
    """A short word that changes whenever a snapshot is published; "" before the first one.

    Ask before refreshing a store: then what is read is never older than its version tells.
    """
    pointer = directory / "CURRENT"
    with on_disk(directory):
        try:
            return key(pointer.read_bytes().decode("ascii", "replace"), pointer.stat().st_mtime_ns)
        except FileNotFoundError:
            return ""
