"""The pages that are about no single node: the first one, search, what this is, mistakes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from itertools import islice
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.errors import KgError, StoreError
from kg.extract.version import model_version
from kg.graph.counting import counts
from kg.graph.named import ask_named, named_queries
from kg.model import Literal
from kg.web.answers import Tag
from kg.web.library import Reading
from kg.web.negotiation import HTML, Offer, choose
from kg.web.problems import UNCACHED, RequestError
from kg.web.site import Site
from kg.web.sparql import SHARED, VARY

_JSON = Offer("json", "application/json")
_PLAIN = "text/plain"
_POLICY = re.compile(rb'http-equiv="Content-Security-Policy" content="([^"]*)"')
_INTERFACES = frozenset({"/sparql", "/rdf-graph-store", "/.well-known/void"})
_LONGEST = 200  # characters of a search
_TOP = 12  # films on the first page
_FOUND = 50  # things that a search shows


def routes(site: Site) -> list[Route]:
    """All of them."""
    pages = Pages(site)
    return [
        Route("/", pages.home, methods=["GET"], name="home"),
        Route("/about", pages.about, methods=["GET"], name="about"),
        Route("/search", pages.search, methods=["GET"], name="search"),
        Route("/graph", pages.graph, methods=["GET"], name="graph"),
        Route("/robots.txt", pages.robots, methods=["GET"], name="robots"),
    ]


class Pages:
    """Makes them."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def home(self, request: Request) -> Response:
        """What the graph holds, and ways into it."""
        return await run_in_threadpool(self._kept, request, "home.html", self._home)

    async def about(self, request: Request) -> Response:
        """What this is, and what describes it."""
        return await run_in_threadpool(self._kept, request, "about.html", self._about)

    async def search(self, request: Request) -> Response:
        """The things that bear a name, or names like it."""
        return await run_in_threadpool(self._search, request)

    async def graph(self, request: Request) -> Response:
        """The references between films, drawn."""
        return await run_in_threadpool(self._graph, request)

    async def robots(self, request: Request) -> Response:
        """What programs that follow every link should leave alone."""
        _ = request
        return Response("User-agent: *\nDisallow: /sparql\nDisallow: /search\n", 200, {}, _PLAIN)

    def _kept(
        self, request: Request, template: str, values: Callable[[Reading], Mapping[str, object]]
    ) -> Response:
        """A page that depends on the snapshot alone."""
        with self._site.library.reading() as reading:
            tag = Tag(self._site.started, template)
            headers = {**VARY, "cache-control": "no-cache", "etag": tag.of(reading.version)}
            if tag.is_known(request, reading.version):
                return Response(status_code=304, headers=headers)
            content = reading.once(template, lambda: self._site.render(template, values(reading)))
        return Response(content, 200, headers, HTML.media_type)

    def _home(self, reading: Reading) -> Mapping[str, object]:
        rows = ask_named(reading.store, reading.names, "most-referenced").rows()
        top = []
        for title, reviews, _, film in islice(rows, _TOP):
            if isinstance(title, Literal) and isinstance(reviews, Literal):
                top.append({"title": title.value, "reviews": int(reviews.value), "iri": film})
        return {"counts": counts(reading.store), "top": top}

    def _about(self, reading: Reading) -> Mapping[str, object]:
        return {
            "base": reading.base,
            "model": model_version(),
            "queries": named_queries().values(),
            "writable": self._site.settings.writable,
        }

    def _search(self, request: Request) -> Response:
        query = request.query_params.get("q", "").strip()[:_LONGEST]
        offer = choose(",".join(request.headers.getlist("accept")), (HTML, _JSON))
        with self._site.library.reading() as reading:
            exact = reading.index.find(query)[:_FOUND] if query else ()
            near = reading.index.near(query) if query else ()
        others = [one for one in near if one not in exact]
        if offer is _JSON or request.query_params.get("format") == "json":
            found = [
                {"iri": one.iri, "label": one.label, "kind": one.folder, "exact": one in exact}
                for one in (*exact, *others)
            ]
            return JSONResponse({"query": query, "results": found}, 200, {**SHARED, **VARY})
        page = self._site.render("search.html", {"query": query, "exact": exact, "near": others})
        return Response(page, 200, VARY, HTML.media_type)

    def _graph(self, request: Request) -> Response:
        # layouts need much that takes a second to load, and only this page
        from kg.view.reading import read
        from kg.view.webpage import html

        with self._site.library.reading() as reading:
            tag = Tag(self._site.started, "graph page")
            headers = {**VARY, "cache-control": "no-cache", "etag": tag.of(reading.version)}
            if tag.is_known(request, reading.version):
                return Response(status_code=304, headers=headers)
            content = reading.once(
                "graph page", lambda: html(read(reading.store), title="References between films")
            )
        # the page allows its own script by hash; the header must not forbid it
        policy = _POLICY.search(content)
        if policy is None:
            raise KgError("expected a policy in the page of references, found none")
        headers["content-security-policy"] = unescape(policy[1].decode())
        return Response(content, 200, headers, HTML.media_type)


def failed(site: Site, request: Request, error: Exception) -> Response:
    """What a request that came to nothing is told: a page for a browser, else JSON."""
    if isinstance(error, RequestError):
        problem = error
    elif isinstance(error, HTTPException):
        problem = RequestError(error.status_code, error.detail, headers=error.headers)
    elif isinstance(error, StoreError):
        problem = RequestError(503, str(error))
    elif isinstance(error, KgError):
        problem = RequestError(500, str(error))
    else:
        problem = RequestError(500, "the server made a mistake; what it was is in its log")
    accept = ",".join(request.headers.getlist("accept"))
    path = request.url.path
    interface = path in _INTERFACES or path.startswith("/reconcile")
    interface = interface or request.method not in ("GET", "HEAD")
    if interface or choose(accept, (_JSON, HTML)) is not HTML:
        return problem.response()
    words = unquote(request.url.path.rstrip("/").rpartition("/")[2]).replace("-", " ")
    near: tuple[object, ...] = ()
    if problem.status == 404 and words.strip():
        with site.library.reading() as reading:
            near = reading.index.near(words[:_LONGEST])
    page = site.render("error.html", {"problem": problem, "words": words, "near": near})
    return Response(page, problem.status, {**problem.headers, **UNCACHED}, HTML.media_type)
