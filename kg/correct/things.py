"""The thing that the user means by a name, a path or an IRI."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.errors import UsageError
from kg.graph.names import ENTITIES, Named, Names
from kg.graph.store import Store
from kg.graph.terms import clean_iri
from kg.link import Catalogue
from kg.link.places import at_path
from kg.link.slug import FOLDERS
from kg.link.slug import path as path_of
from kg.model import Entity, Kind
from kg.vocab import RDF, SCHEMA

KINDS = {folder: kind for kind, folder in FOLDERS.items()}
_SHOWN = 8  # candidates for an ambiguous name
_EXACT = 2  # the kinds of match of a title as a whole; see kg.link.schema


class Things:
    """Finds things in one graph, and in the catalogue where no page names them."""

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self._store = store
        self._names = Names(store)
        self._catalogue = catalogue

    def character(self, name: str, film: Named) -> tuple[str, str]:
        """Path and name of a character of the film, which may be a new one."""
        ends = f"-{film.iri.rpartition('/')[2]}"
        for named in self._names.find(name, folders=("character",)):
            if named.iri.endswith(ends):
                return self.of(named), named.label
        return path_of(Kind.CHARACTER, name) + ends, " ".join(name.split())

    def of(self, named: Named) -> str:
        """The path of a thing below the base."""
        return named.iri.removeprefix(self._store.base)

    def page(self, text: str) -> str:
        """The path of a page of the graph; UsageError for what is none."""
        path = text.removeprefix(self._store.base)
        if self._names.label(self._store.base + clean_iri(path)) == self._store.base + path:
            raise UsageError(f"expected a page of this graph such as source/NAME, found {text!r}")
        return path

    def thing(self, text: str, folders: Iterable[str] = (), *, new: bool = False) -> Named:
        """The one thing of that name or IRI; UsageError where there are several, or none."""
        wanted = tuple(folders) or ENTITIES
        found = self._names.find(text, folders=tuple(one for one in wanted if one in ENTITIES))
        if not found and "review" in wanted:
            found = self._review(text)
        if not found:
            found = tuple(self._known(text, wanted))
        if len(found) == 1:
            return found[0]
        if found:
            lines = "\n".join(f"  {self.of(one)}  {one.label}" for one in found[:_SHOWN])
            more = f"\n  and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
            raise UsageError(f"{text!r} may be one of several; say which:\n{lines}{more}")
        kind = next((KINDS[one] for one in wanted if one in KINDS), None)
        if new and kind is not None and "/" not in text:
            name = " ".join(text.split())
            return Named(self._store.base + path_of(kind, name), FOLDERS[kind], name)
        near = self._names.near(text, folders=wanted)
        hint = "; near to it: " + ", ".join(self.of(one) for one in near) if near else ""
        kinds = " or ".join(wanted) if len(wanted) < len(ENTITIES) else "thing"
        raise UsageError(f"expected a {kinds} of this graph, found {text!r}{hint}")

    def _known(self, text: str, folders: Sequence[str]) -> Iterator[Named]:
        """What the catalogue knows of that name, though no page names it."""
        path = text.removeprefix(self._store.base)
        entities: list[Entity] = []
        if "/" in path and path.partition("/")[0] in KINDS:
            known = at_path(path, self._catalogue)
            entities += [known] if known is not None else []
        else:
            if "film" in folders:
                bare, _, year = text.rpartition(" (")
                dated = bare if year[:4].isdecimal() and year.endswith(")") else text
                films = [one.film for one in self._catalogue.films(dated) if one.kind <= _EXACT]
                entities += [
                    film.entity for film in films if dated == text or str(film.year) == year[:4]
                ]
            if "person" in folders:
                entities += [one.entity for one in self._catalogue.people(text)]
        for entity in {one.id: one for one in entities}.values():
            yield Named(self._store.base + entity.id, FOLDERS[entity.kind], entity.name)

    def _review(self, text: str) -> tuple[Named, ...]:
        iri = text if text.startswith(self._store.base) else self._store.base + text
        there = any(True for _ in self._store.triples(iri, RDF.type, SCHEMA.Review))
        return (Named(iri, "review", iri.removeprefix(self._store.base)),) if there else ()


def folders_like(text: str) -> tuple[str, ...]:
    """The kind of thing that a path names, and what that may be the same as; () for a name."""
    folder = text.rpartition("/")[0].rpartition("/")[2]
    if folder in ("film", "work"):
        return ("film", "work")
    return (folder,) if folder in KINDS else ()
