"""What the user has said, as the stages of one build need it.

Corrections name things by their paths. Where a thing has got another path since (its year was
learnt), its correction follows it: `redirects.tsv` beside the graph tells where things went.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.engine.cache import Cache
from kg.graph.corrections import Corrections as Refuted
from kg.graph.iris import Iris
from kg.graph.mapping import page_graph
from kg.graph.redirects import read_redirects, write_redirects
from kg.graph.terms import Quad
from kg.link import Catalogue, Corrections, Moves, resolve
from kg.link.verdicts import settled
from kg.model import LinkedPage, Tally
from kg.vocab import RDFS

CORRECTIONS = "corrections.tsv"  # beside the store, in the graph's folder

_ROUNDS = 3  # linking begins again where a correction has to follow what it names


class UserWord:
    """The corrections of one graph, under the paths that things have now."""

    def __init__(self, graph: Path, base: str) -> None:
        """UsageError where the file of corrections holds what can't be understood."""
        self._graph = graph
        self._iris = Iris(base)
        self._written = Corrections.read(graph / CORRECTIONS)
        self._moved = read_redirects(graph)
        self._described: set[str] = set()
        self._settle()

    def _settle(self) -> None:
        self._linking = settled(self._written, self._moved)
        self.refuted = Refuted.read(self._linking, base=self._iris.base)
        self._named = frozenset(path for one in self.refuted.added for path, _ in one.named)

    def linked(
        self, cache: Cache, catalogue: Catalogue, *, scratch: Path, tally: Tally
    ) -> Iterator[LinkedPage]:
        """All pages linked as the user wants it.

        Redirects are written before the first page is given.
        """
        for turn in range(1, _ROUNDS + 1):
            moves = Moves(cache.paths(), self._moved)
            pages = resolve(
                cache.extractions,
                catalogue=catalogue,
                corrections=self._linking,
                moves=moves,
                scratch=scratch,
                tally=tally,
            )
            first = next(pages, None)
            before = self._linking
            if moves.all != self._moved:
                self._moved = moves.all
                write_redirects(self._graph, self._moved)
                self._settle()
            if first is None:
                return
            if self._linking == before or turn == _ROUNDS:
                yield first
                yield from pages
                return

    def about(self, page: LinkedPage) -> list[str]:
        """What of it changes the graph of one page, in words to compare."""
        nodes = {self._iris.entity(link.entity.id) for link in page.links}
        return self.refuted.about(page_graph(page.page.id, base=self._iris.base), nodes)

    def names(self, page: LinkedPage) -> bool:
        """Whether the page may describe a thing that the user has added something to."""
        return any(link.entity.id in self._named for link in page.links)

    def see(self, quads: list[Quad]) -> None:
        """Remember what a page describes, so that the corrections needn't."""
        for quad in quads if self._named else ():
            if quad.predicate == RDFS.label:
                self._described.add(quad.subject.removeprefix(self._iris.base))

    @property
    def described(self) -> frozenset[str]:
        """The paths of things with additions that pages describe."""
        return self._named & self._described
