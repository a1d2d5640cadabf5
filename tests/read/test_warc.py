"""Web archives become documents, one for each archived page."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.model import Refusal, Tally
from kg.read import Document, Format, ReadOptions, documents, total


def archive(path: Path, *records: tuple[str, str, str, bytes]) -> None:
    """Write an archive of (url, status, content type, body) records."""
    with path.open("wb") as stream:
        for url, status, kind, body in records:
            payload = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
                "WARC-Date: 2020-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
                f"Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(payload)}\r\n\r\n"
            )
            record = head.encode() + payload + b"\r\n\r\n"
            stream.write(gzip.compress(record) if path.suffix == ".gz" else record)


PAGE = (
    "https://example.org/review",
    "200 OK",
    "text/html; charset=iso-8859-2",
    "Žena".encode("iso8859-2"),
)


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_pages_of_html_and_text_are_documents_with_their_address(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    archive(
        path,
        PAGE,
        ("https://example.org/a.txt", "200 OK", "text/plain", b"Plain"),
        ("https://example.org/p.png", "200 OK", "image/png", b"\x89PNG"),
        ("https://example.org/old", "301 Moved", "text/html", b"moved"),
    )
    skipped = Tally()
    page, text = documents([str(path)], skipped=skipped)
    assert isinstance(page, Document)
    assert isinstance(text, Document)
    assert (page.source, page.fields.url) == (PAGE[0], PAGE[0])
    assert (page.format, text.format) == (Format.HTML, Format.TEXT)
    assert page.original == "Žena"
    assert sum(skipped.counts.values()) == 2
    assert total([str(path)]) is None


def test_a_response_over_the_limit_and_an_empty_one_are_refused_alone(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    archive(
        path,
        ("https://example.org/big", "200 OK", "text/html", b"x" * 5000),
        ("https://example.org/none", "200 OK", "text/html", b" "),
        PAGE,
    )
    big, none, page = documents([str(path)], options=ReadOptions(max_bytes=1000))
    assert isinstance(big, Refusal)
    assert "at most 1,000" in big.reason
    assert isinstance(none, Refusal)
    assert isinstance(page, Document)


def test_a_damaged_archive_gives_what_stands_before_the_damage(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    archive(path, PAGE)
    path.write_bytes(path.read_bytes() + b"this is no archive at all")
    page, refused = documents([str(path)])
    assert isinstance(page, Document)
    assert isinstance(refused, Refusal)
    assert "after 1 pages" in refused.reason


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"<html>not an archive</html>")
    (refused,) = documents([str(path)])
    assert isinstance(refused, Refusal)
    assert "expected a web archive" in refused.reason
