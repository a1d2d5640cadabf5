"""Two graphs made one: their pages' extractions together, linked again as if read in one build.

Facts are not copied: a name that the two graphs took for two films may be one once all pages stand
together, so what every name means is decided anew. Nothing has to be read or extracted again.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.builder import relink
from kg.engine.cache import EXTRACTIONS, Cache
from kg.engine.userword import CORRECTIONS
from kg.errors import StoreError, UsageError
from kg.graph.counting import counts
from kg.graph.mapping import page_graph
from kg.graph.redirects import FILE as REDIRECTS
from kg.graph.redirects import read_redirects, write_redirects
from kg.graph.store import Store
from kg.link import Corrections, add_correction
from kg.model import Correction
from kg.report import BuildOptions, Report


@dataclass(slots=True)
class Joined:
    """What became of two graphs.

    `differing` are the sources that both read and found different (the first graph's reading is
    kept); `conflicts` are what the second graph's user has said against the first one's.
    """

    into: Path
    pages: tuple[int, int, int] = (0, 0, 0)  # of the first, the second, both together
    shared: int = 0
    differing: list[str] = field(default_factory=list)
    corrections: int = 0
    conflicts: list[str] = field(default_factory=list)
    counts: tuple[dict[str, int], dict[str, int], dict[str, int]] = field(
        default_factory=lambda: ({}, {}, {})
    )
    report: Report = field(default_factory=Report)


def join(
    one: Path, other: Path, *, into: Path | None = None, options: BuildOptions | None = None
) -> Joined:
    """Join two graphs into the first, or into a new one at `into`, and link all pages again.

    StoreError where a graph can't be read or lacks its extractions, UsageError where `into` holds
    a graph already or the two are one. A join that is cut off is finished by doing it again.
    """
    options = options or BuildOptions()
    target = one if into is None else into
    if one.resolve() == other.resolve():
        raise UsageError(f"expected two graphs to join, found {one} twice")
    if into is not None and (into / "CURRENT").exists():
        raise UsageError(
            f"expected a new folder for the joined graph, found a graph in {into}; name another "
            "with --into"
        )
    joined = Joined(target)
    bases = tuple(_look(graph, joined, place) for place, graph in enumerate((one, other)))
    options = replace(options, base=bases[0])
    with (
        Store.open(target, write=True, base=bases[0]),  # nobody else may write meanwhile
        Cache(target / EXTRACTIONS) as cache,
    ):
        for graph in (one, other):
            if graph != target:
                with Cache(graph / EXTRACTIONS, writable=False) as source:
                    known, differing = cache.take(source)
                joined.shared = known if graph == other else 0
                joined.differing = differing if graph == other else []
                joined.corrections += _corrections(graph, target, (bases[1], bases[0]), joined)
                _redirects(graph, target, joined)
    joined.report = relink(target, options=options)
    joined.pages = (*joined.pages[:2], joined.report.pages)
    joined.counts = (*joined.counts[:2], joined.report.graph)
    return joined


def _look(graph: Path, joined: Joined, place: int) -> str:
    """The base of a graph that can be joined; its counts are noted."""
    with Store.open(graph) as store:
        base, found, pages = store.base, counts(store), set(store.pages())
    if not (graph / EXTRACTIONS).is_file():
        raise StoreError(
            f"expected the extractions of the graph in {graph} beside it, found no {EXTRACTIONS}; "
            f"build it again with kg build SOURCE... --graph {graph}"
        )
    with Cache(graph / EXTRACTIONS, writable=False) as cache:
        held = {page_graph(page, base=base) for page in cache.pages()}
    if pages - held:
        raise StoreError(
            f"expected the extractions of all {len(pages)} pages of {graph}, found none of "
            f"{len(pages - held)} of them (the first is {min(pages - held)}); build them again "
            f"with kg build SOURCE... --graph {graph}"
        )
    joined.pages = (len(held), 0, 0) if place == 0 else (joined.pages[0], len(held), 0)
    joined.counts = (found, {}, {}) if place == 0 else (joined.counts[0], found, {})
    return base


def _corrections(graph: Path, target: Path, bases: tuple[str, str], joined: Joined) -> int:
    """Add one graph's corrections to the target's; those that contradict it are left out."""
    added = 0
    for correction in Corrections.read(graph / CORRECTIONS):
        try:
            add_correction(target / CORRECTIONS, _moved(correction, *bases))
        except UsageError as error:
            joined.conflicts.append(f"left out from {graph / CORRECTIONS}: {error}")
        else:
            added += 1
    return added


def _moved(correction: Correction, old: str, new: str) -> Correction:
    """The correction with whole IRIs below the new base, if the graphs' bases differ."""
    if old == new:
        return correction

    def moved(term: str) -> str:
        return new + term.removeprefix(old) if term.startswith(old) else term

    return replace(correction, subject=moved(correction.subject), object=moved(correction.object))


def _redirects(graph: Path, target: Path, joined: Joined) -> None:
    """Keep the old addresses of both graphs; where they part, the target's holds."""
    theirs, ours = read_redirects(graph), read_redirects(target)
    for old, now in theirs.items():
        if ours.setdefault(old, now) != now:
            joined.conflicts.append(
                f"left out from {graph / REDIRECTS}: {old} is now {ours[old]}, not {now}"
            )
    if theirs:
        write_redirects(target, ours)
