"""A graph on a SPARQL 1.1 server, with the methods of a graph in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Self
from uuid import uuid4

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.disk import on_disk
from kg.graph.iris import Iris
from kg.graph.lock import WriterLock
from kg.graph.query import Answer
from kg.graph.remote.about import ABOUT
from kg.graph.remote.address import Remote
from kg.graph.remote.copying import Copy
from kg.graph.remote.journal import Journal
from kg.graph.remote.near import Near
from kg.graph.remote.ownership import ID, clear, is_ours
from kg.graph.remote.pages import evidence
from kg.graph.remote.querying import remote_answer
from kg.graph.remote.session import Session
from kg.graph.remote.writer import Writer
from kg.graph.snapshots import Databases
from kg.graph.store import Store
from kg.graph.terms import Quad, Term, Triple
from kg.vocab import BASE

_REVISION, _NEXT = "revision", "next revision"


class RemoteStore(Store):
    """A graph on a server, open for reading or, from one state folder, for writing.

    There are no snapshots on a server: readers see each page as it is written, old or new.
    `directory` is the state folder, for what can't be on a server.
    """

    def __init__(self, remote: Remote, session: Session, iris: Iris) -> None:
        """Use `RemoteStore.connect`, which checks what is there."""
        super().__init__(remote.folder, iris, Databases(remote.folder), None)
        self.remote = remote
        self._session: Session | None = session
        self._copy: Copy | None = None
        self._near = Near(session, iris.base)
        self._writer: Writer | None = None
        self._journal: Journal | None = None

    @classmethod
    def connect(
        cls,
        remote: Remote,
        *,
        write: bool = False,
        base: str | None = None,
        rebuild: bool = False,
    ) -> Self:
        """Open the graph at an address; a writer makes it if there is none.

        StoreError where the server can't be reached, refuses, holds no graph (for a reader), one
        of another format or base, or one that another state folder belongs to; a writer that may
        not write learns it here.
        """
        if not write:
            session = Session.begin(remote)
            try:
                return cls(remote, session, session.iris(base))
            except BaseException:
                session.client.close()
                raise
        folder = remote.folder
        with on_disk(folder):
            folder.mkdir(parents=True, exist_ok=True)
            lock = WriterLock(folder / "lock")
        try:
            session = Session.begin(remote)
            try:
                return cls._for_writing(remote, session, lock, base=base, rebuild=rebuild)
            except BaseException:
                session.client.close()
                raise
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _for_writing(
        cls, remote: Remote, session: Session, lock: WriterLock, *, base: str | None, rebuild: bool
    ) -> Self:
        journal = Journal(remote.folder)
        try:
            known = is_ours(session, journal, remote, rebuild=rebuild)
            fresh = session.about is None or rebuild
            iris = Iris(base or BASE) if fresh else session.iris(base)
            session.may_write()
            store = cls(remote, session, iris)
            store._lock, store._journal = lock, journal
            store._begin_writing(session, journal, known=known)
        except BaseException:
            journal.close()
            raise
        return store

    def _begin_writing(self, session: Session, journal: Journal, *, known: bool) -> None:
        before = session.about
        if before is None or before.base != self.base or not before.id:
            default = session.choose_default(self.base)
        else:
            default = before.default
        fresh = {journal.mark(_REVISION), journal.mark(_NEXT)}
        if before is None or not known or before.revision not in fresh:
            journal.distrust()
        identity = before.id if before is not None and before.id else uuid4().hex
        held = set(session.pages(self.base)) if before is not None else set()
        held |= {self.iris.catalogue, self.iris.corrections}
        self._writer = Writer(
            session.sender(default),
            session.reader,
            journal,
            self.iris,
            default=default,
            held=held,
        )
        if before is not None and before.base != self.base:
            clear(session, journal, before)
        session.describe(base=self.base, id=identity, default=default)
        if before is None or not known or before.base != self.base:
            self._tell(session)
            journal.set_mark(ID, identity)
        self._writer.mend()

    @property
    def engine(self) -> ox.Store:
        """A copy of the whole graph on this machine, read when it is first asked for."""
        if self._copy is None or self._copy.made_at != self.changes:
            if self._copy is not None:
                self._copy.close()
            self._flush()
            self._copy = Copy(self._open, self.base, self.changes)
        return self._copy.database

    def query(self, sparql: str) -> Answer:
        """Ask in SPARQL 1.1; the usual prefixes need no declaring. QueryError if it is wrong."""
        self._flush()
        return remote_answer(self._open, sparql, base=self.base)

    def graphs(self) -> Iterator[str]:
        """The names of all named graphs of this graph: pages, and what stands apart from them."""
        yield from self.pages()
        for graph in (self.iris.catalogue, self.iris.corrections):
            if self._open.reader.truth(f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"):
                yield graph

    def pages(self) -> Iterator[str]:
        """The IRIs of the pages that the graph holds."""
        self._flush()
        return self._open.pages(self.base)

    def triples(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        obj: Term | None = None,
        *,
        graph: str | None = None,
    ) -> Iterator[Triple]:
        """The triples that match, from the default graph or from a named one."""
        self._flush()
        return self._near.triples(subject, predicate, obj, graph=graph)

    def evidence(self, page: str) -> Iterator[Triple]:
        """A page's claims and passages: they stand in the default graph, and once."""
        self._flush()
        session = self._open
        return evidence(session.reader, page, self.iris, session.default)

    def info(self) -> dict[str, str]:
        """What is worth knowing of the place where the graph is, by name."""
        server = self._open.server
        return {
            "Server": server.name,
            "Updates at": server.update,
            "Graphs at": server.graph_store or "(no Graph Store Protocol known there)",
            "Default graph": self._open.default or "the server's own",
            "Asked as": self._open.client.known.shown,
            "State folder": str(self.directory),
        }

    def held(self) -> set[str]:
        """The pages of which the server holds what it was last told, for all this machine knows."""
        writer, journal = self._writing_parts()
        return {graph for graph in writer.held if journal.told(graph)}

    def replace_page(self, graph: str, quads: Iterable[Quad]) -> None:
        """Make `quads` all that the page says; a new page may be sent together with later ones.

        A server that takes an update request wholly or not at all has the old page or the new one
        at any moment. StoreError if this isn't the writer or the server doesn't take it.
        """
        writer, _ = self._writing_parts()
        if writer.put(graph, {Triple(*quad[:3]) for quad in quads}):
            self._changed()

    def forget(self, graph: str) -> bool:
        """Take out a page and all that only it said; False if the graph doesn't know it."""
        writer, _ = self._writing_parts()
        writer.flush()
        if graph not in writer.held:
            return False
        self.replace_page(graph, ())
        return True

    def bulk_load(self, quads: Iterable[Quad]) -> int:
        """Make the whole graph anew from the quads of all its graphs; returns their number.

        The server isn't emptied: pages that differ are replaced, those that are gone are forgotten.
        The quads of a graph must follow one another.
        """
        writer, _ = self._writing_parts()
        number = 0
        seen = {self.iris.catalogue, self.iris.corrections}
        for graph, found in groupby(quads, key=attrgetter("graph")):
            page = list(found)
            number += len(page)
            seen.add(graph)
            self.replace_page(graph, page)
        for graph in sorted(writer.held - seen):
            self.forget(graph)
        self._flush()
        return number

    def publish(self) -> None:
        """Send what waits, and say that the build is whole."""
        self._flush()
        _, journal = self._writing_parts()
        revision = uuid4().hex
        journal.set_mark(_NEXT, revision)
        self._open.describe(revision=revision)
        self._tell(self._open)
        journal.set_mark(_REVISION, revision)

    def refresh(self) -> bool:
        """Look again at what the server holds; False if that is what it held before."""
        if self.writable:
            return False
        session = Session.begin(self.remote)
        same = session.about == self._open.about
        self._open.client.close()
        self.iris = session.iris(None)
        self._session = session
        self._changed()
        return not same

    def close(self) -> None:
        """Let go of connections and files; what waited to be sent is not."""
        if self._session is not None:
            self._session.client.close()
            self._session = None
        if self._journal is not None:
            self._journal.close()
        if self._copy is not None:
            self._copy.close()
        super().close()

    def _changed(self) -> None:
        self.changes += 1
        self._near = Near(self._open, self.base)

    @property
    def _open(self) -> Session:
        if self._session is None:
            raise StoreError(f"the graph at {self.remote} was closed; open it again")
        return self._session

    def _flush(self) -> None:
        if self._writer is not None:
            self._writer.flush()

    def _writing_parts(self) -> tuple[Writer, Journal]:
        if self._writer is None or self._journal is None:
            raise StoreError(
                f"expected the graph at {self.remote} to be open for writing, but it was opened "
                "for reading; open it with write=True"
            )
        return self._writer, self._journal

    def _tell(self, session: Session) -> None:
        assert session.about is not None
        session.sender("").overwrite(ABOUT, session.about.triples())
