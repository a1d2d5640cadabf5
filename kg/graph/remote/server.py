"""What kind of server it is: where it is written, how much it takes at once, what it rewrites."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from kg.graph.remote.address import Remote

# what common servers call the end points beside the one for queries
_SIBLINGS: Final = (
    # Apache Jena Fuseki: /dataset/sparql or /dataset/query
    (re.compile(r"fuseki", re.IGNORECASE), re.compile(r"/(?:sparql|query)/?$"), "/update", "/data"),
    # Oxigraph's own server
    (re.compile(r"oxigraph", re.IGNORECASE), re.compile(r"/query/?$"), "/update", "/store"),
    # RDF4J and GraphDB: the repository itself answers queries
    (
        re.compile(r""),
        re.compile(r"(/repositories/[^/]+)/?$"),
        r"\1/statements",
        r"\1/rdf-graphs/service",
    ),
    # whoever it is: an end point that is called "query" takes no updates
    (re.compile(r""), re.compile(r"/query/?$"), "/update", ""),
)
_VIRTUOSO: Final = re.compile(r"^Virtuoso\b", re.IGNORECASE)
_SPARQL: Final = re.compile(r"/sparql(?:-auth|-oauth)?/?$")


@dataclass(frozen=True, slots=True)
class Server:
    """The end points of a server and what has to be minded with it.

    `graph_store` is "" where it has none, then graphs are written with updates. `triples_at_once`
    is how many one request may hold. `has_default` tells whether a default graph of its own may be
    written. `whole_requests` tells that an update request is applied wholly or not at all.
    """

    name: str
    query: str
    update: str
    graph_store: str
    triples_at_once: int = 5_000
    has_default: bool = True
    whole_requests: bool = True


def server(remote: Remote, banner: str, *, known: bool) -> Server:
    """The server at an address, by the `Server` header of its answer; `known`: it can ask who asks.

    What the user has named is not guessed.
    """
    if _VIRTUOSO.search(banner):
        return _virtuoso(remote, known=known)
    update, graph_store = remote.url, ""
    parts = urlsplit(remote.url)
    for name, path, to_update, to_store in _SIBLINGS:
        if name.search(banner) and path.search(parts.path):
            update = _at(remote.url, path.sub(to_update, parts.path))
            graph_store = _at(remote.url, path.sub(to_store, parts.path)) if to_store else ""
            break
    return Server(
        name=banner.partition("/")[0] or "SPARQL server",
        query=remote.url,
        update=remote.update or update,
        graph_store=remote.graph_store or graph_store,
    )


def _virtuoso(remote: Remote, *, known: bool) -> Server:
    """Virtuoso compiles an update to SQL of at most 10,000 lines, and has no default graph.

    Its end points for those who have a name are others than those for everybody.
    """
    path = urlsplit(remote.url).path
    secured = "-auth" if known else ""
    update, graph_store = remote.url, ""
    if _SPARQL.search(path):
        update = _at(remote.url, _SPARQL.sub(f"/sparql{secured}", path))
        graph_store = _at(remote.url, _SPARQL.sub(f"/sparql-graph-crud{secured}", path))
    return Server(
        name="Virtuoso",
        query=remote.url,
        update=remote.update or update,
        graph_store=remote.graph_store or graph_store,
        triples_at_once=300,
        has_default=False,
        whole_requests=False,
    )


def _at(url: str, path: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))
