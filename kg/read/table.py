"""Rows to documents: JSON Lines and CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final, TextIO

from kg.errors import ReadError
from kg.model import Refusal
from kg.read.document import Document, Fields, make_document, title_and_year
from kg.read.encoding import decode
from kg.read.options import Columns, Format, ReadOptions

_HTML: Final = re.compile(
    r"<(?:!doctype|/?(?:html|body|head|p|br|div|span|a|b|i|u|em|strong|cite|font|h[1-6]|ul|ol|li|"
    r"table|tr|td|blockquote|img|hr|article|section|center|small|sup))(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_SNIFFED: Final = 65_536
_YEAR: Final = re.compile(r"\s*((?:18|19|20)\d\d)(?:\.0)?\s*")


def holds_markup(text: str) -> bool:
    """Whether a text has an HTML tag in it."""
    return bool(_HTML.search(text))


def jsonl_documents(
    stream: BinaryIO, name: str, options: ReadOptions
) -> Iterator[Document | Refusal]:
    """One document for each line of `stream`; a bad line is refused and the next ones are read."""
    number = 0
    while line := stream.readline(options.max_bytes + 1):
        number += 1
        where = f"{name}#{number}"
        if len(line) > options.max_bytes and not line.endswith(b"\n"):
            length = len(line) + _skip_line(stream)
            yield Refusal(where, too_large(length, options.max_bytes))
            continue
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        try:
            yield _json_row(line, where, options)
        except ReadError as error:
            yield Refusal(where, str(error))


def too_large(size: int, limit: int) -> str:
    """The reason for refusing a document of `size` bytes."""
    return (
        f"expected at most {limit:,} bytes a document, found {size:,}; "
        "split it, or raise the limit (max_bytes, --max-bytes)"
    )


def _skip_line(stream: BinaryIO) -> int:
    skipped = 0
    while piece := stream.readline(1 << 20):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped


def _json_row(line: bytes, where: str, options: ReadOptions) -> Document:
    words = decode(line, encoding=options.encoding).lstrip("\ufeff")
    try:
        row = json.loads(words)
    except (ValueError, RecursionError) as error:
        raise ReadError(
            f"expected one JSON object a line, found something else: {error}"
        ) from error
    if not isinstance(row, dict):
        raise ReadError(f"expected a JSON object, found {type(row).__name__}")
    return _row_document(row, where, options)


def csv_documents(
    stream: BinaryIO, name: str, options: ReadOptions
) -> Iterator[Document | Refusal]:
    """One document for each row of `stream`, whose first row names the columns.

    The delimiter is a tab, semicolon or bar where the first row has it and no comma splits it
    better. `stream` must be seekable.
    """
    encoding = options.encoding or _encoding_of(stream)
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    try:
        yield from _csv_rows(text, name, options)
    finally:
        text.detach()  # the stream is the caller's to close


def _csv_rows(
    text: io.TextIOWrapper, name: str, options: ReadOptions
) -> Iterator[Document | Refusal]:
    csv.field_size_limit(options.max_bytes)
    reader = csv.reader(text, delimiter=_delimiter(text))
    header: list[str] | None = None
    number = 0
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            limit = f"{error}; close the quotation mark, or raise the limit (--max-bytes)"
            yield Refusal(f"{name}, line {line}", f"expected a CSV row, found: {limit}")
            continue
        if not any(cell.strip() for cell in row):
            continue
        if header is None:
            header = [cell.strip() for cell in row]
            _require_text(header, options.columns)
            continue
        number += 1
        where = f"{name}#{number}"
        try:
            yield _csv_row(row, header, where, options)
        except ReadError as error:
            yield Refusal(where, f"line {line}: {error}")


def _csv_row(row: list[str], header: list[str], where: str, options: ReadOptions) -> Document:
    if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
        raise ReadError(
            f"expected {len(header)} columns, found {len(row)}; quote cells that hold the delimiter"
        )
    if len(row) < len(header) and options.columns.text.lower() not in map(
        str.lower, header[: len(row)]
    ):
        raise ReadError(f"expected {len(header)} columns, found {len(row)}, and none with the text")
    return _row_document(dict(zip(header, row, strict=False)), where, options)


def _require_text(header: list[str], columns: Columns) -> None:
    if columns.text.lower() not in (name.lower() for name in header):
        raise ReadError(
            f"expected a column {columns.text!r}, found {', '.join(map(repr, header[:20]))}; "
            "name the column that holds the text (--text-column)"
        )


def _row_document(row: Mapping[str, Any], where: str, options: ReadOptions) -> Document:
    cells = {str(name).strip().lower(): value for name, value in row.items()}
    columns = options.columns

    def cell(name: str) -> str:
        value = cells.get(name.lower())
        if value is None or isinstance(value, (dict, bool)):
            return ""
        if isinstance(value, list):
            return ", ".join(str(item) for item in value if isinstance(item, (str, int, float)))
        return str(value)

    if columns.text.lower() not in cells:
        raise ReadError(
            f"expected {columns.text!r}, "
            f"found {', '.join(map(repr, list(cells)[:20])) or 'nothing'}; "
            "name the column that holds the text (--text-column)"
        )
    text = cells[columns.text.lower()]
    if not isinstance(text, str) or not text.strip():
        found = "none" if not text or isinstance(text, str) else type(text).__name__
        raise ReadError(f"expected text in {columns.text!r}, found {found}")
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > options.max_bytes:
        raise ReadError(too_large(size, options.max_bytes))
    title, year = title_and_year(cell(columns.title))
    given = _YEAR.fullmatch(cell(columns.year))
    url = cell(columns.url).strip()
    fields = Fields(
        title=title,
        year=int(given[1]) if given else year,
        url=url,
        author=cell(columns.author).strip(),
        publication=cell(columns.publication).strip(),
        date=cell(columns.date).strip(),
        rating=cell(columns.rating).strip(),
        origin="column" if title else "",
    )
    written = options.format
    if written not in (Format.TEXT, Format.MARKDOWN, Format.HTML):
        written = Format.HTML if holds_markup(text) else Format.TEXT
    return make_document(url or where, text, written, fields=fields)


def count_rows(text: TextIO) -> int:
    """How many rows follow the first one in a CSV file."""
    try:
        rows = sum(1 for row in csv.reader(text, delimiter=_delimiter(text)) if row)
    except csv.Error:
        return 1
    return max(0, rows - 1)


def _encoding_of(stream: BinaryIO) -> str:
    """The encoding of a whole stream; it is read to its end and wound back."""
    start = stream.read(_SNIFFED)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        stream.seek(0)
        return "utf-16"
    decoder = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    stream.seek(0)
    try:
        while decoder.read(1 << 20):
            pass
        found = "utf-8-sig"
    except UnicodeDecodeError:
        found = "cp1252"
    decoder.detach()
    stream.seek(0)
    return found


def _delimiter(text: TextIO) -> str:
    first = text.readline(_SNIFFED)
    text.seek(0)
    return max(",\t;|", key=first.count)
