"""The whole graph as a file, in the format that the file's name asks for."""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, cast
from uuid import uuid4

import pyoxigraph as ox

from kg.errors import StoreError, UsageError
from kg.graph.jsonld import JsonLdWriter
from kg.graph.prefixes import prefixes_of
from kg.graph.store import Store
from kg.graph.subjects import sorted_lines, subjects
from kg.graph.turtle import TurtleWriter

Chunks = Iterator[bytes]


def write(store: Store, path: Path) -> int:
    """Write the graph to `path`; returns the size of the file in bytes.

    Turtle, N-Triples, JSON-LD and RDF/XML hold the default graph, N-Quads and TriG also what each
    page says. The same graph gives the same bytes. The file appears when it is whole: an export
    that fails leaves what was there.
    """
    chunks = _WRITERS[ending(path)](store)
    with _whole_file(path) as file:
        for chunk in chunks:
            file.write(chunk)
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
    return b"".join(_WRITERS[ending(Path("graph" + file_ending))](store))


def _turtle(store: Store) -> Chunks:
    writer = TurtleWriter(store.base)
    yield writer.head()
    yield from writer.blocks(subjects(store))


def _trig(store: Store) -> Chunks:
    writer = TurtleWriter(store.base)
    yield writer.head()
    yield from writer.blocks(subjects(store))
    for graph in sorted(store.graphs()):
        yield b"\n" + writer.term(f"<{graph}>".encode()) + b" {\n"
        yield from writer.blocks(subjects(store, graph), indent=b"    ")
        yield b"}\n"


def _ntriples(store: Store) -> Chunks:
    return (line + b"\n" for line in sorted_lines(store))


def _nquads(store: Store) -> Chunks:
    yield from _ntriples(store)
    for graph in sorted(store.graphs()):
        name = f" <{graph}> .\n".encode()
        yield from (line[:-2] + name for line in sorted_lines(store, graph))


def _jsonld(store: Store) -> Chunks:
    return JsonLdWriter(store.base).document(subjects(store))


def _rdfxml(store: Store) -> Chunks:
    triples = ox.parse(b"\n".join(sorted_lines(store)), format=ox.RdfFormat.N_TRIPLES)
    written = io.BytesIO()
    ox.serialize(
        (quad.triple for quad in triples),
        written,
        ox.RdfFormat.RDF_XML,
        prefixes=prefixes_of(store.base),
    )
    # XML readers take a bare carriage return for a line end, so it has to be written by its number
    yield written.getvalue().replace(b"\r", b"&#13;")


_WRITERS: Final[dict[str, Callable[[Store], Chunks]]] = {
    ".ttl": _turtle,
    ".nt": _ntriples,
    ".nq": _nquads,
    ".trig": _trig,
    ".jsonld": _jsonld,
    ".rdf": _rdfxml,
}
ENDINGS: Final = tuple(_WRITERS)


@contextmanager
def _whole_file(path: Path) -> Iterator[IO[bytes]]:
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
