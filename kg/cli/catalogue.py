"""`kg catalogue import`, `search` and `info`."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path
from time import monotonic

from rich import box
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from kg.errors import UsageError
from kg.link import Catalogue
from kg.link.coverage import coverage
from kg.link.folder import chosen, usual
from kg.link.imports import Form, ImportOptions, import_catalogue
from kg.link.imports.columns import column_map
from kg.link.imports.endpoint import QUERY, Manners
from kg.link.imports.faults import Faults
from kg.model import Kind

_EVERY = 10.0  # seconds between lines where no terminal shows a bar
_WIDE = 10_000


def import_(options: Namespace) -> int:
    """Import, then say what was read, joined and left out."""
    folder = options.catalogue or usual()
    if str(folder) == "shipped":
        raise UsageError("expected a folder to import into; the shipped catalogue stays as it is")
    query = QUERY
    if options.query is not None:
        query = options.query.read_text(encoding="utf-8")
        if query.count("%d") != 2:
            raise UsageError(
                f"expected %d twice in {options.query}, for LIMIT and OFFSET, found "
                f"{query.count('%d')}"
            )
    with Stages() as stages:
        faults = import_catalogue(
            options.sources,
            folder,
            options=ImportOptions(
                form=Form(options.form) if options.form else None,
                columns=column_map(options.columns),
                types=frozenset(filter(None, options.types.split(","))),
                query=query,
                manners=Manners(page=options.page, timeout=options.timeout),
                anew=options.anew,
            ),
            progress=stages,
        )
    console = Console(stderr=True, highlight=False)
    _report(faults, console)
    console.print(f"The catalogue is in [bold]{folder}[/].", soft_wrap=True)
    if folder != usual():
        console.print(f"Next: [bold]kg build SOURCE --catalogue {folder}[/]", soft_wrap=True)
    return 1 if options.strict and faults.bad.counts else 0


def search_(options: Namespace) -> int:
    """Print the films and people that a name may mean; 1 if there are none."""
    with Catalogue.open(chosen(options.catalogue)) as catalogue:
        found = catalogue.search(options.name, limit=options.limit)
        films = {entity.id: catalogue.find(entity) for entity in found}
    if options.json:
        rows = [
            {
                "id": entity.id,
                "kind": entity.kind.value,
                "name": entity.name,
                "year": entity.year,
                "same_as": list(entity.same_as),
            }
            for entity in found
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0 if found else 1
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("name", "year", "what", "people", "path", "same as"):
        table.add_column(name, overflow="fold")
    for entity in found:
        film = films[entity.id]
        people = [*film.directors[:2], *film.cast[:3]] if film else []
        table.add_row(
            entity.name,
            str(entity.year or ""),
            "film" if entity.kind is Kind.FILM else "person",
            ", ".join(dict.fromkeys(member.name for member in people)),
            entity.id,
            " ".join(entity.same_as),
        )
    if found:
        width = None if sys.stdout.isatty() else _WIDE
        Console(width=width, highlight=False, markup=False, emoji=False).print(table)
    print(f"{len(found)} found", file=sys.stderr)
    return 0 if found else 1


def info_(options: Namespace) -> int:
    """Print what the catalogue is."""
    with Catalogue.open(chosen(options.catalogue)) as catalogue:
        told = {"file": str(catalogue.path), **catalogue.info()}
        covered = coverage(catalogue)
    told["years"] = f"{covered.first} to {covered.last}, {covered.dated:,} films dated"
    told["from outside the USA"] = (
        f"{covered.foreign:,} of the {covered.placed:,} films whose countries are known "
        f"({covered.foreign_share:.0%})"
    )
    size = Path(told["file"]).stat().st_size
    told["size"] = f"{size / 1e6:,.1f} MB"
    if options.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column()
    first = (
        "file",
        "size",
        "format",
        "films",
        "years",
        "from outside the USA",
        "people",
        "imported",
    )
    for name in (*first, *sorted(set(told) - {*first})):
        if name in told:
            value = told[name]
            table.add_row(name, f"{int(value):,}" if value.isdecimal() else value)
    width = None if sys.stdout.isatty() else _WIDE
    Console(width=width, highlight=False, markup=False, emoji=False).print(table)
    return 0


def _report(faults: Faults, console: Console) -> None:
    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    for name, number in faults.tally.counts.items():
        table.add_row(name, f"{number:,}")
    console.print(table)
    for reason, number in faults.bad.counts.items():
        lines = "line" if number == 1 else "lines"
        console.print(f"{number:,} {lines}: {reason}", markup=False, soft_wrap=True)
        for example in faults.examples[reason]:
            console.print(f"  {example}", markup=False, soft_wrap=True)


class Stages:
    """Shows the stages of an import: a bar on a terminal, else a line now and then."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=28),
            TextColumn("{task.percentage:>3.0f}%"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            disable=not self._live,
        )
        self._task: TaskID | None = None
        self._stage, self._done, self._total = "", 0, 0
        self._said = monotonic()

    def start(self, stage: str, total: int | None) -> None:
        """A stage begins."""
        if self._task is not None:
            self._bar.update(self._task, total=self._done or 1, completed=self._done or 1)
        self._stage, self._done, self._total = stage, 0, total or 0
        self._task = self._bar.add_task(stage, total=total)

    def advance(self, steps: int = 1) -> None:
        """Steps of the stage were done."""
        self._done += steps
        if self._task is not None:
            self._bar.advance(self._task, steps)
        if not self._live and monotonic() - self._said > _EVERY:
            self._said = monotonic()
            share = f"{self._done / self._total:.0%}" if self._total else f"{self._done:,}"
            print(f"{self._stage}: {share}", file=sys.stderr, flush=True)

    def __enter__(self) -> Stages:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()
