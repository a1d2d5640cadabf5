"""The processes that evaluate, without a server before them."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from kg.web.frames import Job
from kg.web.pool import Pool
from kg.web.problems import RequestError
from kg.web.settings import Limits

GREEDY = (
    "SELECT ?x { "
    + " ".join(f"?a{place} ?b{place} ?c{place} ." for place in range(4))
    + " BIND(CONCAT(STR(?a0), STR(?c1), STR(?c2)) AS ?x) } ORDER BY ?x"
)


def answer(graph: Path, limits: Limits, *jobs: Job) -> list[bytes | RequestError]:
    """What the jobs give, one after the other, on one pool."""

    async def run() -> list[bytes | RequestError]:
        pool = Pool(graph, limits)
        found: list[bytes | RequestError] = []
        try:
            for job in jobs:
                try:
                    found.append(await pool.whole(job, 1 << 30))
                except RequestError as error:
                    found.append(error)
        finally:
            await pool.close()
        return found

    return asyncio.run(run())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits what is really allocated")
def test_a_query_that_wants_all_memory_is_refused_it(served_graph: Path) -> None:
    limits = Limits(seconds=300, memory=250 << 20)
    greedy, after = answer(
        served_graph,
        limits,
        Job("query", GREEDY, row_format="json"),
        Job("query", "ASK {}", row_format="json"),
    )
    assert isinstance(greedy, RequestError)
    assert greedy.status == 503
    assert "memory" in greedy.message
    assert after == b'{"head":{},"boolean":true}'


def test_an_answer_may_be_too_long(served_graph: Path) -> None:
    limits = Limits(answer=1000)
    (long,) = answer(served_graph, limits, Job("query", "SELECT * { ?s ?p ?o }", row_format="json"))
    assert isinstance(long, RequestError)
    assert long.status == 413


def test_one_process_answers_many_queries(served_graph: Path) -> None:
    jobs = [Job("query", f"SELECT ({number} AS ?n) {{}}", row_format="csv") for number in range(5)]
    assert answer(served_graph, Limits(workers=1), *jobs) == [
        f"n\r\n{number}\r\n".encode() for number in range(5)
    ]


def test_a_graph_that_is_gone_is_an_error(tmp_path: Path) -> None:
    (found,) = answer(tmp_path / "nothing", Limits(), Job("query", "ASK {}", row_format="json"))
    assert isinstance(found, RequestError)
    assert "expected a graph" in found.message
