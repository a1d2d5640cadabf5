"""What pages state, measured against facts noted by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.evaluate.pages import Score, key, main, measure, table

PAGE = """<title>Winter Light (1963) - Site</title><h1>Winter Light (1963)</h1>
<p>Director: Ann Lee<br>Cast: Bo Ek, Cy Ott<br>Runtime: 81 min</p>
<p>Average Rating: 4.3/10</p>
<p>Nobody in this film says what he means, and it has the patience of Persona, which helps.</p>
<h3>You might also like</h3>
<ul><li><a href="/a">Anora</a></li><li><a href="/b">Heat</a></li></ul>"""


def facts(**changes: object) -> dict[str, object]:
    return {
        "film": "Winter Light",
        "year": 1963,
        "directors": ["Ann Lee"],
        "writers": [],
        "cast": [["Bo Ek", None], ["Di Moe", None]],
        "runtime_min": 81,
        "ratings": [{"by": "critics", "as_printed": "4.3/10", "normalised_0_1": 0.43}],
        "films_referenced_in_review_prose": ["Persona"],
        "titles_on_page_that_are_NOT_references": ["Anora"],
    } | changes


def write(folder: Path, page: str, told: dict[str, object]) -> None:
    (folder / "winter.html").write_text(page, encoding="utf-8")
    (folder / "winter.facts.json").write_text(json.dumps(told), encoding="utf-8")


def test_each_field_has_its_recall_and_precision(tmp_path: Path) -> None:
    write(tmp_path, PAGE, facts())
    scores = measure(tmp_path)
    found = {
        name: (one.wanted, one.right, one.found)
        for name, one in scores.items()
        if name in ("film", "year", "director", "runtime", "rating", "silent title", "cast")
    }
    assert found == {
        "film": (1, 1, 1),
        "year": (1, 1, 1),
        "director": (1, 1, 1),
        "runtime": (1, 1, 1),
        "cast": (2, 1, 2),
        "rating": (1, 1, 1),
        "silent title": (1, 1, 1),
    }
    assert scores["cast"].misses == ["winter: Di Moe"]
    assert scores["cast"].extras == ["winter: Cy Ott"]
    assert scores["title in prose"].recall == 1.0


def test_an_index_maps_pages_to_their_facts(tmp_path: Path) -> None:
    gold, pages = tmp_path / "gold", tmp_path / "pages"
    gold.mkdir()
    pages.mkdir()
    (pages / "other.html").write_text(PAGE, encoding="utf-8")
    (gold / "winter.facts.json").write_text(json.dumps(facts()), encoding="utf-8")
    (gold / "index.json").write_text(json.dumps({"pages/other.html": ["winter"]}))
    assert measure(gold)["film"].right == 1


def test_a_folder_without_facts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"expected pages with NAME\.facts\.json"):
        measure(tmp_path)
    assert main([str(tmp_path)]) == 2


def test_what_can_not_be_measured_is_shown_as_such() -> None:
    lines = table({"writer": Score()}).splitlines()
    assert lines[1].split() == ["writer", "0", "0", "-", "-"]


def test_names_are_compared_without_case_accents_and_points() -> None:
    assert key("Dr. Strangelove") == key("dr strangelove")
    assert key("Noémie") == key("NOEMIE")


@pytest.mark.shared
def test_the_real_pages_keep_their_floors(shared: Path) -> None:
    scores = measure(shared / "pages")
    floors = {
        "film": 0.95,
        "year": 0.95,
        "director": 0.8,
        "writer": 0.9,
        "cast in lists": 0.97,
        "part in lists": 0.88,
        "runtime": 0.9,
        "rating": 0.95,
        "rating with giver": 0.9,
        "silent title": 0.96,
        "title in prose": 0.97,
    }
    low = {
        name: scores[name].recall
        for name, floor in floors.items()
        if (scores[name].recall or 0) < floor
    }
    assert low == {}
