"""`kg annotate` and `kg evaluate`."""

from __future__ import annotations

import json
import tempfile
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from kg.annotate import AnnotateOptions
from kg.annotate import annotate as annotate_texts
from kg.cli.building import refused
from kg.cli.progress import Bar
from kg.evaluate.gate import falls, raised
from kg.evaluate.score import score
from kg.extract.labels import labels_of

_SHOWN = 5  # files named beside a note


def annotate(options: Namespace) -> int:
    """Write annotation files."""
    with Bar() as bar:
        report = annotate_texts(
            options.sources, out=options.out, options=_options(options), progress=bar
        )
    console = Console(stderr=True, highlight=False)
    refused(report.refused, console)
    for reason, number in sorted(report.left_out.counts.items()):
        console.print(f"{number} {reason}", markup=False)
    noted(report.noted, console)
    console.print(f"{len(report.written)} annotated, {len(report.refused)} refused: {options.out}")
    return 1 if options.strict and report.refused else 0


def noted(notes: Sequence[tuple[Path, str]], console: Console) -> None:
    """Show what was noted of the texts: each note, how often, and the first few files."""
    files: dict[str, list[str]] = {}
    for path, note in notes:
        files.setdefault(note, []).append(path.name)
    for note, names in sorted(files.items()):
        shown = ", ".join(sorted(names)[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
        console.print(f"{len(names)} {note}: {shown}", markup=False, soft_wrap=True)


def _options(options: Namespace) -> AnnotateOptions:
    return AnnotateOptions(
        jobs=options.jobs,
        recogniser=options.recogniser,
        labels=labels_of(options.label),
        least=options.min_confidence,
    )


def evaluate(options: Namespace) -> int:
    """Score annotations, hold the baseline if one is given."""
    with tempfile.TemporaryDirectory() as scratch:
        predicted = options.pred
        if predicted is None:
            predicted = Path(scratch)
            with Bar() as bar:
                annotate_texts(
                    [str(options.gold)], out=predicted, options=_options(options), progress=bar
                )
        rows = score(options.gold, predicted).rows()
    if options.json:
        print(json.dumps(rows))
    else:
        Console(highlight=False).print(_table(rows))
    if options.gate is None:
        return 0
    console = Console(stderr=True, highlight=False)
    if options.update:
        raised(rows, options.gate, options.gold, lower=options.lower)
        console.print(f"the baseline is written: {options.gate}")
        return 0
    fallen = falls(rows, options.gate, options.gold)
    for fall in fallen:
        console.print(
            f"{fall.measure} {fall.figure} fell to {fall.found:.4f}, its floor is {fall.floor:.4f}"
        )
    return 1 if fallen else 0


def _table(rows: Mapping[str, Mapping[str, float] | int]) -> Table:
    table = Table(box=box.SIMPLE)
    table.add_column("measure")
    for name in ("precision", "recall", "F1", "n"):
        table.add_column(name, justify="right")
    for name, row in rows.items():
        if not isinstance(row, Mapping):
            table.add_row(name, "", "", "", str(row))
        elif "right" in row:
            table.add_row(name, "", _figure(row["right"], row["n"]), "", f"{row['n']:.0f}")
        else:
            figures = [_figure(row[figure], row["n"]) for figure in ("p", "r", "f1")]
            table.add_row(name, *figures, f"{row['n']:.0f}")
    return table


def _figure(value: float, number: float) -> str:
    return f"{value:.4f}" if number else "undefined"
