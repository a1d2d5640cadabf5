"""The Reconciliation Service API 0.2 over the catalogue: OpenRefine matches its columns here.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/ All of it answers
across origins; JSONP, which the specification leaves open, is not spoken.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from kg import __version__
from kg.link import Catalogue
from kg.link.matching import (
    Match,
    Row,
    matched_films,
    matched_people,
    people_of,
    suggested,
    values_of,
)
from kg.link.places import at_path
from kg.model import Entity, Kind
from kg.vocab import BASE, PREFIXES
from kg.web.problems import Problem

MOVIE: Final = {"id": "Movie", "name": "film"}
PERSON: Final = {"id": "Person", "name": "person"}
_TYPES: Final = {"Movie": MOVIE, "Person": PERSON}
_FOLDERS: Final = {"Movie": "film", "Person": "person"}
_PROPERTIES: Final = {
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
_BATCH: Final = 50  # queries in one request
_LIMIT, _MOST = 5, 25  # candidates for a query
_SUGGESTED: Final = 10
_BODY: Final = 1 << 20
_NAME: Final = 500  # letters of a name that are looked at
_IDS: Final = 1000  # entities whose properties are fetched in one request
_HEADERS: Final = {"access-control-allow-origin": "*", "cache-control": "no-cache"}
_ALLOWED: Final = {
    **_HEADERS,
    "access-control-allow-methods": "GET, POST, OPTIONS",
    "access-control-allow-headers": "*",
    "access-control-max-age": "86400",
}
# a card is shown in a frame of OpenRefine's page, and brings its own few styles
_CARD_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *"

Address = Callable[[Request], str]
"""Where the world sees this server: an absolute address with a slash at its end."""


def routes(
    catalogue: Path | None = None, *, address: Address | None = None, base: str = BASE
) -> list[Route]:
    """The service below `/reconcile`; `base` is what the IRIs of its things begin with."""
    service = Reconciling(catalogue, address or _address, base)
    places = {
        "": service.endpoint,
        "/suggest/entity": service.suggest_entity,
        "/suggest/type": service.suggest_type,
        "/suggest/property": service.suggest_property,
        "/properties": service.proposed,
        "/preview": service.preview,
        "/view": service.view,
    }
    return [
        Route(f"/reconcile{place}", answer, methods=["GET", "POST", "OPTIONS"])
        for place, answer in places.items()
    ]


def _address(request: Request) -> str:
    return str(request.base_url)


class Reconciling:
    """Answers with what one catalogue knows."""

    def __init__(self, catalogue: Path | None, address: Address, base: str) -> None:
        self._catalogue = catalogue
        self._address = address
        self._base = base

    async def endpoint(self, request: Request) -> Response:
        """The manifest; or, with `queries`, candidates; or, with `extend`, values."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_ALLOWED)
        try:
            fields = await _fields(request)
            if "queries" in fields:
                batch = _parsed(fields["queries"], "queries")
                return _answer(await run_in_threadpool(self._matched, batch))
            if "extend" in fields:
                wanted = _parsed(fields["extend"], "extend")
                return _answer(await run_in_threadpool(self._extended, wanted))
            if fields or request.method == "POST":
                found = ", ".join(sorted(fields)) or "nothing"
                raise Problem(400, f"expected a field `queries` or `extend`, found {found[:200]}")
        except Problem as problem:
            problem.headers |= _HEADERS
            raise
        return _answer(self._manifest(self._address(request)))

    async def suggest_entity(self, request: Request) -> Response:
        """Things whose names begin with what is typed."""
        wanted = request.query_params

        def find() -> list[dict[str, object]]:
            folder = _FOLDERS.get(wanted.get("type", ""), "")
            end = _cursor(request) + _SUGGESTED
            prefix = _bare(wanted.get("prefix", "")[:_NAME], self._base)
            with Catalogue.open(self._catalogue) as catalogue:
                found = suggested(prefix, catalogue, folder=folder, limit=end)
            return [
                {**_named(one), "description": _told(one), "notable": [_type(one)]}
                for one in found[_cursor(request) :]
            ]

        return _asked(request) or _answer({"result": await run_in_threadpool(find)})

    async def suggest_type(self, request: Request) -> Response:
        """Films, people."""
        return _asked(request) or _answer({"result": _fitting(request, _TYPES.values())})

    async def suggest_property(self, request: Request) -> Response:
        """What may be compared, and fetched."""
        named = {pid: name for own in _PROPERTIES.values() for pid, name in own.items()}
        items = [{"id": pid, "name": name} for pid, name in named.items()]
        return _asked(request) or _answer({"result": _fitting(request, items)})

    async def proposed(self, request: Request) -> Response:
        """The properties that can be fetched of a type."""
        wanted = request.query_params.get("type", "Movie")
        known = _PROPERTIES.get(wanted, {})
        items = [{"id": pid, "name": name} for pid, name in known.items()]
        return _asked(request) or _answer({"type": wanted, "properties": items})

    async def preview(self, request: Request) -> Response:
        """A card for a frame of 420 by 220."""
        return _asked(request) or await self._card(request)

    async def view(self, request: Request) -> Response:
        """The same card as a page."""
        return _asked(request) or await self._card(request)

    # -- the parts -------------------------------------------------------------------------------

    def _manifest(self, root: str) -> dict[str, object]:
        place = f"{root}reconcile"
        return {
            "versions": ["0.1", "0.2"],
            "name": "Films and people of film-kg",
            "identifierSpace": self._base,
            "schemaSpace": PREFIXES["schema"],
            "serviceVersion": __version__,
            "documentation": f"{root}about",
            "logo": f"{root}static/icon.svg",
            "defaultTypes": [MOVIE, PERSON],
            "view": {"url": f"{place}/view?id={{{{id}}}}"},
            "preview": {"url": f"{place}/preview?id={{{{id}}}}", "width": 420, "height": 220},
            "suggest": {
                what: {"service_url": place, "service_path": f"/suggest/{what}"}
                for what in ("entity", "type", "property")
            },
            "extend": {
                "propose_properties": {"service_url": place, "service_path": "/properties"},
                "property_settings": [],
            },
            "batchSize": _BATCH,
        }

    def _matched(self, batch: Mapping[str, object]) -> dict[str, object]:
        if len(batch) > _BATCH:
            raise Problem(413, f"expected at most {_BATCH} queries at once, found {len(batch)}")
        queries = {name: _query(name, one) for name, one in batch.items()}
        with Catalogue.open(self._catalogue) as catalogue:
            return {
                name: {"result": self._candidates(one, catalogue)} for name, one in queries.items()
            }

    def _candidates(self, query: dict[str, Any], catalogue: Catalogue) -> list[dict[str, object]]:
        types, limit = query["types"], query["limit"]
        row = _row(query, self._base)
        found: list[Match] = []
        if "Movie" in types:
            found += matched_films(row, catalogue, limit=limit)
        if "Person" in types:
            found += matched_people(row, catalogue, limit=limit)
        found.sort(key=lambda one: -one.candidate.score)
        alone = sum(one.sure for one in found) == 1
        return [
            {
                **_named(one.candidate.entity),
                "description": _told(one.candidate.entity),
                "type": [_type(one.candidate.entity)],
                "score": round(100 * one.candidate.score, 2),
                "match": one.sure and alone,
                "features": [
                    {"id": reason.replace(" ", "_"), "value": True}
                    for reason in one.candidate.reasons
                ],
            }
            for one in found[:limit]
        ]

    def _extended(self, wanted: Mapping[str, object]) -> dict[str, object]:
        ids, properties = wanted.get("ids"), wanted.get("properties")
        if not isinstance(ids, list) or not isinstance(properties, list):
            raise Problem(400, "expected `ids` and `properties`, two lists, in `extend`")
        if len(ids) > _IDS:
            raise Problem(413, f"expected at most {_IDS} ids at once, found {len(ids)}")
        pids = [str(one.get("id", "")) for one in properties if isinstance(one, dict)]
        names = {pid: name for own in _PROPERTIES.values() for pid, name in own.items()}
        unknown = [pid for pid in pids if pid not in names]
        if unknown or len(pids) != len(properties):
            raise Problem(400, f"expected properties among {', '.join(names)}, found {unknown}")
        with Catalogue.open(self._catalogue) as catalogue:
            rows = {str(one): _values(_bare(str(one), self._base), pids, catalogue) for one in ids}
        types = {"director": PERSON, "cast": PERSON, "film": MOVIE}
        meta = [
            {"id": pid, "name": names[pid], **({"type": types[pid]} if pid in types else {})}
            for pid in pids
        ]
        return {"meta": meta, "rows": rows}

    async def _card(self, request: Request) -> Response:
        path = _bare(request.query_params.get("id", ""), self._base)

        def make() -> str | None:
            with Catalogue.open(self._catalogue) as catalogue:
                entity = at_path(path, catalogue)
                return None if entity is None else _html(entity, catalogue)

        made = await run_in_threadpool(make)
        if made is None:
            raise Problem(404, f"the catalogue knows nothing of {path[:200]!r}", headers=_HEADERS)
        return HTMLResponse(made, headers={**_HEADERS, "content-security-policy": _CARD_POLICY})


