"""`/sparql`: SPARQL 1.1 Protocol, Query and, for whoever may write, Update."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.graph.named import named_queries
from kg.graph.protocol import TABLE, form, is_stable
from kg.graph.service import service_description, written_as
from kg.graph.version import published_version
from kg.web.answers import Streamed, Tag
from kg.web.frames import Job
from kg.web.negotiation import HTML, ROWS, TRIPLES, Offer, called, choose
from kg.web.permission import may_write
from kg.web.problems import UNCACHED, RequestError
from kg.web.site import Site

FORM_TYPE: Final = "application/x-www-form-urlencoded"
QUERY_TYPE: Final = "application/sparql-query"
UPDATE_TYPE: Final = "application/sparql-update"
_FORM_BESIDES: Final = 100_000  # bytes of a form beside its query: names of graphs
_MOST_FIELDS: Final = 1000
_SHOWN: Final = 4 << 20  # bytes of an answer on a page for people
SHARED: Final = {"access-control-allow-origin": "*", "access-control-expose-headers": "ETag"}
VARY: Final = {"vary": "Accept, Accept-Encoding"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says, be it in its address or in its body."""

    query: str | None
    update: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    formats: tuple[str, ...]


def routes(site: Site) -> list[Route]:
    """The endpoint."""
    endpoint = Endpoint(site)
    return [Route("/sparql", endpoint.answer, methods=["GET", "POST", "OPTIONS"], name="sparql")]


