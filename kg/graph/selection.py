"""Which part of a graph is wanted: some films, some sources, the surer claims, no evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.errors import UsageError
from kg.graph.named import nodes_named
from kg.graph.names import Names
from kg.graph.store import Store
from kg.graph.terms import Triple
from kg.vocab import FK, RDFS, SCHEMA


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted; each field narrows what the others leave.

    `films` are titles: what is said of these films and works, and what they are said to refer to.
    `sources` are pages' sources or ids, or folders of them: what these pages say.
    `min_confidence` leaves out claims and references that are less sure, and what only they state.
    Without `evidence` no claims, passages and quotations are given, only what they state.
    `catalogue_only` gives what the catalogue knows of all this, in place of what pages say.
    """

    films: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    evidence: bool = True
    min_confidence: float = 0.0
    catalogue_only: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.min_confidence <= 1:
            raise UsageError(
                f"expected a confidence from 0 to 1 as the least one, found {self.min_confidence}"
            )

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return self != EVERYTHING

    @property
    def of_things(self) -> bool:
        """Whether only some things are wanted, and not all that the graph knows of."""
        return bool(self.films or self.sources or self.min_confidence)


EVERYTHING: Final = Selection()


def films_of(store: Store, selection: Selection) -> frozenset[str] | None:
    """The IRIs of the films that are wanted; None for all. UsageError for an unknown title."""
    if not selection.films:
        return None
    names = Names(store)
    return frozenset(iri for title in selection.films for iri in nodes_named(names, "FILM", title))


def pages_of(store: Store, selection: Selection, films: frozenset[str] | None) -> Iterator[str]:
    """The pages that may say what is wanted, sorted. UsageError for a source that isn't there."""
    pages = set(store.pages())
    if selection.sources:
        pages &= set().union(*(_pages_from(store, source) for source in selection.sources))
    if films is not None:
        pages &= {page for film in films for page in _pages_about(store, film)}
    yield from sorted(pages)


def _pages_from(store: Store, source: str) -> set[str]:
    """The pages of one source: its name, its address, its id, or the folder above it."""
    wanted = source.rstrip("/")
    found = set()
    for page in store.pages():
        names = {page, page.removeprefix(store.iris.source(""))}
        for predicate in (RDFS.label, FK.location, SCHEMA.url):
            names.update(_words(triple) for triple in store.triples(page, predicate))
        if any(name == wanted or name.startswith((f"{wanted}/", f"{wanted}#")) for name in names):
            found.add(page)
    if not found:
        raise UsageError(
            f"expected the name, address, id or folder of a page of the graph, found none that is "
            f"{source!r}; `kg query 'SELECT * {{ ?page a fk:Source }}'` lists them"
        )
    return found


def _pages_about(store: Store, film: str) -> Iterator[str]:
    """The pages whose graphs name the film."""
    rows = store.query(
        f"SELECT DISTINCT ?g {{ GRAPH ?g {{ {{ <{film}> ?p ?o }} UNION {{ ?s ?q <{film}> }} }} }}"
    ).rows()
    return (str(row[0]) for row in rows)


def _words(triple: Triple) -> str:
    return triple.object if isinstance(triple.object, str) else triple.object.value
