import json
from pathlib import Path

import pytest
from import_examples import imdb_tables

from kg.cli import main

TURNED = ["catalogue", "search", "about eve", "--catalogue", "shipped"]


def test_a_search_shows_film_people_and_identifiers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(TURNED) == 0
    shown = capsys.readouterr().out
    assert "All About Eve" in shown
    assert "Joseph L. Mankiewicz" in shown
    assert "film/all-about-eve-1950" in shown


def test_a_search_gives_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*TURNED, "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["id"], found["year"]) == ("film/all-about-eve-1950", 1950)


def test_a_search_that_finds_nothing_exits_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["catalogue", "search", "Qwxzt Vbnmk", "--catalogue", "shipped"]
    assert main(words) == 1
    assert capsys.readouterr().out == ""


def test_info_tells_the_size_and_the_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue", "info", "--catalogue", "shipped", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert int(told["films"]) > 40_000
    assert told["size"].endswith(" MB")


def test_an_import_adds_to_what_ships_and_reports(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables, folder = imdb_tables(tmp_path / "imdb"), tmp_path / "catalogue"
    (tables / "title.ratings.tsv").write_text("tconst\tnumVotes\ntt0900003\tmany\n")
    words = ["catalogue", "import", str(tables), "--catalogue", str(folder)]
    assert main([*words, "--strict"]) == 1
    said = capsys.readouterr().err
    assert "title.ratings.tsv, line 2: expected a number of votes, found 'many'" in said
    assert f"kg build SOURCE --catalogue {folder}" in said
    assert main(["catalogue", "search", "blaue stein", "--catalogue", str(folder)]) == 0
    assert main(["catalogue", "search", "Sunset Boulvard", "--catalogue", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert "Der Blaue Stein" in shown
    assert "Sunset Boulevard" in shown


def test_nothing_is_imported_into_the_shipped_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue", "import", "x.csv", "--catalogue", "shipped"]) == 2
    assert "expected a folder to import into" in capsys.readouterr().err