class Endpoint:
    """Answers what is asked at `/sparql`."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._limits = site.settings.limits

    async def answer(self, request: Request) -> Response:
        """A query, an update, or (without either) what this service is."""
        if request.method == "OPTIONS":
            return preflight("GET, POST, HEAD, OPTIONS")
        try:
            asked = await self._asked(request)
            if asked.update is not None:
                return await self._update(request, asked, asked.update)
            if asked.query is not None:
                return await self._query(request, asked.query, asked)
            return self._describe(request, asked)
        except RequestError as problem:
            problem.headers.update({**SHARED, **VARY})
            raise

    async def _asked(self, request: Request) -> Asked:
        fields = _fields(request.scope["query_string"].decode("latin-1"))
        query, update = _one(fields, "query"), None
        if request.method == "POST":
            media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if media_type == FORM_TYPE:
                body = await body_of(request, 12 * self._limits.query + _FORM_BESIDES)
                fields = _fields(_text(body))
                query, update = _one(fields, "query"), _one(fields, "update")
            elif media_type not in (QUERY_TYPE, UPDATE_TYPE):
                raise RequestError(
                    415,
                    f"expected a body of type {FORM_TYPE}, {QUERY_TYPE} or {UPDATE_TYPE}, found "
                    f"{media_type or 'none'}",
                )
            elif query is not None:
                raise RequestError(400, "expected one query, found one in the address and a body")
            elif media_type == QUERY_TYPE:
                query = _text(await body_of(request, 4 * self._limits.query))
            else:
                may_write(request, self._site.settings)  # before a long body is read
                update = _text(await body_of(request, self._limits.upload))
            if query is not None and update is not None:
                raise RequestError(400, "expected a query or an update, found both")
        elif _one(fields, "update") is not None:
            raise RequestError(400, "updates are sent with POST, found one with GET")
        using = "default-graph-uri" if update is None else "using-graph-uri"
        using_named = "named-graph-uri" if update is None else "using-named-graph-uri"
        return Asked(
            query,
            update,
            tuple(value for name, value in fields if name == using),
            tuple(value for name, value in fields if name == using_named),
            tuple(value for name, value in fields if name in ("format", "output") and value),
        )

    async def _query(self, request: Request, query: str, asked: Asked) -> Response:
        refuse_long(query, self._limits.query)
        kind = form(query)
        offers = (*(TRIPLES if kind == "triples" else ROWS), HTML)
        offer = _offer(request, asked, offers)
        job = Job(
            "query",
            query,
            asked.default_graphs,
            asked.named_graphs,
            row_format=offer.name if kind != "triples" else "",
            triple_format=offer.name if kind == "triples" else "",
        )
        if offer is HTML:
            return await self._page(job, kind)
        tag = None
        if is_stable(query):
            tag = Tag("sparql", query, asked.default_graphs, asked.named_graphs, offer.name)
            version = published_version(self._site.graph)
            headers = {**SHARED, **VARY, "cache-control": "no-cache"}
            if request.method != "POST" and tag.is_known(request, version):
                return Response(status_code=304, headers={**headers, "etag": tag.of(version)})
        charset = "; charset=utf-8" if offer.media_type.startswith("text/") else ""
        return Streamed(
            self._site.pool,
            job,
            stall=self._limits.stall,
            headers={
                **SHARED,
                **VARY,
                "cache-control": "no-cache" if tag is not None else "no-store",
                "content-type": offer.media_type + charset,
            },
            tag=tag,
        )

    async def _page(self, job: Job, kind: str) -> Response:
        """The answer as a table for people, or the mistake where there is one."""
        try:
            if kind == "triples":
                content = await self._site.pool.whole(replace(job, triple_format="turtle"), _SHOWN)
                return self._form(job.sparql, triples=content.decode("utf-8", "replace"))
            content = await self._site.pool.whole(replace(job, row_format=TABLE), _SHOWN)
            return self._form(job.sparql, answer=json.loads(content))
        except RequestError as problem:
            return self._form(job.sparql, problem=problem)

    def _form(
        self,
        query: str = "",
        *,
        answer: object = None,
        triples: str = "",
        problem: RequestError | None = None,
    ) -> Response:
        values = {
            "query": query,
            "answer": answer,
            "triples": triples,
            "problem": problem,
            "site": self._site,
            "examples": [one for one in named_queries().values() if not one.parameters],
        }
        status = 200 if problem is None else problem.status
        headers = {**VARY, **UNCACHED} if query else VARY
        return Response(self._site.render("sparql.html", values), status, headers, HTML.media_type)

    def _describe(self, request: Request, asked: Asked) -> Response:
        if request.method == "POST":
            raise RequestError(400, "expected a query in the body of the request, found none")
        offer = _offer(request, asked, (*TRIPLES, HTML))
        if offer is HTML:
            return self._form()
        base = self._site.base
        content = written_as(
            service_description(self._site.service(request), base), offer.name, base
        )
        return Response(content, 200, {**SHARED, **VARY}, offer.media_type)

    async def _update(self, request: Request, asked: Asked, update: str) -> Response:
        may_write(request, self._site.settings)
        refuse_long(update, self._limits.upload)
        await self._site.pool.change(
            Job("update", update, asked.default_graphs, asked.named_graphs)
        )
        return Response(status_code=204, headers=UNCACHED)


def preflight(methods: str) -> Response:
    """What a browser asks before a page of another site may read; it is never let write."""
    return Response(
        status_code=204,
        headers={
            **SHARED,
            "allow": methods,
            "access-control-allow-methods": "GET, POST, HEAD, OPTIONS",
            "access-control-allow-headers": "Accept, Content-Type, If-None-Match",
            "access-control-max-age": "86400",
        },
    )


async def body_of(request: Request, most: int) -> bytes:
    """The body of a request; RequestError where it is longer than `most` bytes."""
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > most:
            raise RequestError(
                413, f"expected a body of at most {most:,} bytes, found a longer one"
            )
    return bytes(content)


def refuse_long(query: str, most: int) -> None:
    """RequestError where a query is longer than queries may be."""
    if len(query) > most:
        raise RequestError(
            413, f"expected a query of at most {most:,} characters, found one of {len(query):,}"
        )


def _fields(written: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            written, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise RequestError(
            400, f"expected parameters in UTF-8, found something else: {error}"
        ) from error


def _one(fields: list[tuple[str, str]], name: str) -> str | None:
    values = [value for key, value in fields if key == name]
    if len(values) > 1:
        raise RequestError(400, f"expected one {name}, found {len(values)}")
    return values[0] if values else None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(
            400, f"expected UTF-8 in the body, found something else: {error}"
        ) from error


def _offer(request: Request, asked: Asked, offers: Sequence[Offer]) -> Offer:
    """The format of the answer; RequestError where the client takes none on offer."""
    if asked.formats:
        # clients send several names of one format, for servers know it by different ones
        known_here = (called(name, offers) for name in asked.formats)
        found = next((offer for offer in known_here if offer is not None), None)
        what = f"asks for {', '.join(asked.formats)[:200]!r}"
    else:
        accept = ",".join(request.headers.getlist("accept"))
        found = choose(accept, offers)
        what = f"accepts only {accept[:200]!r}"
    if found is None:
        known = ", ".join(offer.media_type for offer in offers)
        raise RequestError(406, f"such an answer can be had as {known}; the request {what}")
    return found
