"""The whole graph as a file, in the format that the file's name asks for."""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Final, cast
from uuid import uuid4

import pyoxigraph as ox

from kg.errors import StoreError, UsageError
from kg.graph.framed import framed
from kg.graph.part import part_of
from kg.graph.prefixes import prefixes_of
from kg.graph.selection import EVERYTHING, Selection
from kg.graph.store import Store
from kg.graph.subjects import sorted_lines, subjects
from kg.graph.turtle import TurtleWriter

Output = IO[bytes]


def write(store: Store, path: Path, selection: Selection = EVERYTHING) -> int:
    """Write the graph, or what is wanted of it, to `path`; returns the file's size in bytes.

    Turtle, N-Triples, JSON-LD and RDF/XML hold the default graph, N-Quads and TriG also what each
    page says. The same graph gives the same bytes. The file appears when it is whole: an export
    that fails leaves what was there. UsageError for another ending, and for films and sources that
    the graph doesn't hold.
    """
    writer = _WRITERS[ending(path)]
    with part_of(store, selection) as part, whole_file(path) as file:
        writer(part, file)
    return path.stat().st_size


def ending(path: Path) -> str:
    """The format that a file's name asks for; UsageError if it is none that a graph can have."""
    name = path.name.removesuffix(".gz")
    found = Path(name).suffix.lower()
    if found not in _WRITERS:
        raise UsageError(
            f"expected a file name that ends with one of {', '.join(_WRITERS)} (and .gz to "
            f"compress), found {path.name!r}"
        )
    return found


def serialise(store: Store, file_ending: str) -> bytes:
    """The whole graph in the format of an ending such as `.ttl`."""
    written = io.BytesIO()
    _WRITERS[ending(Path("graph" + file_ending))](store, written)
    return written.getvalue()


def _turtle(store: Store, out: Output) -> None:
    writer = TurtleWriter(store.base)
    out.write(writer.head())
    out.writelines(writer.blocks(subjects(store)))


def _trig(store: Store, out: Output) -> None:
    writer = TurtleWriter(store.base)
    out.write(writer.head())
    out.writelines(writer.blocks(subjects(store)))
    for graph in sorted(store.graphs()):
        out.write(b"\n" + writer.term(f"<{graph}>".encode()) + b" {\n")
        out.writelines(writer.blocks(subjects(store, graph), indent=b"    "))
        out.write(b"}\n")


def _ntriples(store: Store, out: Output) -> None:
    out.writelines(sorted_lines(store))


def _nquads(store: Store, out: Output) -> None:
    _ntriples(store, out)
    for graph in sorted(store.graphs()):
        name = f" <{graph}> .\n".encode()
        out.writelines(lines.replace(b" .\n", name) for lines in sorted_lines(store, graph))


def _jsonld(store: Store, out: Output) -> None:
    out.writelines(framed(store))


def _rdfxml(store: Store, out: Output) -> None:
    ox.serialize(
        _engine_triples(sorted_lines(store)),
        cast("IO[bytes]", _ForXml(out)),
        ox.RdfFormat.RDF_XML,
        prefixes=prefixes_of(store.base),
    )


def _engine_triples(lines: Iterator[bytes]) -> Iterator[ox.Triple]:
    """The triples of sorted lines, parsed some at a time."""
    while some := b"".join(islice(lines, _PARSED_TOGETHER)):
        for quad in ox.parse(some, format=ox.RdfFormat.N_TRIPLES):
            yield quad.triple


class _ForXml:
    """XML readers take a bare carriage return for a line end: it is written by its number."""

    def __init__(self, out: Output) -> None:
        self._out = out

    def write(self, written: bytes) -> int:
        """Write on."""
        self._out.write(written.replace(b"\r", b"&#13;"))
        return len(written)

    def flush(self) -> None:
        """Write what is held back."""
        self._out.flush()


_PARSED_TOGETHER: Final = 2_000
_WRITERS: Final[dict[str, Callable[[Store, Output], None]]] = {
    ".ttl": _turtle,
    ".nt": _ntriples,
    ".nq": _nquads,
    ".trig": _trig,
    ".jsonld": _jsonld,
    ".rdf": _rdfxml,
}
ENDINGS: Final = tuple(_WRITERS)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name when it is complete, and never shows half of its content."""
    partial = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with partial.open("wb") as plain:
            if path.name.endswith(".gz"):
                # no name and no time in the head, so that the same graph gives the same bytes
                with gzip.GzipFile("", "wb", compresslevel=6, fileobj=plain, mtime=0) as file:
                    yield cast("IO[bytes]", file)
            else:
                yield plain
            plain.flush()
            os.fsync(plain.fileno())
        partial.replace(path)
    except OSError as error:
        raise StoreError(f"{path} can't be written ({error}); nothing there was changed") from error
    finally:
        partial.unlink(missing_ok=True)
