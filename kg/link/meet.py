"""Between the passes: the rows of all pages meet, key by key, and every row gets its entity."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from kg.link.alike import Named, Union, join_people
from kg.link.catalogue import Catalogue
from kg.link.entities import Entities, unlinked
from kg.link.fold import fold, name_key
from kg.link.gather import SEPARATOR, UNTITLED
from kg.link.slug import path, tail
from kg.link.works import Group, Row, group
from kg.model import Kind


def meet_films(rows: sqlite3.Connection, catalogue: Catalogue, entities: Entities) -> None:
    """Group the films and works of one title, title by title."""
    query = (
        "SELECT kind, key, page, cluster, name, catalogue, score, firm, topic, year, directors, "
        "actors, rejected, reasons, apart FROM film WHERE NOT silent "
        "ORDER BY kind, key, page, cluster"
    )
    changes = rows.cursor()
    for (kind, _), block in groupby(rows.execute(query), key=lambda row: row[:2]):
        groups = group([_row((*row[2:], row[0])) for row in block])
        groups.sort(key=lambda g: (g.catalogue is None, -g.topics, -len(g.rows), g.rows[0].page))
        for one in groups:
            number = _film_entity(Kind(kind), one, changes, catalogue, entities)
            changes.executemany(
                "UPDATE film SET entity = ?, score = ?, reasons = ? WHERE page = ? AND cluster = ?",
                [(number, r.score, SEPARATOR.join(r.reasons), r.page, r.cluster) for r in one.rows],
            )


_TOGETHER = 2  # of the cast, besides the director


def meet_untitled(rows: sqlite3.Connection) -> None:
    """Let a reviewed film that nothing names be one that other pages review, by its people.

    The director and two of the cast must be the same, and those of one film only.
    """
    unnamed = f"{UNTITLED} (%"
    rows.execute("CREATE TEMP TABLE directed (director TEXT, entity INTEGER, actors TEXT)")
    named = rows.execute(
        "SELECT directors, entity, actors FROM film WHERE topic AND entity IS NOT NULL "
        "AND directors <> '' AND name NOT LIKE ?",
        (unnamed,),
    )
    insert = rows.cursor()
    for directors, entity, actors in named:
        insert.executemany(
            "INSERT INTO directed VALUES (?, ?, ?)",
            [(director, entity, actors) for director in _split(directors)],
        )
    rows.execute("CREATE INDEX directed_by ON directed (director)")
    untitled = rows.execute(
        "SELECT page, cluster, directors, actors FROM film WHERE topic AND name LIKE ?", (unnamed,)
    ).fetchall()
    for page, cluster, directors, actors in untitled:
        cast = set(_split(actors))
        films = {
            entity
            for director in _split(directors)
            for entity, others in rows.execute(
                "SELECT entity, actors FROM directed WHERE director = ?", (director,)
            )
            if len(cast & set(_split(others))) >= _TOGETHER
        }
        if len(films) == 1:
            rows.execute(
                "UPDATE film SET entity = ?, reasons = ? WHERE page = ? AND cluster = ?",
                (films.pop(), "director and cast of a film that other pages review", page, cluster),
            )


def meet_works(rows: sqlite3.Connection) -> None:
    """Let a work be the film of its title where other pages say so.

    Another review of the same film names that film, or two other pages do by the whole title and
    nobody is said to have written the work.
    """
    rows.execute("CREATE INDEX IF NOT EXISTS film_entity ON film (entity, topic)")
    found = rows.execute(
        "SELECT DISTINCT known.entity, work.page, work.cluster FROM film AS work "
        "JOIN catalogued AS known ON known.film = work.maybe "
        "JOIN film AS topic ON topic.page = work.page AND topic.topic "
        "JOIN film AS same ON same.entity = topic.entity AND same.topic AND same.page <> work.page "
        "JOIN film AS cited ON cited.page = same.page AND cited.entity = known.entity "
        "WHERE work.maybe IS NOT NULL AND NOT cited.silent AND NOT cited.topic"
    ).fetchall()
    found += rows.execute(
        "SELECT known.entity, work.page, work.cluster FROM film AS work "
        "JOIN catalogued AS known ON known.film = work.maybe "
        "WHERE work.maybe IS NOT NULL AND work.directors = '' AND 2 <= ("
        "SELECT count(DISTINCT cited.page) FROM film AS cited WHERE cited.entity = known.entity "
        "AND cited.key = work.key AND cited.kind = 'FILM' AND NOT cited.silent "
        "AND cited.page <> work.page)"
    ).fetchall()
    reason = "other pages name the film of that title"
    rows.executemany(
        "UPDATE film SET entity = ?, reasons = ? WHERE page = ? AND cluster = ?",
        [(entity, reason, page, cluster) for entity, page, cluster in found],
    )


def _row(row: tuple[object, ...]) -> Row:
    page, cluster, name, known, score, firm, topic, year, directors, cast, rejected, *told = row
    reasons, apart, kind = told
    own = Kind(str(kind))
    dated = None if year is None else int(str(year))
    return Row(
        page=int(str(page)),
        cluster=str(cluster),
        name=str(name),
        catalogue=None if known is None else int(str(known)),
        score=float(str(score)),
        firm=bool(firm),
        topic=bool(topic),
        year=dated,
        directors=_split(str(directors)),
        cast=_split(str(cast)),
        rejected=frozenset(map(int, str(rejected).split())),
        reasons=_split(str(reasons)),
        paths=(path(own, str(name)), path(own, str(name), dated)),
        apart=frozenset(_split(str(apart))),
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(SEPARATOR)) if text else ()


def _film_entity(
    kind: Kind, one: Group, rows: sqlite3.Cursor, catalogue: Catalogue, entities: Entities
) -> int:
    if one.catalogue is not None:
        known = rows.execute(
            "SELECT entity FROM catalogued WHERE film = ?", (one.catalogue,)
        ).fetchone()
        if known:
            return int(known[0])
        number = entities.add(catalogue.film(one.catalogue).entity)
        rows.execute("INSERT INTO catalogued VALUES (?, ?)", (one.catalogue, number))
        return number
    name = _commonest(Counter(row.name for row in one.rows if row.topic) or _names(one))
    year = max(one.years, key=lambda y: (one.years[y], -y), default=None)
    director = min(one.directors, default="").partition(" ")[0]
    entity = unlinked(kind, name, year)
    if kind is Kind.FILM and any(f.film.entity.id == entity.id for f in catalogue.films(name)):
        entity = unlinked(kind, name, year, director or "2")  # the catalogue's one of that path
    elif entity.id in one.apart:
        entity = unlinked(kind, name, year, director or "2")  # what the user says it isn't
    return entities.add(entity, director)


def _names(one: Group) -> Counter[str]:
    return Counter(row.name for row in one.rows)


def _commonest(names: Counter[str]) -> str:
    """The commonest spelling; of equals one that is not all capitals, then the first."""
    return min(names, key=lambda name: (-names[name], name.isupper() or name.islower(), name))


def meet_people(
    rows: sqlite3.Connection, catalogue: Catalogue, entities: Entities, union: Union
) -> None:
    """Join the names of one person, film by film, and give every person an entity."""
    rows.execute(
        "UPDATE person SET node = key || CASE WHEN apart THEN ' @page ' || page ELSE '' END "
        "WHERE key <> '' AND NOT silent"
    )
    _place_bare(rows)
    for film, named in _by_film(rows, catalogue):
        join_people(named, union, film)
    rows.create_function("root", 1, union.root, deterministic=True)
    query = (
        "SELECT root(node) AS root, name, max(known AND NOT apart), count(*), min(node), "
        "max(key <> '') "
        "FROM person WHERE NOT silent GROUP BY 1, 2 ORDER BY 1, 2"
    )
    changes = rows.cursor()
    for root, spellings in groupby(rows.execute(query), key=lambda row: row[0]):
        number = _person_entity(root, list(spellings), rows, catalogue, entities)
        changes.execute("INSERT INTO node VALUES (?, ?)", (root, number))
    changes.execute(
        "UPDATE person SET entity = (SELECT entity FROM node WHERE node.node = root(person.node)) "
        "WHERE NOT silent"
    )


def _place_bare(rows: sqlite3.Connection) -> None:
    """Give names of one word a node of the film that the page speaks of, else of the page."""
    rows.execute(
        "UPDATE person SET node = bare || ' @' || coalesce("
        "(SELECT 'film ' || min(film.entity) FROM credit JOIN film ON film.page = credit.page AND "
        "film.cluster = credit.film WHERE credit.page = person.page AND "
        "credit.person = person.cluster), 'page ' || page) WHERE key = '' AND NOT silent"
    )


def _by_film(rows: sqlite3.Connection, catalogue: Catalogue) -> Iterator[tuple[str, list[Named]]]:
    """The names that all pages on a film give to its people, and the catalogue's own."""
    query = (
        "SELECT DISTINCT film.entity, person.node, person.key, person.bare, credit.job, "
        "coalesce(character.key, ''), person.known AND NOT person.apart, catalogued.film "
        "FROM credit "
        "JOIN film ON film.page = credit.page AND film.cluster = credit.film "
        "JOIN person ON person.page = credit.page AND person.cluster = credit.person "
        "LEFT JOIN character ON character.page = credit.page AND character.cluster = credit.part "
        "LEFT JOIN catalogued ON catalogued.entity = film.entity "
        "WHERE film.entity IS NOT NULL AND NOT person.silent ORDER BY film.entity"
    )
    for number, block in groupby(rows.execute(query), key=lambda row: row[0]):
        named = []
        known: int | None = None
        for row in block:
            _, node, full, bare, job, part, is_known, known = row
            named.append(Named(node, full, bare, job, part, bool(is_known)))
        title = rows.execute("SELECT name FROM entity WHERE number = ?", (number,)).fetchone()[0]
        if known is not None:
            for member in catalogue.film(known).people:
                full = name_key(member.name)
                job = "director" if member.job == "d" else "cast"
                named.append(Named(full, full, "", job, fold(member.part).replace(" ", ""), True))
        yield title, named


