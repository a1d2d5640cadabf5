"""One server, met: what it is, what graph it holds, and which graphs a query has to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.errors import StoreError
from kg.graph.iris import Iris
from kg.graph.remote import about as on_server
from kg.graph.remote.about import ABOUT, About
from kg.graph.remote.address import Remote
from kg.graph.remote.answers import ROWS, Dataset, Reader, ask, solutions
from kg.graph.remote.client import Client
from kg.graph.remote.sender import Sender
from kg.graph.remote.server import Server, server
from kg.graph.tokens import tokens
from kg.vocab import FK

STAND_IN: Final = "default"
"""The end of the name of the graph that stands in for a default graph."""


@dataclass
class Session:
    """A client with what was found out about the server that it speaks to."""

    client: Client
    server: Server
    reader: Reader
    about: About | None

    @classmethod
    def begin(cls, remote: Remote) -> Session:
        """Meet the server; StoreError where nothing there answers SPARQL."""
        client = Client(remote)
        try:
            response = ask(client, remote.url, "ASK {}", accept=ROWS, dataset={})
            solutions(response)
            met = server(remote, response.headers.get("Server", ""), known=bool(client.known))
            reader = Reader(client, remote.url)
            return cls(client, met, reader, on_server.read(reader, remote.url))
        except BaseException:
            client.close()
            raise

    def iris(self, base: str | None) -> Iris:
        """The names of the graph that is there; StoreError for none, or for another base."""
        if self.about is None:
            raise StoreError(
                f"expected a graph at {self.reader.url}, found none; make one with kg build "
                f"SOURCE... --graph {self.reader.url}, or name another with --graph"
            )
        if base is not None and Iris(base).base != self.about.base:
            raise StoreError(
                f"expected a graph with the base {base} at {self.reader.url}, found one with "
                f"{self.about.base}; leave --base out, or build it again with --rebuild"
            )
        return Iris(self.about.base)

    @property
    def default(self) -> str:
        """The graph that stands in for the default graph, "" where that is the server's own."""
        return self.about.default if self.about else ""

    def pages(self, base: str) -> Iterator[str]:
        """The graphs of pages; each names its page as its source."""
        rows = self.reader.rows(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?g a <{FK.Source}> }} }}")
        found = {str(graph) for (graph,) in rows if str(graph).startswith(f"{base}source/")}
        yield from sorted(found)

    def dataset(self, sparql: str) -> Dataset:
        """The graphs that a query is asked of: those of the protocol's parameters, none for all.

        A query with a dataset of its own has it. Where the default graph is a stand-in, a server
        other than Virtuoso has to be told the named graphs as well (SPARQL 1.1 Protocol, 2.1.4).
        """
        words = {token.text.upper() for token in tokens(sparql) if token.kind == "word"}
        if not self.default or "FROM" in words:
            return {}
        if "GRAPH" not in words or self.server.name == "Virtuoso":
            return {"default-graph-uri": [self.default]}
        iris = self.iris(None)
        named = [*self.pages(iris.base), iris.catalogue, iris.corrections]
        return {"default-graph-uri": [self.default], "named-graph-uri": named}

    def choose_default(self, base: str) -> str:
        """The stand-in that this server needs, "" if it has a default graph of its own.

        Some servers show all graphs together as their default graph: a triple is put into a named
        graph for a moment, to see.
        """
        stand_in = base + STAND_IN
        if not self.server.has_default:
            return stand_in
        probe = f"<{base}probe>"
        sender = self.sender("")
        sender.update(f"INSERT DATA {{ GRAPH {probe} {{ {probe} {probe} {probe} }} }}")
        try:
            shown = self.reader.truth(f"ASK {{ {probe} {probe} {probe} }}")
        finally:
            sender.update(f"DROP SILENT GRAPH {probe}")
        return stand_in if shown else ""

    def may_write(self) -> None:
        """Find out before any work whether changes are taken: take out what isn't there."""
        nothing = f"<{ABOUT}> <{ABOUT}> <{ABOUT}>"
        self.sender("").update(f"DELETE DATA {{ GRAPH <{ABOUT}> {{ {nothing} }} }}")

    def sender(self, default: str) -> Sender:
        """What sends changes to this server."""
        return Sender(self.client, self.server, default)

    def describe(self, **changes: str) -> About:
        """What the server is to say from now on; not sent yet."""
        about = self.about or About(base="")
        self.about = replace(about, **changes)
        return self.about
