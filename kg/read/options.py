"""What a caller may choose about reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

MAX_BYTES: Final = 20_000_000


class Format(StrEnum):
    """How a source is written. The last three hold many documents."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSONL = "jsonl"
    CSV = "csv"
    WARC = "warc"


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns of JSONL and CSV rows; only `text` must be there.

    Capitals make no difference. `text` may hold plain text or HTML.
    """

    text: str = "text"
    title: str = "title"
    year: str = "year"
    url: str = "url"
    author: str = "author"
    publication: str = "publication"
    date: str = "date"
    rating: str = "rating"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How sources are read.

    `format` overrules what the file's ending and content say. `encoding` overrules detection.
    `max_bytes` limits one document (a file, a row, an archived response), unpacked.
    """

    columns: Columns = field(default_factory=Columns)
    format: Format | None = None
    encoding: str = ""
    max_bytes: int = MAX_BYTES
