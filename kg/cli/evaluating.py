"""`kg evaluate`."""

from __future__ import annotations

import json
import tempfile
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kg.annotate import annotate
from kg.cli.annotating import annotate_options, noted
from kg.cli.building import refused
from kg.cli.progress import Bar
from kg.errors import UsageError
from kg.evaluate.annotation import read
from kg.evaluate.confusion import Confusion
from kg.evaluate.evaluation import Evaluation, Rows, evaluation
from kg.evaluate.gate import falls, raised
from kg.evaluate.judging import judge
from kg.evaluate.reliability import Guess, Reliability, guesses, reliability
from kg.evaluate.slips import Slip
from kg.evaluate.webpage import html
from kg.model import Extraction

_SOURCE = ("mentions", "films named", "relations", "references", "references with kind")


def evaluate(options: Namespace) -> int:
    """Score annotations, show what is asked for, hold the baseline if one is given."""
    console = Console(stderr=True, highlight=False)
    found = _evaluation(options, console)
    if options.json:
        print(json.dumps(found.as_json() if options.details else found.rows, ensure_ascii=False))
    else:
        _tables(found, Console(highlight=False), details=options.details)
    if found.other_texts:
        console.print(
            f"{len(found.other_texts)} predictions are of another text than their gold: "
            f"{', '.join(found.other_texts[:5])}",
            markup=False,
        )
    if options.html is not None:
        options.html.write_bytes(html(found, title=f"Evaluation on {options.gold.resolve().name}"))
        console.print(f"written: {options.html}", markup=False)
    return _gate(found.rows, options, console)


def _evaluation(options: Namespace, console: Console) -> Evaluation:
    if options.pred is not None:
        if options.reliability:
            raise UsageError(
                "annotation files carry no confidences: expected --reliability without --pred"
            )
        return evaluation(judge(options.gold, options.pred), errors=options.errors)
    told: list[Guess] = []

    def seen(name: str, extraction: Extraction) -> None:
        gold = options.gold / f"{name}.ann"
        if gold.exists():
            told.extend(guesses(read(gold), extraction))

    with tempfile.TemporaryDirectory() as scratch:
        with Bar() as bar:
            report = annotate(
                [str(options.gold)],
                out=Path(scratch),
                options=annotate_options(options),
                progress=bar,
                seen=seen if options.reliability else None,
            )
        refused(report.refused, console)
        noted(report.noted, console)
        documents = judge(options.gold, Path(scratch))
    return evaluation(documents, reliability=reliability(told), errors=options.errors)


def _gate(rows: Rows, options: Namespace, console: Console) -> int:
    if options.gate is None:
        return 0
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


def _tables(found: Evaluation, console: Console, *, details: bool) -> None:
    console.print(_scores(found))
    if found.sources:
        console.print(_sources(found.sources))
    if found.reliability:
        console.print(_confidence(found.reliability))
    if details:
        console.print(_confusion(found.confusion))
        _errors(found.slips, console)


def _scores(found: Evaluation) -> Table:
    table = Table(box=box.SIMPLE)
    table.add_column("measure")
    for name in ("precision", "recall", "F1", "n", "95% interval"):
        table.add_column(name, justify="right")
    for name, row in found.rows.items():
        if not isinstance(row, Mapping):
            table.add_row(name, "", "", "", str(row), "")
            continue
        spread = found.intervals.get(name)
        interval = f"{spread[0]:.4f} - {spread[1]:.4f}" if spread and row["n"] else ""
        number = f"{row['n']:.0f}"
        if "right" in row:
            figures = ["", "", _figure(row["right"], row["n"])]
        else:
            figures = [_figure(row[figure], row["n"]) for figure in ("p", "r", "f1")]
        table.add_row(name, *figures, number, interval)
    return table


def _sources(sources: Mapping[str, Rows]) -> Table:
    table = Table(box=box.SIMPLE, title="F1 by source", title_justify="left")
    table.add_column("source")
    table.add_column("documents", justify="right")
    for name in _SOURCE:
        table.add_column(name, justify="right")
    for source, rows in sources.items():
        figures = []
        for name in _SOURCE:
            row = rows.get(name)
            figures.append(
                _figure(row["f1"], row["n"]) if isinstance(row, Mapping) else "undefined"
            )
        table.add_row(escape(source), str(rows["documents"]), *figures)
    return table


def _confidence(found: Sequence[Reliability]) -> Table:
    table = Table(box=box.SIMPLE, title="Confidence", title_justify="left")
    table.add_column("of")
    for name in ("n", "mean confidence", "share right", "calibration error"):
        table.add_column(name, justify="right")
    table.add_column("sure: right")
    for one in found:
        bins = " ".join(f"{b.confidence:.2f}:{b.right:.2f}" for b in one.bins)
        figures = (f"{one.confidence:.4f}", f"{one.right:.4f}", f"{one.error:.4f}")
        table.add_row(f"{one.what}s", str(one.count), *figures, bins)
    return table


def _confusion(confusion: Confusion) -> Table:
    table = Table(box=box.SIMPLE, title="Kinds: gold by row, found by column", title_justify="left")
    table.add_column("gold")
    for name in confusion.columns:
        table.add_column(name, justify="right")
    for row in confusion.rows:
        table.add_row(row, *(str(confusion.counts[row, c] or "") for c in confusion.columns))
    return table


def _errors(slips: Sequence[Slip], console: Console) -> None:
    console.print("Worst errors\n")
    for slip in slips:
        times = f"{slip.times} times " if slip.times > 1 else ""
        sides = f"gold {slip.gold or 'nothing'}, found {slip.found or 'nothing'}"
        console.print(
            f"  {escape(slip.document)}: {times}{slip.what}: {escape(sides)}", soft_wrap=True
        )
        if slip.words:
            words = f"{escape(slip.before)}[bold]{escape(slip.words)}[/]{escape(slip.after)}"
            console.print(f"    [dim]...{words}...[/]", soft_wrap=True)


def _figure(value: float, number: float) -> str:
    return f"{value:.4f}" if number else "undefined"
