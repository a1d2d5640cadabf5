"""`/ontology`, `/shapes` and `/context.jsonld`: what the terms of the graph mean."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.graph.vocabulary import FILES, defined_terms, written_vocabulary
from kg.resources import folder
from kg.web.answers import Tag
from kg.web.entities import ENDINGS
from kg.web.negotiation import HTML, TRIPLES, called, choose
from kg.web.problems import RequestError
from kg.web.site import Site
from kg.web.sparql import SHARED, VARY

_FIXED: Final = "shipped"  # these change with the program alone


def routes(site: Site) -> list[Route]:
    """The three of them, and each in the format of an ending."""

    async def vocabulary(request: Request) -> Response:
        name, dot, ending = request.url.path.strip("/").partition(".")
        offers = (HTML, *TRIPLES) if name == "ontology" else TRIPLES
        wanted = request.query_params.get("format", "") or ENDINGS.get(dot + ending, "")
        accept = ",".join(request.headers.getlist("accept"))
        if wanted:
            offer = called(wanted, offers)
        else:
            # a browser that follows a link to the shapes reads Turtle
            offer = choose(accept, offers) or choose(accept, (HTML,))
        if offer is None:
            known = ", ".join(one.media_type for one in offers)
            raise RequestError(406, f"this can be had as {known}, and none of them is accepted")
        if offer is HTML and HTML not in offers:
            offer = TRIPLES[0]
        tag = Tag(site.started if offer is HTML else "vocabulary", name, offer.name)
        headers = {**SHARED, **VARY, "cache-control": "no-cache", "etag": tag.of(_FIXED)}
        if tag.is_known(request, _FIXED):
            return Response(status_code=304, headers=headers)
        if offer is HTML:
            content = site.render("ontology.html", {"terms": defined_terms()})
        else:
            content = written_vocabulary(name, offer.name)
        return Response(content, 200, headers, offer.media_type)

    async def context(request: Request) -> Response:
        _ = request
        content = (folder("ontology") / "context.jsonld").read_bytes()
        return Response(content, 200, {**SHARED}, "application/ld+json")

    paths = [f"/{name}{ending}" for name in FILES for ending in ("", *ENDINGS)]
    return [
        *(Route(path, vocabulary, methods=["GET"]) for path in paths),
        Route("/context.jsonld", context, methods=["GET"], name="context"),
    ]
