"""`/rdf-graph-store`: whole graphs, as in SPARQL 1.1 Graph Store HTTP Protocol."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.graph.terms import outside_iri
from kg.graph.version import published_version
from kg.web.answers import Streamed, Tag
from kg.web.frames import Job
from kg.web.negotiation import TRIPLES, Offer, called, choose
from kg.web.permission import may_write
from kg.web.problems import UNCACHED, RequestError
from kg.web.site import Site
from kg.web.sparql import SHARED, VARY, body_of, preflight

PATH: Final = "/rdf-graph-store"
_METHODS: Final = ("GET", "PUT", "POST", "DELETE", "OPTIONS")


def routes(site: Site) -> list[Route]:
    """The graph store."""
    return [Route(PATH, GraphStore(site).answer, methods=_METHODS, name="graphs")]


class GraphStore:
    """Reads graphs for everybody; writes them for whoever may."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def answer(self, request: Request) -> Response:
        """One request."""
        if request.method == "OPTIONS":
            return preflight(", ".join((*_METHODS, "HEAD")))
        try:
            if request.method in ("GET", "HEAD"):
                return self._read(request)
            return await self._write(request)
        except RequestError as problem:
            problem.headers.update({**SHARED, **VARY})
            raise

    def _read(self, request: Request) -> Response:
        graph = _graph(request)
        wanted = request.query_params.get("format", "")
        accept = ",".join(request.headers.getlist("accept"))
        offer = called(wanted, TRIPLES) if wanted else choose(accept, TRIPLES)
        if offer is None:
            known = ", ".join(one.media_type for one in TRIPLES)
            raise RequestError(406, f"a graph can be had as {known}, and none of them is accepted")
        tag = Tag("graph", graph, offer.name)
        version = published_version(self._site.graph)
        headers = {**SHARED, **VARY, "cache-control": "no-cache"}
        if tag.is_known(request, version):
            return Response(status_code=304, headers={**headers, "etag": tag.of(version)})
        return Streamed(
            self._site.pool,
            Job("graph", triple_format=offer.name, graph=graph),
            stall=self._site.settings.limits.stall,
            headers={**headers, "content-type": offer.media_type},
            tag=tag,
        )

    async def _write(self, request: Request) -> Response:
        may_write(request, self._site.settings)
        graph = _graph(request)
        if request.method == "DELETE":
            await self._site.pool.change(Job("delete", graph=graph))
            return Response(status_code=204, headers=UNCACHED)
        offer = _sent_as(request)
        body = await body_of(request, self._site.settings.limits.upload)
        head = await self._site.pool.change(
            Job(request.method.lower(), graph=graph, body=body, triple_format=offer.name)
        )
        return Response(status_code=201 if head.kind == "created" else 204, headers=UNCACHED)


def _graph(request: Request) -> str | None:
    """The graph that the request is about, None for the default graph."""
    named = request.query_params.getlist("graph")
    if ("default" in request.query_params) + len(named) != 1:
        raise RequestError(
            400, "expected one graph, as ?graph=IRI or ?default; found another number"
        )
    if named and outside_iri(named[0]) != named[0]:
        raise RequestError(400, f"expected an IRI as the name of a graph, found {named[0][:200]!r}")
    return named[0] if named else None


def _sent_as(request: Request) -> Offer:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    found = called(media_type, TRIPLES) if "/" in media_type else None
    if found is None:
        known = ", ".join(one.media_type for one in TRIPLES)
        raise RequestError(
            415, f"expected a graph as {known}, found {media_type or 'no content type'}"
        )
    return found
