"""Writes graphs to a server: new ones many at a time, known ones by their difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Final

from kg.graph.evidence import evidence_folders
from kg.graph.iris import Iris
from kg.graph.remote.about import ABOUT
from kg.graph.remote.answers import Reader, canonical_triple
from kg.graph.remote.journal import Journal
from kg.graph.remote.pages import evidence, said
from kg.graph.remote.sender import Change, Sender, line, terms
from kg.graph.terms import Triple
from kg.model import Literal

# new pages go together until they have so many triples
_TOGETHER: Final = 5_000
_VALUES: Final = 200


class Writer:
    """The changes of one build. `default` names the stand-in for the default graph, "" for none.

    `held` are the graphs that the server has. As in a folder, a page's claims and passages stand in
    the default graph alone, the catalogue's facts in their own graph alone, all else in both.
    """

    def __init__(
        self,
        sender: Sender,
        reader: Reader,
        journal: Journal,
        iris: Iris,
        *,
        default: str,
        held: Iterable[str],
    ) -> None:
        self._sender = sender
        self._reader = reader
        self._journal = journal
        self._iris = iris
        self._default = default
        self._evidence = evidence_folders(iris)
        self.held = set(held)
        self._waiting: dict[str, set[Triple]] = {}

    def put(self, graph: str, wanted: set[Triple]) -> bool:
        """Make `wanted` all that a graph says; False if the server has just that already.

        A new graph may wait for others until `flush`.
        """
        digest = _digest(wanted)
        if graph in self.held and wanted and self._journal.told(graph) == digest:
            return False
        if graph not in self.held and graph not in self._waiting:
            if not wanted:
                return False
            self._waiting[graph] = wanted
            if sum(map(len, self._waiting.values())) >= _TOGETHER:
                self.flush()
            return True
        self.flush()
        change = self._difference(graph, wanted)
        self._journal.begin([graph], going=not wanted)
        if change:
            self._sender.send(change)
        self._journal.end([(graph, digest if wanted else "")])
        self.held.discard(graph)
        if wanted:
            self.held.add(graph)
        return bool(change)

    def flush(self) -> None:
        """Send what waits."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, {}
        change = Change()
        for graph, triples in waiting.items():
            words = self._words(graph, triples)
            change.new[graph] = [triple for triple in triples if triple not in words]
            change.added += words if graph == self._iris.catalogue else triples
        self._journal.begin(waiting)
        self._sender.send(change)
        self._journal.end((graph, _digest(triples)) for graph, triples in waiting.items())
        self.held.update(waiting)

    def mend(self) -> None:
        """Make good what was cut off: finish what was going, let the default graph say the rest."""
        graphs = self._journal.under_way()
        self.held.update(graphs)
        for graph, going in graphs.items():
            if going:
                self.put(graph, set())
                continue
            if graph != self._iris.catalogue:
                self._sender.send(Change(added=list(said(self._reader, graph))))
            self._journal.end([(graph, "")])

    def _words(self, graph: str, triples: set[Triple]) -> set[Triple]:
        """The claims and passages of a page."""
        if not graph.startswith(f"{self._iris.base}source/"):
            return set()
        return {triple for triple in triples if triple.subject.startswith(self._evidence)}

    def _difference(self, graph: str, wanted: set[Triple]) -> Change:
        words = self._words(graph, wanted)
        held, held_words = self._in(graph), self._words_of(graph)
        stated = {canonical_triple(triple): triple for triple in wanted - words}
        said = {canonical_triple(triple): triple for triple in words}
        gone, new = _without(held, stated), _without(stated, held)
        lost, added = _without(held_words, said), _without(said, held_words)
        if graph != self._iris.catalogue:
            lost += self._only_in(graph, gone)
            added += new
        return Change(lost, {graph: gone}, {graph: new}, added, "" if wanted else graph)

    def _in(self, graph: str) -> dict[Triple, Triple]:
        """What a graph on the server says, by its canonical form."""
        return _by_form(said(self._reader, graph))

    def _words_of(self, page: str) -> dict[Triple, Triple]:
        """The claims and passages that the default graph holds of a page."""
        if not page.startswith(f"{self._iris.base}source/"):
            return {}
        return _by_form(evidence(self._reader, page, self._iris, self._default))

    def _only_in(self, graph: str, triples: list[Triple]) -> Iterator[Triple]:
        """Those of the triples that no other graph states, the ones apart excepted."""
        apart = {graph, self._default, self._iris.catalogue, ABOUT} - {""}
        besides = " && ".join(f"?g != <{one}>" for one in sorted(apart))
        for start in range(0, len(triples), _VALUES):
            some = triples[start : start + _VALUES]
            values = "\n".join(f"({number} {terms(triple)})" for number, triple in enumerate(some))
            rows = self._reader.rows(
                f"SELECT DISTINCT ?n {{ VALUES (?n ?s ?p ?o) {{\n{values}\n}} "
                f"GRAPH ?g {{ ?s ?p ?o }} FILTER({besides}) }}"
            )
            stated = {int(n.value) for (n,) in rows if isinstance(n, Literal)}
            yield from (triple for number, triple in enumerate(some) if number not in stated)


def _by_form(triples: Iterable[Triple]) -> dict[Triple, Triple]:
    return {canonical_triple(triple): triple for triple in triples}


def _without(these: dict[Triple, Triple], those: dict[Triple, Triple]) -> list[Triple]:
    return sorted((triple for form, triple in these.items() if form not in those), key=line)


def _digest(triples: set[Triple]) -> str:
    lines = sorted(terms(triple) for triple in triples)
    return blake2b("\n".join(lines).encode(), digest_size=16).hexdigest()
