"""What the caller asked for, as files: folders walked, globs resolved, sidecars left aside."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from kg.errors import UsageError
from kg.model import Refusal, Tally
from kg.read.options import Format

STDIN: Final = "-"
ENDINGS: Final = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".warc": Format.WARC,
}
_ENDING: Final = re.compile(r"\.[A-Za-z][A-Za-z0-9_]{0,11}")  # "Movie No. 5" ends in none
_GLOB: Final = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class File:
    """A file to read: where it is, and its name in the graph (see `Document.source`)."""

    path: Path
    name: str
    asked: bool  # by its own name, not as one of a folder's

    @property
    def format(self) -> Format | None:
        """What its ending says; None where it has none that is known."""
        return ENDINGS.get(self.ending)

    @property
    def ending(self) -> str:
        """Its ending in lower case without `.gz`, "" where it has none."""
        stem, _ = _unpacked(self.path.name)
        ending = PurePosixPath(stem).suffix.lower()
        return ending if _ENDING.fullmatch(ending) else ""

    @property
    def packed(self) -> bool:
        """Whether it ends in `.gz`."""
        return _unpacked(self.path.name)[1]

    @property
    def sidecar(self) -> Path:
        """Where the reviewed film may be named: NAME.title beside NAME.txt."""
        stem, _ = _unpacked(self.path.name)
        return self.path.with_name(PurePosixPath(stem).with_suffix(".title").name)


def _unpacked(name: str) -> tuple[str, bool]:
    return (name[:-3], True) if name.lower().endswith(".gz") else (name, False)


def check(sources: Sequence[str]) -> None:
    """UsageError where nothing was asked for, or something that isn't there."""
    if not sources:
        raise UsageError("expected a file, a folder, a glob or - for standard input, found nothing")
    for source in sources:
        if source == STDIN or os.path.lexists(source):
            continue
        if _GLOB.search(source):
            if not _matches(source):
                raise UsageError(f"expected files matching {source!r}, found none")
            continue
        raise UsageError(f"expected a file, a folder or a glob, found nothing at {source!r}")


def files(sources: Sequence[str], skipped: Tally) -> Iterator[File | Refusal]:
    """The files of `sources` (standard input apart), each folder in the order of its names.

    A file reached twice comes once; what is no document by its ending is counted in `skipped`.
    """
    walk = _Walk(skipped)
    for source in sources:
        if source == STDIN:
            continue
        path = Path(source)
        if os.path.lexists(path):
            name = _name(path)
            yield from walk.folder(path, name) if path.is_dir() else walk.file(path, name, True)
            continue
        fixed = _fixed_part(source)
        parent = fixed.resolve().parent if fixed != Path() else Path()
        for found in _matches(source):
            path = Path(found)
            base = path.resolve() if fixed != Path() else path
            name = base.relative_to(parent).as_posix() if base.is_relative_to(parent) else path.name
            yield from walk.folder(path, name) if path.is_dir() else walk.file(path, name, False)


def _name(path: Path) -> str:
    """The path's own name, also where it is written as "." or ends in ".."."""
    return path.name if path.name not in ("", "..") else path.resolve().name


def _matches(pattern: str) -> list[str]:
    # Path.glob takes no absolute pattern
    return sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207


def _fixed_part(pattern: str) -> Path:
    """The folders of a glob before its first wildcard."""
    steps = []
    for step in Path(pattern).parts[:-1]:
        if _GLOB.search(step):
            break
        steps.append(step)
    return Path(*steps)


@dataclass(slots=True)
class _Walk:
    skipped: Tally
    _seen: dict[tuple[int, int], str] = field(default_factory=dict)

    def file(self, path: Path, name: str, asked: bool) -> Iterator[File | Refusal]:
        file = File(path, name, asked)
        if not asked and file.format is None and file.ending:
            self.skipped.add(f"not a document: *{file.ending}")
            return
        try:
            status = path.stat()
        except OSError as error:
            yield Refusal(name, _why(error, path))
            return
        if not path.is_file():
            yield Refusal(name, f"expected a file, found something else at {path}")
            return
        identity = (status.st_dev, status.st_ino)
        if identity in self._seen:
            self.skipped.add("the same file asked for twice")
            return
        self._seen[identity] = name
        yield file

    def folder(self, path: Path, name: str) -> Iterator[File | Refusal]:
        yield from self._folder(path, name, frozenset())

    def _folder(
        self, path: Path, name: str, above: frozenset[tuple[int, int]]
    ) -> Iterator[File | Refusal]:
        try:
            status = path.stat()
            entries = sorted(os.scandir(path), key=lambda entry: entry.name)
        except OSError as error:
            yield Refusal(name, _why(error, path))
            return
        identity = (status.st_dev, status.st_ino)
        if identity in above:
            yield Refusal(name, f"expected a folder, found a link back to one above it: {path}")
            return
        for entry in entries:
            if entry.name.startswith("."):
                continue
            below, inner = path / entry.name, f"{name}/{entry.name}"
            if entry.is_dir():
                yield from self._folder(below, inner, above | {identity})
            else:
                yield from self.file(below, inner, False)


def _why(error: OSError, path: Path) -> str:
    if isinstance(error, FileNotFoundError) and path.is_symlink():
        return f"expected a file, found a link to nothing: {path} -> {path.readlink()}"
    if isinstance(error, PermissionError):
        return f"expected a file that may be read, found no permission for {path}"
    return f"expected a file, found {error.strerror or error} at {path}"
