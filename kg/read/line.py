"""One line of a page while it is put together from markup: its words, links, cells, attributes."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

_NO_GAP_BEFORE: Final = frozenset(".,;:!?)]}’”'\"%…")
_NO_GAP_AFTER: Final = frozenset("([{“‘'\"-–—/$£€#@&")
_LONGEST_CELL: Final = 80

Attribute = tuple[int, int, str, str]


@dataclass(slots=True)
class _Run:
    """A stretch of the line that one element holds directly."""

    start: int
    end: int
    owner: object
    bare: bool
    link: bool


@dataclass(slots=True)
class Line:
    """Collects text with its whitespace collapsed; `finish` gives what a block needs.

    Words of neighbouring elements with nothing between them ("<a>Bob</a><a>Ann</a>") are kept
    apart, unless they read as one word (a drop capital, a syllable in italics). Where only the
    markup tells a line's parts from one another, a tab stands between them and `cells` names them.
    """

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    attributes: list[Attribute] = field(default_factory=list)
    marked: list[tuple[int, int]] = field(default_factory=list)
    gap_pending: bool = False
    seam: bool = False  # an inline element has ended since the last word
    row: bool = False  # a table row: its cells are what `cut` parts
    cuts: list[int] = field(default_factory=list)
    _runs: list[_Run] = field(default_factory=list)
    _last: str = ""

    def add(self, text: str, owner: object, *, bare: bool, link: bool) -> None:
        """Append `text`, which `owner` holds directly; `bare` where that is the block itself."""
        words = " ".join(text.split())
        if not words:
            if text:
                self.space()
            return
        if text[0].isspace():
            self.space()
        if self.length:
            if not self.gap_pending and self.seam and self._parts_words(words, owner):
                self.gap_pending = True
            if self.gap_pending:
                self._append(" ")
        start = self.length
        self._append(words)
        self._runs.append(_Run(start, self.length, owner, bare, link))
        self._last = words
        self.gap_pending = text[-1].isspace()
        self.seam = False

    def space(self) -> None:
        """Note that white space stands here."""
        self.gap_pending = self.length > 0

    def cut(self) -> None:
        """Note that a cell of a table row, or a line within one, ends here."""
        if self.length and (not self.cuts or self.cuts[-1] != self.length):
            self.cuts.append(self.length)
        self.space()

    @property
    def position(self) -> int:
        """Where the next word will start, or one before where a space comes first."""
        return self.length

    def _append(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def _parts_words(self, words: str, owner: object) -> bool:
        before, after = self._last[-1], words[0]
        if before == ":" and after.isalnum():
            return True
        if after in _NO_GAP_BEFORE or before in _NO_GAP_AFTER:
            return False
        previous = self._runs[-1]
        if previous.bare or previous.owner is owner:
            return False
        if previous.link and self._runs[-1].link and self._is_link(owner):
            return True
        if len(self._last) == 1 and before.isalpha():  # a drop capital
            return False
        return not (after.islower() and before.isalpha())

    @staticmethod
    def _is_link(owner: object) -> bool:
        return getattr(owner, "tag", "") == "a"

    def finish(self) -> tuple[str, list[tuple[int, int]], float]:
        """The line's text, its cells, and the share of it that is link text."""
        text = "".join(self.pieces)
        linked = sum(run.end - run.start for run in self._runs if run.link)
        share = linked / len(text) if text else 0.0
        cells = self._row_cells() if self.row or self.cuts else self._inline_cells(text)
        if len(cells) < 2:
            return text, [], share
        letters = list(text)
        for (_, end), (start, _) in pairwise(cells):
            if start - end == 1 and letters[end] == " ":
                letters[end] = "\t"
        return "".join(letters), cells, share

    def _row_cells(self) -> list[tuple[int, int]]:
        edges = [0, *self.cuts]
        if edges[-1] != self.length:
            edges.append(self.length)
        # the space that follows a cut belongs to neither cell
        return [
            (start + 1 if start else 0, end)
            for start, end in pairwise(edges)
            if end > start + (1 if start else 0)
        ]

    def _inline_cells(self, text: str) -> list[tuple[int, int]]:
        """Cells of a line whose parts only elements tell apart; none for running text."""
        runs = self._merged_runs()
        if len(runs) < 2:
            return []
        if not any(run.bare for run in runs):
            if all(run.end - run.start <= _LONGEST_CELL for run in runs):
                return [(run.start, run.end) for run in runs]
            return []
        links = [run for run in runs if run.link]
        if len(links) < 2 or 2 * sum(run.end - run.start for run in links) < len(text):
            return []
        inner = [run for run in runs if links[0].start <= run.start < links[-1].start]
        if any(not run.link for run in inner) or runs[-1] is not links[-1]:
            return []
        label = [(0, links[0].start - 1)] if links[0].start > 1 else []
        return label + [(run.start, run.end) for run in links]

    def _merged_runs(self) -> list[_Run]:
        """The runs, those joined that touch (no space between) or belong to one element."""
        merged: list[_Run] = []
        for run in self._runs:
            last = merged[-1] if merged else None
            if last and (last.end == run.start or last.owner is run.owner):
                bare = last.bare or run.bare
                merged[-1] = _Run(last.start, run.end, last.owner, bare, last.link and run.link)
            else:
                merged.append(run)
        return merged