def _person_entity(
    root: str,
    spellings: list[tuple[str, str, int, int, str, int]],
    rows: sqlite3.Connection,
    catalogue: Catalogue,
    entities: Entities,
) -> int:
    full = [s for s in spellings if s[5]] or spellings
    known = [s for s in full if s[2]]
    name = _commonest(Counter({s[1]: s[3] for s in known or full}))
    if known:
        found = catalogue.people(name)
        if found:
            return entities.add(found[0].entity)
    place = root.partition(" @")[2]
    if not place:
        return entities.add(unlinked(Kind.PERSON, name))
    return entities.add(unlinked(Kind.PERSON, name, None, _place_name(place, rows)))


def _place_name(place: str, rows: sqlite3.Connection) -> str:
    what, _, number = place.partition(" ")
    if what == "film":
        query = "SELECT path FROM entity WHERE number = ?"
        return tail(rows.execute(query, (int(number),)).fetchone()[0])
    row = rows.execute("SELECT id FROM page WHERE number = ?", (int(number),)).fetchone()
    return str(row[0])


def meet_things(rows: sqlite3.Connection, entities: Entities) -> None:
    """Give every organisation and award an entity: one folded name, one thing."""
    query = (
        "SELECT kind, key, name, count(*) FROM thing WHERE NOT silent GROUP BY 1, 2, 3 "
        "ORDER BY 1, 2, 3"
    )
    changes = rows.cursor()
    changes.execute("CREATE TABLE met (kind TEXT, key TEXT, entity INTEGER)")
    for (kind, key), names in groupby(rows.execute(query), key=lambda row: row[:2]):
        name = _commonest(Counter({row[2]: row[3] for row in names}))
        number = entities.add(unlinked(Kind(kind), name))
        changes.execute("INSERT INTO met VALUES (?, ?, ?)", (kind, key, number))
    changes.execute("CREATE INDEX met_key ON met (kind, key)")
    changes.execute(
        "UPDATE thing SET entity = (SELECT entity FROM met WHERE met.kind = thing.kind AND "
        "met.key = thing.key) WHERE NOT silent"
    )
