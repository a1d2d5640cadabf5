"""The way in for a whole graph at once: a file of N-Quads, loaded into a database of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.graph.disk import on_disk
from kg.graph.ntriples import written
from kg.graph.terms import Quad

_LINES_AT_ONCE = 20_000


def load(quads: Iterable[Quad], *, into: Path, apart: frozenset[str], once: tuple[str, ...]) -> int:
    """Make the database `into` from the quads of pages; returns how many quads were given.

    Every triple also goes into the default graph, unless its graph is one of those that stand
    `apart`; what is said of nodes whose IRIs begin with one of `once` goes there and nowhere else.
    There, as everywhere, the engine keeps a triple once. StoreError if the disk can't take it.
    """
    lines_path = into.with_name(into.name + ".nq")
    try:
        number = 0
        with on_disk(into.parent):
            file = lines_path.open("w", encoding="utf-8", newline="\n")
        with file:
            for lines, quads_in_them in lines_of(quads, apart=apart, once=once):
                with on_disk(into.parent):
                    file.writelines(lines)
                number += quads_in_them
        with on_disk(into.parent):
            database = ox.Store(str(into))
            # lenient: our own writer has made these lines of terms that were cleaned before
            database.bulk_load(path=str(lines_path), format=ox.RdfFormat.N_QUADS, lenient=True)
            database.flush()
    finally:
        lines_path.unlink(missing_ok=True)
    return number


def lines_of(
    quads: Iterable[Quad], *, apart: frozenset[str], once: tuple[str, ...]
) -> Iterator[tuple[list[str], int]]:
    """Lines of N-Quads, many at a time, and how many quads they hold."""
    lines: list[str] = []
    number = 0
    for subject, predicate, obj, graph in quads:
        triple = f"<{subject}> <{predicate}> {written(obj)}"
        if graph in apart:
            lines.append(f"{triple} <{graph}> .\n")
        elif subject.startswith(once):
            lines.append(f"{triple} .\n")
        else:
            lines.append(f"{triple} <{graph}> .\n{triple} .\n")
        number += 1
        if len(lines) >= _LINES_AT_ONCE:
            yield lines, number
            lines, number = [], 0
    yield lines, number
