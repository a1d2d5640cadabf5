"""What an import counted: lines left out and why, with the first of each kind as an example."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Tally

_KEPT = 3  # examples of one kind of fault


@dataclass(slots=True)
class Faults:
    """Counts and examples. `tally` counts all that was read, joined and left out."""

    tally: Tally = field(default_factory=Tally)
    examples: dict[str, list[str]] = field(default_factory=dict)
    bad: Tally = field(default_factory=Tally)

    def line(self, file: str, number: int, reason: str, detail: str = "") -> None:
        """A line could not be read, or was read in a second way; tell where and why."""
        self.bad.add(reason)
        kept = self.examples.setdefault(reason, [])
        if len(kept) < _KEPT:
            kept.append(f"{file}, line {number}: {detail or reason}")

    def count(self, what: str, number: int = 1) -> None:
        """Count something that is no fault."""
        if number:
            self.tally.add(what, number)
