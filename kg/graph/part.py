"""A part of a graph, as a graph of its own in a folder that goes when it is closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from kg.graph import bulk
from kg.graph.evidence import evidence_folders
from kg.graph.narrowing import DESCRIBING, PagePart, things_below
from kg.graph.selection import Selection, films_of, pages_of
from kg.graph.snapshots import Databases
from kg.graph.store import Store
from kg.graph.terms import Quad, Term, Triple
from kg.vocab import SCHEMA


@contextmanager
def part_of(store: Store, selection: Selection) -> Iterator[Store]:
    """What a selection wants of a graph; the graph itself where nothing is left out.

    Everything that reads a graph reads the part: exports, queries, pictures. UsageError for a film
    or source that the graph doesn't hold.
    """
    if not selection.narrows:
        yield store
        return
    with TemporaryDirectory(prefix="film-kg-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "part"
        apart = frozenset() if selection.catalogue_only else frozenset({store.iris.catalogue})
        quads = _Wanted(store, selection).quads()
        bulk.load(quads, into=path, apart=apart, once=evidence_folders(store.iris))
        part = _Part(store, path)
        try:
            yield part
        finally:
            part.close()


class _Part(Store):
    """A graph over a database that stands by itself, without lock and snapshots."""

    def __init__(self, whole: Store, path: Path) -> None:
        super().__init__(path.parent, whole.iris, Databases(path.parent), None)
        self._engine = ox.Store(str(path))

    def refresh(self) -> bool:
        """There is nothing newer."""
        return False


class _Wanted:
    """Gathers the quads of the part, page by page, then what stands apart from pages."""

    def __init__(self, store: Store, selection: Selection) -> None:
        self._store = store
        self._selection = selection
        self._films = films_of(store, selection)
        self._things = things_below(store.iris)

    def quads(self) -> Iterator[Quad]:
        """All that is wanted; a quad may come more than once."""
        if not self._selection.catalogue_only:
            for page in pages_of(self._store, self._selection, self._films):
                yield from (Quad(*triple, page) for triple in self._page(page))
            if not self._selection.sources:
                yield from self._added()
        if self._selection.catalogue_only or not self._selection.sources:
            catalogue = self._store.iris.catalogue
            yield from (Quad(*triple, catalogue) for triple in self._known())

    def _page(self, page: str) -> Iterator[Triple]:
        whole = (*self._store.triples(graph=page), *self._store.evidence(page))
        return PagePart(whole, self._selection, self._films, self._store.iris).triples()

    def _added(self) -> Iterator[Quad]:
        """What the user has added, of the films that are wanted."""
        graph, films = self._store.iris.corrections, self._films
        for triple in self._store.triples(graph=graph):
            if films is None or triple.subject in films or triple.object in films:
                yield Quad(*triple, graph)

    def _known(self) -> Iterator[Triple]:
        """What the catalogue knows of the things that are wanted, and what it calls the others."""
        catalogue = self._store.iris.catalogue
        if self._films is not None:
            return self._about(self._films)
        if self._selection.catalogue_only and self._selection.of_things:
            return self._about(self._things_named())
        return self._store.triples(graph=catalogue)

    def _things_named(self) -> set[str]:
        return {
            triple.subject
            for page in pages_of(self._store, self._selection, None)
            for triple in self._page(page)
            if triple.subject.startswith(self._things)
        }

    def _about(self, nodes: Iterable[str]) -> Iterator[Triple]:
        wanted = set(nodes)
        for node in sorted(wanted):
            for triple in self._triples(node):
                yield triple
                yield from self._named(triple.object, wanted)

    def _named(self, obj: Term, wanted: set[str]) -> Iterator[Triple]:
        if not isinstance(obj, str) or obj in wanted or not obj.startswith(self._store.base):
            return
        is_thing = obj.startswith(self._things)
        for triple in self._triples(obj):
            if not is_thing:
                yield triple
                yield from self._named(triple.object, wanted)
            elif triple.predicate in DESCRIBING or triple.predicate == SCHEMA.datePublished:
                yield triple

    def _triples(self, node: str) -> Iterator[Triple]:
        return self._store.triples(node, graph=self._store.iris.catalogue)
