"""All pages linked: two passes over the extractions, with the meeting of names between them.

What is held in memory does not grow with the number of pages, and nothing depends on their order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg.errors import KgError
from kg.link.alike import Union
from kg.link.attributions import attributed
from kg.link.catalogue import Catalogue
from kg.link.characters import meet_characters
from kg.link.entities import Entities, unlinked
from kg.link.gather import SEPARATOR, gather
from kg.link.meet import meet_films, meet_people, meet_things, meet_untitled, meet_works
from kg.link.moves import Moves
from kg.link.parted import parted
from kg.link.places import put_in_place
from kg.link.quotations import Quotations
from kg.link.scratch import Scratch, page_number
from kg.link.verdicts import Verdicts
from kg.model import (
    Candidate,
    Correction,
    Entity,
    Extraction,
    Kind,
    Link,
    LinkedPage,
    Tally,
)


def resolve(
    extractions: Callable[[], Iterable[Extraction]],
    *,
    catalogue: Catalogue,
    corrections: Sequence[Correction] = (),
    moves: Moves | None = None,
    scratch: Path | None = None,
    tally: Tally | None = None,
) -> Iterator[LinkedPage]:
    """Give every cluster of every page what it means in the whole graph.

    The critics and publications that a page names beside its text are clusters of the result too.
    `extractions` is called twice and must give the same pages both times, in any order; their ids
    must differ. `moves` is told which things have another path than before, once the first page is
    given. `scratch` is a folder for temporary rows. `tally` counts what was left aside.
    """
    with Scratch(scratch) as store:
        quotations = Quotations(store.rows)
        yield from _resolve(extractions, catalogue, Verdicts(corrections), store, quotations, moves)
        if tally is not None and quotations.boilerplate:
            tally.add("runs of words on too many pages to be quotations", quotations.boilerplate)


def link_page(extraction: Extraction, catalogue: Catalogue) -> LinkedPage:
    """One page alone, as if the graph held no other."""
    with Scratch(None, in_memory=True) as store:
        return next(_resolve(lambda: (extraction,), catalogue, Verdicts(), store, None, None))


def _prepared(
    extractions: Callable[[], Iterable[Extraction]], catalogue: Catalogue
) -> Iterator[Extraction]:
    """The extractions with the names beside the text, and no cluster for two films."""
    for extraction in extractions():
        yield parted(attributed(extraction), catalogue)


def _resolve(
    extractions: Callable[[], Iterable[Extraction]],
    catalogue: Catalogue,
    verdicts: Verdicts,
    store: Scratch,
    quotations: Quotations | None,
    moves: Moves | None,
) -> Iterator[LinkedPage]:
    for extraction in _prepared(extractions, catalogue):
        gather(extraction, catalogue, store, verdicts)
        if quotations is not None:
            quotations.gather(extraction.page)
    store.index()
    if quotations is not None:
        quotations.meet()
    entities = Entities(store.rows)
    union = Union(verdicts.apart_names, verdicts.names_told_apart)

    def put_right(table: str) -> None:
        put_in_place(table, store.rows, catalogue, entities, verdicts)

    meet_films(store.rows, catalogue, entities)
    meet_untitled(store.rows)
    meet_works(store.rows)
    put_right("film")
    meet_people(store.rows, catalogue, entities, union)
    put_right("person")
    meet_characters(store.rows, catalogue, entities)
    put_right("character")
    meet_things(store.rows, entities)
    put_right("thing")
    if moves is not None:
        moves.find(store.rows)
    links = Links(store.rows, catalogue, entities, union, verdicts)
    for extraction in _prepared(extractions, catalogue):
        found = tuple(quotations.of(extraction.page)) if quotations is not None else ()
        yield LinkedPage(extraction, tuple(links.of(extraction)), found)


class Links:
    """Reads the second pass's answers out of the scratch file, page by page."""

    def __init__(
        self,
        rows: sqlite3.Connection,
        catalogue: Catalogue,
        entities: Entities,
        union: Union,
        verdicts: Verdicts,
    ) -> None:
        self._rows = rows
        self._catalogue = catalogue
        self._entities = entities
        self._union = union
        self._verdicts = verdicts

    def of(self, extraction: Extraction) -> Iterator[Link]:
        """A link for each of the page's clusters, in their order."""
        page = page_number(extraction.page.id)
        found = {link.cluster: link for link in self._all(page)}
        for cluster in extraction.clusters:
            if cluster.id not in found:
                raise KgError(
                    f"expected the same pages in both passes, found the cluster {cluster.id} of "
                    f"{extraction.page.id!r} only in the second"
                )
            yield found[cluster.id]

    def _all(self, page: int) -> Iterator[Link]:
        for (
            cluster,
            kind,
            name,
            year,
            known,
            score,
            reasons,
            rivals,
            entity,
            own,
        ) in self._rows.execute(
            "SELECT cluster, kind, name, year, catalogue, score, reasons, rivals, entity, own "
            "FROM film WHERE page = ?",
            (page,),
        ).fetchall():
            thing = self._entity(entity) if entity else self._silent_film(kind, name, year, known)
            others = tuple(self._rivals(rivals, thing))
            yield Link(cluster, thing, _rounded(score), _reasons(reasons), others, own or "")
        for cluster, name, node, score, reasons, entity, own in self._rows.execute(
            "SELECT cluster, name, node, score, reasons, entity, own FROM person WHERE page = ?",
            (page,),
        ).fetchall():
            thing = self._entity(entity) if entity else self._quiet(unlinked(Kind.PERSON, name))
            joined = self._union.reasons.get(node or "")
            why = (*((joined,) if joined else ()), *_reasons(reasons))
            yield Link(cluster, thing, _rounded(score), why, own=own or "")
        for cluster, name, entity in self._rows.execute(
            "SELECT cluster, name, entity FROM character WHERE page = ?", (page,)
        ).fetchall():
            thing = self._entity(entity) if entity else unlinked(Kind.CHARACTER, name)
            yield Link(cluster, thing, 1.0)
        for cluster, kind, name, entity in self._rows.execute(
            "SELECT cluster, kind, name, entity FROM thing WHERE page = ?", (page,)
        ).fetchall():
            yield Link(cluster, self._entity(entity) if entity else unlinked(Kind(kind), name), 1.0)

    def _entity(self, number: int) -> Entity:
        return self._entities.get(number)

    def _quiet(self, entity: Entity) -> Entity:
        """What stands for a menu's name by the user's word, else the thing of that name itself."""
        place = self._verdicts.same.stands_for(entity.id)
        number = self._entities.number(place) if place != entity.id else 0
        return self._entities.get(number) if number else entity

    def _rivals(self, written: str, chosen: Entity) -> Iterator[Candidate]:
        """The other films that the name may have meant, from `number:share number:share`."""
        for one in written.split():
            number, _, share = one.partition(":")
            entity = self._catalogue.film(int(number)).entity
            if entity.id != chosen.id:
                yield Candidate(replace(entity, same_as=(), other_names=()), float(share))

    def _silent_film(self, kind: str, name: str, year: int | None, known: int | None) -> Entity:
        """A menu's title: the catalogue's film or nobody, whatever other pages say."""
        if known is not None:
            return self._quiet(self._catalogue.film(known).entity)
        return self._quiet(unlinked(Kind(kind), name, year))


def _reasons(text: str) -> tuple[str, ...]:
    return tuple(text.split(SEPARATOR)) if text else ()


def _rounded(score: float) -> float:
    return round(score, 3)
