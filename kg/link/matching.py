"""One name with what is known beside it, matched with the catalogue: the candidates, best first.

A row of a table is weighed as a page is that says no more than the row: by the figures and the
weights of `kg.link.disambiguate`. The score is a probability.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from kg.link.catalogue import Catalogue
from kg.link.disambiguate import candidates, shipped_weights
from kg.link.evidence import PageEvidence
from kg.link.features import Case, weigh
from kg.link.fold import key, name_key
from kg.link.known import Film, Person
from kg.link.places import at_path
from kg.link.schema import NameKind
from kg.model import (
    Candidate,
    Cluster,
    Entity,
    Evidence,
    Extraction,
    Kind,
    Mention,
    Page,
    Relation,
    RelationName,
)

_YEAR_BEHIND = re.compile(r"^(?P<name>.*\S)\s*[(\[](?P<year>1[89]\d\d|20\d\d)[)\]]$")
_SURE = 0.5  # probability from which the first may be taken for the one that is meant
_APART = 3.0  # how many times as likely as the next one it must be
_IDENTIFIED = 0.999
_NAMED_ALONE = 0.9  # of a full personal name that one person in the catalogue has
_WITH_FILM = 0.99
_WITHOUT_FILM = 0.3
_IDENTIFIERS = {
    "wikidata": re.compile(r"(?:^|/)Q?([1-9]\d*)/?$"),
    "imdb": re.compile(r"(?:^|/)(?:tt|nm)?0*([1-9]\d*)/?$"),
    "tmdb": re.compile(r"(?:^|/)([1-9]\d*)/?$"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """What a table says of one film or person; each field may be empty.

    `identifiers` are numbers elsewhere by the name of the place: wikidata, imdb, tmdb.
    """

    name: str
    years: tuple[int, ...] = ()
    directors: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    films: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate for a row; `sure` where it is good enough to be taken without asking."""

    candidate: Candidate
    sure: bool = False


def matched_films(row: Row, catalogue: Catalogue, *, limit: int) -> list[Match]:
    """The films that a row may mean."""
    told = _YEAR_BEHIND.match(row.name.strip())
    if told is not None:
        row = replace(row, name=told["name"], years=(int(told["year"]), *row.years))
    direct = at_path(row.name, catalogue) if row.name.startswith("film/") else None
    if direct is not None:
        return [Match(Candidate(direct, 1.0, ("identifier",)), sure=True)]
    if not row.name.strip():
        return []
    page = PageEvidence(_as_page(row))
    film = page.films["F1"]
    cases = weigh(film, candidates(film, catalogue), page, None)
    weights = shipped_weights()
    scored = [_scored(case, weights.probability(case), row) for case in cases]
    scored.sort(key=lambda one: (-one[0], -one[1].prior, one[1].id))
    found = [
        Match(Candidate(movie.entity, round(share, 4), reasons))
        for share, movie, reasons, _ in scored[:limit]
    ]
    if found and scored[0][3] and _stands_out([share for share, *_ in scored]):
        found[0] = replace(found[0], sure=True)
    return found


def matched_people(row: Row, catalogue: Catalogue, *, limit: int) -> list[Match]:
    """The people that a row may mean."""
    direct = at_path(row.name, catalogue) if row.name.startswith("person/") else None
    if direct is not None:
        return [Match(Candidate(direct, 1.0, ("identifier",)), sure=True)]
    people = catalogue.people(row.name)
    exact = bool(people)
    scored = sorted(
        (_person(one, len(people), row, catalogue) for one in people or near(row, catalogue)),
        key=lambda one: (-one[0], -len(one[1].films), one[1].id),
    )
    found = [
        Match(Candidate(person.entity, round(share, 4), reasons))
        for share, person, reasons in scored[:limit]
    ]
    if found and exact and _stands_out([share for share, *_ in scored]):
        found[0] = replace(found[0], sure=True)
    return found


def near(row: Row, catalogue: Catalogue) -> list[Person]:
    """People whose names are spelt nearly like the row's."""
    return catalogue.near_people(row.name) if row.name.strip() else []


def suggested(prefix: str, catalogue: Catalogue, *, folder: str, limit: int) -> list[Entity]:
    """Films and people for somebody who is still typing; `folder` "" for both.

    Who types no longer than three letters gets the films of exactly that title first.
    """
    direct = at_path(prefix.strip(), catalogue)
    found: dict[str, Entity] = {} if direct is None else {direct.id: direct}
    if folder in ("", "film") and key(prefix):
        exact = [one.film for one in catalogue.films(prefix) if one.kind <= NameKind.OTHER]
        for film in (*exact, *catalogue.beginning(prefix, limit=_READ)):
            found.setdefault(film.entity.id, film.entity)
    if folder in ("", "person"):
        for person in catalogue.people(prefix) or catalogue.near_people(prefix):
            found.setdefault(person.entity.id, person.entity)
    if folder in ("", "film") and len(found) < limit:
        for entity in catalogue.search(prefix, limit=limit):
            if not folder or entity.kind is Kind.FILM:
                found.setdefault(entity.id, entity)
    return [one for one in found.values() if not folder or one.id.startswith(f"{folder}/")][:limit]


