"""The application: a graph, its settings, and all routes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from kg.errors import KgError
from kg.link.folder import of_graph
from kg.web import datasets, entities, graphs, pages, reconcile, sparql, vocabulary
from kg.web.gate import Gate, Gzip
from kg.web.library import Library
from kg.web.pool import Pool
from kg.web.problems import RequestError
from kg.web.settings import Settings
from kg.web.site import Site

_STATIC = Path(__file__).parent / "static"


def application(graph: Path, settings: Settings | None = None) -> Starlette:
    """The graph in the folder `graph`, served; StoreError where there is none."""
    settings = settings or Settings()
    library = Library(graph)
    with library.reading() as reading:
        base = reading.base
    site = Site(graph, settings, Pool(graph, settings.limits), library, base)

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        await site.pool.warm()
        try:
            yield
        finally:
            await site.pool.close()
            library.close()

    async def failed(request: Request, error: Exception) -> Response:
        return pages.failed(site, request, error)

    return Starlette(
        routes=[
            *sparql.routes(site),
            *graphs.routes(site),
            *datasets.routes(site),
            *pages.routes(site),
            *vocabulary.routes(site),
            Mount("/static", StaticFiles(directory=_STATIC), name="static"),
            *reconcile.routes(of_graph(graph, None), address=site.address, base=base),
            *entities.routes(site),
        ],
        middleware=[Middleware(Gate, settings=settings), Middleware(Gzip)],
        exception_handlers={
            HTTPException: failed,
            RequestError: failed,
            KgError: failed,
            Exception: failed,
        },
        lifespan=running,
    )
