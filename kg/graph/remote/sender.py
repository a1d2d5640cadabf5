"""Sends changes to a server: as one update request where that is applied wholly or not at all.

Elsewhere they go in parts that the server can take, additions over Graph Store Protocol if it has
that; then the order counts, see `Change`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from kg.graph.ntriples import written
from kg.graph.remote.client import Client
from kg.graph.remote.server import Server
from kg.graph.terms import Triple
from kg.vocab import FK, OA, RDF

_UPDATE: Final = {"Content-Type": "application/sparql-update", "Accept": "*/*"}
_NTRIPLES: Final = {"Content-Type": "application/n-triples", "Accept": "*/*"}
_POSTED_AT_ONCE: Final = 5_000  # triples over Graph Store Protocol
# by these a page and its evidence are found again: they come first and go last
_LEADING: Final = ((RDF.type, FK.Source), (OA.hasSource, None), (FK.passage, None))


@dataclass(slots=True)
class Change:
    """What is to go and to come, by graph; "" is the default graph, `default` of the sender.

    The default graph says at no moment what no page says: what goes leaves the default graph first
    and its page last, what comes enters its page first and the default graph last. So a change
    that was cut off is made good by giving the default graph what its pages say.
    """

    lost: list[Triple] = field(default_factory=list)
    gone: dict[str, list[Triple]] = field(default_factory=dict)
    new: dict[str, list[Triple]] = field(default_factory=dict)
    added: list[Triple] = field(default_factory=list)
    dropped: str = ""

    def __bool__(self) -> bool:
        return bool(self.lost or self.added or any(self.gone.values()) or any(self.new.values()))


class Sender:
    """Speaks SPARQL Update and Graph Store Protocol. `default` stands in for the default graph."""

    def __init__(self, client: Client, server: Server, default: str) -> None:
        self._client = client
        self._server = server
        self._default = default

    def send(self, change: Change) -> None:
        """Make a change."""
        if self._server.whole_requests:
            parts = [
                _data("DELETE", self._default, change.lost),
                *(_data("DELETE", graph, some) for graph, some in change.gone.items()),
                *(_data("INSERT", graph, some) for graph, some in change.new.items()),
                _data("INSERT", self._default, change.added),
                f"DROP SILENT GRAPH <{change.dropped}>" if change.dropped else "",
            ]
            self.update(" ;\n".join(part for part in parts if part))  # nothing for no parts
            return
        self._delete(self._default, change.lost)
        for graph, triples in change.gone.items():
            self._delete(graph, triples)
        for graph, triples in change.new.items():
            self._add(graph, triples)
        self._add(self._default, change.added)

    def overwrite(self, graph: str, triples: Iterable[Triple]) -> None:
        """Make a small graph anew."""
        if self._by_store:
            self._store("PUT", graph, list(triples))
        else:
            self.update(f"CLEAR SILENT GRAPH <{graph}> ;\n{_data('INSERT', graph, triples)}")

    def update(self, request: str) -> None:
        """Send one update request."""
        if request:
            self._client.send(
                "POST",
                self._server.update,
                headers=_UPDATE,
                content=request.encode(),
                purpose="take a change",
            )

    @property
    def _by_store(self) -> bool:
        return bool(self._server.graph_store) and not self._server.whole_requests

    def _add(self, graph: str, triples: Iterable[Triple]) -> None:
        if self._by_store:
            for some in _parts(triples, _POSTED_AT_ONCE, last=False):
                self._store("POST", graph, some)
        else:
            for some in _parts(triples, self._server.triples_at_once, last=False):
                self.update(_data("INSERT", graph, some))

    def _delete(self, graph: str, triples: Iterable[Triple]) -> None:
        for some in _parts(triples, self._server.triples_at_once, last=True):
            self.update(_data("DELETE", graph, some))

    def _store(self, method: str, graph: str, triples: list[Triple]) -> None:
        self._client.send(
            method,
            self._server.graph_store,
            params={"graph": graph} if graph else {"default": ""},
            headers=_NTRIPLES,
            content="\n".join(map(line, triples)).encode(),
            purpose="take a graph",
        )


def line(triple: Triple) -> str:
    """A triple as N-Triples, Turtle and SPARQL all read it."""
    return f"{terms(triple)} ."


def terms(triple: Triple) -> str:
    """Its three terms."""
    return f"<{triple.subject}> <{triple.predicate}> {written(triple.object)}"


def _parts(triples: Iterable[Triple], size: int, *, last: bool) -> Iterator[list[Triple]]:
    """The triples in lists of at most `size`, the leading ones first, or last if `last`."""

    def order(triple: Triple) -> tuple[int, str]:
        signs = ((triple.predicate, triple.object), (triple.predicate, None))
        leading = next((place for place, one in enumerate(_LEADING) if one in signs), 3)
        return (-leading if last else leading), line(triple)

    rest = iter(sorted(triples, key=order))
    while some := list(islice(rest, size)):
        yield some


def _data(verb: str, graph: str, triples: Iterable[Triple]) -> str:
    """One operation on a graph, "" for no triples."""
    lines = "\n".join(sorted({line(triple) for triple in triples}))
    if not lines:
        return ""
    return (
        f"{verb} DATA {{ GRAPH <{graph}> {{\n{lines}\n}} }}"
        if graph
        else (f"{verb} DATA {{\n{lines}\n}}")
    )
