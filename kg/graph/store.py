"""The graph on disk: Oxigraph, one named graph a page, and each distinct triple once by default."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import bulk
from kg.graph.description import describe, is_described, is_outdated, read
from kg.graph.difference import difference
from kg.graph.disk import on_disk
from kg.graph.evidence import evidence_folders, evidence_of, without_copies
from kg.graph.iris import Iris
from kg.graph.lock import SharedLock, WriterLock
from kg.graph.ntriples import engine_term, iri_of, node, own_term
from kg.graph.query import Answer, ask
from kg.graph.snapshots import Databases
from kg.graph.terms import Quad, Term, Triple
from kg.vocab import BASE

_DEFAULT: Final = ox.DefaultGraph()


class Store:
    """One graph's folder, open for reading or, in one process at a time, for writing.

    A reader sees the last snapshot that was published and goes on seeing it while a writer works;
    `refresh` moves it on. A writer sees its own changes at once.
    """

    def __init__(
        self, directory: Path, iris: Iris, databases: Databases, lock: WriterLock | None
    ) -> None:
        """Use `Store.open`, which checks what is there."""
        self.directory = directory
        self.iris = iris
        self._databases = databases
        self._lock = lock
        self._path: Path | None = None
        self._engine: ox.Store | None = None
        self._reading: SharedLock | None = None
        self.changes = 0
        """Goes up with every change; what is derived from the graph is as old as its number."""

    @classmethod
    def open(
        cls,
        directory: str | Path,
        *,
        write: bool = False,
        base: str | None = None,
        rebuild: bool = False,
    ) -> Self:
        """Open the graph in `directory`; a writer makes it if there is none.

        `base` is checked against the base that the graph was built with (a new graph takes it).
        `rebuild` starts a writer from nothing, whatever is there; the old graph is read and kept
        until the new one is published. StoreError for a folder that holds no graph, another
        format, another base, a second writer, or damaged files.
        """
        directory = Path(directory)
        if not write:
            iris = read(directory, base)
            store = cls(directory, iris, Databases(directory), None)
            store.refresh()
            return store
        with on_disk(directory):
            directory.mkdir(parents=True, exist_ok=True)
            lock = WriterLock(directory / "lock")
        try:
            with on_disk(directory):
                return cls._open_writer(directory, lock, base=base, rebuild=rebuild)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _open_writer(
        cls, directory: Path, lock: WriterLock, *, base: str | None, rebuild: bool
    ) -> Self:
        databases = Databases(directory)
        known = is_described(directory)
        iris = Iris(base or BASE) if rebuild or not known else read(directory, base)
        store = cls(directory, iris, databases, lock)
        live = databases.live() if known and not rebuild else None
        if known and not rebuild and (live is None or not live.is_dir()):
            raise StoreError(
                f"expected the graph's database at {live or directory / 'data'}, found none; "
                f"build it again with kg build SOURCE... --graph {directory} --rebuild"
            )
        databases.clear_away()
        store._path = live or databases.new_live()
        store._engine = ox.Store(str(store._path))
        if known and not rebuild and is_outdated(directory):
            store._engine.update(without_copies(iris))
            store._engine.flush()
            describe(directory, iris)
        elif not known:
            store._settle()
        return store

    @property
    def base(self) -> str:
        """What the IRIs of the graph's own things begin with."""
        return self.iris.base

    @property
    def writable(self) -> bool:
        """Whether this is the writer."""
        return self._lock is not None

    @property
    def engine(self) -> ox.Store:
        """The open database, for reading; StoreError once it is closed."""
        if self._engine is None:
            raise StoreError(f"the graph in {self.directory} was closed; open it again")
        return self._engine

    def refresh(self) -> bool:
        """Move a reader on to the last published snapshot; False if that is what it has."""
        if self.writable:
            return False
        with on_disk(self.directory):
            if self._path is not None and self._databases.current() == self._path:
                return False
            opened = self._databases.open_current()
        if opened is None:
            raise StoreError(
                f"expected a published graph in {self.directory}, found one whose first build "
                "hasn't ended; wait for it, or start it again with kg build"
            )
        self._leave()
        self._path, self._engine, self._reading = opened
        self.changes += 1
        return True

    def close(self) -> None:
        """Let go of the files; a writer's changes are kept, but only published ones are read."""
        self._leave()
        self._engine = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _leave(self) -> None:
        """Let go of the snapshot; one that was replaced meanwhile goes with its last reader."""
        if self._reading is not None and self._path is not None:
            self._engine = None
            self._reading.release()
            self._reading = None
            self._databases.drop_replaced(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def query(self, sparql: str) -> Answer:
        """Ask in SPARQL 1.1; the usual prefixes need no declaring. QueryError if it is wrong."""
        return ask(self.engine, sparql, base=self.base)

    def graphs(self) -> Iterator[str]:
        """The names of all named graphs: pages, and what stands apart from them."""
        with on_disk(self.directory):
            for graph in self.engine.named_graphs():
                yield str(graph.value)

    def pages(self) -> Iterator[str]:
        """The IRIs of the pages that the graph holds."""
        others = (self.iris.catalogue, self.iris.corrections)
        return (graph for graph in self.graphs() if graph not in others)

    def info(self) -> dict[str, str]:
        """What is worth knowing of the place where the graph is, by name."""
        return {}

    def held(self) -> set[str]:
        """The graphs of pages that are as they were last written."""
        return set(self.pages())

    def triples(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        obj: Term | None = None,
        *,
        graph: str | None = None,
    ) -> Iterator[Triple]:
        """The triples that match, from the default graph or from a named one."""
        found = self.engine.quads_for_pattern(
            None if subject is None else node(subject),
            None if predicate is None else node(predicate),
            None if obj is None else engine_term(obj),
            _DEFAULT if graph is None else node(graph),
        )
        with on_disk(self.directory):
            for quad in found:
                yield Triple(iri_of(quad.subject), quad.predicate.value, own_term(quad.object))

    def evidence(self, page: str) -> Iterator[Triple]:
        """A page's claims and passages: they stand in the default graph, and once."""
        with on_disk(self.directory):
            for quad in evidence_of(self.engine, page, self.iris):
                yield Triple(iri_of(quad.subject), quad.predicate.value, own_term(quad.object))

    def replace_page(self, graph: str, quads: Iterable[Quad]) -> None:
        """Make `quads` all that the page says, in one update request: wholly, or not at all.

        Its claims and passages go into the default graph alone, the rest into the page's graph too.
        Triples that the page no longer states leave the default graph unless another page states
        them. StoreError if this isn't the writer or the disk can't take it.
        """
        wanted = {Triple(*quad[:3]) for quad in quads}
        with on_disk(self.directory):
            request = difference(self._writing(), self.iris, graph, wanted)
            if request:
                self._writing().update(request)
                self.changes += 1

    def forget(self, graph: str) -> bool:
        """Take out a page and all that only it said; False if the graph doesn't know it."""
        if not self._writing().contains_named_graph(node(graph)):
            return False
        self.replace_page(graph, ())
        return True

    def bulk_load(self, quads: Iterable[Quad]) -> int:
        """Make the whole graph anew from the quads of all its graphs; returns their number.

        It is made beside the old one, which stays whole until the new one is.
        """
        self._writing()
        with on_disk(self.directory):
            path = self._databases.new_live()
        number = bulk.load(
            quads,
            into=path,
            apart=frozenset({self.iris.catalogue}),
            once=evidence_folders(self.iris),
        )
        with on_disk(self.directory):
            self._path, self._engine = path, ox.Store(str(path))
            self._settle()
            self.changes += 1
        return number

    def publish(self) -> None:
        """Let readers see what has been written until now."""
        engine = self._writing()
        with on_disk(self.directory):
            self._settle()
            self._databases.publish(engine)

    def _settle(self) -> None:
        """Make the open database the one that the next writer opens."""
        assert self._path is not None
        if self._databases.live() != self._path:
            self._databases.point_at_live(self._path)
        describe(self.directory, self.iris)

    def _writing(self) -> ox.Store:
        if not self.writable:
            raise StoreError(
                f"expected the graph in {self.directory} to be open for writing, but it was opened "
                "for reading; open it with write=True"
            )
        return self.engine
