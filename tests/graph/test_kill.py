"""A writer that is killed at any moment leaves the old graph or the new one."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from kg.graph.store import Store

_WRITER = textwrap.dedent(
    """
    import itertools, sys
    sys.path.insert(0, {tests!r})
    from graph_synthetic import page, films
    from kg.graph.mapping import quads_of
    from kg.graph.store import Store
    import random

    store = Store.open({graph!r}, write=True)
    known = films(5)
    print("started", flush=True)
    for turn in itertools.count({turn}):
        quads = list(quads_of(page(turn % 6, known, random.Random(turn), references=turn % 4)))
        if turn % 7 == 3:
            store.forget(quads[0].graph)
        elif turn % 11 == 5:
            store.bulk_load(quads)
        else:
            store.replace_page(quads[0].graph, quads)
        if turn % 3 == 0:
            store.publish()
    """
)


def _kill_a_writer(graph: Path, turn: int, after: float) -> None:
    script = _WRITER.format(tests=str(Path(__file__).parent), graph=str(graph), turn=turn)
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        time.sleep(after)
        assert process.poll() is None, process.communicate()[1]
        process.send_signal(signal.SIGKILL)


def _check(graph: Path) -> None:
    """Writer's graph and published graph: what pages say is what the default graph holds."""
    with Store.open(graph, write=True) as writer:
        _is_whole(writer)
        writer.publish()
        assert len([path for path in (graph / "data").iterdir() if path.is_dir()]) == 2
    with Store.open(graph) as reader:
        _is_whole(reader)


def _is_whole(store: Store) -> None:
    said = {
        triple
        for page in store.pages()
        for triple in (*store.triples(graph=page), *store.evidence(page))
    }
    assert set(store.triples()) == said
    # each page is there with all of its words: its passages, its claims and what they state
    broken = store.query(
        "SELECT ?claim { ?claim a fk:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o "
        "FILTER NOT EXISTS { ?s ?p ?o } }"
    )
    assert not list(broken.rows())


def _kill_loop(graph: Path, times: int) -> None:
    with Store.open(graph, write=True) as writer:
        writer.publish()
    chance = random.Random(times)
    for turn in range(times):
        _kill_a_writer(graph, turn * 13, chance.uniform(0.0, 0.35))
        _check(graph)


def test_a_writer_that_is_killed_leaves_a_whole_graph(tmp_path: Path) -> None:
    _kill_loop(tmp_path / "graph", 4)


@pytest.mark.slow
def test_a_writer_that_is_killed_sixty_times_leaves_a_whole_graph(tmp_path: Path) -> None:
    _kill_loop(tmp_path / "graph", 60)
