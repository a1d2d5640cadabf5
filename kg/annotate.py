"""Texts in, annotation files out: the pipeline of the build, page by page, without a graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from kg.engine.local import run
from kg.errors import ReadError, UsageError
from kg.extract import load
from kg.extract.annotate import UNKNOWN, annotation_of
from kg.extract.confidence import surer
from kg.extract.labels import Labels
from kg.link import Catalogue, link_page
from kg.model import Extraction, Refusal, Tally
from kg.read import Document, ReadOptions, documents
from kg.report import Progress, Silent

_BEGINNING = 1 << 12  # bytes that tell of nearly every text that it isn't blank


@dataclass(slots=True)
class AnnotateReport:
    """What was annotated, what refused, what was left unmarked and why, what was noted of a text.

    `noted` holds (file, note) in the order of the texts' outcomes.
    """

    written: list[Path] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    left_out: Tally = field(default_factory=Tally)
    noted: list[tuple[Path, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AnnotateOptions:
    """How to annotate.

    `recogniser` finds the names in place of the shipped weights, as in `kg.load`; `labels` are what
    its labels stand for. What is less sure than `least` is left out.
    """

    jobs: int = 1
    recogniser: str | None = None
    labels: Labels = field(default_factory=dict)
    least: float = 0.0


def annotate(
    sources: Sequence[str],
    *,
    out: Path,
    options: AnnotateOptions | None = None,
    progress: Progress | None = None,
    seen: Callable[[str, Extraction], None] | None = None,
) -> AnnotateReport:
    """Write `NAME.ann` into `out` for each `NAME.txt` of `sources`, files or folders of them.

    The reviewed film may be named in `NAME.title` beside the text. `seen` is handed each NAME with
    what was extracted, before anything is left out of it. UsageError where there is no text, or
    where two have one name.
    """
    options = options or AnnotateOptions()
    pipeline = partial(load, options.recogniser, labels=options.labels)
    progress = progress or Silent()
    texts = _texts(sources)
    report = AnnotateReport()
    out.mkdir(parents=True, exist_ok=True)
    progress.start("Annotating", len(texts))
    originals: dict[str, tuple[Path, str]] = {}

    def readable() -> Iterator[Document]:
        for path in texts:
            if (blank := _blank(path)) is not None:
                report.written.append(_written(out, path, f"{blank}\n---\n{UNKNOWN}\n"))
                report.noted.append((path, "a text without words"))
                progress.advance()
                continue
            # each file is a source of its own, so that its name is all that its id depends on
            for item in documents([str(path)], options=ReadOptions()):
                try:
                    original = "" if isinstance(item, Refusal) else item.original
                except ReadError as error:
                    item = Refusal(item.source, str(error))
                if isinstance(item, Refusal):
                    report.refused.append(item)
                    progress.advance()
                else:
                    originals[item.id] = (path, original)
                    yield item

    with Catalogue.open() as catalogue:
        for outcome in run(readable(), jobs=options.jobs, pipeline=pipeline):
            path, original = originals.pop(outcome.document)
            progress.advance()
            if isinstance(outcome.result, Refusal):
                report.refused.append(outcome.result)
                continue
            if seen is not None:
                seen(path.stem, outcome.result)
            kept = surer(outcome.result, options.least)
            notes = (*kept.page.notes, *kept.notes)
            report.noted.extend((path, note) for note in notes)
            linked = link_page(kept, catalogue)
            entities = {link.cluster: link.entity for link in linked.links}
            text, left_out = annotation_of(kept, entities, original)
            for reason, number in left_out.items():
                report.left_out.add(reason, number)
            report.written.append(_written(out, path, text))
    return report


def _blank(path: Path) -> str | None:
    """The white space that is all of a file; None for any other, and for one that can't be read."""
    try:
        with path.open("rb") as file:
            content = file.read(_BEGINNING)
            if content.strip():
                return None
            content += file.read()
    except OSError:
        return None  # whoever reads it for its text says why
    return None if content.strip() else content.decode("ascii")


def _written(out: Path, path: Path, annotation: str) -> Path:
    target = out / f"{path.stem}.ann"
    with target.open("w", encoding="utf-8", newline="") as file:
        file.write(annotation)
    return target


def _texts(sources: Sequence[str]) -> list[Path]:
    texts: list[Path] = []
    for source in map(Path, sources):
        if source.is_dir():
            texts.extend(sorted(source.glob("*.txt")))
        elif source.is_file():
            texts.append(source)
        else:
            raise UsageError(f"expected a text file or a folder of them, found nothing at {source}")
    if not texts:
        raise UsageError(f"expected texts (*.txt) in {', '.join(sources)}, found none")
    names: dict[str, Path] = {}
    for path in texts:
        other = names.setdefault(path.stem, path)
        if other != path:
            raise UsageError(f"{other} and {path} would both be written to {path.stem}.ann")
    return texts
