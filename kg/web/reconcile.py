"""The Reconciliation Service API 0.2 over the catalogue: OpenRefine matches its columns here.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/ All of it answers
across origins; JSONP, which the specification leaves open, is not spoken.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from kg import __version__
from kg.link import Catalogue
from kg.link.matching import suggested
from kg.link.places import at_path
from kg.vocab import BASE, PREFIXES
from kg.web.candidates import (
    FOLDERS,
    MOVIE,
    NAME,
    PERSON,
    PROPERTIES,
    TYPES,
    bare,
    candidates_of,
    card,
    extended,
    named,
    query_of,
    told,
    type_of,
)
from kg.web.problems import RequestError

_BATCH: Final = 50  # queries in one request
_SUGGESTED: Final = 10
_BODY: Final = 1 << 20
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
                return _answer(await run_in_threadpool(self._fetched, wanted))
            _check_empty(fields, request.method)
        except RequestError as problem:
            problem.headers |= _HEADERS
            raise
        return _answer(self._manifest(self._address(request)))

    async def suggest_entity(self, request: Request) -> Response:
        """Things whose names begin with what is typed."""
        wanted = request.query_params

        def find() -> list[dict[str, object]]:
            folder = FOLDERS.get(wanted.get("type", ""), "")
            end = _cursor(request) + _SUGGESTED
            prefix = bare(wanted.get("prefix", "")[:NAME], self._base)
            with Catalogue.open(self._catalogue) as catalogue:
                found = suggested(prefix, catalogue, folder=folder, limit=end)
            return [
                {**named(one), "description": told(one), "notable": [type_of(one)]}
                for one in found[_cursor(request) :]
            ]

        return _asked(request) or _answer({"result": await run_in_threadpool(find)})

    async def suggest_type(self, request: Request) -> Response:
        """Films, people."""
        return _asked(request) or _answer({"result": _fitting(request, TYPES.values())})

    async def suggest_property(self, request: Request) -> Response:
        """What may be compared, and fetched."""
        named = {pid: name for own in PROPERTIES.values() for pid, name in own.items()}
        items = [{"id": pid, "name": name} for pid, name in named.items()]
        return _asked(request) or _answer({"result": _fitting(request, items)})

    async def proposed(self, request: Request) -> Response:
        """The properties that can be fetched of a type."""
        wanted = request.query_params.get("type", "Movie")
        known = PROPERTIES.get(wanted, {})
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
            raise RequestError(
                413, f"expected at most {_BATCH} queries at once, found {len(batch)}"
            )
        queries = {name: query_of(name, one) for name, one in batch.items()}
        with Catalogue.open(self._catalogue) as catalogue:
            return {
                name: {"result": candidates_of(one, self._base, catalogue)}
                for name, one in queries.items()
            }

    def _fetched(self, wanted: Mapping[str, object]) -> dict[str, object]:
        with Catalogue.open(self._catalogue) as catalogue:
            return extended(wanted, self._base, catalogue)

    async def _card(self, request: Request) -> Response:
        path = bare(request.query_params.get("id", ""), self._base)

        def make() -> str | None:
            with Catalogue.open(self._catalogue) as catalogue:
                entity = at_path(path, catalogue)
                return None if entity is None else card(entity, catalogue)

        made = await run_in_threadpool(make)
        if made is None:
            raise RequestError(
                404, f"the catalogue knows nothing of {path[:200]!r}", headers=_HEADERS
            )
        return HTMLResponse(made, headers={**_HEADERS, "content-security-policy": _CARD_POLICY})


def _check_empty(fields: Mapping[str, str], method: str) -> None:
    if fields or method == "POST":
        found = ", ".join(sorted(fields))[:200] or "nothing"
        raise RequestError(400, f"expected a field `queries` or `extend`, found {found}")


async def _fields(request: Request) -> dict[str, str]:
    """The fields of the address or of a form; the last of several of one name."""
    if request.method != "POST":
        return dict(request.query_params)
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _BODY:
            raise RequestError(413, f"expected a request of at most {_BODY} bytes")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise RequestError(
            415, f"expected a form (application/x-www-form-urlencoded), found {kind!r}"
        )
    sent = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[-1] for name, values in sent.items()}


def _parsed(text: str, field: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RequestError(400, f"expected JSON in the field `{field}`: {error}") from error
    if not isinstance(found, dict):
        raise RequestError(
            400, f"expected a JSON object in `{field}`, found {type(found).__name__}"
        )
    return found


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
        raise RequestError(
            400, f"expected a number as cursor, found {given[:50]!r}", headers=_HEADERS
        )
    return int(given)


def _asked(request: Request) -> Response | None:
    """What a browser gets that asks whether it may ask; None for a request proper."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=_ALLOWED)
    return None


def _answer(content: object) -> JSONResponse:
    return JSONResponse(content, headers=_HEADERS)
