"""What a build is asked for, who is told how far it has come, and what it did."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from kg.extract.labels import Labels
from kg.model import Refusal, Tally
from kg.read import ReadOptions


class Progress(Protocol):
    """Who is told how far a build has come."""

    def start(self, stage: str, total: int | None) -> None:
        """A stage begins; `total` steps, None if unknown."""

    def advance(self, steps: int = 1) -> None:
        """Steps of the stage were done."""


class Silent:
    """A progress that shows nothing."""

    def start(self, stage: str, total: int | None) -> None:
        """Do nothing."""

    def advance(self, steps: int = 1) -> None:
        """Do nothing."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build.

    `base` is what IRIs begin with; None keeps that of the graph. `jobs` 0 means one worker a core.
    `recogniser` finds the names in place of the shipped weights, as in `kg.load`; `labels` are what
    its labels stand for. What is less sure than `least` is left out.
    """

    base: str | None = None
    jobs: int = 0
    rebuild: bool = False
    read: ReadOptions = field(default_factory=ReadOptions)
    catalogue: Path | None = None
    recogniser: str | None = None
    labels: Labels = field(default_factory=dict)
    least: float = 0.0


@dataclass(slots=True)
class Report:
    """What a build did. `seconds` are wall time, but for read and extract those of the workers."""

    read: int = 0
    unchanged: int = 0
    pages: int = 0
    written: int = 0
    refused: list[Refusal] = field(default_factory=list)
    skipped: Tally = field(default_factory=Tally)
    notes: Tally = field(default_factory=Tally)
    zones: Tally = field(default_factory=Tally)
    mentions: Tally = field(default_factory=Tally)
    graph: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
