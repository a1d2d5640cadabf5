"""`/.well-known/void`: what the data set is and how much it holds."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.graph.service import Size, dataset_description, written_as
from kg.graph.version import published_version
from kg.web.answers import Tag
from kg.web.frames import Job
from kg.web.negotiation import HTML, TRIPLES, called, choose
from kg.web.problems import RequestError
from kg.web.site import Site
from kg.web.sparql import SHARED, VARY

PATH = "/.well-known/void"
_TRIPLES = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_CLASSES = "SELECT ?class (COUNT(*) AS ?n) { ?s a ?class } GROUP BY ?class"
_LONGEST = 1 << 20


def routes(site: Site) -> list[Route]:
    """The description."""
    sizes = Sizes(site)

    async def answer(request: Request) -> Response:
        wanted = request.query_params.get("format", "")
        accept = ",".join(request.headers.getlist("accept"))
        # a browser that follows a link gets something to read, though no page
        offer = called(wanted, TRIPLES) if wanted else choose(accept, (*TRIPLES, HTML))
        if offer is HTML:
            offer = TRIPLES[0]
        if offer is None:
            known = ", ".join(one.media_type for one in TRIPLES)
            raise RequestError(
                406, f"the description can be had as {known}", headers={**SHARED, **VARY}
            )
        version = published_version(site.graph)
        tag = Tag("void", site.address(request), offer.name)
        headers = {**SHARED, **VARY, "cache-control": "no-cache", "etag": tag.of(version)}
        if tag.is_known(request, version):
            return Response(status_code=304, headers=headers)
        described = dataset_description(site.service(request), site.base, await sizes.of(version))
        return Response(
            written_as(described, offer.name, site.base), 200, headers, offer.media_type
        )

    return [Route(PATH, answer, methods=["GET"], name="void")]


class Sizes:
    """Counts what a snapshot holds, once; one too large to be counted in time has no numbers."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._version: str | None = None
        self._size = Size(None, {})

    async def of(self, version: str) -> Size:
        """The numbers of the newest snapshot."""
        if version != self._version:
            try:
                triples = await self._rows(_TRIPLES)
                classes = await self._rows(_CLASSES)
            except RequestError as problem:
                if problem.status != 503:
                    raise
                return Size(None, {})
            self._size = Size(
                int(triples[0]["n"]), {row["class"]: int(row["n"]) for row in classes}
            )
            self._version = version
        return self._size

    async def _rows(self, sparql: str) -> list[dict[str, str]]:
        job = Job("query", sparql, row_format="json")
        answer = json.loads(await self._site.pool.whole(job, _LONGEST))
        return [
            {name: term["value"] for name, term in row.items()}
            for row in answer["results"]["bindings"]
        ]
