"""Opens a graph wherever it is: in a folder or on a SPARQL server."""

from __future__ import annotations

from pathlib import Path

from kg.graph.remote.address import Remote, place
from kg.graph.store import Store


def open_graph(
    graph: str | Path | Remote,
    *,
    write: bool = False,
    base: str | None = None,
    rebuild: bool = False,
) -> Store:
    """The graph in a folder, or at an address that begins with `http://` or `https://`.

    See `Store.open` and `RemoteStore.connect`.
    """
    found = place(graph)
    if isinstance(found, Remote):
        from kg.graph.remote.store import RemoteStore  # what reads a folder needs no HTTP

        return RemoteStore.connect(found, write=write, base=base, rebuild=rebuild)
    return Store.open(found, write=write, base=base, rebuild=rebuild)
