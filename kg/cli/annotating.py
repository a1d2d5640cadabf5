"""`kg annotate`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from kg.annotate import AnnotateOptions
from kg.annotate import annotate as annotate_texts
from kg.cli.building import refused
from kg.cli.progress import Bar
from kg.extract.labels import labels_of

_SHOWN = 5  # files named beside a note


def annotate(options: Namespace) -> int:
    """Write annotation files."""
    with Bar() as bar:
        report = annotate_texts(
            options.sources, out=options.out, options=annotate_options(options), progress=bar
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


def annotate_options(options: Namespace) -> AnnotateOptions:
    """How to annotate, as the command line says it."""
    return AnnotateOptions(
        jobs=options.jobs,
        recogniser=options.recogniser,
        labels=labels_of(options.label),
        least=options.min_confidence,
    )
