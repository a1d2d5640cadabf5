"""The order of the stages: pages in, graph out.

    read, extract   documents -> extractions, kept in the cache beside the graph
    link            all extractions -> what each name means in the whole graph
    graph           the pages whose meaning changed -> the store; then a snapshot for readers

A build that is cut off anywhere goes on from the cache; readers see the last finished build.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter

import msgspec

from kg.engine.cache import EXTRACTIONS, Cache
from kg.engine.userword import UserWord
from kg.errors import UsageError
from kg.graph.catalogue import catalogue_quads
from kg.graph.corrections import correction_quads
from kg.graph.counting import counts
from kg.graph.mapping import MAPPING_VERSION, page_graph, quads_of
from kg.graph.places import open_graph
from kg.graph.remote.address import Place, beside
from kg.graph.store import Store
from kg.graph.terms import Quad
from kg.link import Catalogue
from kg.link.folder import of_graph
from kg.model import Entity, Extraction, LinkedPage, Refusal
from kg.read import READ_VERSION, Document, documents, total
from kg.report import BuildOptions, Progress, Report, Silent

_COMMIT = 32  # extractions a transaction: what a kill can lose
_FEW = 24  # documents below which starting worker processes takes longer than it saves
_MANY = 0.3  # share of changed pages above which the store is written anew in bulk


def build(
    sources: Sequence[str],
    *,
    graph: Place,
    options: BuildOptions | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read, extract, link and write every document of `sources` into the graph at `graph`.

    Documents that haven't changed since the last build are not read again. Raises UsageError
    where there is nothing to read, StoreError where the graph can't be written; whatever the
    graph held before is then still there.
    """
    options = options or BuildOptions()
    progress = progress or Silent()
    report = Report()
    expected = total(sources, options=options.read)  # a source that isn't there ends it here
    with (
        open_graph(graph, write=True, base=options.base, rebuild=options.rebuild) as store,
        Cache(beside(graph) / EXTRACTIONS) as cache,
    ):
        if options.rebuild:
            cache.clear()
        progress.start("Reading and extracting", expected)
        _gather(sources, expected, cache, options, report, progress)
        _relate(store, cache, beside(graph), options, report, progress)
        report.pages = len(cache)
        report.graph = counts(store)
    return report


def relink(graph: Place, *, options: BuildOptions | None = None) -> Report:
    """Link and write again from the cache: after a correction, or with another catalogue."""
    options = options or BuildOptions()
    report = Report()
    with (
        open_graph(graph, write=True, base=options.base) as store,
        Cache(beside(graph) / EXTRACTIONS) as cache,
    ):
        _relate(store, cache, beside(graph), options, report, Silent())
        report.pages = len(cache)
        report.graph = counts(store)
    return report


def forget(source: str, *, graph: Place, options: BuildOptions | None = None) -> list[str]:
    """Remove the pages of a source, their text, and all that only they said; gives their sources.

    UsageError where the graph holds no such page.
    """
    options = options or BuildOptions()
    with (
        open_graph(graph, write=True, base=options.base) as store,
        Cache(beside(graph) / EXTRACTIONS) as cache,
    ):
        pages = cache.find(source)
        if not pages:
            raise UsageError(
                f"expected the name, id or folder of a page in {graph}, found none that is "
                f"{source!r}; `kg query --graph {graph} 'SELECT * {{ ?page a fk:Source }}'` lists "
                "them"
            )
        for page in pages:
            store.forget(page_graph(page.id, base=store.base))
        cache.forget(page.id for page in pages)
        # The store is written anew, for its files keep the words of what was deleted; names that
        # met through a forgotten page part again.
        _relate(store, cache, beside(graph), options, Report(), Silent(), anew=True)
        return [page.source for page in pages]


def fingerprint(document: Document, model: str | None = None) -> str:
    """What a document's extraction depends on: its content, the reader and the model."""
    from kg.extract import model_version

    return _digest(document.digest, READ_VERSION, model or model_version())


