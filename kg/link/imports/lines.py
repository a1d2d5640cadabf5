"""Lines and rows of text files, plain or gzipped, with their numbers for whoever must be told.

Nothing is held but the line under way.
"""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Protocol, TypeVar, cast

from kg.errors import ReadError
from kg.link.imports.faults import Faults

LONGEST_TITLE = 1000  # characters; the longest title of a real film has fewer than 300
_MAGIC = b"\x1f\x8b"
_BLOCK = 1 << 18  # bytes read at a time
_UNPACKED = 1 << 22  # bytes unpacked at a time, however well they were packed
_LONGEST_LINE = 1 << 24

csv.field_size_limit(_LONGEST_LINE)

Columns = TypeVar("Columns")


class Progress(Protocol):
    """Who is told how far an import has come."""

    def start(self, stage: str, total: int | None) -> None:
        """A stage begins; `total` steps, None if unknown."""

    def advance(self, steps: int = 1) -> None:
        """Steps of the stage were done."""


class Silent:
    """A progress that shows nothing."""

    def start(self, stage: str, total: int | None) -> None:
        """Do nothing."""

    def advance(self, steps: int = 1) -> None:
        """Do nothing."""


def opened(path: Path) -> IO[bytes]:
    """The bytes of a file, unpacked if it is gzipped, whatever its name."""
    with path.open("rb") as raw:
        packed = raw.read(len(_MAGIC)) == _MAGIC
    return cast("IO[bytes]", gzip.open(path)) if packed else path.open("rb")


def byte_lines(path: Path, progress: Progress) -> Iterator[tuple[int, bytes]]:
    """The numbered lines of a file, without their ends; ReadError where it can't be read whole."""
    number = 0
    try:
        with path.open("rb") as raw:
            progress.start(path.name, path.stat().st_size)
            rest = b""
            for chunk in _chunks(raw, progress):
                lines = (rest + chunk).split(b"\n")
                rest = lines.pop()
                for line in lines:
                    number += 1
                    yield number, line
                if len(rest) > _LONGEST_LINE:
                    raise ReadError(
                        f"{path.name}, line {number + 1}: expected lines of text, found one of "
                        f"more than {_LONGEST_LINE:,} bytes"
                    )
            if rest:
                yield number + 1, rest
    except EOFError as error:
        raise ReadError(
            f"{path.name}, line {number + 1}: the compressed file breaks off here; it was not "
            "loaded to its end. Load it again, then import again; the catalogue is as it was"
        ) from error
    except zlib.error as error:
        raise ReadError(
            f"{path.name}, line {number + 1}: expected gzip, found damaged data ({error}); load "
            "the file again"
        ) from error
    except OSError as error:
        raise ReadError(f"{path}: can't be read: {error.strerror or error}") from error


def _chunks(raw: IO[bytes], progress: Progress) -> Iterator[bytes]:
    """A file's bytes, unpacked if it is gzipped; EOFError, after all that is there, if cut off."""
    block = raw.read(_BLOCK)
    if not block.startswith(_MAGIC):
        while block:
            yield block
            progress.advance(len(block))
            block = raw.read(_BLOCK)
        return
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    while block:
        progress.advance(len(block))
        data = block
        while data:
            if unpacker.eof:
                if not data.strip(b"\0"):
                    break  # padding behind the last part
                unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            yield unpacker.decompress(data, _UNPACKED)
            data = unpacker.unconsumed_tail or unpacker.unused_data
        block = raw.read(_BLOCK)
    yield unpacker.flush()
    if not unpacker.eof:
        raise EOFError


def decoded(line: bytes, file: str, number: int, faults: Faults) -> str:
    """The line as text: UTF-8, or what a line that is not UTF-8 nearly always is."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        faults.line(
            file,
            number,
            "not UTF-8, read as Windows-1252",
            f"byte {error.start + 1} is not UTF-8; the line was read as Windows-1252",
        )
        return line.decode("cp1252", errors="replace")


def header(cells: Sequence[str], wanted: Sequence[str], file: str) -> dict[str, int]:
    """Where each column stands; ReadError where one of the wanted ones is missing."""
    places = {name.strip().lstrip("\ufeff"): at for at, name in enumerate(cells)}
    missing = [name for name in wanted if name not in places]
    if missing:
        found = ", ".join(cells[:12]) or "an empty line"
        raise ReadError(
            f"{file}, line 1: expected the columns {', '.join(wanted)}, found {found[:300]}; "
            f"{', '.join(missing)} is missing"
        )
    return places


def tsv_rows(
    path: Path, wanted: Sequence[str], faults: Faults, progress: Progress
) -> Iterator[tuple[int, list[str], dict[str, int]]]:
    """Number, cells and columns of each line of an unquoted TSV; a broken line is counted."""
    places: dict[str, int] = {}
    for number, raw in byte_lines(path, progress):
        cells = decoded(raw, path.name, number, faults).rstrip("\r\n").split("\t")
        if number == 1:
            places = header(cells, wanted, path.name)
            continue
        if len(cells) != len(places):
            if cells != [""]:
                wrong_width(path.name, number, len(places), len(cells), faults)
            continue
        yield number, cells, places
    if not places:
        header([], wanted, path.name)


def wrong_width(file: str, number: int, wanted: int, found: int, faults: Faults) -> None:
    """Count a line with too many or too few columns."""
    detail = f"expected {wanted} columns, found {found}; the line was left out"
    faults.line(file, number, "wrong number of columns, left out", detail)


def csv_table(
    path: Path, columns: Callable[[list[str]], Columns], faults: Faults, progress: Progress
) -> Iterator[tuple[int, list[str], Columns]]:
    """Number, cells and columns of each row of a CSV; one of another width is counted.

    `columns` makes of the first row, which is empty where the file is, what all rows come with.
    """
    found: Columns | None = None
    width = 0
    for number, cells in _csv_rows(path, faults, progress):
        if found is None:
            found, width = columns(cells), len(cells)
        elif len(cells) != width:
            wrong_width(path.name, number, width, len(cells), faults)
        else:
            yield number, cells, found
    if found is None:
        columns([])


def delimiter_of(line: str) -> str:
    """What parts the cells of a CSV's first line: the commonest of comma, semicolon and tab."""
    return max(",;\t", key=line.count)


def _csv_rows(path: Path, faults: Faults, progress: Progress) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each row of a CSV, header included."""
    lines = (
        (number, decoded(line, path.name, number, faults))
        for number, line in byte_lines(path, progress)
    )
    first = next(lines, None)
    if first is None:
        return
    at = first[0]

    def text() -> Iterator[str]:
        nonlocal at
        yield first[1].lstrip("\ufeff") + "\n"
        for at, line in lines:  # noqa: B007 - read by the rows' numbers
            yield line.replace("\0", "") + "\n"

    rows = csv.reader(text(), delimiter=delimiter_of(first[1]))
    while True:
        began = at
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            faults.line(path.name, at, "no CSV, left out", f"{error}; the line was left out")
            continue
        if cells:
            yield max(began, 1) if began == at else began + 1, cells


def too_long(title: str, file: str, number: int, faults: Faults) -> bool:
    """Whether a title is longer than any film's; such a line is counted."""
    if len(title) <= LONGEST_TITLE:
        return False
    faults.line(
        file,
        number,
        "title too long, left out",
        f"expected a title of at most {LONGEST_TITLE:,} characters, found {len(title):,} "
        f"({title[:40]!r}...); the line was left out",
    )
    return True
