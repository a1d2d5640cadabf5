"""The thing of the catalogue that a path names, and things that other things take the place of."""

from __future__ import annotations

import re
import sqlite3

from kg.link.catalogue import Catalogue
from kg.link.entities import Entities
from kg.link.gather import SEPARATOR
from kg.link.slug import FOLDERS, tail
from kg.link.verdicts import Verdicts
from kg.model import Entity

_YEAR = re.compile(r"(?P<name>.+) (?P<year>1[89]\d\d|20\d\d)(?: .+)?$")
_TOLD = "you said that it is the same as"


def at_path(path: str, catalogue: Catalogue) -> Entity | None:
    """The film or person of the catalogue whose IRI ends in `path`; None if there is none."""
    words = tail(path).replace("-", " ")
    if path.startswith("person/"):
        return next((p.entity for p in catalogue.people(words) if p.entity.id == path), None)
    if not path.startswith("film/"):
        return None
    dated = _YEAR.match(words)
    names = [dated["name"], words] if dated else [words]
    years = [int(dated["year"])] if dated else []
    for name in names:
        for found in catalogue.films(name, years=years):
            if found.film.entity.id == path:
                return found.film.entity
    return None


def put_in_place(
    table: str,
    rows: sqlite3.Connection,
    catalogue: Catalogue,
    entities: Entities,
    verdicts: Verdicts,
) -> None:
    """Give the rows of one table the things that stand for theirs by the user's word.

    What a row meant by itself is kept in its column `own`, where the table has one.
    """
    for path, place in sorted(verdicts.same.replaced().items()):
        number = entities.number(path)
        if not number:
            continue
        target = entities.number(place) or entities.add(
            _standing(place, entities.get(number), catalogue, verdicts)
        )
        if table in ("film", "person"):
            reason = f"{_TOLD} {path}"
            rows.execute(
                f"UPDATE {table} SET entity = ?, own = ?, "  # noqa: S608 - one of our tables
                "reasons = CASE reasons WHEN '' THEN ? ELSE reasons || ? END WHERE entity = ?",
                (target, path, reason, SEPARATOR + reason, number),
            )
        else:
            rows.execute(
                f"UPDATE {table} SET entity = ? WHERE entity = ?",  # noqa: S608 - likewise
                (target, number),
            )


def _standing(place: str, other: Entity, catalogue: Catalogue, verdicts: Verdicts) -> Entity:
    """The thing that takes another one's place though no page names it."""
    known = at_path(place, catalogue)
    if known is not None:
        return known
    kind = next((k for k, folder in FOLDERS.items() if place.startswith(f"{folder}/")), other.kind)
    name = verdicts.same.label(place) or other.name
    return Entity(place, kind, name, other.year)
