"""Exports, beside pyoxigraph's dump and rdflib's serialiser.

    python -m tests.benchmarks.turtle GRAPH

GRAPH is a built graph, as large as wanted.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import rdflib

from kg.graph.serialise import write
from kg.graph.store import Store
from kg.graph.terms import Quad

from .result import Result, in_turns, machine, show

TITLE = "Exports"
EXPLANATION = (
    "Sorted Turtle of the default graph as `kg export` writes it, beside pyoxigraph's TriG dump of "
    "the same store on disk, unsorted: of the same graph, and of all graphs. rdflib serialises "
    "a smaller part, which lies in its memory already, beside our export of that part from disk. "
    "Times are processor time; memory is the highest of a process that exports and does no more."
)
_PEAK = """
import sys
from pathlib import Path
from kg.graph.serialise import write
from kg.graph.store import Store
with Store.open(sys.argv[1]) as store:
    write(store, Path(sys.argv[2]))
# not getrusage: that begins with what the process that started this one held
status = Path("/proc/self/status").read_text()
print(status.partition("VmHWM:")[2].split()[0])
"""


def measure(
    graph: Path,
    folder: Path,
    *,
    times: int,
    part: int = 100_000,
    at_most: float = 2.5,
    faster: float = 2.5,
) -> list[Result]:
    """Beside pyoxigraph on the whole graph, beside rdflib on about `part` triples of it."""
    small = folder / "part"
    with Store.open(graph) as store:
        results = _beside_oxigraph(store, folder, times, at_most)
        triples = _part(store, small, part)
    with Store.open(small) as store:
        results.append(_beside_rdflib(store, folder, triples, times, faster))
    peaks = [_peak(one, folder) for one in (graph, small)]
    if None not in peaks:
        results.append(
            Result(
                "Memory of a Turtle export, of all and of that part",
                " and ".join(f"{peak:,} MB" for peak in peaks),
            )
        )
    return results


def _beside_oxigraph(store: Store, folder: Path, times: int, at_most: float) -> list[Result]:
    def ours() -> None:
        write(store, folder / "ours.ttl")

    def same() -> None:
        store.engine.dump(
            str(folder / "peer.trig"), format=ox.RdfFormat.TRIG, from_graph=ox.DefaultGraph()
        )

    def whole() -> None:
        store.engine.dump(str(folder / "peer.trig"), format=ox.RdfFormat.TRIG)

    number = sum(1 for _ in store.engine.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    results = []
    for of, peer in (("the same graph", same), ("all graphs", whole)):
        mine, theirs = in_turns(lambda: _cpu(ours), lambda peer=peer: _cpu(peer), times=times)  # type: ignore[misc]
        ratio = mine / theirs
        results.append(
            Result(
                f"Turtle of {number:,} triples, sorted; pyoxigraph's TriG of {of}",
                f"{mine:.1f} s",
                f"{theirs:.1f} s",
                f"{ratio:.2f} times as long",
                f"at most {at_most:g}",
                ratio <= at_most,
            )
        )
    return results


def _beside_rdflib(store: Store, folder: Path, triples: int, times: int, faster: float) -> Result:
    memory = rdflib.Graph()
    memory.parse(
        data=store.engine.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()),
        format="nt",
    )

    def ours() -> None:
        write(store, folder / "ours.ttl")

    def peer() -> None:
        memory.serialize(folder / "rdflib.ttl", format="turtle")

    mine, theirs = in_turns(lambda: _cpu(ours), lambda: _cpu(peer), times=times)
    speed = theirs / mine
    return Result(
        f"Turtle of {triples:,} triples, sorted; rdflib's serialiser",
        f"{mine:.2f} s",
        f"{theirs:.2f} s",
        f"{speed:.1f} times as fast",
        f"at least {faster:g}",
        speed >= faster,
    )


def _part(store: Store, folder: Path, triples: int) -> int:
    """A graph of the first pages, until they hold so many triples; gives their number."""
    wanted: list[Quad] = []
    for page in sorted(store.pages()):
        wanted += [Quad(*one, page) for one in store.triples(graph=page)]
        wanted += [Quad(*one, page) for one in store.evidence(page)]
        if len(wanted) >= triples:
            break
    with Store.open(folder, write=True, base=store.base) as part:
        part.bulk_load(wanted)
        part.publish()
        return sum(1 for _ in part.triples())


def _peak(graph: Path, folder: Path) -> int | None:
    """Megabytes that an export takes at its highest; None where the system doesn't tell."""
    if sys.platform != "linux":
        return None
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, str(graph), str(folder / "peak.ttl")],
        check=True,
        capture_output=True,
        text=True,
    )
    return int(done.stdout) // 1024


def _cpu(run: Callable[[], object]) -> float:
    """Processor time of all threads."""
    started = time.process_time()
    run()
    return time.process_time() - started


def main() -> int:
    """Measure one graph; 1 if a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.turtle", description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--times", type=int, default=1, help="runs of which the shortest counts")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-benchmark-") as folder:
        results = measure(options.graph, Path(folder), times=options.times)
    show(f"{TITLE}, on {machine()}", results)
    return int(any(result.met is False for result in results))


if __name__ == "__main__":
    raise SystemExit(main())
