"""A build that is killed at any moment: the next one finds a whole graph and ends unharmed."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from kg.graph.serialise import serialise
from kg.graph.store import Store

_TESTS = Path(__file__).parent
# what the recogniser would say is made by rule, so that a build takes moments and no model
_BUILDER = textwrap.dedent(
    """
    import sys, types
    sys.path.insert(0, {tests!r})
    from benchmarks.generate import extractions, write_files
    from pathlib import Path
    from types import SimpleNamespace

    made = {{one.page.id: one for one in extractions({pages}, of_films=8)}}
    fake = types.ModuleType("kg.engine.local")

    def run(documents, **_options):
        for document in documents:
            yield SimpleNamespace(
                document=document.id, result=made[document.id], read_seconds=0, extract_seconds=0
            )

    fake.run = run
    sys.modules["kg.engine.local"] = fake
    from kg.builder import build, forget
    from kg.report import BuildOptions

    pages, graph = Path({folder!r}), Path({graph!r})
    if not pages.exists():
        write_files(made.values(), pages)
    print("started", flush=True)
    for what in {steps!r}:
        if what == "forget":
            forget(next(iter(made)), graph=graph)
        else:
            build([str(pages)], graph=graph, options=BuildOptions(rebuild=what == "rebuild"))
    """
)
_STEPS = (
    ["build", "rebuild"],  # into no graph at all: the first build
    ["rebuild", "build"],
    ["forget", "build", "forget"],
    ["build", "forget", "rebuild"],
)


def _start(folder: Path, graph: Path, steps: list[str]) -> subprocess.Popen[str]:
    script = _BUILDER.format(
        tests=str(_TESTS), pages=10, folder=str(folder), graph=str(graph), steps=steps
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n", process.communicate()[1]
    return process


def _finish(folder: Path, graph: Path, steps: list[str]) -> float:
    started = time.monotonic()
    with _start(folder, graph, steps) as process:
        started = time.monotonic()
        told = process.communicate()[1]
        assert process.returncode == 0, told
    return time.monotonic() - started


def _quads(graph: Path) -> bytes:
    with Store.open(graph) as store:
        return serialise(store, ".nq")


def _kill_loop(place: Path, times: int) -> None:
    folder, graph = place / "reviews", place / "graph"
    longest = _finish(folder, place / "whole", _STEPS[0])
    whole = _quads(place / "whole")
    chance = random.Random(times)
    killed = turn = 0
    while killed < times:
        steps = _STEPS[turn % len(_STEPS)]
        turn += 1
        if steps is _STEPS[0]:
            shutil.rmtree(graph, ignore_errors=True)
        with _start(folder, graph, steps) as process:
            time.sleep(chance.uniform(0.0, longest))
            in_time = process.poll() is None
            killed += in_time
            longest *= 1.1 if in_time else 0.7  # as fast as the machine is at this moment
            process.send_signal(signal.SIGKILL)
            told = process.communicate()[1]
            assert in_time or process.returncode == 0, told
        if (graph / "CURRENT").exists():
            with Store.open(graph) as reader:  # what was published last is whole
                said = {
                    triple
                    for page in reader.pages()
                    for triple in (*reader.triples(graph=page), *reader.evidence(page))
                }
                assert set(reader.triples()) == said
        _finish(folder, graph, ["build"])
        assert _quads(graph) == whole


@pytest.mark.slow
def test_builds_that_are_killed_fifty_times_are_finished_by_the_next(tmp_path: Path) -> None:
    _kill_loop(tmp_path, 50)