_READ = 400  # films whose titles begin alike, of which the best known are suggested


def _stands_out(shares: list[float]) -> bool:
    """Whether the first is likely, and much likelier than the next."""
    return shares[0] >= _SURE and (len(shares) < 2 or shares[0] >= _APART * shares[1])


def _scored(case: Case, share: float, row: Row) -> tuple[float, Film, tuple[str, ...], bool]:
    """Probability, film, reasons, and whether nothing that the row says is against it."""
    film = case.found.film
    reasons = [name for name in _TOLD if case.value(name)]
    whole = case.found.kind <= NameKind.OTHER
    against = any(name in _AGAINST for name in reasons)
    known = {"wikidata": film.wikidata, "imdb": film.imdb, "tmdb": film.tmdb}
    for place, value in row.identifiers:
        number = _number(place, value)
        if number is None or known.get(place) is None:
            continue
        if number == known[place]:
            return _IDENTIFIED, film, (f"{place} agrees", *reasons), True
        share, against = share * (1 - _IDENTIFIED), True
        reasons.insert(0, f"{place} differs")
    return share, film, tuple(reasons or ["title"]), whole and not against


_AGAINST = ("year differs", "director differs", "cast differs")
_TOLD = (
    "other title",
    "part of the title",
    "short form",
    "near spelling",
    "year agrees",
    "year a bit off",
    "director agrees",
    "cast agrees",
    *_AGAINST,
)


def _person(
    person: Person, namesakes: int, row: Row, catalogue: Catalogue
) -> tuple[float, Person, tuple[str, ...]]:
    likeness = fuzz.ratio(name_key(row.name), name_key(person.name)) / 100
    share = _NAMED_ALONE / namesakes if namesakes else 0.5 * likeness
    reasons = ["name"] if namesakes else ["near spelling"]
    for value in (value for place, value in row.identifiers if place == "imdb" and person.imdb):
        if _number("imdb", value) == person.imdb:
            return _IDENTIFIED, person, ("imdb agrees", *reasons)
        return share * (1 - _IDENTIFIED), person, ("imdb differs", *reasons)
    if row.films:
        wanted = {key(title) for title in row.films}
        made = {
            key(title)
            for number in person.films
            for title in (catalogue.film(number).title, *catalogue.film(number).others)
        }
        agree = bool(wanted & made)
        reasons.append("film agrees" if agree else "film differs")
        share = max(share, _WITH_FILM * likeness) if agree else share * _WITHOUT_FILM
    return share, person, tuple(reasons)


def _number(place: str, value: str) -> int | None:
    pattern = _IDENTIFIERS.get(place)
    found = pattern.search(value.strip()) if pattern is not None else None
    return int(found[1]) if found else None


def _as_page(row: Row) -> Extraction:
    """The row as a page that says no more: the title, its year, and who made it."""
    text = row.name.strip()
    years = "".join(f" ({year})" for year in row.years[:1])
    clusters = [Cluster("F1", Kind.FILM, text, (Mention(0, len(text), Kind.FILM),))]
    relations = []
    text += f"{years}."
    for name, people in ((RelationName.DIRECTOR, row.directors), (RelationName.CAST, row.cast)):
        for person in filter(None, people):
            text += "\n\n"
            one = f"P{len(clusters)}"
            mention = Mention(len(text), len(text) + len(person), Kind.PERSON)
            text += person
            clusters.append(Cluster(one, Kind.PERSON, person, (mention,)))
            relations.append(Relation(name, "F1", one, Evidence(person), 1.0))
    return Extraction(Page("row", "row", text), tuple(clusters), tuple(relations), (), "F1", "")


def values_of(film: Film) -> Iterator[tuple[str, str | int]]:
    """What the catalogue knows of a film, by the names of properties, people left out."""
    if film.year is not None:
        yield "year", film.year
    for country in film.countries:
        yield "country", country
    for title in film.others:
        yield "title", title
    if film.wikidata is not None:
        yield "wikidata", f"Q{film.wikidata}"
    if film.imdb is not None:
        yield "imdb", f"tt{film.imdb:07d}"
    if film.tmdb is not None:
        yield "tmdb", str(film.tmdb)


def people_of(film: Film, job: str) -> Iterable[tuple[str, str]]:
    """Path and name of the film's directors ("d") or cast ("a")."""
    for member in film.people:
        if member.job == job:
            person = Person(member.person, member.name, None, ())
            yield person.entity.id, member.name
