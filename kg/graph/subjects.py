"""A graph read in a fixed order: subject by subject, each with its predicates and objects.

Exports that people read start from here. The terms are N-Triples as bytes, because the engine
writes and Python sorts those much faster than terms that are objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final, NamedTuple

import pyoxigraph as ox

from kg.graph.iris import FOLDERS
from kg.graph.ntriples import node
from kg.graph.store import Store
from kg.vocab import FK, OA, RDF


class Subject(NamedTuple):
    """A node and what is said of it: sorted (predicate, object) pairs.

    `folder` is the part of the graph that the node belongs to ("film", "claim"), "" if none.
    """

    iri: bytes
    folder: str
    said: list[tuple[bytes, bytes]]


def _sort_key(*predicates: str) -> Callable[[Subject], tuple[bytes, ...]]:
    """Sorts nodes by the objects of these predicates; numbers by length first."""
    wanted = [f"<{predicate}>".encode() for predicate in predicates]

    def key(subject: Subject) -> tuple[bytes, ...]:
        said = dict(reversed(subject.said))
        objects = (said.get(predicate, b"") for predicate in wanted)
        return (
            *(b"%9d" % len(one) + one if one[:1] == b'"' else one for one in objects),
            subject.iri,
        )

    return key


# hashes say nothing to a reader, so these nodes are sorted by what they are about
_SORT_KEYS: Final = {
    "claim": _sort_key(RDF.subject, RDF.predicate, RDF.object),
    "passage": _sort_key(OA.hasSource, OA.start),
    "reference": _sort_key(FK.from_, FK.to),
}


def sorted_lines(store: Store, graph: str | None = None) -> list[bytes]:
    """The N-Triples lines of one graph (None: the default graph), sorted by their bytes."""
    of = ox.DefaultGraph() if graph is None else node(graph)
    written = store.engine.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=of) or b""
    lines = written.split(b"\n")
    lines.pop()  # behind the last line end
    lines.sort()
    return lines


def subjects(store: Store, graph: str | None = None) -> Iterator[Subject]:
    """The nodes of one graph: films first, words last, by IRI within each folder."""
    parts: dict[str, list[bytes]] = {folder: [] for folder in ("", *FOLDERS)}
    base = f"<{store.base}".encode()
    for line in sorted_lines(store, graph):
        folder = ""
        if line.startswith(base):
            folder = line[len(base) : line.find(b"/", len(base))].decode("ascii", "replace")
        parts.get(folder, parts[""]).append(line)
    for folder in (*FOLDERS, ""):
        nodes = _nodes(folder, parts[folder])
        if folder in _SORT_KEYS:
            yield from sorted(nodes, key=_SORT_KEYS[folder])
        else:
            yield from nodes


def _nodes(folder: str, lines: list[bytes]) -> Iterator[Subject]:
    for iri, about in groupby(lines, key=_subject):
        parts = (line.split(b" ", 2) for line in about)
        yield Subject(iri, folder, [(predicate, obj[:-2]) for _, predicate, obj in parts])


def _subject(line: bytes) -> bytes:
    return line[: line.index(b" ")]
