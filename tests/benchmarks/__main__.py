"""Measure everything beside the peers: `python -m tests.benchmarks [--write] [PART...]`.

The table goes to the terminal; with `--write` also to docs/performance.md, where parts that were
not asked for stay as they are. `--reviews` and `--quads` make it smaller; `--folder` keeps the
graph of made reviews for the next run.
"""

from __future__ import annotations

import argparse
import tempfile
from contextlib import ExitStack
from pathlib import Path

import kg
from kg.report import BuildOptions

from . import asking, changing, storing, turtle
from .generate import FOLDER, extractions, fill_cache, write_files
from .result import Result, as_markdown, into_page, machine, show

_PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
_HEAD = """# Performance

Written by `python -m tests.benchmarks --write`; every figure stands beside its peer's of the same
run. The reviews are made by a rule (`tests/benchmarks/generate.py`).
"""


def prepared(folder: Path, reviews: int) -> tuple[Path, Path]:
    """Files of made reviews and the graph of a finished build of them."""
    pages, graph = folder / FOLDER, folder / "graph"
    if not (graph / "CURRENT").exists():
        made = list(extractions(reviews))
        write_files(made, pages)
        fill_cache(made, pages, graph)
        kg.build([pages], graph=graph, options=BuildOptions(jobs=1))
    return pages, graph


def main() -> int:
    """Run the parts that were asked for; 1 if a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "part", nargs="*", help="load, size, queries, exports, change (default: all)"
    )
    parser.add_argument("--reviews", type=int, default=10_000)
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3, help="runs of which the shortest counts")
    parser.add_argument("--stop-after", type=int, default=60, help="seconds that rdflib is given")
    parser.add_argument("--folder", type=Path, help="where the made reviews are, or will be")
    parser.add_argument("--write", action="store_true", help=f"write {_PAGE.name}")
    options = parser.parse_args()
    wanted = options.part or ["load", "size", "queries", "exports", "change"]
    sections: list[tuple[str, str, list[Result]]] = []
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kg-benchmark-")))
        folder = options.folder or scratch
        store: list[Result] = []
        pages, graph = prepared(folder, options.reviews)
        if "load" in wanted:
            store.append(storing.load(graph, scratch, quads=options.quads, times=options.times))
        if "size" in wanted:
            store += storing.size(graph)
        if store:
            sections.append((storing.TITLE, storing.EXPLANATION, store))
        if "queries" in wanted:
            found = asking.measure(graph, times=options.times, stop_after=options.stop_after)
            sections.append((asking.TITLE, asking.EXPLANATION, found))
        if "exports" in wanted:
            found = turtle.measure(graph, scratch, times=options.times)
            sections.append((turtle.TITLE, turtle.EXPLANATION, found))
        if "change" in wanted:
            sections.append((changing.TITLE, changing.EXPLANATION, changing.measure(pages, graph)))
        reviews = sum(1 for _ in pages.iterdir())
    for title, _, results in sections:
        show(title, results)
    if options.write:
        measured = f"Measured with {reviews:,} reviews on {machine()}."
        told = {title: as_markdown(says, measured, found) for title, says, found in sections}
        into_page(_PAGE, _HEAD, told)
    return int(any(result.met is False for *_, results in sections for result in results))


if __name__ == "__main__":
    raise SystemExit(main())