def _gather(
    sources: Sequence[str],
    expected: int | None,
    cache: Cache,
    options: BuildOptions,
    report: Report,
    progress: Progress,
) -> None:
    from kg.engine.local import run  # spaCy is loaded only where something must be read
    from kg.extract import load, model_version
    from kg.extract.confidence import surer

    fingerprints: dict[str, str] = {}  # of the documents under way
    model = model_version(options.recogniser, options.labels)
    if options.least:
        model += f" from {options.least}"  # what is left out isn't cached either
    pipeline = partial(load, options.recogniser, labels=options.labels)

    def changed() -> Iterator[Document]:
        for item in documents(sources, options=options.read, skipped=report.skipped):
            if isinstance(item, Refusal):
                report.refused.append(item)
                progress.advance()
                continue
            mark = fingerprint(item, model)
            if cache.fingerprint(item.id) == mark:
                report.unchanged += 1
                progress.advance()
                continue
            fingerprints[item.id] = mark
            yield item

    def outcomes() -> Iterator[tuple[Extraction, str]]:
        jobs = _jobs(options, expected)
        for outcome in run(changed(), jobs=jobs, pipeline=pipeline):
            mark = fingerprints.pop(outcome.document)
            _add(report.seconds, "read", outcome.read_seconds)
            _add(report.seconds, "extract", outcome.extract_seconds)
            progress.advance()
            if isinstance(outcome.result, Refusal):
                report.refused.append(outcome.result)
                continue
            report.read += 1
            kept = surer(outcome.result, options.least)
            for note in (*kept.page.notes, *kept.notes):
                report.notes.add(note)
            yield kept, mark

    batch: list[tuple[Extraction, str]] = []
    try:
        for row in outcomes():
            batch.append(row)
            if len(batch) == _COMMIT:
                cache.put(batch)
                batch = []
    finally:
        cache.put(batch)  # also what was done before Ctrl-C


def _relate(
    store: Store,
    cache: Cache,
    graph: Path,
    options: BuildOptions,
    report: Report,
    progress: Progress,
    *,
    anew: bool = False,
) -> None:
    """Link every page again and write those whose meaning changed, or all if `anew`."""
    place = of_graph(graph, options.catalogue)
    word = UserWord(graph, store.base)
    version = _digest(MAPPING_VERSION, store.base)
    held = store.held()
    written = {
        page: digest
        for page, digest in cache.written().items()
        if page_graph(page, base=store.base) in held
    }
    named: dict[str, Entity] = {}
    digests: dict[str, str] = {}
    changed: list[LinkedPage] = []  # whose links are yet to be kept

    def linked() -> Iterator[LinkedPage]:
        with Catalogue.open(place) as catalogue:
            for page in word.linked(cache, catalogue, scratch=graph, tally=report.notes):
                _count(report, page)
                named.update(
                    (link.entity.id, link.entity) for link in page.links if link.entity.linked
                )
                digests[page.page.id] = _digest(version, _encoded(page), *word.about(page))
                if written.get(page.page.id) != digests[page.page.id]:
                    changed.append(page)
                    if len(changed) == _COMMIT:
                        cache.keep_links(changed)
                        changed.clear()
                progress.advance()
                yield page
            cache.keep_links(changed)

    def quads(page: LinkedPage) -> list[Quad]:
        with _timed(report, "graph"):
            made = list(quads_of(page, base=store.base, corrections=word.refuted))
        word.see(made)
        return made

    bulk = anew or options.rebuild or not any(written.values())
    started = perf_counter()
    progress.start("Linking and writing", len(cache))
    if bulk:
        store.bulk_load(quad for page in linked() for quad in quads(page))
    else:
        for page in linked():
            if written.get(page.page.id) != digests[page.page.id]:
                report.written += 1
                fresh = quads(page)
                with _timed(report, "graph"):
                    store.replace_page(page_graph(page.page.id, base=store.base), fresh)
            elif word.names(page):
                quads(page)  # to see what it describes
    report.seconds["link"] = perf_counter() - started - report.seconds.get("graph", 0.0)
    with _timed(report, "graph"), Catalogue.open(place) as catalogue:
        facts = (fact for key in sorted(named) for fact in catalogue.facts(named[key]))
        store.replace_page(store.iris.catalogue, catalogue_quads(facts, base=store.base))
    added = correction_quads(word.refuted, base=store.base, described=word.described)
    store.replace_page(store.iris.corrections, list(added))
    cache.mark_written(digests.items())
    if bulk:
        report.written = len(digests)
    with _timed(report, "publish"):
        store.publish()


def _jobs(options: BuildOptions, expected: int | None) -> int:
    if expected is not None and expected <= _FEW:
        return 1
    return options.jobs or os.cpu_count() or 1


def _count(report: Report, linked: LinkedPage) -> None:
    for zone in linked.page.zones:
        report.zones.add(zone.kind.value)
    for cluster in linked.extraction.clusters:
        report.mentions.add(cluster.kind.value, len(cluster.mentions))


def _encoded(linked: LinkedPage) -> str:
    return hashlib.sha256(msgspec.msgpack.encode(linked)).hexdigest()


def _digest(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


def _add(seconds: dict[str, float], stage: str, more: float) -> None:
    seconds[stage] = seconds.get(stage, 0.0) + more


@contextmanager
def _timed(report: Report, stage: str) -> Iterator[None]:
    started = perf_counter()
    try:
        yield
    finally:
        _add(report.seconds, stage, perf_counter() - started)
