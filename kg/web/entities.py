"""Linked data: each IRI below the base, as a page for people or as RDF for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kg.graph.described import document, folder_of, is_known
from kg.graph.names import ENTITIES
from kg.graph.redirects import Redirects
from kg.graph.terms import clean_iri
from kg.web.answers import Tag
from kg.web.library import Reading
from kg.web.negotiation import HTML, TRIPLES, Offer, called, choose
from kg.web.nodes import node_page
from kg.web.problems import RequestError
from kg.web.site import Site
from kg.web.sources import source
from kg.web.sparql import SHARED, VARY, preflight
from kg.web.things import thing

ENDINGS: Final = {
    ".html": "html",
    ".ttl": "turtle",
    ".jsonld": "jsonld",
    ".nt": "ntriples",
    ".rdf": "rdfxml",
    ".trig": "trig",
    ".nq": "nquads",
}
_OFFERS: Final = (HTML, *TRIPLES)
_SEGMENT: Final = "/-._~!$&'()*+,;=:@"  # what the path of a page's id keeps; see kg.graph.iris


def routes(site: Site) -> list[Route]:
    """Everything that no other route answers is looked up in the graph."""
    entities = Entities(site)
    return [Route("/{path:path}", entities.answer, methods=["GET", "OPTIONS"], name="entity")]


class Entities:
    """Answers for the graph's own nodes."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._redirects = Redirects(site.graph)

    async def answer(self, request: Request) -> Response:
        """A node, its page or its RDF; 301 where it has moved."""
        if request.method == "OPTIONS":
            return preflight("GET, HEAD, OPTIONS")
        return await run_in_threadpool(self._answer, request)

    def _answer(self, request: Request) -> Response:
        path = request.scope["raw_path"].decode("latin-1").partition("?")[0].lstrip("/")
        with self._site.library.reading() as reading:
            found = self._find(reading, path)
            if found is None:
                moved = self._moved(path, request.url.query)
                if moved is not None:
                    return moved
                raise RequestError(
                    404, f"the graph knows nothing of {self._site.base}{unquote(path)}"
                )
            iri, ending = found
            if iri in apart_from_pages(reading):
                return self._graph(request, reading, iri, ending)
            return self._shown(request, reading, iri, ending)

    def _graph(self, request: Request, reading: Reading, iri: str, ending: str) -> Response:
        """What the catalogue or the user says as a whole: in few words, or all of it elsewhere."""
        offer = _offer(request, ending)
        if offer is not HTML:
            address = f"{self._site.root}/rdf-graph-store?graph={quote(iri, safe='')}"
            headers = {**SHARED, **VARY}
            return RedirectResponse(f"{address}&format={offer.name}", 303, headers)
        values = {"iri": iri, "catalogue": iri == reading.store.iris.catalogue}
        page = self._site.render("graph.html", values)
        return Response(page, 200, VARY, HTML.media_type)

    def _shown(self, request: Request, reading: Reading, iri: str, ending: str) -> Response:
        offer = _offer(request, ending)
        tag = Tag(self._site.started if offer is HTML else "rdf", iri, offer.name)
        etag = tag.of(reading.version)
        headers = {**SHARED, **VARY, "cache-control": "no-cache", "etag": etag}
        headers["link"] = ", ".join(self._links(iri))
        if offer is HTML:
            del headers["access-control-allow-origin"]  # pages are for people
        elif not ending:
            headers["content-location"] = self._site.path(iri) + _ENDING_OF[offer.name]
        if tag.is_known(request, reading.version):
            return Response(status_code=304, headers=headers)
        content = reading.once(f"{offer.name} {iri}", lambda: self._made(reading, iri, offer))
        return Response(content, 200, headers, offer.media_type)

    def _made(self, reading: Reading, iri: str, offer: Offer) -> bytes:
        store = reading.store
        if offer is not HTML:
            return document(store, iri, offer.name)
        folder = folder_of(store, iri)
        values = {"iri": iri, "site": self._site}
        if folder in ENTITIES and (found := thing(reading, iri)) is not None:
            return self._site.render("thing.html", {**values, "thing": found})
        if folder == "source":
            return self._site.render("source.html", {**values, "source": source(store, iri)})
        return self._site.render("node.html", {**values, "node": node_page(store, iri)})

    def _links(self, iri: str) -> Iterator[str]:
        for offer in TRIPLES[:3]:
            address = self._site.path(iri) + _ENDING_OF[offer.name]
            yield f'<{address}>; rel="alternate"; type="{offer.media_type}"'

    def _find(self, reading: Reading, path: str) -> tuple[str, str] | None:
        """The node that a path means, and the ending that asks for a format.

        A name that ends like a format is the name first.
        """
        for iri in self._spellings(path):
            if is_known(reading.store, iri) or iri in apart_from_pages(reading):
                return iri, ""
        for ending in ENDINGS:
            if path.endswith(ending):
                for iri in self._spellings(path.removesuffix(ending)):
                    if is_known(reading.store, iri):
                        return iri, ending
        return None

    def _spellings(self, path: str) -> list[str]:
        """The IRIs that a path may stand for: as it came, with letters for escapes, and so on."""
        try:
            plain = unquote(path, errors="surrogatepass")
        except UnicodeDecodeError:  # bytes that are no text name nothing here
            plain = path
        base = self._site.base
        spelt = (path, clean_iri(plain), quote(plain, safe=_SEGMENT, errors="surrogatepass"))
        return [base + one for one in dict.fromkeys(spelt) if one and clean_iri(one) == one]

    def _moved(self, path: str, query: str) -> Response | None:
        """301 to where a node is now, in the same format."""
        for ending in ("", *ENDINGS):
            if not path.endswith(ending):
                continue
            for iri in self._spellings(path.removesuffix(ending)):
                now = self._redirects.target(iri.removeprefix(self._site.base))
                if now is not None:
                    address = self._site.path(self._site.base + now) + ending
                    return RedirectResponse(address + (f"?{query}" if query else ""), 301, SHARED)
        return None


def apart_from_pages(reading: Reading) -> tuple[str, str]:
    """The graphs of what no page says, which have IRIs of their own."""
    return reading.store.iris.catalogue, reading.store.iris.corrections


_ENDING_OF: Final = {name: ending for ending, name in ENDINGS.items()}


def _offer(request: Request, ending: str) -> Offer:
    wanted = request.query_params.get("format", "")
    if wanted or ending:
        found = called(wanted or ENDINGS[ending], _OFFERS)
    else:
        found = choose(",".join(request.headers.getlist("accept")), _OFFERS)
    if found is None:
        known = ", ".join(offer.media_type for offer in _OFFERS)
        raise RequestError(406, f"this can be had as {known}, and none of them is accepted")
    return found
