"""Progress on stderr: a bar with rate and time left on a terminal, else a line now and then."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

_EVERY = 10.0  # seconds between lines where no terminal shows a bar


class _Rate(ProgressColumn):
    """Steps a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.1f} pages/s" if speed else "", style="dim")


class Bar:
    """Shows stages as they pass; use it as a context manager."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=28),
            MofNCompleteColumn(),
            _Rate(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=not self._live,
        )
        self._task: TaskID | None = None
        self._stage, self._steps, self._said = "", 0, monotonic()
        self._total: int | None = None

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def start(self, stage: str, total: int | None) -> None:
        """A stage begins."""
        self._stage, self._steps, self._total, self._said = stage, 0, total, monotonic()
        self._task = self._progress.add_task(stage, total=total)

    def advance(self, steps: int = 1) -> None:
        """Steps of the stage were done."""
        self._steps += steps
        if self._task is not None:
            self._progress.advance(self._task, steps)
        if not self._live and monotonic() - self._said > _EVERY:
            self._said = monotonic()
            of = f" of {self._total}" if self._total else ""
            print(f"{self._stage}: {self._steps}{of}", file=sys.stderr, flush=True)
