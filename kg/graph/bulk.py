"""The way in for a whole graph at once: a file of N-Quads, loaded into a database of its own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.graph.ntriples import written
from kg.graph.terms import Quad

_LINES_AT_ONCE = 20_000


def load(quads: Iterable[Quad], *, into: Path, apart: frozenset[str]) -> int:
    """Make the database `into` from the quads of pages; returns how many quads were given.

    Every triple also goes into the default graph, unless its graph is one of those that stand
    `apart`; there, as everywhere, the engine keeps it once.
    """
    lines_path = into.with_name(into.name + ".nq")
    try:
        number = _write(quads, lines_path, apart)
        database = ox.Store(str(into))
        # lenient: our own writer has made these lines of terms that were cleaned before
        database.bulk_load(path=str(lines_path), format=ox.RdfFormat.N_QUADS, lenient=True)
        database.flush()
        return number
    finally:
        lines_path.unlink(missing_ok=True)


def _write(quads: Iterable[Quad], path: Path, apart: frozenset[str]) -> int:
    number = 0
    lines: list[str] = []
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for subject, predicate, obj, graph in quads:
            triple = f"<{subject}> <{predicate}> {written(obj)}"
            lines.append(f"{triple} <{graph}> .\n")
            if graph not in apart:
                lines.append(f"{triple} .\n")
            number += 1
            if len(lines) >= _LINES_AT_ONCE:
                file.writelines(lines)
                lines.clear()
        file.writelines(lines)
    return number