async def _fields(request: Request) -> dict[str, str]:
    """The fields of the address or of a form; the last of several of one name."""
    if request.method != "POST":
        return dict(request.query_params)
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _BODY:
            raise Problem(413, f"expected a request of at most {_BODY} bytes")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Problem(415, f"expected a form (application/x-www-form-urlencoded), found {kind!r}")
    sent = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[-1] for name, values in sent.items()}


def _parsed(text: str, field: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Problem(400, f"expected JSON in the field `{field}`: {error}") from error
    if not isinstance(found, dict):
        raise Problem(400, f"expected a JSON object in `{field}`, found {type(found).__name__}")
    return found


def _query(name: str, given: object) -> dict[str, Any]:
    """One query, its defaults filled in; Problem where it can't be meant."""
    if not isinstance(given, dict) or not ("query" in given or given.get("properties")):
        raise Problem(400, f"expected a text `query`, or `properties`, in the query {name!r}")
    types = given.get("type") or list(_TYPES)
    limit = given.get("limit") or _LIMIT
    properties = given.get("properties") or []
    if not isinstance(given.get("query", ""), str) or not isinstance(properties, list):
        raise Problem(400, f"expected a text and a list of properties in the query {name!r}")
    if isinstance(limit, bool) or not isinstance(limit, int | float) or limit < 1:
        raise Problem(400, f"expected a limit of at least 1 in the query {name!r}, found {limit}")
    return {
        "name": given.get("query", "")[:_NAME],
        "types": [types] if isinstance(types, str) else types,
        "limit": min(int(limit), _MOST),
        "properties": [
            (str(one.get("pid", "")), one.get("v")) for one in properties if isinstance(one, dict)
        ],
    }


def _row(query: dict[str, Any], base: str) -> Row:
    """The query as a row of a table."""
    told: dict[str, list[str]] = {}
    for pid, value in query["properties"]:
        for one in value if isinstance(value, list) else [value]:
            words = one.get("name", one.get("id", "")) if isinstance(one, dict) else one
            if words not in (None, ""):
                told.setdefault(pid, []).append(str(words)[:_NAME])
    years = [int(word[:4]) for word in told.get("year", ()) if word[:4].isdecimal()]
    places = ("wikidata", "imdb", "tmdb")
    return Row(
        _bare(query["name"], base),
        tuple(years),
        tuple(told.get("director", ())),
        tuple(told.get("cast", ())),
        tuple(told.get("film", ())),
        tuple((place, value) for place in places for value in told.get(place, ())),
    )


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
                found["film"] += [_named(one) for one in films]
    return dict(found)


def _html(entity: Entity, catalogue: Catalogue) -> str:
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


def _fitting(request: Request, items: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """The items whose name or id begins with what is typed, or holds it."""
    typed = request.query_params.get("prefix", "").strip().lower()
    scored = [(typed not in (one["id"].lower(), one["name"]), dict(one)) for one in items]
    held = [
        (later, one)
        for later, one in scored
        if typed in one["name"].lower() or one["id"].lower().startswith(typed)
    ]
    held.sort(key=lambda pair: pair[0])
    return [one for _, one in held][_cursor(request) :]


def _cursor(request: Request) -> int:
    given = request.query_params.get("cursor", "0")
    if not given.isdecimal() or len(given) > 4:
        raise Problem(400, f"expected a number as cursor, found {given[:50]!r}", headers=_HEADERS)
    return int(given)


def _asked(request: Request) -> Response | None:
    """What a browser gets that asks whether it may ask; None for a request proper."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=_ALLOWED)
    return None


def _bare(text: str, base: str) -> str:
    return text.strip().removeprefix(base)


def _named(entity: Entity) -> dict[str, object]:
    return {"id": entity.id, "name": entity.name}


def _type(entity: Entity) -> dict[str, str]:
    return MOVIE if entity.kind is Kind.FILM else PERSON


def _told(entity: Entity) -> str:
    """A few words that tell it from its namesakes."""
    if entity.kind is Kind.FILM:
        others = ", ".join(entity.other_names[:2])
        return " ".join(
            filter(None, (f"{entity.year or ''} film".strip(), others and f"({others})"))
        )
    return "person"


def _answer(content: object) -> JSONResponse:
    return JSONResponse(content, headers=_HEADERS)
