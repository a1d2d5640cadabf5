"""From a name as people type it to the things of the graph that bear it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from kg.graph.fold import fold
from kg.graph.store import Store
from kg.graph.terms import clean_iri, text
from kg.vocab import RDFS, SCHEMA

ENTITIES: Final = ("film", "work", "person", "character", "organisation", "award")
_YEAR: Final = re.compile(r"\s*\((\d{4})\)\s*$")
_ARTICLE: Final = re.compile(r"^(?:the|a|an|le|la|les|l|un|une|der|die|das|el|los|las|il|lo) ")
_SUGGESTIONS: Final = 5
_NEAR_ENOUGH: Final = 70
_REMEMBERED: Final = 4096  # names asked for, with what bears them


@dataclass(frozen=True, slots=True)
class Named:
    """A thing of the graph. `folder` tells what it is: film, person, ..."""

    iri: str
    folder: str
    label: str


class Names:
    """Finds things by label or other name, without regard to case, accents and punctuation.

    Reads all names when first needed, and again when the store has changed.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read_at = -1
        self._by_name: dict[str, dict[str, Named]] = {}
        self._found: dict[tuple[str, tuple[str, ...]], tuple[Named, ...]] = {}
        self._found_at = -1

    def find(self, name: str, *, folders: Iterable[str] = ENTITIES) -> tuple[Named, ...]:
        """The things of that name, sorted by IRI; several where it has homonyms.

        A name may be an IRI, the end of one (`film/all-about-eve-1950`), carry a year
        (`All About Eve (1950)`), or leave out the article at its beginning.
        """
        wanted = tuple(folders)
        if self._found_at != self._store.changes or len(self._found) > _REMEMBERED:
            self._found, self._found_at = {}, self._store.changes
        held = self._found.get((name, wanted))
        if held is None:
            held = self._found[name, wanted] = self._find(name.strip(), wanted)
        return held

    def _find(self, given: str, wanted: tuple[str, ...]) -> tuple[Named, ...]:
        direct = self._by_iri(given, wanted)
        if direct is not None:
            return (direct,)
        year = _YEAR.search(given)
        if year is not None:
            bare = self.find(given[: year.start()], folders=wanted)
            dated = tuple(one for one in bare if self._is_of(one.iri, year[1]))
            if dated:
                return dated
        exact = tuple(self._exactly(given, wanted))
        if exact:
            return exact
        folded = fold(given)
        names = self._index()
        found = names.get(folded) or names.get(_without_article(folded)) or {}
        return tuple(sorted((one for one in found.values() if one.folder in wanted), key=_by_iri))

    def near(self, name: str, *, folders: Iterable[str] = ENTITIES) -> tuple[Named, ...]:
        """The few things whose names are most like `name`, best first."""
        wanted = tuple(folders)
        keys = [
            one
            for one, bearers in self._index().items()
            if any(bearer.folder in wanted for bearer in bearers.values())
        ]
        best = process.extract(
            fold(name), keys, scorer=fuzz.WRatio, limit=_SUGGESTIONS, score_cutoff=_NEAR_ENOUGH
        )
        found: dict[str, Named] = {}
        for one, _, _ in best:
            for bearer in sorted(self._index()[one].values(), key=_by_iri):
                if bearer.folder in wanted:
                    found.setdefault(bearer.iri, bearer)
        return tuple(found.values())[:_SUGGESTIONS]

    def label(self, iri: str) -> str:
        """The label of a node, or its IRI if it has none."""
        for graph in (None, self._store.iris.catalogue):
            for triple in self._store.triples(iri, RDFS.label, graph=graph):
                return triple.object if isinstance(triple.object, str) else triple.object.value
        return iri

    def _by_iri(self, given: str, folders: tuple[str, ...]) -> Named | None:
        iri = given if given.startswith(self._store.base) else self._store.base + given
        folder = iri.removeprefix(self._store.base).partition("/")[0]
        if folder not in folders or clean_iri(iri) != iri:
            return None
        label = self.label(iri)
        return None if label == iri else Named(iri, folder, label)

    def _exactly(self, name: str, folders: tuple[str, ...]) -> Iterator[Named]:
        """The quick way: the store's own index of literals."""
        found: dict[str, Named] = {}
        for graph in (None, self._store.iris.catalogue):
            for triple in self._store.triples(None, RDFS.label, text(name), graph=graph):
                named = self._named(triple.subject, name)
                if named.folder in folders:
                    found.setdefault(named.iri, named)
        yield from sorted(found.values(), key=_by_iri)

    def _named(self, iri: str, label: str) -> Named:
        return Named(iri, iri.removeprefix(self._store.base).partition("/")[0], label)

    def _is_of(self, iri: str, year: str) -> bool:
        if iri.endswith(f"-{year}"):
            return True
        dates = (
            triple.object
            for graph in (None, self._store.iris.catalogue)
            for triple in self._store.triples(iri, SCHEMA.datePublished, graph=graph)
        )
        return any(not isinstance(date, str) and date.value == year for date in dates)

    def _index(self) -> dict[str, dict[str, Named]]:
        if self._read_at != self._store.changes:
            self._by_name = {}
            self._read_at = self._store.changes
            labels = dict(self._all(RDFS.label))
            for iri, label in labels.items():
                self._add(label, self._named(iri, label))
            for iri, other in self._all(SCHEMA.alternateName):
                self._add(other, self._named(iri, labels.get(iri, other)))
        return self._by_name

    def _all(self, predicate: str) -> Iterator[tuple[str, str]]:
        prefixes = tuple(f"{self._store.base}{folder}/" for folder in ENTITIES)
        for graph in (self._store.iris.catalogue, None):
            for iri, _, name in self._store.triples(None, predicate, graph=graph):
                if iri.startswith(prefixes) and not isinstance(name, str):
                    yield iri, name.value

    def _add(self, name: str, named: Named) -> None:
        folded = fold(name)
        for one in {folded, _without_article(folded)}:
            self._by_name.setdefault(one, {})[named.iri] = named


def _without_article(folded: str) -> str:
    return _ARTICLE.sub("", folded)


def _by_iri(named: Named) -> str:
    return named.iri
