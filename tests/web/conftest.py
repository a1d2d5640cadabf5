"""A server process on a port of its own, asked from outside."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from graph_examples import all_pages

from kg.graph.catalogue import catalogue_quads
from kg.graph.mapping import quads_of
from kg.graph.store import Store
from kg.model import CatalogueFact, Entity, Field, Kind

TOKEN = "a long random word"


@dataclass
class Reply:
    status: int
    headers: Any
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the JSON is
        return json.loads(self.body)

    @property
    def type(self) -> str:
        return str(self.headers["content-type"]).partition(";")[0]


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@dataclass
class Served:
    """A running server."""

    url: str
    process: subprocess.Popen[bytes]
    graph: Path
    log: list[str] = field(default_factory=list)

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: bytes | None = None,
        timeout: float = 120,
        **headers: str,
    ) -> Reply:
        """Send a request; `accept="text/csv"` is a header, and `content_type=` as well."""
        request = urllib.request.Request(self.url + path, data=body, method=method)
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        opener = urllib.request.build_opener(_NoRedirects)
        try:
            with opener.open(request, timeout=timeout) as reply:
                return Reply(reply.status, reply.headers, reply.read())
        except urllib.error.HTTPError as error:
            return Reply(error.code, error.headers, error.read())

    def query(self, sparql: str, **headers: str) -> Reply:
        """A query by GET."""
        return self.ask("/sparql?" + urllib.parse.urlencode({"query": sparql}), **headers)

    def workers(self) -> set[int]:
        """The numbers of the processes that evaluate."""
        found = set()
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == self.process.pid and fields[0] != "Z":
                found.add(int(stat.parent.name))
        return found


@contextmanager
def serving(graph: Path, *options: str, token: str = "") -> Iterator[Served]:
    """`kg serve` on a free port, until the block ends."""
    environment = {**os.environ, "FILM_KG_TOKEN": token}
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "--graph", str(graph), "--port", "0", *options],
        stderr=subprocess.PIPE,
        env=environment,
    )
    try:
        assert process.stderr is not None
        line = process.stderr.readline().decode()
        found = re.search(r"http://[^/]+", line)
        assert found, line + process.stderr.read().decode()
        yield Served(found[0], process, graph)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        finally:
            if process.stderr is not None:
                process.stderr.close()


def until(true: Callable[[], bool], seconds: float = 10) -> bool:
    """Wait for something to become true; whether it did."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return true()


def make_graph(folder: Path) -> Path:
    """The three example pages, and a few facts of the catalogue."""
    film = Entity("film/all-about-eve-1950", Kind.FILM, "All About Eve", 1950, linked=True)
    director = Entity(
        "person/joseph-l-mankiewicz", Kind.PERSON, "Joseph L. Mankiewicz", linked=True
    )
    facts = [CatalogueFact(film, Field.DIRECTOR, director)]
    with Store.open(folder, write=True) as store:
        store.bulk_load(quad for page in all_pages() for quad in quads_of(page))
        store.replace_page(store.iris.catalogue, catalogue_quads(facts))
        store.publish()
    return folder


@pytest.fixture(scope="session")
def served_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph that is only read."""
    return make_graph(tmp_path_factory.mktemp("served") / "graph")


@pytest.fixture(scope="session")
def served(served_graph: Path) -> Iterator[Served]:
    """A server that only answers."""
    with serving(served_graph) as server:
        yield server


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that takes changes, on a graph of its own."""
    graph = make_graph(tmp_path_factory.mktemp("writable") / "graph")
    with serving(graph, "--writable", token=TOKEN) as server:
        yield server
