"""Files, folders, globs and standard input become documents, one at a time."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.model import Refusal, Tally
from kg.read import Document, Format, ReadOptions, documents, total


def read(*sources: Path | str, options: ReadOptions | None = None) -> list[Document | Refusal]:
    return list(documents([str(source) for source in sources], options=options))


def one(source: Path, **options: object) -> Document:
    (found,) = read(source, options=ReadOptions(**options))  # type: ignore[arg-type]
    assert isinstance(found, Document)
    return found


def refusal(source: Path | str, options: ReadOptions | None = None) -> Refusal:
    (found,) = read(source, options=options)
    assert isinstance(found, Refusal)
    return found


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "two.html").write_text("<p>Two</p>")
    (folder / "a.txt").write_text("One")
    (folder / "c.md").write_text("Three")
    (folder / ".hidden.txt").write_text("no")
    (folder / "a.title").write_text("Backstage (2005)\n")
    (folder / "a.ann").write_text("x")
    (folder / "a.facts.json").write_text("{}")
    (folder / "poster.jpg").write_bytes(b"\xff\xd8\xff")
    return folder


def test_a_folder_gives_its_documents_in_the_order_of_their_names(pages: Path) -> None:
    found = read(pages)
    assert [document.source for document in found] == [
        "pages/a.txt",
        "pages/b/two.html",
        "pages/c.md",
    ]
    assert total([str(pages)]) == 3


def test_what_is_no_document_by_its_ending_is_counted(pages: Path) -> None:
    skipped = Tally()
    list(documents([str(pages)], skipped=skipped))
    assert skipped.counts == {
        "not a document: *.ann": 1,
        "not a document: *.json": 1,
        "not a document: *.title": 1,
        "not a document: *.jpg": 1,
    }


def test_documents_come_lazily(pages: Path) -> None:
    iterator = documents([str(pages)])
    assert isinstance(iterator, Iterator)
    next(iterator)
    (pages / "b" / "two.html").unlink()
    assert [document.source for document in iterator] == ["pages/c.md"]


def test_a_sidecar_names_the_film(pages: Path) -> None:
    fields = one(pages / "a.txt").fields
    assert (fields.title, fields.year, fields.origin) == ("Backstage", 2005, "sidecar")


def test_a_sidecar_without_a_year_names_the_film_alone(pages: Path) -> None:
    (pages / "a.title").write_bytes("\ufeff\r\nLà-bas\r\n".encode())
    assert (one(pages / "a.txt").fields.title, one(pages / "a.txt").fields.year) == ("Là-bas", None)


def test_the_id_depends_on_the_source_alone_and_is_readable(pages: Path, tmp_path: Path) -> None:
    before = one(pages / "a.txt")
    (pages / "a.txt").write_text("Another text")
    after = one(pages / "a.txt")
    assert before.id == after.id
    assert before.id.startswith("a-")
    assert before.digest != after.digest
    assert read(pages / "b", tmp_path / "pages" / "b") == read(pages / "b")


def test_the_digest_depends_on_the_sidecar_too(pages: Path) -> None:
    before = one(pages / "a.txt").digest
    (pages / "a.title").write_text("Backstage (1927)")
    assert one(pages / "a.txt").digest != before


def test_a_document_can_be_sent_to_another_process(pages: Path) -> None:
    document = one(pages / "a.txt")
    assert pickle.loads(pickle.dumps(document)) == document


def test_a_glob_gives_what_matches(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [d.source for d in read(f"{pages}/**/*.html")] == ["pages/b/two.html"]
    monkeypatch.chdir(pages)
    assert [d.source for d in read("*.txt")] == ["a.txt"]


def test_a_folder_named_by_a_dot_has_its_own_name(
    pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pages)
    assert read(".")[0].source == "pages/a.txt"


def test_a_file_reached_twice_comes_once(pages: Path) -> None:
    assert len(read(pages, pages / "a.txt")) == 3


def test_two_files_of_one_name_are_two_sources_only_from_a_common_folder(pages: Path) -> None:
    (pages / "b" / "a.txt").write_text("Another")
    first, second = read(pages / "a.txt", pages / "b" / "a.txt")
    assert isinstance(first, Document)
    assert isinstance(second, Refusal)
    assert "found a second one" in second.reason
    assert not [item for item in read(pages) if isinstance(item, Refusal)]


def test_a_packed_file_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "review.html.gz"
    path.write_bytes(gzip.compress(b"<p>Good</p>"))
    document = one(path)
    assert (document.format, document.content) == (Format.HTML, b"<p>Good</p>")


def test_damaged_gzip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "review.txt.gz"
    path.write_bytes(gzip.compress(b"words " * 1000)[:30])
    assert "expected gzip data" in refusal(path).reason


@pytest.mark.parametrize("name", ["review", "review.log", "Movie No. 5"])
def test_a_text_of_no_known_ending_is_read_when_asked_for(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("A good film")
    assert one(tmp_path / name).format is Format.TEXT


def test_a_page_of_no_known_ending_is_seen_to_be_html(tmp_path: Path) -> None:
    (tmp_path / "page.php").write_text("<!DOCTYPE html><html><p>x</p></html>")
    assert one(tmp_path / "page.php").format is Format.HTML


def test_a_file_without_ending_in_a_folder_is_a_document(tmp_path: Path) -> None:
    (tmp_path / "review1").write_text("Good")
    assert len(read(tmp_path)) == 1


def test_what_is_no_document_is_refused_when_asked_for(tmp_path: Path) -> None:
    (tmp_path / "facts.json").write_text("{}")
    assert "expected a document, found *.json" in refusal(tmp_path / "facts.json").reason


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" \n")
    assert refusal(tmp_path / "empty.txt").reason == "expected text, found an empty file"


def test_a_document_over_the_limit_is_refused_with_size_limit_and_option(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_text("x" * 1001)
    reason = refusal(tmp_path / "big.txt", ReadOptions(max_bytes=1000)).reason
    assert "at most 1,000 bytes" in reason
    assert "1,001" in reason
    assert "max_bytes" in reason


def test_fifty_megabytes_in_one_line_are_refused_by_default(tmp_path: Path) -> None:
    with (tmp_path / "line.txt").open("wb") as file:
        for _ in range(50):
            file.write(b"x" * 1_000_000)
    assert "50,000,000" in refusal(tmp_path / "line.txt").reason


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("x")
    path.chmod(0)
    assert "permission" in refusal(path).reason


def test_a_file_that_cannot_be_opened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("x")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert "Permission denied" in refusal(path).reason


def test_a_dangling_link_and_a_circle_of_folders_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "good.txt").write_text("x")
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    found = read(folder)
    reasons = {item.source: item.reason for item in found if isinstance(item, Refusal)}
    assert "link to nothing" in reasons["pages/gone.txt"]
    assert "link back" in reasons["pages/loop"]
    assert len(found) == 3


def test_something_that_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "expected a file" in refusal(tmp_path / "pipe.txt").reason


def test_nothing_at_the_source_is_wrong_use(tmp_path: Path) -> None:
    for wrong in ([], [str(tmp_path / "no.txt")], [f"{tmp_path}/*.html"]):
        with pytest.raises(UsageError, match="expected"):
            documents(wrong)
        with pytest.raises(UsageError, match="expected"):
            total(wrong)


def test_a_folder_without_documents_is_wrong_use_that_says_what_it_held(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="expected documents in"):
        read(tmp_path)
    (tmp_path / "a.png").write_bytes(b"x")
    with pytest.raises(UsageError, match=r"skipped: not a document: \*\.png \(1\)"):
        read(tmp_path)


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_standard_input_is_one_document_named_by_its_content(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    feed(monkeypatch, b"A good film")
    (document,) = read("-")
    assert isinstance(document, Document)
    assert document.format is Format.TEXT
    assert document.source.startswith("stdin-")
    assert total(["-"]) is None


def test_standard_input_may_hold_a_page_or_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, b"<html><p>x</p></html>")
    (page,) = read("-")
    assert isinstance(page, Document)
    assert page.format is Format.HTML
    feed(monkeypatch, b"text,title\nGood,Backstage\nBad,Fugue\n")
    rows = read("-", options=ReadOptions(format=Format.CSV))
    assert [row.fields.title for row in rows if isinstance(row, Document)] == ["Backstage", "Fugue"]
    feed(monkeypatch, b'{"text": "Good"}\n')
    assert len(read("-", options=ReadOptions(format=Format.JSONL))) == 1


def test_empty_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, b"")
    assert "empty" in refusal("-").reason
