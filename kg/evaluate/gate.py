"""The quality gate: scores on fixed gold may rise, and may not fall.

A baseline file holds the gold's digest and, for each measure, the precision, recall and F1 that
were reached. A run fails where a measure falls below its floor by more than the tolerance (the
arithmetic of int8 differs in the last digits between processors), or where the gold was changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kg.errors import UsageError

TOLERANCE = 0.01
_ITEMS = 2  # single items more or less are no fall: what n items measure is known to 1/n
_FIGURES = ("p", "r", "f1", "right")

Rows = Mapping[str, Mapping[str, float] | int]


@dataclass(frozen=True, slots=True)
class Fall:
    """A figure that fell below its floor."""

    measure: str
    figure: str
    floor: float
    found: float


def gold_digest(gold: Path) -> str:
    """A hash of the names and contents of the gold annotations."""
    digest = hashlib.sha256()
    for path in sorted(gold.glob("*.ann")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def falls(rows: Rows, baseline: Path, gold: Path) -> list[Fall]:
    """The figures of `rows` that fell below the baseline; UsageError where it is of other gold."""
    pinned = _read(baseline)
    if pinned.gold != gold_digest(gold):
        raise UsageError(
            f"the gold in {gold} is not the one that {baseline} was measured on; "
            "look at what changed and write the baseline again with --update"
        )
    fallen = []
    for measure, figures in pinned.scores.items():
        row = rows.get(measure, {})
        for figure, floor in figures.items():
            found = row.get(figure, 0.0) if isinstance(row, Mapping) else 0.0
            allowed = TOLERANCE + _ITEMS / max(figures.get("n", 0), 1)
            if figure != "n" and found < floor - allowed:
                fallen.append(Fall(measure, figure, floor, found))
    return fallen


def raised(rows: Rows, baseline: Path, gold: Path, *, lower: bool = False) -> None:
    """Write the baseline anew; UsageError where a figure would fall and `lower` is not set."""
    if baseline.exists() and not lower and _read(baseline).gold == gold_digest(gold):
        fallen = falls(rows, baseline, gold)
        if fallen:
            names = ", ".join(f"{fall.measure} {fall.figure}" for fall in fallen)
            raise UsageError(f"the baseline would fall for {names}; say --lower if that is meant")
    scores = {
        measure: {figure: row[figure] for figure in (*_FIGURES, "n") if figure in row}
        for measure, row in rows.items()
        if isinstance(row, Mapping)
    }
    content = {"gold": gold_digest(gold), "scores": scores}
    baseline.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Baseline:
    gold: str
    scores: dict[str, dict[str, float]]


def _read(baseline: Path) -> _Baseline:
    try:
        return msgspec.json.decode(baseline.read_bytes(), type=_Baseline)
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(f"expected a baseline of scores at {baseline}: {error}") from error
