"""What one page alone tells of its clusters: the film of the catalogue, the person, the part.

Everything here depends on one page and the catalogue only, so that pages can be read anywhere and
in any order. `kg.link.resolve` lets the sightings of all pages meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from kg.link.catalogue import Catalogue
from kg.link.disambiguate import Decision, decide
from kg.link.evidence import FilmEvidence, PageEvidence
from kg.link.fold import content_words, fold, lone_surname, name_key, surname
from kg.link.known import Film
from kg.model import Cluster, Extraction, Kind, RelationName

_NEAR_NAME = 84
_SURE = 0.97
_SURELY = 0.8
_TELLING = 2  # words
_PARTLY = {"part of the title", "short form", "near spelling"}
_GROUNDS = {
    RelationName.DIRECTOR,
    RelationName.WRITER,
    RelationName.PRODUCER,
    RelationName.CINEMATOGRAPHER,
    RelationName.COMPOSER,
    RelationName.EDITOR,
    RelationName.CAST,
    RelationName.AUTHOR,
}
_REMARK = re.compile(r"\s*(?:\((?:\d{4}|\?)\)|[,(].*|\.?\s+\d+\W*)$")  # what trails a name


@dataclass(slots=True)
class FilmSighting:
    """A film or work as one page names it, with the page's evidence for other pages to compare.

    `maybe` is the film of a work's title.
    """

    cluster: Cluster
    name: str
    decision: Decision
    topic: bool = False
    year: int | None = None
    directors: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    maybe: Film | None = None


@dataclass(slots=True)
class PersonSighting:
    """A person as one page names them.

    `key` is the folded full name; a name of one word keeps `bare` and gets no key unless the
    catalogue knows who is meant. `credits` are (film cluster, job, part cluster).
    """

    cluster: Cluster
    name: str
    key: str
    bare: str = ""
    known: bool = False
    score: float = _SURE
    reasons: tuple[str, ...] = ()
    credits: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class CharacterSighting:
    """A character as one page names it, with the film it belongs to and who plays it."""

    cluster: Cluster
    name: str
    film: str  # cluster id, "" where the page has no film for it
    actor: str  # cluster id
    stated: bool = False  # whether a relation says that it belongs to the film


@dataclass(slots=True)
class Sightings:
    """All clusters of one page, before other pages are looked at."""

    extraction: Extraction
    films: list[FilmSighting] = field(default_factory=list)
    people: list[PersonSighting] = field(default_factory=list)
    characters: list[CharacterSighting] = field(default_factory=list)
    others: list[Cluster] = field(default_factory=list)


def sight(extraction: Extraction, catalogue: Catalogue) -> Sightings:
    """Look at one page alone."""
    page = PageEvidence(extraction)
    sightings = Sightings(extraction)
    decisions = _decide_films(page, catalogue)
    for cluster in extraction.clusters:
        if cluster.kind in (Kind.FILM, Kind.WORK):
            film = _film(page.films[cluster.id], page, decisions[cluster.id])
            if cluster.kind is Kind.WORK and not (film.topic or cluster.silent):
                _take_for_film(film, page.films[cluster.id], page, catalogue)
            sightings.films.append(film)
        elif cluster.kind is Kind.PERSON:
            sightings.people.append(_person(cluster, page, decisions, catalogue))
        elif cluster.kind is Kind.CHARACTER:
            sightings.characters.append(_character(cluster, extraction))
        else:
            sightings.others.append(cluster)
    return sightings


def _decide_films(page: PageEvidence, catalogue: Catalogue) -> dict[str, Decision]:
    """The reviewed film first, because its people and year speak for the others."""
    nobody = Decision(None, 0.5, ())
    decisions: dict[str, Decision] = {}
    topic: Film | None = None
    ordered = sorted(page.films.values(), key=lambda film: not film.topic)
    for film in ordered:
        if film.cluster.kind is not Kind.FILM:
            decisions[film.cluster.id] = nobody
            continue
        # a menu's title is judged by its name alone
        around = None if film.cluster.silent else topic
        decision = decide(film, page, catalogue, topic=around)
        decisions[film.cluster.id] = decision
        if film.topic:
            topic = decision.film
    return decisions


def _take_for_film(
    sighting: FilmSighting, film: FilmEvidence, page: PageEvidence, catalogue: Catalogue
) -> None:
    """Let a work be the film of its title where the page's people, parts or year say so.

    A title alone does so only where it says much, is well known as a film's, and nothing calls it
    something else; otherwise the film is kept for other pages to speak for.
    """
    decision = decide(film, page, catalogue)
    if decision.film is None:
        return
    telling = (
        decision.score >= _SURELY
        and len(content_words(fold(film.spellings[0]))) >= _TELLING
        and not film.called
        and not sighting.directors
        and not _PARTLY & {*decision.reasons}
    )
    if decision.firm or "characters agree" in decision.reasons or telling:
        sighting.decision = decision
        sighting.cluster = replace(sighting.cluster, kind=Kind.FILM)
    else:
        sighting.maybe = decision.film


def _film(film: FilmEvidence, page: PageEvidence, decision: Decision) -> FilmSighting:
    authors = [
        relation.object
        for relation in page.extraction.relations
        if relation.subject == film.cluster.id and relation.name is RelationName.AUTHOR
    ]
    name = _REMARK_YEAR.sub("", film.spellings[0]) if film.spellings else ""
    return FilmSighting(
        film.cluster,
        name=name,
        decision=decision,
        topic=film.topic,
        year=next(iter(film.years)) if len(film.years) == 1 else None,
        directors=_keys(page, [*film.directors, *authors]),
        cast=_keys(page, film.cast),
    )


_REMARK_YEAR = re.compile(r"\s*\((?:\d{4}|\?)?\)$")


def _keys(page: PageEvidence, people: Iterable[str]) -> tuple[str, ...]:
    """The full names of some of the page's people, folded; bare names only where none is full."""
    keys: dict[str, None] = {}
    for cluster_id in people:
        names = page.names.get(cluster_id)
        if names is not None:
            best = name_key(page.clusters[cluster_id].name)
            keys[best] = None
    return tuple(keys)


