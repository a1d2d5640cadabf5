"""Which characters of one film are one: the same name, part of a name, or the same actor."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz import fuzz

from kg.link.catalogue import Catalogue
from kg.link.entities import Entities, unlinked
from kg.link.fold import STOPWORDS, fold
from kg.link.slug import tail
from kg.model import Kind

_NEAR = 88
_SAME_ACTOR = 60


@dataclass(frozen=True, slots=True)
class Spelling:
    """A character's name in one film, with who plays it (a person's entity, 0 if unknown)."""

    name: str
    actor: int
    pages: int

    @property
    def words(self) -> frozenset[str]:
        """The folded words of the name."""
        return frozenset(fold(self.name).split())


def meet_characters(rows: sqlite3.Connection, catalogue: Catalogue, entities: Entities) -> None:
    """Group the characters of each film and give each an entity that carries the film's name."""
    query = (
        "SELECT coalesce(film.entity, -character.page) AS place, character.name, "
        "coalesce(person.entity, 0), count(*), catalogued.film "
        "FROM character LEFT JOIN film ON film.page = character.page AND "
        "film.cluster = character.film LEFT JOIN person ON person.page = character.page AND "
        "person.cluster = character.actor LEFT JOIN catalogued ON catalogued.entity = film.entity "
        "WHERE NOT character.silent GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    )
    changes = rows.cursor()
    changes.execute("CREATE TABLE named (place INTEGER, name TEXT, entity INTEGER)")
    for place, block in groupby(rows.execute(query), key=lambda row: row[0]):
        found = list(block)
        parts = []
        if found[0][4] is not None:
            parts = [member.part for member in catalogue.film(found[0][4]).cast if member.part]
        scope = _scope(place, rows)
        for group in group_characters([Spelling(*row[1:4]) for row in found]):
            name = full_name(group, parts)
            number = entities.add(unlinked(Kind.CHARACTER, name, None, scope))
            changes.executemany(
                "INSERT INTO named VALUES (?, ?, ?)",
                [(place, spelling.name, number) for spelling in group],
            )
    changes.execute("CREATE INDEX named_place ON named (place, name)")
    changes.execute(
        "UPDATE character SET entity = (SELECT named.entity FROM named WHERE named.place = "
        "coalesce((SELECT film.entity FROM film WHERE film.page = character.page AND "
        "film.cluster = character.film), -character.page) AND named.name = character.name) "
        "WHERE NOT silent"
    )


def _scope(place: int, rows: sqlite3.Connection) -> str:
    """What stands behind a character's name: the film's path, else the page's id."""
    if place > 0:
        return tail(
            rows.execute("SELECT path FROM entity WHERE number = ?", (place,)).fetchone()[0]
        )
    return str(rows.execute("SELECT id FROM page WHERE number = ?", (-place,)).fetchone()[0])


def group_characters(spellings: list[Spelling]) -> list[list[Spelling]]:
    """Part the spellings of one film's characters into characters, fullest names first."""
    by_name: dict[str, list[Spelling]] = defaultdict(list)
    for spelling in spellings:
        by_name[spelling.name].append(spelling)
    names = sorted(by_name, key=lambda name: (-len(fold(name).split()), name))
    groups: list[list[Spelling]] = []
    for name in names:
        own = by_name[name]
        fitting = [g for g in groups if any(_same(a, b) for a in own for b in g)]
        if len(fitting) == 1:
            fitting[0].extend(own)
        else:
            groups.append(own)
    return groups


def _same(one: Spelling, other: Spelling) -> bool:
    if one.actor and other.actor and one.actor != other.actor:
        return one.words == other.words
    if _part_of(fold(one.name), fold(other.name)):
        return True
    likeness = fuzz.ratio(fold(one.name), fold(other.name))
    same_actor = bool(one.actor) and one.actor == other.actor
    return likeness >= (_SAME_ACTOR if same_actor else _NEAR)


def _part_of(one: str, other: str) -> bool:
    """Whether the shorter name is a part of the longer: `lauren` of `lauren waks`.

    Not so where the longer one only tells of somebody: `le pere de lauren`.
    """
    short, long = sorted((one.split(), other.split()), key=len)
    if long[: len(short)] == short:
        return True
    return set(short) <= set(long) and not STOPWORDS & set(long)


def full_name(group: list[Spelling], parts: list[str]) -> str:
    """The name: the catalogue's where one part holds all the words, else the fullest."""
    words = max((spelling.words for spelling in group), key=len)
    holding = [part for part in parts if words and words <= set(fold(part).split())]
    if len(set(holding)) == 1 and len(holding[0].split()) <= 4:
        return holding[0]
    pages = Counter[str]()
    for spelling in group:
        pages[spelling.name] += spelling.pages
    return min(pages, key=lambda name: (-min(len(fold(name).split()), 3), -pages[name], name))
