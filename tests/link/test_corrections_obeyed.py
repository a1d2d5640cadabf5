"""What the user has put right is read from a file and obeyed when names are linked."""

from pathlib import Path

import pytest
from link_fakes import ids, link, review

from kg.errors import UsageError
from kg.link import Catalogue, Corrections, add_correction
from kg.model import Correction


def test_the_second_of_two_same_things_takes_the_firsts_place(catalogue: Catalogue) -> None:
    page = review("a", "[F1|Qwxzt Rising]", year=1999)
    same = Correction("same", "film/qwxzt-1998", "film/qwxzt-rising-1999")
    assert ids(link(page, catalogue=catalogue, corrections=[same])["a"])["F1"] == "film/qwxzt-1998"


def test_a_name_told_apart_is_not_taken_for_the_film(catalogue: Catalogue) -> None:
    page = review("a", "[F1|All About Eve] has [P1|Bette Davis].", "cast F1 P1")
    apart = Correction("different", "film/all-about-eve", "film/all-about-eve-1950")
    link_ = link(page, catalogue=catalogue, corrections=[apart])["a"].link("F1")
    assert not link_.entity.linked
    assert link_.reasons == ("you said that it is another film",)


def test_people_told_apart_do_not_meet(catalogue: Catalogue) -> None:
    one = review("a", "[F1|Qwxzt Rising] by [P1|Jon Smithers]", "director F1 P1")
    other = review("b", "[F1|Qwxzt Rising] by [P1|John Smithers]", "director F1 P1")
    together = link(one, other, catalogue=catalogue)
    assert ids(together["a"])["P1"] == ids(together["b"])["P1"]
    apart = Correction("different", "person/john-smithers", "person/jon-smithers")
    linked = link(one, other, catalogue=catalogue, corrections=[apart])
    assert ids(linked["a"])["P1"] == "person/jon-smithers"
    assert ids(linked["b"])["P1"] == "person/john-smithers"


def test_whole_iris_are_understood(catalogue: Catalogue) -> None:
    page = review("a", "[F1|Qwxzt Rising]", year=1999)
    base = "https://example.org/"
    same = Correction("same", f"{base}film/qwxzt", f"{base}film/qwxzt-rising-1999")
    assert ids(link(page, catalogue=catalogue, corrections=[same])["a"])["F1"] == "film/qwxzt"


def test_corrections_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "corrections.tsv"
    path.write_text("# by hand\nsame\tfilm/a\tfilm/b\n\nwrong\tclaim/1f\n", encoding="utf-8")
    add_correction(path, Correction("add", "film/a", "person/x", "schema:director"))
    add_correction(path, Correction("same", "film/a", "film/b"))
    assert Corrections.read(path) == (
        Correction("same", "film/a", "film/b"),
        Correction("wrong", "claim/1f"),
        Correction("add", "film/a", "person/x", "schema:director"),
    )
    assert path.read_text(encoding="utf-8").startswith("# by hand\n")


def test_no_file_means_no_corrections(tmp_path: Path) -> None:
    assert Corrections.read(tmp_path / "none.tsv") == ()


@pytest.mark.parametrize("line", ["equal\tfilm/a\tfilm/b", "same\tfilm/a", "add\tfilm/a\tx"])
def test_a_line_that_says_nothing_is_refused_with_its_place(tmp_path: Path, line: str) -> None:
    path = tmp_path / "corrections.tsv"
    path.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="line 1: expected"):
        Corrections.read(path)


def test_the_digest_changes_with_what_is_said() -> None:
    one = Corrections([Correction("same", "film/a", "film/b")])
    other = Corrections([Correction("same", "film/b", "film/a")])
    assert one.digest != other.digest
