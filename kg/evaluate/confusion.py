"""Which kinds are taken for which: gold mentions against found ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.evaluate.annotation import Annotation
from kg.model import Kind

Span = tuple[int, int]

LETTERS = tuple(kind.letter for kind in Kind)
RIGHT = "right"
WRONG_KIND = "wrong kind"
MISSED = "missed"  # nothing was found there
CUT = "other span"  # something was found there that begins or ends elsewhere
SPURIOUS = "spurious"  # nothing is there


@dataclass(frozen=True, slots=True)
class Match:
    """One mention: `gold` and `found` are its (start, end, id) on either side, None where none.

    Both are set, with one span, for what was found (its kind may be wrong); with two spans for
    what was cut otherwise.
    """

    gold: tuple[int, int, str] | None
    found: tuple[int, int, str] | None

    @property
    def verdict(self) -> str:
        """What became of it: `RIGHT`, `WRONG_KIND`, `CUT`, `MISSED` or `SPURIOUS`."""
        if self.gold is None:
            return SPURIOUS
        if self.found is None:
            return MISSED
        if self.gold[:2] != self.found[:2]:
            return CUT
        return RIGHT if self.gold[2][0] == self.found[2][0] else WRONG_KIND


def matches(gold: Annotation, found: Annotation) -> list[Match]:
    """Every mention of either side once, in the order of the text.

    Equal spans meet first; then each gold mention that is left meets the first one left that
    overlaps it.
    """
    spans = {mention[:2]: mention for mention in found.mentions}
    pairs: list[Match] = []
    left: list[tuple[int, int, str]] = []
    for mention in gold.mentions:
        if (same := spans.pop(mention[:2], None)) is not None:
            pairs.append(Match(mention, same))
        else:
            left.append(mention)
    rest = sorted(spans.values())
    for mention in sorted(left):
        touching = next((m for m in rest if m[0] < mention[1] and mention[0] < m[1]), None)
        if touching is not None:
            rest.remove(touching)
        pairs.append(Match(mention, touching))
    pairs += [Match(None, mention) for mention in rest]
    return sorted(pairs, key=lambda match: (match.gold or match.found or (0, 0, ""))[:2])


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts by (gold, found): letters of kinds, `MISSED`, `CUT` as found, `SPURIOUS` as gold."""

    counts: Counter[tuple[str, str]]

    @property
    def rows(self) -> Sequence[str]:
        """What stands on the left: the gold kinds, then what is none."""
        return (*LETTERS, SPURIOUS)

    @property
    def columns(self) -> Sequence[str]:
        """What stands on top: the found kinds, then what became of the others."""
        return (*LETTERS, CUT, MISSED)

    def as_json(self) -> dict[str, dict[str, int]]:
        """Counts by gold kind and found kind; empty cells are left out."""
        return {
            row: {
                column: self.counts[row, column]
                for column in self.columns
                if self.counts[row, column]
            }
            for row in self.rows
        }


def confusion(pairs: Iterable[tuple[Annotation, Annotation]]) -> Confusion:
    """Count the mentions of (gold, found) annotations."""
    counts: Counter[tuple[str, str]] = Counter()
    for gold, found in pairs:
        for match in matches(gold, found):
            row = match.gold[2][0] if match.gold else SPURIOUS
            if match.found is None:
                column = MISSED
            elif match.verdict == CUT:
                column = CUT
            else:
                column = match.found[2][0]
            counts[row, column] += 1
    return Confusion(counts)
