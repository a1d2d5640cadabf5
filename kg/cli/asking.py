"""`kg query`, `kg explain`, `kg info` and `kg check`."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace

from rich import box
from rich.console import Console
from rich.table import Table

from kg import __version__
from kg.api import open as open_graph
from kg.cli.explaining import as_json, show
from kg.cli.progress import Bar
from kg.errors import UsageError
from kg.extract.version import model_version
from kg.graph.counting import counts
from kg.graph.named import named_queries
from kg.graph.query import FORMATS, Answer
from kg.graph.remote.address import Remote, beside

_WORTH_PROCESSES = 200  # pages; starting processes for fewer takes longer than it saves
_WIDE = 10_000  # columns where the output goes into a file: nothing is cut or wrapped


def query(options: Namespace) -> int:
    """Ask, print the answer."""
    if not options.words:
        for name, known in named_queries().items():
            print(" ".join([name, *known.parameters]), known.help, sep="\t")
        return 0
    if options.format not in ("table", *FORMATS):
        formats = ", ".join(("table", *FORMATS))
        raise UsageError(f"expected a format of {formats}, found {options.format!r}")
    with open_graph(options.graph) as graph:
        answer = graph.query(*options.words)
        if options.format == "table" and answer.kind == "triples":
            options.format = "turtle"
        if options.format == "table":
            _print_table(answer)
        else:
            sys.stdout.buffer.write(answer.serialise(options.format))
    return 0


def explain(options: Namespace) -> int:
    """Show what is known of a name."""
    with open_graph(options.graph) as graph:
        explanation = graph.explain(options.name)
    if options.json:
        print(json.dumps(as_json(explanation), ensure_ascii=False, indent=1))
    else:
        show(explanation, _console())
    return 0 if explanation.accounts else 1


def info(options: Namespace) -> int:
    """Say what this installation is, and what the graph holds."""
    from kg.link import Catalogue
    from kg.link.folder import of_graph

    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column()
    table.add_row("film-kg", __version__)
    table.add_row("Model", model_version())
    with Catalogue.open(of_graph(beside(options.graph), None)) as catalogue:
        table.add_row("Catalogue", str(catalogue.path))
        for name, value in catalogue.info().items():
            table.add_row(f"Catalogue {name.replace('_', ' ')}", value)
    if isinstance(options.graph, Remote) or (options.graph / "graph.json").exists():
        with open_graph(options.graph) as graph:
            table.add_row("Graph", str(options.graph))
            for name, value in graph.store.info().items():
                table.add_row(name, value)
            table.add_row("Base", graph.store.base)
            for name, number in counts(graph.store).items():
                table.add_row(f"Graph {name}", f"{number:,}")
    else:
        table.add_row("Graph", f"none in {options.graph}")
    _console().print(table)
    return 0


def check(options: Namespace) -> int:
    """Validate against the shapes; 1 if there are faults."""
    from kg.graph.check import check as validate

    with open_graph(options.graph) as graph, Bar() as bar:
        pages = sum(1 for _ in graph.store.pages())
        jobs = os.cpu_count() or 1 if pages > _WORTH_PROCESSES else 1
        bar.start("Checking", pages)
        faults = validate(graph.store, jobs=jobs, advance=bar.advance)
    if options.json:
        print(json.dumps([fault.as_dict() for fault in faults], ensure_ascii=False, indent=1))
    else:
        for fault in faults:
            print("\n".join(fault.lines()), end="\n\n")
    number = f"{len(faults)} fault{'' if len(faults) == 1 else 's'}" if faults else "no faults"
    held = f"{pages} page{'' if pages == 1 else 's'}"
    print(f"{number} in {options.graph}, {held}", file=sys.stderr)
    return 1 if faults else 0


def _print_table(answer: Answer) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    names = answer.variables or (("answer",) if answer.kind == "truth" else ())
    for name in names:
        table.add_column(name, overflow="fold")
    rows = 0
    for row in answer.printed():
        table.add_row(
            *(
                Console().render_str(cell, markup=False, emoji=False, highlight=False)
                for cell in row
            )
        )
        rows += 1
    _console().print(table)
    if answer.kind == "rows":
        print(f"{rows} {'row' if rows == 1 else 'rows'}", file=sys.stderr)


def _console() -> Console:
    """A console on stdout; where no terminal shows it, lines stay whole."""
    width = None if sys.stdout.isatty() else _WIDE
    return Console(width=width, highlight=False, markup=False, emoji=False)
