import gzip
import json
from pathlib import Path

import pytest

from kg.train import silver
from kg.train.documents import Document


@pytest.fixture
def document(tmp_path: Path) -> Document:
    review = {
        "id": "piano",
        "imdb_id": "tt1",
        "title": "The Piano",
        "text": "_The Piano_ gives Holly Hunter (as Ada) to Campion. _Very_ unlike _Jaws_. Paris!",
    }
    film = {
        "imdbId": "tt1",
        "performers": [{"name": "Holly Hunter", "roles": ["Ada McGrath"]}],
        "directors": [{"name": "Jane Campion"}],
    }
    for name, row in (("reviews", review), ("casts", film)):
        (tmp_path / name).write_bytes(gzip.compress(json.dumps(row).encode() + b"\n"))
    (made,) = silver.read(tmp_path / "reviews", tmp_path / "casts", {("jaws",)})
    return made


def test_italics_go_and_known_titles_among_them_are_films(document: Document) -> None:
    films = [document.text[m.start : m.end] for m in document.marks if m.thing[0] == "F"]
    assert films == ["The Piano", "Jaws"]
    assert "_" not in document.text


def test_the_films_people_and_parts_are_marked(document: Document) -> None:
    others = {document.text[m.start : m.end]: m.thing[0] for m in document.marks}
    assert others["Holly Hunter"] == "P"
    assert others["Ada"] == "C"
    assert others["Campion"] == "P"


def test_of_other_capitalised_words_nothing_is_known(document: Document) -> None:
    unknown = {document.text[start:end] for start, end in document.unknown}
    assert unknown == {"Very", "Paris"}


def test_the_cast_and_the_direction_are_relations(document: Document) -> None:
    assert {line[0] for line in document.relations} == {"cast", "director"}
    assert document.outputs == {"cast", "director", "plays"}
