"""A document: what a source holds, not yet read."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import astuple, dataclass, field
from typing import Final

from kg.read.encoding import decode
from kg.read.options import Format

_SLUG: Final = re.compile(r"[^a-z0-9]+")
_ENDING: Final = re.compile(
    r"(\.(gz|txt|text|md|markdown|html?|xhtml|php|aspx?|jsp))+$", re.IGNORECASE
)
_TITLE_YEAR: Final = re.compile(
    r"^(?P<title>.+?)\s*[(\[](?P<year>(?:18|19|20)\d\d)[)\]]$", re.DOTALL
)
_LONGEST_SLUG: Final = 60


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands beside a document's text: in the columns of its row, or in a sidecar.

    `origin` names where the title came from ("sidecar", "column", "front matter").
    """

    title: str = ""
    year: int | None = None
    url: str = ""
    author: str = ""
    publication: str = ""
    date: str = ""
    rating: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a source.

    `source` is its URL where known, else its path relative to the parent of the source asked for,
    with the row's number for rows ("reviews.csv#3"). `id` is readable and depends on `source`
    alone. `declared` is a charset that came with the bytes, `encoding` one that the caller forces.
    `digest` is a hash of all that the page depends on.
    """

    source: str
    id: str
    format: Format
    content: bytes | str
    fields: Fields = field(default_factory=Fields)
    declared: str = ""
    encoding: str = ""
    digest: str = ""

    @property
    def original(self) -> str:
        """The text as written, character for character. ReadError where it is none."""
        if isinstance(self.content, str):
            return self.content
        return decode(
            self.content,
            declared=self.declared,
            encoding=self.encoding,
            html=self.format is Format.HTML,
        )


def make_document(
    source: str,
    content: bytes | str,
    format: Format,  # noqa: A002 - the field's name
    *,
    fields: Fields | None = None,
    declared: str = "",
    encoding: str = "",
) -> Document:
    """A document with its id and digest."""
    fields = fields or Fields()
    hasher = hashlib.sha256()
    for part in (source, format.value, *map(str, astuple(fields)), declared, encoding):
        words = part.encode("utf-8", "surrogatepass")
        hasher.update(b"%d:" % len(words) + words)
    hasher.update(
        content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    )
    return Document(
        source, id_of(source), format, content, fields, declared, encoding, hasher.hexdigest()
    )


def id_of(source: str) -> str:
    """The id of the document at `source`: a readable slug and ten digits of the source's hash."""
    words = re.sub(r"^[a-z][a-z0-9+.-]*://", "", source, flags=re.IGNORECASE)
    path, _, row = words.partition("#")
    steps = [step for step in path.split("?")[0].split("/") if step]
    name = _ENDING.sub("", steps[-1]) if steps else ""
    if name.lower() in ("", "index", "default") and len(steps) > 1:
        name = steps[-2]
    ascii_name = unicodedata.normalize("NFKD", f"{name} {row}").encode("ascii", "ignore").decode()
    slug = _SLUG.sub("-", ascii_name.lower()).strip("-")[:_LONGEST_SLUG].strip("-")
    digest = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{slug}-{digest}" if slug else digest


def title_and_year(words: str) -> tuple[str, int | None]:
    """The parts of "Title (Year)" or "Title", white space collapsed."""
    line = " ".join(words.replace("\ufeff", "").split())
    match = _TITLE_YEAR.match(line)
    if match:
        return match["title"], int(match["year"])
    return line, None
