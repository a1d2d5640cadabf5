"""Entities as they are found: each gets its path, a clash the smallest sign that tells it apart."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from kg.link.slug import path as iri_path
from kg.link.slug import slug
from kg.model import Entity, Kind


class Entities:
    """The entities of a graph, by number, in the scratch file."""

    def __init__(self, rows: sqlite3.Connection) -> None:
        self._rows = rows

    def add(self, entity: Entity, *signs: str) -> int:
        """Enter an entity and return its number.

        Where its path is taken, the first of `signs` that frees it is put behind it, else a number.
        """
        taken = self._rows.execute
        tries: Iterable[str] = (entity.id, *(f"{entity.id}-{slug(sign)}" for sign in signs if sign))
        path = next((p for p in tries if not self.number(p)), "")
        at = 2
        while not path:
            path = "" if self.number(f"{entity.id}-{at}") else f"{entity.id}-{at}"
            at += 1
        cursor = taken(
            "INSERT INTO entity VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
            (
                path,
                entity.kind.value,
                entity.name,
                entity.year,
                json.dumps(entity.same_as),
                json.dumps(entity.other_names),
                entity.linked,
            ),
        )
        return cursor.lastrowid or 0

    def number(self, path: str) -> int:
        """The number of the entity at that path, 0 if there is none."""
        row = self._rows.execute("SELECT number FROM entity WHERE path = ?", (path,)).fetchone()
        return row[0] if row else 0

    def get(self, number: int) -> Entity:
        """The entity of that number."""
        row = self._rows.execute(
            "SELECT path, kind, name, year, same_as, others, linked FROM entity WHERE number = ?",
            (number,),
        ).fetchone()
        return Entity(
            id=row[0],
            kind=Kind(row[1]),
            name=row[2],
            year=row[3],
            same_as=tuple(json.loads(row[4])),
            other_names=tuple(json.loads(row[5])),
            linked=bool(row[6]),
        )


def unlinked(kind: Kind, name: str, year: int | None = None, *signs: str) -> Entity:
    """A thing that the catalogue doesn't know, under its own name."""
    return Entity(iri_path(kind, name, year, *signs), kind, name, year)
