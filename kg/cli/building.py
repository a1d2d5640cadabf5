"""`kg build` and `kg forget`."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import fields

from rich import box
from rich.console import Console
from rich.table import Table

from kg.builder import build as build_graph
from kg.builder import forget as forget_source
from kg.cli.progress import Bar
from kg.extract.labels import labels_of
from kg.graph.remote.address import Remote
from kg.model import Refusal
from kg.read import Columns, ReadOptions
from kg.report import BuildOptions, Report

_SHOWN = 20  # refusals listed; the rest is counted


def build(options: Namespace) -> int:
    """Build, then show what was done."""
    named = {
        column.name: getattr(options, f"{column.name}_column")
        for column in fields(Columns)
        if getattr(options, f"{column.name}_column")
    }
    read = ReadOptions(columns=Columns(**named), max_bytes=options.max_bytes)
    with Bar() as bar:
        report = build_graph(
            options.sources,
            graph=options.graph,
            options=BuildOptions(
                base=options.base,
                catalogue=options.catalogue,
                jobs=options.jobs,
                rebuild=options.rebuild,
                read=read,
                recogniser=options.recogniser,
                labels=labels_of(options.label),
                least=options.min_confidence,
            ),
            progress=bar,
        )
    console = Console(stderr=True, highlight=False)
    refused(report.refused, console)
    console.print(report_table(report))
    console.print(
        f"The graph is {'at' if isinstance(options.graph, Remote) else 'in'} "
        f"[bold]{options.graph}[/]. Next: "
        f"[bold]kg query most-referenced{_said(options)}[/] or "
        f"[bold]kg export references.html{_said(options)}[/]",
        soft_wrap=True,
    )
    if isinstance(options.graph, Remote):
        console.print(
            f"What was read for it, and your corrections, are kept in {options.graph.folder}",
            soft_wrap=True,
        )
    return 1 if options.strict and report.refused else 0


def forget(options: Namespace) -> int:
    """Remove pages."""
    for source in forget_source(options.source, graph=options.graph):
        print(f"forgotten: {source}", file=sys.stderr)
    return 0


def refused(refusals: list[Refusal], console: Console) -> None:
    """List what could not be read, and why."""
    for refusal in refusals[:_SHOWN]:
        console.print(f"refused: {refusal.source}: {refusal.reason}", markup=False, soft_wrap=True)
    if len(refusals) > _SHOWN:
        console.print(f"refused: {len(refusals) - _SHOWN} more")


def report_table(report: Report) -> Table:
    """The table at the end of a build."""
    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_column(style="dim")
    unchanged = f"{report.unchanged:,} unchanged" if report.unchanged else ""
    table.add_row("Pages read", f"{report.read:,}", unchanged)
    table.add_row("Pages refused", f"{len(report.refused):,}", "")
    if skipped := report.skipped.counts:
        table.add_row("Files skipped", f"{sum(skipped.values()):,}", _parts(skipped))
    table.add_row("Pages in the graph", f"{report.pages:,}", f"{report.written:,} written")
    table.add_row("Zones", f"{sum(report.zones.counts.values()):,}", _parts(report.zones.counts))
    mentions = report.mentions.counts
    table.add_row("Mentions", f"{sum(mentions.values()):,}", _parts(mentions))
    for name, number in report.graph.items():
        table.add_row(name.capitalize(), f"{number:,}", "")
    if report.notes.counts:
        table.add_row(
            "Notes", f"{sum(report.notes.counts.values()):,}", _parts(report.notes.counts)
        )
    seconds = report.seconds
    table.add_row("Seconds", f"{sum(seconds.values()):,.1f}", _parts(seconds, form="{:.1f}"))
    return table


def _parts(counts: dict[str, int] | dict[str, float], form: str = "{:,}") -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name.lower()} {form.format(number)}" for name, number in ordered)


def _said(options: Namespace) -> str:
    return "" if str(options.graph) == "graph" else f" --graph {options.graph}"
