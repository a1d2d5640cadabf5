"""Rows of JSON Lines and CSV become documents; a bad row is refused alone."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.model import Refusal
from kg.read import Columns, Document, Format, ReadOptions, documents, total


def read(path: Path, options: ReadOptions | None = None) -> list[Document | Refusal]:
    return list(documents([str(path)], options=options))


def test_a_json_row_gives_text_and_fields(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_text(
        '{"text": "Good", "title": "Backstage (2005)", "author": "Ken Fox", "rating": 3.5,'
        ' "Publication": "TV Guide", "date": "2007-06-21", "url": "https://example.org/r/1"}\n'
    )
    (row,) = read(path)
    assert isinstance(row, Document)
    assert row.source == "https://example.org/r/1"
    assert row.id.startswith("1-")
    assert (row.fields.title, row.fields.year, row.fields.origin) == ("Backstage", 2005, "column")
    assert (row.fields.author, row.fields.publication) == ("Ken Fox", "TV Guide")
    assert (row.fields.rating, row.fields.date) == ("3.5", "2007-06-21")


def test_rows_without_an_address_are_named_by_their_line(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_text('{"text": "One"}\n\n{"text": "Two"}\n')
    assert [row.source for row in read(path)] == ["reviews.jsonl#1", "reviews.jsonl#3"]
    assert total([str(path)]) == 2


def test_every_bad_json_row_is_refused_with_its_line_and_why(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_bytes(
        b'{"text": "Good"}\n{broken\n["list"]\n{"body": "x"}\n{"text": ""}\n{"text": 5}\n'
        b'{"text": "Caf\xe9"}\n' + b'{"text": ' + b"[" * 100_000 + b"\n"
    )
    rows = read(path)
    refused = {row.source: row.reason for row in rows if isinstance(row, Refusal)}
    assert sorted(refused) == [f"reviews.jsonl#{number}" for number in (2, 3, 4, 5, 6, 8)]
    assert "expected one JSON object a line" in refused["reviews.jsonl#2"]
    assert "found list" in refused["reviews.jsonl#3"]
    assert "expected 'text', found 'body'" in refused["reviews.jsonl#4"]
    assert "found none" in refused["reviews.jsonl#5"]
    assert "found int" in refused["reviews.jsonl#6"]
    assert [row.content for row in rows if isinstance(row, Document)] == ["Good", "Café"]


def test_a_line_over_the_limit_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_text('{"text": "' + "x" * 5000 + '"}\n{"text": "Good"}\n')
    big, good = read(path, ReadOptions(max_bytes=1000))
    assert isinstance(big, Refusal)
    assert "found 5,012" in big.reason or "found 5,013" in big.reason
    assert isinstance(good, Document)


def test_csv_rows_give_text_and_fields_whatever_the_delimiter(tmp_path: Path) -> None:
    for delimiter in (",", ";", "\t"):
        path = tmp_path / "reviews.csv"
        path.write_text(
            delimiter.join(["Title", "Year", "Text"])
            + "\n"
            + delimiter.join(["Backstage", "2005", '"Good,\nand long; really"'])
            + "\n"
        )
        (row,) = read(path)
        assert isinstance(row, Document)
        assert row.content == "Good,\nand long; really"
        assert (row.fields.title, row.fields.year) == ("Backstage", 2005)
        assert total([str(path)]) == 1


def test_columns_are_named_by_options(tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    path.write_text("film,review,text\nBackstage,Good,no\n")
    (row,) = read(path, ReadOptions(columns=Columns(text="review", title="film")))
    assert isinstance(row, Document)
    assert (row.content, row.fields.title) == ("Good", "Backstage")


def test_a_missing_text_column_refuses_the_file_and_names_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    path.write_text("film,review\nBackstage,Good\n")
    (refused,) = read(path)
    assert isinstance(refused, Refusal)
    assert "expected a column 'text', found 'film', 'review'" in refused.reason


def test_a_csv_row_with_too_many_cells_or_no_text_is_refused_alone(tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    path.write_text("title,text\nBackstage,Good,extra\nFugue\nDiosa,Fine,,\nOut,Bad\n")
    rows = read(path)
    refused = {row.source: row.reason for row in rows if isinstance(row, Refusal)}
    assert "line 2: expected 2 columns, found 3" in refused["reviews.csv#1"]
    assert "line 3: expected 2 columns, found 1" in refused["reviews.csv#2"]
    assert [row.content for row in rows if isinstance(row, Document)] == ["Fine", "Bad"]


def test_a_quotation_mark_that_is_never_closed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    path.write_text('title,text\nBackstage,Good\nFugue,"' + "x" * 5000)
    good, bad = read(path, ReadOptions(max_bytes=1000))
    assert isinstance(good, Document)
    assert isinstance(bad, Refusal)
    assert "line 3" in bad.source
    assert "quotation mark" in bad.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_of_any_western_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "reviews.csv"
    path.write_bytes("text,author\nGood “film”,Noémie\n".encode(encoding))
    (row,) = read(path)
    assert isinstance(row, Document)
    assert (row.content, row.fields.author) == ("Good “film”", "Noémie")


def test_a_text_column_may_hold_html(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_text('{"text": "Good<br />film"}\n{"text": "1 < 2 and 3 > 2"}\n')
    markup, plain = read(path)
    assert isinstance(markup, Document)
    assert isinstance(plain, Document)
    assert (markup.format, plain.format) == (Format.HTML, Format.TEXT)


def test_two_rows_of_one_address_are_refused_the_second_time(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_text('{"text": "One", "url": "u"}\n{"text": "Two", "url": "u"}\n')
    first, second = read(path)
    assert isinstance(first, Document)
    assert isinstance(second, Refusal)


def test_packed_rows_are_read_and_not_counted(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "One"}\n{"text": "Two"}\n'))
    assert len(read(path)) == 2
    assert total([str(path)]) is None
    path = tmp_path / "reviews.csv.gz"
    path.write_bytes(gzip.compress(b"text\nOne\nTwo\n"))
    assert len(read(path)) == 2
