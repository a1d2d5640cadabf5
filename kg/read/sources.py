"""Sources to documents, one at a time."""

from __future__ import annotations

import gzip
import hashlib
import sys
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final, cast

from kg.errors import ReadError, UsageError
from kg.model import Refusal, Tally
from kg.read.document import Document, Fields, make_document, title_and_year
from kg.read.encoding import decode
from kg.read.files import STDIN, File, check, files
from kg.read.options import Format, ReadOptions
from kg.read.table import count_rows, csv_documents, holds_markup, jsonl_documents, too_large
from kg.read.warc import warc_documents

_ROWS: Final = (Format.JSONL, Format.CSV)
_OTHER: Final = (".json", ".ann", ".title")  # text, but no document
_COUNTED: Final = 200_000_000  # bytes of rows that are counted for the sake of a progress bar
_IN_MEMORY: Final = 50_000_000  # bytes of standard input kept in memory


def documents(
    sources: Sequence[str], *, options: ReadOptions | None = None, skipped: Tally | None = None
) -> Iterator[Document | Refusal]:
    """The documents of files, folders, globs and "-" (standard input), one at a time, in order.

    What can't be read, or has the id of an earlier document, comes as a Refusal; what is no
    document by its ending is counted in `skipped`. Raises UsageError for a source that isn't there
    at once, and at the end where the sources held nothing to read or to refuse.
    """
    check(sources)
    return _documents(
        sources, options or ReadOptions(), skipped if skipped is not None else Tally()
    )


def total(sources: Sequence[str], *, options: ReadOptions | None = None) -> int | None:
    """How many documents and refusals to expect; None where counting them is reading them.

    Rows are counted by their lines. Raises UsageError for a source that isn't there.
    """
    check(sources)
    options = options or ReadOptions()
    if STDIN in sources:
        return None
    number = budget = 0
    for file in files(sources, Tally()):
        if isinstance(file, Refusal):
            number += 1
            continue
        written = options.format or file.format
        if written is Format.WARC or (written in _ROWS and file.packed):
            return None
        if written not in _ROWS:
            number += 1
            continue
        try:
            budget += file.path.stat().st_size
            if budget > _COUNTED:
                return None
            number += _rows(file, written)
        except OSError:
            number += 1  # it will be refused
    return number


def _rows(file: File, written: Format) -> int:
    if written is Format.JSONL:
        with file.path.open("rb") as stream:
            return sum(1 for line in stream if line.strip())
    with file.path.open(encoding="utf-8", errors="replace", newline="") as text:
        return count_rows(text)


def _documents(
    sources: Sequence[str], options: ReadOptions, skipped: Tally
) -> Iterator[Document | Refusal]:
    seen: set[str] = set()
    empty = True
    for item in _all(sources, options, skipped):
        empty = False
        if isinstance(item, Refusal):
            yield item
            continue
        if item.id in seen:
            yield Refusal(
                item.source,
                f"expected one document for {item.source}, found a second one; give rows a URL of "
                "their own, or ask for the folder that the files have in common",
            )
            continue
        seen.add(item.id)
        yield item
    if empty:
        left = ", ".join(f"{name} ({number})" for name, number in skipped.counts.items())
        raise UsageError(
            f"expected documents in {', '.join(sources)}, found none"
            + (f"; skipped: {left}" if left else "")
        )


def _all(
    sources: Sequence[str], options: ReadOptions, skipped: Tally
) -> Iterator[Document | Refusal]:
    if STDIN in sources:
        yield from _stdin(options, skipped)
    for file in files(sources, skipped):
        if isinstance(file, Refusal):
            yield file
            continue
        try:
            yield from _file(file, options, skipped)
        except ReadError as error:
            yield Refusal(file.name, str(error))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            yield Refusal(file.name, f"expected gzip data, found damage: {error}")
        except OSError as error:
            yield Refusal(file.name, f"expected to read {file.path}: {error.strerror or error}")


def _file(file: File, options: ReadOptions, skipped: Tally) -> Iterator[Document | Refusal]:
    written = options.format or file.format
    if written is None and file.ending in _OTHER:
        raise ReadError(
            f"expected a document, found *{file.ending}; give text, Markdown, HTML, JSON Lines, "
            "CSV or WARC, or name the format"
        )
    with file.path.open("rb") as raw:
        if written is Format.WARC:
            yield from warc_documents(raw, file.name, options, skipped)
            return
        stream = cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if file.packed else raw
        if written in _ROWS and written is not None:
            yield from _table(stream, file.name, written, options)
            return
        content = stream.read(options.max_bytes + 1)
        if len(content) > options.max_bytes:
            size = len(content) if file.packed else file.path.stat().st_size
            raise ReadError(too_large(size, options.max_bytes))
    yield _single(content, file.name, written, options, _sidecar(file))


def _table(
    stream: BinaryIO, name: str, written: Format, options: ReadOptions
) -> Iterator[Document | Refusal]:
    if written is Format.JSONL:
        yield from jsonl_documents(stream, name, options)
    else:
        yield from csv_documents(stream, name, options)


def _sidecar(file: File) -> Fields:
    """The film that NAME.title names, on its first line that isn't blank."""
    try:
        content = file.sidecar.read_bytes()
    except FileNotFoundError:
        return Fields()
    except OSError as error:
        raise ReadError(f"expected to read {file.sidecar}: {error.strerror or error}") from error
    lines = [line for line in decode(content).splitlines() if line.strip("\ufeff \t")]
    if not lines:
        return Fields()
    title, year = title_and_year(lines[0])
    return Fields(title=title, year=year, origin="sidecar")


def _single(
    content: bytes, name: str, written: Format | None, options: ReadOptions, fields: Fields
) -> Document:
    if not content.strip():
        raise ReadError("expected text, found an empty file")
    written = written or _sniffed(content)
    return make_document(name, content, written, fields=fields, encoding=options.encoding)


def _sniffed(content: bytes) -> Format:
    """The format of a document whose name doesn't tell: HTML where it begins with a tag."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    begins = start.startswith(b"<") and holds_markup(start.decode("utf-8", "replace"))
    return Format.HTML if begins else Format.TEXT


def _stdin(options: ReadOptions, skipped: Tally) -> Iterator[Document | Refusal]:
    """Standard input: of the format asked for, else a page or a text."""
    stream = sys.stdin.buffer
    written = options.format
    if written is Format.WARC:
        yield from warc_documents(stream, "stdin", options, skipped)
    elif written is Format.JSONL:
        yield from jsonl_documents(stream, "stdin", options)
    elif written is Format.CSV:
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
            while piece := stream.read(1 << 20):
                spool.write(piece)
            spool.seek(0)
            try:
                yield from csv_documents(cast("BinaryIO", spool), "stdin", options)
            except ReadError as error:
                yield Refusal("stdin", str(error))
    else:
        content = stream.read(options.max_bytes + 1)
        if len(content) > options.max_bytes:
            yield Refusal("stdin", too_large(len(content), options.max_bytes))
            return
        # named by its content, so that two texts piped in are two pages
        name = f"stdin-{hashlib.sha256(content).hexdigest()[:12]}"
        try:
            yield _single(content, name, written, options, Fields())
        except ReadError as error:
            yield Refusal("stdin", str(error))