def _person(
    cluster: Cluster, page: PageEvidence, decisions: dict[str, Decision], catalogue: Catalogue
) -> PersonSighting:
    name = _REMARK.sub("", cluster.name) or cluster.name
    folded = fold(name)
    sighting = PersonSighting(cluster, name, key="", bare="")
    if not cluster.silent:
        sighting.credits = _credits(cluster, page)
    alone = lone_surname(folded)
    if not alone:
        sighting.key = name_key(name)
        known = catalogue.people(name)
        if known:
            sighting.name, sighting.known = known[0].name, True
            sighting.reasons = ("name in the catalogue",)
            return sighting
    else:
        sighting.bare = alone
        known = catalogue.people(name)
        if known and len(known[0].films) > 2:  # one who goes by one name: Cher, Madonna
            sighting.name, sighting.key, sighting.known = known[0].name, name_key(name), True
            sighting.reasons = ("name in the catalogue",)
            return sighting
    if not cluster.silent:
        _credited(sighting, page, decisions)
    return sighting


def _credits(cluster: Cluster, page: PageEvidence) -> list[tuple[str, str, str]]:
    found = [
        (relation.subject, relation.name.value, relation.part)
        for relation in page.extraction.relations
        if relation.object == cluster.id and relation.name in _GROUNDS
    ]
    topic = page.extraction.topic
    if topic in page.films and not any(film == topic for film, _, _ in found):
        found.append((topic, "", ""))  # named on a page about it, nothing more
    return found


def _credited(sighting: PersonSighting, page: PageEvidence, decisions: dict[str, Decision]) -> None:
    """Find the person among those whom the catalogue credits in the page's films."""
    own = [film for film, _, _ in sighting.credits]
    others = [film for film in page.films if film not in own] if sighting.bare else []
    for films in (own, others):
        found: dict[str, tuple[float, Film]] = {}
        for film_id in films:
            decision = decisions.get(film_id)
            if decision is None or decision.film is None or page.clusters[film_id].silent:
                continue
            for member in decision.film.people:
                likeness = _likeness(sighting, member.name)
                if likeness:
                    found[member.name] = (likeness, decision.film)
        if len(found) == 1 or (found and not sighting.bare):
            name = max(found, key=lambda n: (found[n][0], n))
            likeness, film = found[name]
            verb = "surname" if sighting.bare else f"spelt {sighting.name!r}"
            sighting.reasons = (f"{verb}, credited in {film.title} ({film.year})",)
            sighting.name, sighting.key, sighting.known = name, name_key(name), True
            sighting.score = round(0.9 * likeness, 3)
            return


def _likeness(sighting: PersonSighting, name: str) -> float:
    if sighting.bare:
        words = fold(name).split()
        return 1.0 if sighting.bare == surname(fold(name)) or sighting.bare in words[:1] else 0.0
    return float(fuzz.ratio(sighting.key, name_key(name), score_cutoff=_NEAR_NAME)) / 100


def _character(cluster: Cluster, extraction: Extraction) -> CharacterSighting:
    name = _REMARK.sub("", cluster.name) or cluster.name
    for relation in extraction.relations:
        if relation.name is RelationName.CAST and relation.part == cluster.id:
            return CharacterSighting(cluster, name, relation.subject, relation.object, stated=True)
        if relation.name is RelationName.CHARACTER and relation.object == cluster.id:
            return CharacterSighting(cluster, name, relation.subject, "", stated=True)
    return CharacterSighting(cluster, name, extraction.topic, "")
