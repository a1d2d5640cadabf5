"""The store: how fast it loads, what evidence and disk cost."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kg.graph.bulk import lines_of
from kg.graph.evidence import evidence_folders
from kg.graph.store import Store
from kg.graph.terms import Quad
from kg.vocab import FK, RDF

from .result import Result, in_turns

TITLE = "The store"
EXPLANATION = (
    "Loading is `Store.bulk_load` on the quads of pages that were read before (writing N-Quads, "
    "then loading them into a new database), beside pyoxigraph's `bulk_load` of the same N-Quads, "
    "in seconds of processor time of all threads. "
    "Evidence is every stored quad about a claim or a passage; disk is the database as a build "
    "leaves it."
)


def load(graph: Path, folder: Path, *, quads: int, times: int, at_least: float = 0.8) -> Result:
    """As much of the graph as makes about so many stored quads, loaded by us and by pyoxigraph."""
    wanted: list[Quad] = []
    stored = 0
    with Store.open(graph) as store:
        iris = store.iris
        once = evidence_folders(iris)
        for page in store.pages():
            stated = [Quad(*triple, page) for triple in store.triples(graph=page)]
            evidence = [Quad(*triple, page) for triple in store.evidence(page)]
            wanted += [*stated, *evidence]
            stored += 2 * len(stated) + len(evidence)
            if stored >= quads:
                break
    file = folder / "same.nq"
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for lines, _ in lines_of(wanted, apart=frozenset({iris.catalogue}), once=once):
            out.writelines(lines)
    turns = iter(range(1000))

    def ours() -> None:
        with Store.open(folder / f"ours-{next(turns)}", write=True) as store:
            store.bulk_load(wanted)

    def peer() -> None:
        store = ox.Store(str(folder / f"peer-{next(turns)}"))
        store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS, lenient=True)
        store.flush()

    mine, theirs = in_turns(lambda: _cpu(ours), lambda: _cpu(peer), times=times)
    speed = theirs / mine
    return Result(
        f"Load of {stored:,} quads",
        f"{mine:.2f} s",
        f"pyoxigraph {theirs:.2f} s",
        f"{speed:.2f}x",
        f"at least {at_least}x",
        speed >= at_least,
    )


def _cpu(run: Callable[[], None]) -> float:
    """Seconds of the processor, all threads together."""
    started = time.process_time()
    run()
    return time.process_time() - started


def size(graph: Path, *, evidence_at_most: float = 10, bytes_at_most: float = 300) -> list[Result]:
    """What the graph that a build left costs a claim and a quad."""
    with Store.open(graph) as store:
        once = evidence_folders(store.iris)
        total = len(store.engine)
        claims = sum(
            1
            for _ in store.engine.quads_for_pattern(
                None, ox.NamedNode(RDF.type), ox.NamedNode(FK.Claim), ox.DefaultGraph()
            )
        )
        evidence = sum(quad.subject.value.startswith(once) for quad in store.engine)
    files = {
        (status.st_dev, status.st_ino): status.st_size
        for path in (graph / "data").rglob("*")
        if path.is_file()
        for status in [path.stat()]
    }
    disk = sum(files.values()) / total
    each = evidence / claims
    return [
        Result("Quads in the graph", f"{total:,}"),
        Result("Claims", f"{claims:,}"),
        Result(
            "Quads of evidence a claim, as stored",
            f"{each:.1f}",
            target=f"at most {evidence_at_most:g}",
            met=each <= evidence_at_most,
        ),
        Result(
            "Bytes on disk a quad (snapshot included)",
            f"{disk:.0f}",
            target=f"under {bytes_at_most:g}",
            met=disk < bytes_at_most,
        ),
    ]
