"""A writer that is killed at any moment is followed by one that makes the server's graph whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from graph_synthetic import films, page
from sparql_endpoint import Endpoint
from virtuoso import MISSING, PROGRAM, Virtuoso

from kg.graph.mapping import page_graph, quads_of
from kg.graph.places import open_graph
from kg.graph.remote.answers import canonical_triple
from kg.graph.store import Store
from kg.graph.terms import Triple
from kg.model import LinkedPage

_PAGES = 6
_WRITER = textwrap.dedent(
    """
    import itertools, random, sys
    sys.path.insert(0, {tests!r})
    from graph_synthetic import films, page
    from kg.graph.mapping import page_graph, quads_of
    from kg.graph.places import open_graph

    store = open_graph({url!r}, write=True)
    known = films(5)
    print("started", flush=True)
    for turn in itertools.count({turn}):
        linked = page(turn % {pages}, known, random.Random(turn), references=turn % 4)
        graph = page_graph(linked.page.id)
        if turn % 7 == 3:
            store.forget(graph)
        else:
            store.replace_page(graph, quads_of(linked))
        if turn % 3 == 0:
            store.publish()
    """
)


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("FILM_KG_TOKEN", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def virtuoso(tmp_path: Path) -> Iterator[Virtuoso]:
    (tmp_path / "server").mkdir()
    server = Virtuoso(tmp_path / "server")
    server.start()
    yield server
    server.stop()


def kill_a_writer(url: str, turn: int, after: float) -> None:
    script = _WRITER.format(tests=str(Path(__file__).parent), url=url, turn=turn, pages=_PAGES)
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n", process.communicate()[1]
        time.sleep(after)
        assert process.poll() is None, process.communicate()[1]
        process.send_signal(signal.SIGKILL)


def wanted() -> list[LinkedPage]:
    return [page(index, films(5), random.Random(index)) for index in range(_PAGES - 1)]


def write_all(store: Store) -> None:
    """The pages that are wanted, one by one, and no other."""
    graphs = set()
    for one in wanted():
        graph = page_graph(one.page.id)
        graphs.add(graph)
        store.replace_page(graph, quads_of(one))
    for graph in set(store.pages()) - graphs:
        store.forget(graph)
    store.publish()


def everything(store: Store) -> set[tuple[str | None, Triple]]:
    graphs = [None, *store.graphs()]
    return {
        (graph, canonical_triple(one)) for graph in graphs for one in store.triples(graph=graph)
    }


def kill_loop(url: str, times: int, here: Store) -> None:
    write_all(here)
    whole = everything(here)
    chance = random.Random(times)
    with open_graph(url, write=True) as store:
        store.publish()
    for turn in range(times):
        kill_a_writer(url, turn * 13, chance.uniform(0.0, 0.6))
        with open_graph(url, write=True) as store:
            default = set(store.triples())
            assert all(set(store.triples(graph=graph)) <= default for graph in store.pages())
            write_all(store)
            assert everything(store) == whole


def test_a_server_that_takes_whole_requests(writer: Store) -> None:
    with Endpoint() as endpoint:
        kill_loop(endpoint.url, 5, writer)


@pytest.mark.skipif(not PROGRAM, reason=MISSING)
def test_a_server_that_takes_changes_in_parts(
    writer: Store, virtuoso: Virtuoso, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILM_KG_USER", virtuoso.user)
    monkeypatch.setenv("FILM_KG_PASSWORD", virtuoso.password)
    kill_loop(virtuoso.url, 3, writer)


@pytest.mark.slow
@pytest.mark.skipif(not PROGRAM, reason=MISSING)
def test_a_server_that_takes_changes_in_parts_many_times(
    writer: Store, virtuoso: Virtuoso, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILM_KG_USER", virtuoso.user)
    monkeypatch.setenv("FILM_KG_PASSWORD", virtuoso.password)
    kill_loop(virtuoso.url, 50, writer)
