"""The first pass: what each page names, written down in rows that other pages' rows can meet."""

from __future__ import annotations

from kg.link.catalogue import Catalogue
from kg.link.corrections import Verdicts
from kg.link.fold import key
from kg.link.scratch import Scratch
from kg.link.sighting import FilmSighting, PersonSighting, Sightings, sight
from kg.link.slug import path
from kg.model import Extraction, Kind

SEPARATOR = "\n"
UNTITLED = "Untitled"


def gather(
    extraction: Extraction, catalogue: Catalogue, scratch: Scratch, verdicts: Verdicts
) -> None:
    """Look at one page alone and write down what it names."""
    page = scratch.add_page(extraction.page.id)
    sightings = sight(extraction, catalogue)
    for film in sightings.films:
        _overrule(film, extraction.page.id, verdicts)
    rows = scratch.rows
    rows.executemany(
        "INSERT INTO film VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        [_film_row(page, film, extraction.page.id) for film in sightings.films],
    )
    rows.executemany(
        "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        [_person_row(page, person) for person in sightings.people],
    )
    rows.executemany(
        "INSERT INTO credit VALUES (?, ?, ?, ?, ?)",
        [
            (page, person.cluster.id, film, job, part)
            for person in sightings.people
            for film, job, part in person.credits
        ],
    )
    _gather_others(page, sightings, scratch)


def _gather_others(page: int, sightings: Sightings, scratch: Scratch) -> None:
    scratch.rows.executemany(
        "INSERT INTO character VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
        [
            (page, one.cluster.id, key(one.name), one.name, one.film, one.actor, one.cluster.silent)
            for one in sightings.characters
        ],
    )
    scratch.rows.executemany(
        "INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, NULL)",
        [
            (page, one.id, one.kind.value, key(one.name), one.name, one.silent)
            for one in sightings.others
        ],
    )


def _overrule(film: FilmSighting, page_id: str, verdicts: Verdicts) -> None:
    """Take a film back that the user has said the name does not mean."""
    known = film.decision.film
    if known is None or not verdicts:
        return
    names = (path(Kind.FILM, film.name), path(Kind.FILM, film.name, film.year), page_id)
    if any(verdicts.apart(name, known.entity.id) for name in names):
        film.decision = film.decision.without(known, "told apart by the user")


def _film_row(page: int, film: FilmSighting, page_id: str) -> tuple[object, ...]:
    decision = film.decision
    # a film that nothing names is a film of its own, whatever other pages leave unnamed
    name = film.name or f"{UNTITLED} ({page_id})"
    return (
        page,
        film.cluster.id,
        film.cluster.kind.value,
        key(name),
        name,
        decision.film.id if decision.film else None,
        decision.score,
        decision.firm,
        film.topic,
        film.year,
        SEPARATOR.join(film.directors),
        SEPARATOR.join(film.cast),
        " ".join(map(str, sorted(decision.rejected))),
        SEPARATOR.join(decision.reasons),
        film.cluster.silent,
        film.maybe.id if film.maybe else None,
    )


def _person_row(page: int, person: PersonSighting) -> tuple[object, ...]:
    return (
        page,
        person.cluster.id,
        person.key,
        person.bare,
        person.name,
        person.known,
        person.score,
        SEPARATOR.join(person.reasons),
        person.cluster.silent,
    )
