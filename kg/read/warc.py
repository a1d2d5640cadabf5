"""Web archives to documents: the pages that a crawl kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from kg.model import Refusal, Tally
from kg.read.document import Document, Fields, make_document
from kg.read.options import Format, ReadOptions
from kg.read.table import too_large

_FORMATS: Final = {
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "text/plain": Format.TEXT,
    "text/markdown": Format.MARKDOWN,
}
_KINDS: Final = ("response", "resource", "conversion")


def warc_documents(
    stream: BinaryIO, name: str, options: ReadOptions, skipped: Tally
) -> Iterator[Document | Refusal]:
    """One document for each archived page of HTML or plain text; gzip is seen by itself.

    What else an archive holds (requests, images, redirects) is counted in `skipped`. An archive
    that is cut off or damaged gives what stands before the damage, and a refusal.
    """
    read = 0
    try:
        for record in ArchiveIterator(stream):
            outcome = _document(record, name, options, skipped)
            if outcome is not None:
                read += 1
                yield outcome
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        yield Refusal(
            name, f"expected a web archive, found damage after {read} pages: {error or 'it is cut'}"
        )


def _document(
    record: ArcWarcRecord, name: str, options: ReadOptions, skipped: Tally
) -> Document | Refusal | None:
    if record.rec_type not in _KINDS:
        skipped.add(f"archive record: {record.rec_type}")
        return None
    headers = record.http_headers or record.rec_headers
    if record.http_headers is not None and record.http_headers.get_statuscode() != "200":
        skipped.add(f"archived answer with status {record.http_headers.get_statuscode()}")
        return None
    content_type, _, parameters = (headers.get_header("Content-Type") or "").partition(";")
    written = _FORMATS.get(content_type.strip().lower())
    if written is None:
        skipped.add(f"archived {content_type.strip().lower() or 'data of no type'}")
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    source = url.strip("<> ") or f"{name}#{record.rec_headers.get_header('WARC-Record-ID') or ''}"
    content = record.content_stream().read(options.max_bytes + 1)
    if len(content) > options.max_bytes:
        return Refusal(source, too_large(len(content), options.max_bytes))
    if not content.strip():
        return Refusal(source, f"expected a page, found an empty answer in {name}")
    _, _, charset = parameters.lower().partition("charset=")
    return make_document(
        source,
        content,
        written,
        fields=Fields(url=source if url else ""),
        declared=charset.split(";")[0].strip(" \"'"),
        encoding=options.encoding,
    )
