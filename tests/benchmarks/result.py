"""One line of a benchmark: what was measured, beside which peer, against which target."""

from __future__ import annotations

import gc
import os
import platform
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

_PEERS = ("pyoxigraph", "rdflib", "spacy", "onnxruntime")


@dataclass(frozen=True, slots=True)
class Result:
    """`met` is None for a figure without a target."""

    what: str
    ours: str
    peer: str = ""
    ratio: str = ""
    target: str = ""
    met: bool | None = None

    @property
    def verdict(self) -> str:
        """Whether the target was met, in a word."""
        return "" if self.met is None else "met" if self.met else "missed"

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as a table has it."""
        return (self.what, self.ours, self.peer, self.ratio, self.target, self.verdict)


HEADS = ("", "film-kg", "peer", "ratio", "target", "")


def in_turns(
    ours: Callable[[], float], peer: Callable[[], float], *, times: int
) -> tuple[float, float]:
    """The least that each of two timers tells, asked in turns: a busy machine slows both alike."""
    best = [float("inf"), float("inf")]
    for _ in range(times):
        for place, timer in enumerate((ours, peer)):
            best[place] = min(best[place], timer())
    return best[0], best[1]


def seconds(run: Callable[[], object]) -> float:
    """The wall time of one run, with the garbage of earlier ones gone."""
    gc.collect()
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def show(title: str, results: Iterable[Result]) -> None:
    """Print the lines as a table."""
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for place, head in enumerate(HEADS):
        table.add_column(head, justify="left" if place in (0, 4, 5) else "right")
    for result in results:
        colour = {None: "", True: "", False: "red"}[result.met]
        table.add_row(*result.cells, style=colour)
    Console(highlight=False, width=None if os.isatty(1) else 140).print(table)


def as_markdown(explanation: str, measured: str, results: Iterable[Result]) -> str:
    """The lines as what stands below a heading of a Markdown page."""
    rows = ["| " + " | ".join(result.cells) + " |" for result in results]
    head = "| " + " | ".join(HEADS) + " |\n| --- | ---: | ---: | ---: | --- | --- |"
    return "\n".join([f"{explanation}\n", f"{measured}\n", head, *rows]) + "\n"


def into_page(page: Path, head: str, sections: dict[str, str]) -> None:
    """Write sections by title into a page; those of it that weren't measured now stay."""
    old = page.read_text(encoding="utf-8").split("\n## ")[1:] if page.exists() else []
    kept = {title: rest.strip("\n") for one in old for title, _, rest in [one.partition("\n")]}
    kept.update({title: text.strip("\n") for title, text in sections.items()})
    parts = [f"## {title}\n\n{text}\n" for title, text in kept.items()]
    page.write_text("\n".join([head, *parts]), encoding="utf-8")


def machine() -> str:
    """What the figures were measured on."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        cpu = names[0].partition(":")[2].strip() if names else cpu
    found = [f"{name} {version(name)}" for name in _PEERS]
    busy = f", load average {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{os.cpu_count()} cores of {cpu}{busy}; Python {platform.python_version()}, "
        f"{', '.join(found)}"
    )
