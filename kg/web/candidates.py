"""What reconciliation says: queries read, candidates, values and cards as the API 0.2 has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, Final

from kg.link import Catalogue
from kg.link.matching import Match, Row, matched_films, matched_people, people_of, values_of
from kg.link.places import at_path
from kg.model import Entity, Kind
from kg.web.problems import RequestError

MOVIE: Final = {"id": "Movie", "name": "film"}
PERSON: Final = {"id": "Person", "name": "person"}
TYPES: Final = {"Movie": MOVIE, "Person": PERSON}
FOLDERS: Final = {"Movie": "film", "Person": "person"}
PROPERTIES: Final = {
    "Movie": {
        "year": "year",
        "director": "director",
        "cast": "cast",
        "country": "country",
        "title": "other title",
        "wikidata": "Wikidata identifier",
        "imdb": "IMDb identifier",
        "tmdb": "TMDB identifier",
    },
    "Person": {"film": "film", "imdb": "IMDb identifier"},
}
_JOBS: Final = {"director": "d", "cast": "a"}
_LIMIT, _MOST = 5, 25  # candidates for a query
NAME: Final = 500  # letters of a name that are looked at
_IDS: Final = 1000  # entities whose properties are fetched in one request


def query_of(name: str, given: object) -> dict[str, Any]:
    """One query, its defaults filled in; RequestError where it can't be meant."""
    if not isinstance(given, dict) or not ("query" in given or given.get("properties")):
        raise RequestError(400, f"expected a text `query`, or `properties`, in the query {name!r}")
    types = given.get("type") or list(TYPES)
    limit = _LIMIT if given.get("limit") is None else given["limit"]
    properties = given.get("properties") or []
    if not isinstance(given.get("query", ""), str) or not isinstance(properties, list):
        raise RequestError(400, f"expected a text and a list of properties in the query {name!r}")
    if isinstance(limit, bool) or not isinstance(limit, int | float) or limit < 1:
        raise RequestError(
            400, f"expected a limit of at least 1 in the query {name!r}, found {limit}"
        )
    return {
        "name": given.get("query", "")[:NAME],
        "types": [types] if isinstance(types, str) else types,
        "limit": min(int(limit), _MOST),
        "properties": [
            (str(one.get("pid", "")), one.get("v")) for one in properties if isinstance(one, dict)
        ],
    }


def candidates_of(
    query: dict[str, Any], base: str, catalogue: Catalogue
) -> list[dict[str, object]]:
    """The candidates of one query as the specification writes them, best first."""
    types, limit = query["types"], query["limit"]
    row = _row(query, base)
    found: list[Match] = []
    if "Movie" in types:
        found += matched_films(row, catalogue, limit=limit)
    if "Person" in types:
        found += matched_people(row, catalogue, limit=limit)
    found.sort(key=lambda one: -one.candidate.score)
    alone = sum(one.sure for one in found) == 1
    return [
        {
            **named(one.candidate.entity),
            "description": told(one.candidate.entity),
            "type": [type_of(one.candidate.entity)],
            "score": round(100 * one.candidate.score, 2),
            "match": one.sure and alone,
            "features": [
                {"id": reason.replace(" ", "_"), "value": True} for reason in one.candidate.reasons
            ],
        }
        for one in found[:limit]
    ]


def _row(query: dict[str, Any], base: str) -> Row:
    """The query as a row of a table."""
    told: dict[str, list[str]] = {}
    for pid, value in query["properties"]:
        for one in value if isinstance(value, list) else [value]:
            words = one.get("name", one.get("id", "")) if isinstance(one, dict) else one
            if words not in (None, ""):
                told.setdefault(pid, []).append(str(words)[:NAME])
    years = [int(word[:4]) for word in told.get("year", ()) if word[:4].isdecimal()]
    places = ("wikidata", "imdb", "tmdb")
    return Row(
        bare(query["name"], base),
        tuple(years),
        tuple(told.get("director", ())),
        tuple(told.get("cast", ())),
        tuple(told.get("film", ())),
        tuple((place, value) for place in places for value in told.get(place, ())),
    )


