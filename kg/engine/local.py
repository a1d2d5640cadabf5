"""Reading and extracting on this machine: in this process, or in worker processes.

Each worker has its own pipeline with one ONNX session on one thread. Documents are handed out in
chunks and outcomes come back as they are ready; only a few chunks are in flight at any time, so
memory stays flat however many documents there are.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from threading import Thread
from time import perf_counter
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.extract import extract, load
from kg.model import Extraction, Refusal
from kg.read import Document, page_of

if TYPE_CHECKING:
    from spacy.language import Language

CHUNK = 8  # documents a task: small enough that a cut loses little, large enough to be cheap
IN_FLIGHT = 3  # chunks a worker, so that none waits for work


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document: its extraction, or why there is none. Seconds are the worker's."""

    document: str
    result: Extraction | Refusal
    read_seconds: float = 0.0
    extract_seconds: float = 0.0


def run(
    documents: Iterable[Document],
    *,
    jobs: int = 1,
    pipeline: Callable[[], Language] = load,
) -> Iterator[Outcome]:
    """Read and extract documents with `jobs` processes; outcomes come in no particular order.

    `pipeline` loads what extracts; each worker process calls it once, so it has to be picklable.
    A page that raises is refused with its reason. A page that ends its worker process is tried
    once more alone, then refused; the others go on.
    """
    if jobs <= 1:
        nlp = pipeline()
        for document in documents:
            yield _process(nlp, document)
        return
    if pipeline is not load:
        pipeline()  # what can't be loaded is said once, not by every worker's death
    yield from Pool(jobs, start=partial(_start_worker, pipeline)).run(documents)


def _process(nlp: Language, document: Document) -> Outcome:
    started = perf_counter()
    read = started
    try:
        page = page_of(document)
        read = perf_counter()
        result: Extraction | Refusal = extract(nlp, page)
    except KgError as error:
        result = Refusal(document.source, str(error))
    except Exception as error:  # noqa: BLE001 - one page's failure must not end the build
        what = f"{type(error).__name__}: {error}"
        result = Refusal(document.source, f"an error in film-kg itself while reading it ({what})")
    return Outcome(document.id, result, read - started, perf_counter() - read)


_NLP: list[Language] = []  # the worker process's own pipeline


def _start_worker(pipeline: Callable[[], Language] = load) -> None:
    _NLP.append(pipeline())


def _begin(start: Callable[[], None]) -> None:
    """Start a worker process that ends with its parent: a killed build leaves none behind."""
    Thread(target=_end_with_parent, daemon=True).start()
    start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(documents: list[Document]) -> list[Outcome]:
    return [_process(_NLP[0], document) for document in documents]


class Pool:
    """Worker processes that are replaced when one of them dies.

    `work` turns a chunk of documents into outcomes, after `start` has run once in the process.
    """

    def __init__(
        self,
        jobs: int,
        *,
        work: Callable[[list[Document]], list[Outcome]] = _work,
        start: Callable[[], None] = _start_worker,
    ) -> None:
        self._jobs = jobs
        self._work = work
        self._start = start

    def _executor(self, jobs: int) -> ProcessPoolExecutor:
        # spawned, not forked: the parent has threads (ONNX Runtime, the progress bar)
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(
            jobs, mp_context=context, initializer=_begin, initargs=(self._start,)
        )

    def run(self, documents: Iterable[Document]) -> Iterator[Outcome]:
        """Outcomes as they come; a document that ends its process is tried once more alone."""
        chunks = chunked(documents, CHUNK)
        suspects: list[Document] = []
        exhausted = False
        while not exhausted:
            pending: dict[Future[list[Outcome]], list[Document]] = {}
            executor = self._executor(self._jobs)
            try:
                while True:
                    while not exhausted and len(pending) < self._jobs * IN_FLIGHT:
                        chunk = next(chunks, None)
                        if chunk is None:
                            exhausted = True
                        else:
                            pending[executor.submit(self._work, chunk)] = chunk
                    if not pending:
                        break
                    done, _ = wait(pending, return_when=FIRST_COMPLETED)
                    for future in done:
                        yield from future.result()
                        del pending[future]
            except BrokenProcessPool:
                # which chunk did it is unknown: all that were under way are looked at one by one
                suspects.extend(document for chunk in pending.values() for document in chunk)
            finally:
                executor.shutdown(wait=False, cancel_futures=True)
        yield from self._one_by_one(suspects)

    def _one_by_one(self, documents: list[Document]) -> Iterator[Outcome]:
        executor = self._executor(1) if documents else None
        for document in documents:
            assert executor is not None
            try:
                yield from executor.submit(self._work, [document]).result()
            except BrokenProcessPool:
                reason = "its worker process was ended twice (out of memory, or a library's crash)"
                yield Outcome(document.id, Refusal(document.source, reason))
                executor.shutdown(wait=False)
                executor = self._executor(1)
        if executor:
            executor.shutdown(wait=False)


def chunked(documents: Iterable[Document], size: int) -> Iterator[list[Document]]:
    """Lists of up to `size` documents, in order."""
    chunk: list[Document] = []
    for document in documents:
        chunk.append(document)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
