"""The store: how fast it loads, what evidence and disk cost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.graph.bulk import lines_of
from kg.graph.evidence import evidence_folders
from kg.graph.iris import Iris
from kg.graph.mapping import quads_of
from kg.graph.store import Store
from kg.graph.terms import Quad
from kg.link import Catalogue, resolve
from kg.model import Extraction, LinkedPage
from kg.vocab import FK, RDF

from .generate import extractions
from .result import Result, side_by_side

TITLE = "The store"
EXPLANATION = (
    "Loading is `Store.bulk_load` on the quads of pages that were read before (writing N-Quads, "
    "then loading them into a new database), beside pyoxigraph's `bulk_load` of the same N-Quads. "
    "Evidence is every stored quad about a claim or a passage; disk is the database as a build "
    "leaves it."
)


def linked(number: int, scratch: Path) -> Iterator[LinkedPage]:
    """Made reviews, linked with the shipped catalogue."""
    made: list[Extraction] = list(extractions(number))
    with Catalogue.open() as catalogue:
        yield from resolve(lambda: made, catalogue=catalogue, scratch=scratch)


def load(folder: Path, *, quads: int, times: int, at_least: float = 0.8) -> list[Result]:
    """A build of about so many stored quads, loaded by us and by pyoxigraph alone."""
    iris = Iris()
    once = evidence_folders(iris)
    wanted: list[Quad] = []
    stored = 0
    for page in linked(max(20, quads // 170), folder):
        for quad in quads_of(page):
            wanted.append(quad)
            stored += 1 if quad.subject.startswith(once) else 2
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

    mine, theirs = side_by_side(ours, peer, times=times)
    speed = theirs / mine
    return [
        Result(
            f"Load of a build of {stored:,} quads",
            f"{mine:.2f} s",
            f"pyoxigraph {theirs:.2f} s",
            f"{speed:.2f}x",
            f"at least {at_least}x",
            speed >= at_least,
        )
    ]


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
