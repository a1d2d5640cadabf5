"""The first pass: what each page names, written down in rows that other pages' rows can meet."""

from __future__ import annotations

from dataclasses import replace

from kg.link.catalogue import Catalogue
from kg.link.fold import key
from kg.link.scratch import Scratch
from kg.link.sighting import FilmSighting, PersonSighting, Sightings, sight
from kg.link.slug import path
from kg.link.verdicts import Verdicts
from kg.model import Extraction, Kind

SEPARATOR = "\n"
UNTITLED = "Untitled"


def gather(
    extraction: Extraction, catalogue: Catalogue, scratch: Scratch, verdicts: Verdicts
) -> None:
    """Look at one page alone and write down what it names."""
    page = scratch.add_page(extraction.page.id)
    sightings = sight(extraction, catalogue)
    apart = [_overrule(film, extraction.page.id, catalogue, verdicts) for film in sightings.films]
    others = verdicts.people_apart_on(extraction.page.id)
    rows = scratch.rows
    rows.executemany(
        "INSERT INTO film "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        [
            _film_row(page, film, extraction.page.id, no)
            for film, no in zip(sightings.films, apart, strict=True)
        ],
    )
    rows.executemany(
        "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL)",
        [_person_row(page, person, person.key in others) for person in sightings.people],
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


def _overrule(
    film: FilmSighting, page_id: str, catalogue: Catalogue, verdicts: Verdicts
) -> frozenset[str]:
    """Take back a film that the user has said the name does not mean; gives all such films."""
    kind = film.cluster.kind
    names = {path(one, film.name, year) for one in (kind, Kind.FILM) for year in (None, film.year)}
    apart = verdicts.not_meant(names, page_id)
    while (known := film.decision.film) is not None and known.entity.id in apart:
        film.decision = film.decision.without(known, "you said that it is another film")
    if film.maybe is not None and film.maybe.entity.id in apart:
        film.maybe = None
    if apart:
        namesakes = (found.film for found in catalogue.films(film.name))
        out = frozenset(movie.id for movie in namesakes if movie.entity.id in apart)
        film.decision = replace(film.decision, rejected=film.decision.rejected | out)
    return apart


def _film_row(
    page: int, film: FilmSighting, page_id: str, apart: frozenset[str]
) -> tuple[object, ...]:
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
        SEPARATOR.join(sorted(apart)),
        " ".join(f"{rival.id}:{share:.3f}" for rival, share in decision.rivals),
    )


def _person_row(page: int, person: PersonSighting, apart: bool) -> tuple[object, ...]:
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
        apart,
    )
