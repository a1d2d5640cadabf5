"""One changed page among many: read, linked, written, published, queryable."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import kg
from kg.report import BuildOptions

from .result import Result, seconds

TITLE = "One changed page"
EXPLANATION = (
    "The whole of `kg build` on all files, of which one has changed since the last build: listing, "
    "hashing, reading, extracting, linking, writing, publishing; then a query that finds the "
    "change. In an open process the model is loaded and an earlier build has run. CPU is that of "
    "all processes."
)


def measure(pages: Path, graph: Path, *, open_process: float = 2, shell: float = 6) -> list[Result]:
    """The same change in this process, then by the command line."""
    number = sum(1 for _ in pages.iterdir())
    file = min(pages.iterdir())
    options = BuildOptions(jobs=1)
    _change(file, "first")
    kg.build([pages], graph=graph, options=options)  # the model is loaded from here on
    results = []
    for name, run, limit in (
        (
            "in an open process",
            lambda: kg.build([pages], graph=graph, options=options),
            open_process,
        ),
        ("from the shell", lambda: _shell(pages, graph), shell),
    ):
        director = _change(file, name)
        before = _cpu()
        taken = seconds(run)
        cpu = _cpu() - before
        with kg.open(graph) as opened:
            found = bool(
                opened.query(f'ASK {{ ?p oa:exact ?w FILTER(CONTAINS(?w, "{director}")) }}')
            )
        results.append(
            Result(
                f"One of {number:,} pages changed, {name}",
                f"{taken:.1f} s ({cpu:.1f} s CPU)",
                target=f"under {limit:g} s",
                met=taken < limit and found,
            )
        )
    return results


def _change(file: Path, how: str) -> str:
    """Put one more sentence of a director into the review; gives its name."""
    name = "Zazilko " + "".join(one for one in how.title() if one.isalpha())
    words = file.read_text(encoding="utf-8")
    file.write_text(f"{words}\nThe film was directed by {name}.\n", encoding="utf-8")
    return name


def _shell(pages: Path, graph: Path) -> None:
    command = [sys.executable, "-m", "kg", "build", str(pages), "--graph", str(graph)]
    subprocess.run(command, check=True, capture_output=True)


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