def extended(wanted: Mapping[str, object], base: str, catalogue: Catalogue) -> dict[str, object]:
    """The values that are asked for of some things."""
    ids, properties = wanted.get("ids"), wanted.get("properties")
    if not isinstance(ids, list) or not isinstance(properties, list):
        raise RequestError(400, "expected `ids` and `properties`, two lists, in `extend`")
    if len(ids) > _IDS:
        raise RequestError(413, f"expected at most {_IDS} ids at once, found {len(ids)}")
    pids = [str(one.get("id", "")) for one in properties if isinstance(one, dict)]
    names = {pid: name for own in PROPERTIES.values() for pid, name in own.items()}
    unknown = [pid for pid in pids if pid not in names]
    if unknown or len(pids) != len(properties):
        raise RequestError(400, f"expected properties among {', '.join(names)}, found {unknown}")
    rows = {str(one): _values(bare(str(one), base), pids, catalogue) for one in ids}
    types = {"director": PERSON, "cast": PERSON, "film": MOVIE}
    meta = [
        {"id": pid, "name": names[pid], **({"type": types[pid]} if pid in types else {})}
        for pid in pids
    ]
    return {"meta": meta, "rows": rows}


def _values(path: str, pids: Iterable[str], catalogue: Catalogue) -> dict[str, object]:
    """The values of one thing's properties; empty lists for what isn't known."""
    entity = at_path(path, catalogue)
    found: dict[str, list[dict[str, object]]] = {pid: [] for pid in pids}
    film = catalogue.find(entity) if entity is not None else None
    if film is not None:
        for pid, value in values_of(film):
            if pid in found:
                found[pid].append({"int" if isinstance(value, int) else "str": value})
        for pid in _JOBS.keys() & found.keys():
            found[pid] = [{"id": one, "name": name} for one, name in people_of(film, _JOBS[pid])]
    elif entity is not None:
        for person in catalogue.people(entity.name):
            if "imdb" in found and person.imdb:
                found["imdb"].append({"str": f"nm{person.imdb:07d}"})
            if "film" in found:
                films = (catalogue.film(number).entity for number in person.films)
                found["film"] += [named(one) for one in films]
    return dict(found)


def card(entity: Entity, catalogue: Catalogue) -> str:
    """A small page about one thing."""
    film = catalogue.find(entity)
    lines: list[str] = []
    if film is not None:
        for job, words in (("d", "Directed by"), ("a", "With")):
            people = [f"{name}" for _, name in list(people_of(film, job))[:4]]
            if people:
                lines.append(f"{words} {', '.join(people)}")
        lines += [", ".join(film.countries)] if film.countries else []
    else:
        films = [
            f"{one.title} ({one.year})" if one.year else one.title
            for person in catalogue.people(entity.name)
            for one in map(catalogue.film, person.films[:5])
        ]
        lines += [", ".join(films)] if films else []
    links = " · ".join(
        f'<a href="{escape(iri)}" target="_blank" rel="noopener">{escape(_site(iri))}</a>'
        for iri in entity.same_as
    )
    year = f" <small>{entity.year}</small>" if entity.year else ""
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(entity.name)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(entity.name)}{year}</h1>{told}<p>{links}</p></body></html>"
    )


_STYLE: Final = (
    "body{font:14px/1.45 system-ui,sans-serif;margin:12px 16px;color:#222;background:#fff}"
    "h1{font-size:17px;margin:0 0 6px}small{font-weight:400;color:#666}p{margin:4px 0}"
    "a{color:#0b5fa5}"
)


def _site(iri: str) -> str:
    names = {"wikidata": "Wikidata", "imdb": "IMDb", "themoviedb": "TMDB"}
    return next((name for place, name in names.items() if place in iri), iri)


def named(entity: Entity) -> dict[str, object]:
    """Identifier and name."""
    return {"id": entity.id, "name": entity.name}


def type_of(entity: Entity) -> dict[str, str]:
    """Film or person."""
    return MOVIE if entity.kind is Kind.FILM else PERSON


def told(entity: Entity) -> str:
    """A few words that tell it from its namesakes."""
    if entity.kind is Kind.FILM:
        others = ", ".join(entity.other_names[:2])
        dated = f"{entity.year} film" if entity.year else "film"
        return f"{dated} ({others})" if others else dated
    return "person"


def bare(text: str, base: str) -> str:
    """The path of a thing that may be given as a whole IRI."""
    return text.strip().removeprefix(base)
