"""A graph read in a fixed order: subject by subject, each with its predicates and objects.

Exports that people read start from here. The terms are N-Triples as bytes, because the engine
writes and Python sorts those much faster than terms that are objects. The engine writes all that is
said of a node together; nodes are sorted outside memory, so that it doesn't grow with the graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import IO, Final, NamedTuple, cast

import pyoxigraph as ox

from kg.graph.iris import FOLDERS
from kg.graph.ntriples import node
from kg.graph.sorting import Sorter
from kg.graph.store import Store
from kg.vocab import FK, OA, RDF

Said = list[tuple[bytes, bytes]]


class Subject(NamedTuple):
    """A node and what is said of it: sorted (predicate, object) pairs.

    `folder` is the part of the graph that the node belongs to ("film", "claim"), "" if none.
    """

    iri: bytes
    folder: str
    said: Said


# hashes say nothing to a reader, so these nodes are sorted by what they are about
_SORTED_BY: Final = {
    "claim": (RDF.subject, RDF.predicate, RDF.object),
    "passage": (OA.hasSource, OA.start),
    "reference": (FK.from_, FK.to),
}
_SORT_KEYS: Final = {
    folder: tuple(f"<{predicate}> ".encode() for predicate in predicates)
    for folder, predicates in _SORTED_BY.items()
}
_PLACES: Final = {folder: b"%02d" % place for place, folder in enumerate((*FOLDERS, ""))}
# neither stands in an IRI, nor in a number; the first sorts before all that does
_BETWEEN: Final = b"\x00"
_BEHIND_KEY: Final = b"\x01"
_AT_ONCE: Final = 1_000_000  # bytes that are taken apart together


def sorted_lines(store: Store, graph: str | None = None) -> Iterator[bytes]:
    """The N-Triples lines of one graph (None: the default graph), sorted by their bytes.

    Each ends with its line end.
    """
    with Sorter() as sorter:
        _dump(store, graph, lambda lines: sorter.add(b"\n".join(sorted(lines)) + b"\n"))
        yield from sorter


def subjects(store: Store, graph: str | None = None) -> Iterator[Subject]:
    """The nodes of one graph: films first, words last, by IRI within each folder."""
    base = f"<{store.base}".encode()
    with Sorter() as sorter:
        _dump(store, graph, lambda lines: sorter.add(_record(lines, base)))
        yield from _read(sorter)


def _read(records: Iterable[bytes]) -> Iterator[Subject]:
    for key, parts in groupby((record.split(_BEHIND_KEY, 1) for record in records), key=_first):
        said = [
            (predicate, obj)
            for _, lines in parts
            for predicate, _, obj in (line.partition(b" ") for line in lines.split(b"\n"))
        ]
        yield Subject(key[key.rindex(_BETWEEN) + 1 :], _FOLDER_AT[key[:2]], said)


_FOLDER_AT: Final = {place: folder for folder, place in _PLACES.items()}


def _first(parts: list[bytes]) -> bytes:
    return parts[0]


def _record(lines: list[bytes], base: bytes) -> bytes:
    """All that is said of one node, led by what it is sorted by."""
    first = lines[0]
    cut = first.index(b" ")
    iri = first[:cut]
    folder = ""
    if iri.startswith(base):
        folder = iri[len(base) : iri.find(b"/", len(base))].decode("ascii", "replace")
        if folder not in _PLACES:
            folder = ""
    said = sorted(line[cut + 1 : -2] for line in lines)
    about = (
        next((_key(one, len(predicate)) for one in said if one.startswith(predicate)), b"")
        for predicate in _SORT_KEYS.get(folder, ())
    )
    key = (_PLACES[folder], *about, iri)
    return _BETWEEN.join(key) + _BEHIND_KEY + b"\n".join(said)


def _key(said: bytes, at: int) -> bytes:
    """An object to sort by; numbers, as all literals, by length first."""
    obj = said[at:]
    if obj[:1] != b'"':
        return obj
    return (b"%9d" % len(obj) + obj).replace(_BETWEEN, b" ").replace(_BEHIND_KEY, b" ")


def _dump(store: Store, graph: str | None, take: Callable[[list[bytes]], None]) -> None:
    """Give the lines of each node together, in the engine's order, without their line ends."""
    lines = _Lines(take)
    of = ox.DefaultGraph() if graph is None else node(graph)
    store.engine.dump(cast(IO[bytes], lines), format=ox.RdfFormat.N_TRIPLES, from_graph=of)
    lines.close()


class _Lines:
    """A file that the engine writes N-Triples into."""

    def __init__(self, take: Callable[[list[bytes]], None]) -> None:
        self._take = take
        self._written: list[bytes] = []
        self._size = 0
        self._node = b""
        self._lines: list[bytes] = []

    def write(self, written: bytes) -> int:
        """Take what the engine has written; it may end within a line."""
        self._written.append(bytes(written))
        self._size += len(written)
        if self._size > _AT_ONCE:
            self._divide()
        return len(written)

    def flush(self) -> None:
        """Do nothing: there is no file behind it."""

    def close(self) -> None:
        """Give the last node."""
        self._divide()
        if self._lines:
            self._take(self._lines)

    def _divide(self) -> None:
        lines = b"".join(self._written).split(b"\n")
        rest = lines.pop()
        self._written, self._size = [rest], len(rest)
        known, held, take = self._node, self._lines, self._take
        for line in lines:
            if held and line.startswith(known):
                held.append(line)
            else:
                if held:
                    take(held)
                held = [line]
                known = line[: line.index(b" ") + 1]
        self._node, self._lines = known, held
