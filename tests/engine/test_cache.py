import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.engine.cache import Cache
from kg.errors import StoreError
from kg.model import Cluster, Evidence, Extraction, Field, Kind, Mention, Page, Span, Stated


def extraction(name: str, source: str = "") -> Extraction:
    page = Page(
        name,
        source or f"folder/{name}.txt",
        "Vertigo, by Hitchcock",
        stated=(Stated(Field.DIRECTOR, "Hitchcock", Evidence("by Hitchcock", Span(9, 21))),),
    )
    film = Cluster("F1", Kind.FILM, "Vertigo", (Mention(0, 7, Kind.FILM, 0.9),))
    return Extraction(page, (film,), (), (), "F1", "model")


def test_an_extraction_comes_back_as_it_was_put(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache") as cache:
        cache.put([(extraction("vertigo"), "mark")])
    with Cache(tmp_path / "cache") as cache:
        assert list(cache.extractions()) == [extraction("vertigo")]
        assert cache.fingerprint("vertigo") == "mark"


def test_a_page_not_held_has_no_fingerprint(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache") as cache:
        assert cache.fingerprint("vertigo") == ""
        assert cache.extraction("vertigo") is None


def test_extractions_come_by_page_id_whatever_the_order_they_were_put_in(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache") as cache:
        cache.put([(extraction(name), "mark") for name in "cab"])
        assert [row.page.id for row in cache.extractions()] == ["a", "b", "c"]


def test_a_page_read_again_must_be_written_again_only_if_its_meaning_changed(
    tmp_path: Path,
) -> None:
    with Cache(tmp_path / "cache") as cache:
        cache.put([(extraction("a"), "one")])
        cache.mark_written([("a", "digest")])
        cache.put([(extraction("a"), "two")])
        assert cache.written() == {"a": "digest"}
        assert len(cache) == 1


def test_a_batch_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    def rows() -> Iterator[tuple[Extraction, str]]:
        yield extraction("a"), "mark"
        raise RuntimeError("half way")

    with Cache(tmp_path / "cache") as cache:
        with pytest.raises(RuntimeError, match="half way"):
            cache.put(rows())
        assert len(cache) == 0


def test_a_source_is_found_by_name_by_id_and_by_the_folder_above(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache") as cache:
        cache.put([(extraction("a", "x/y/a.txt"), ""), (extraction("b", "x/yz.txt"), "")])
        assert [page.id for page in cache.find("x/y/a.txt")] == ["a"]
        assert [page.id for page in cache.find("b")] == ["b"]
        assert [page.id for page in cache.find("x/y/")] == ["a"]
        assert [page.id for page in cache.find("x")] == ["a", "b"]
        assert cache.find("x/y_") == []


def test_a_forgotten_page_leaves_no_byte_of_its_text(tmp_path: Path) -> None:
    path = tmp_path / "cache"
    with Cache(path) as cache:
        cache.put([(extraction("a"), ""), (extraction("b"), "")])
        cache.forget(["a"])
        assert [row.page.id for row in cache.extractions()] == ["b"]
    assert b"folder/a.txt" not in path.read_bytes()


def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "cache"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError, match="delete the file"):
        Cache(path)


def test_rows_of_another_format_are_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "cache"
    with Cache(path) as cache:
        cache.put([(extraction("a"), "mark")])
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 999")
    db.close()
    with Cache(path) as cache:
        assert len(cache) == 0
