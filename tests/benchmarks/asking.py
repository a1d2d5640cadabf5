"""The named queries, beside pyoxigraph asked directly and rdflib's graph in memory."""

from __future__ import annotations

import signal
import statistics
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pyoxigraph as ox
import rdflib

import kg
from kg.graph.named import named_queries, nodes_named
from kg.graph.prefixes import prefixes_of

from .result import Result, in_turns, seconds

TITLE = "The named queries"
EXPLANATION = (
    "Each query as `kg.open(graph).query(NAME, ...)` gives its rows, beside pyoxigraph with the "
    "same SPARQL, IRIs put in, prefixes given and terms read, and beside rdflib with the default "
    "graph in memory (one run; `>` where it was stopped). The names asked for are those with the "
    "most to tell; each is asked again and again of one open graph. Times are processor time."
)
_MOST = {
    "FILM": "SELECT ?x { ?r schema:itemReviewed ?x } GROUP BY ?x ORDER BY DESC(COUNT(?r)) LIMIT 1",
    "PERSON": "SELECT ?x { ?f schema:actor ?x } GROUP BY ?x ORDER BY DESC(COUNT(?f)) LIMIT 1",
    "CRITIC": "SELECT ?x { ?r schema:author ?x } GROUP BY ?x ORDER BY DESC(COUNT(?r)) LIMIT 1",
}
_MOST["NAME"] = _MOST["FILM"]


def measure(
    graph: Path,
    *,
    times: int,
    stop_after: int,
    at_most: float = 1.3,
    faster: float = 10,
    with_rdflib: bool = True,
) -> list[Result]:
    """A line a query, and one for the median beside rdflib."""
    results: list[Result] = []
    shares: list[float] = []
    with kg.open(graph) as opened:
        engine = opened.store.engine
        prefixes = prefixes_of(opened.store.base)
        memory = _in_memory(engine) if with_rdflib else None
        for name, query in named_queries().items():
            words = [
                opened.names.label(str(next(opened.query(_MOST[one]).rows())[0]))
                for one in query.parameters
            ]
            nodes = tuple(
                nodes_named(opened.names, *pair)
                for pair in zip(query.parameters, words, strict=True)
            )
            sparql = query.with_nodes(nodes)

            def ours(name: str = name, words: list[str] = words) -> None:
                list(opened.query(name, *words).rows())

            def peer(sparql: str = sparql) -> None:
                [tuple(solution) for solution in _solutions(engine, sparql, prefixes)]

            mine, theirs = in_turns(_often(ours), _often(peer), times=times)
            slow, stopped = _beside(memory, sparql, prefixes, stop_after)
            if slow:
                shares.append(slow / mine)
            results.append(
                Result(
                    f"`{name}`",
                    f"{1000 * mine:.2f} ms",
                    f"pyoxigraph {1000 * theirs:.2f} ms"
                    + (f", rdflib {'>' if stopped else ''}{1000 * slow:,.0f} ms" if slow else ""),
                    f"{mine / theirs:.2f}x",
                    f"within {at_most:g}x",
                    mine <= at_most * theirs,
                )
            )
    if shares:
        median = statistics.median(shares)
        results.append(
            Result(
                "Median of all, beside rdflib",
                "",
                "rdflib",
                f"{median:.0f}x as fast",
                f"at least {faster:g}x",
                median >= faster,
            )
        )
    return results


def _often(run: Callable[[], None]) -> Callable[[], float]:
    """Seconds of one run, from as many in a row as take some hundredths of a second.

    Of this thread's processor, so that other work of the machine is left out.
    """
    once = seconds(run)
    rounds = max(1, min(50, int(0.05 / max(once, 1e-6))))

    def several() -> float:
        started = time.thread_time()
        for _ in range(rounds):
            run()
        return (time.thread_time() - started) / rounds

    return several


def _solutions(engine: ox.Store, sparql: str, prefixes: dict[str, str]) -> ox.QuerySolutions:
    found = engine.query(sparql, prefixes=prefixes)
    assert isinstance(found, ox.QuerySolutions)
    return found


def _in_memory(engine: ox.Store) -> rdflib.Graph:
    graph = rdflib.Graph()
    written = engine.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return graph.parse(data=written or b"", format="nt")


def _beside(
    memory: rdflib.Graph | None, sparql: str, prefixes: dict[str, str], stop_after: int
) -> tuple[float, bool]:
    """Seconds that rdflib takes, and whether it was stopped; 0 where it wasn't asked."""
    if memory is None or "GRAPH " in sparql:  # a single graph has no named ones
        return 0.0, False

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, stop_after)
    started = time.thread_time()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            list(memory.query(sparql, initNs=prefixes))
        return time.thread_time() - started, False
    except TimeoutError:
        return time.thread_time() - started, True
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
