"""A copy of a server's graph in a folder that goes when it is closed: for what reads all of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.disk import on_disk
from kg.graph.iris import Iris
from kg.graph.ntriples import written
from kg.graph.remote.session import Session
from kg.graph.terms import Term

_PAGES_AT_ONCE: Final = 20


class Copy:
    """All graphs as they were when it was made; `made_at` numbers the change it follows."""

    def __init__(self, session: Session, base: str, made_at: int) -> None:
        self.made_at = made_at
        self._session = session
        self._folder = TemporaryDirectory(prefix="film-kg-", ignore_cleanup_errors=True)
        try:
            self.database = self._made(Path(self._folder.name), Iris(base))
        except BaseException:
            self._folder.cleanup()
            raise

    def close(self) -> None:
        """Let go of the copy."""
        del self.database
        self._folder.cleanup()

    def _made(self, folder: Path, iris: Iris) -> ox.Store:
        lines = folder / "graph.nq"
        with on_disk(folder):
            with lines.open("w", encoding="utf-8", newline="\n") as file:
                for line in self._lines(iris):
                    file.write(line)
            database = ox.Store(str(folder / "data"))
            database.bulk_load(path=str(lines), format=ox.RdfFormat.N_QUADS, lenient=True)
            lines.unlink()
        return database

    def _lines(self, iris: Iris) -> Iterator[str]:
        default = self._session.default
        where = f"GRAPH <{default}> {{ ?s ?p ?o }}" if default else "?s ?p ?o"
        rows = self._session.reader.rows(f"SELECT ?s ?p ?o {{ {where} }}")
        if len(set(rows)) != len(rows):
            raise StoreError(
                f"expected each triple of the graph at {self._session.reader.url} once, found some "
                "twice: it was changed meanwhile; run the command again"
            )
        for s, p, o in rows:
            yield f"{_written(s)} {_written(p)} {_written(o)} .\n"
        graphs = [*self._session.pages(iris.base), iris.catalogue, iris.corrections]
        for start in range(0, len(graphs), _PAGES_AT_ONCE):
            names = " ".join(f"<{graph}>" for graph in graphs[start : start + _PAGES_AT_ONCE])
            query = f"SELECT ?g ?s ?p ?o {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }}"
            for row in self._session.reader.rows(query):
                g, s, p, o = map(_written, row)
                yield f"{s} {p} {o} {g} .\n"


def _written(term: Term | None) -> str:
    return written(term if term is not None else "")
