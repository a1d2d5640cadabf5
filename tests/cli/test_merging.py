"""`kg merge` and `kg diff` as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.cli import main
from kg.graph.store import Store
from kg.graph.terms import Quad, text
from kg.model import Literal
from kg.vocab import BASE, FK, OA, RDF, RDFS, SCHEMA, XSD

FILM = BASE + "film/the-lamp"


def graph(folder: Path, *directors: str) -> Path:
    """A graph of one page that names these directors of one film."""
    page = BASE + "source/one"
    quads = [
        Quad(page, RDF.type, FK.Source, page),
        Quad(page, RDFS.label, text("one.txt"), page),
        Quad(FILM, RDFS.label, text("The Lamp"), page),
        Quad(FILM, FK.linked, Literal("false", XSD.boolean), page),
    ]
    for number, name in enumerate(directors):
        person, claim = f"{BASE}person/{name.lower()}", f"{BASE}claim/{name.lower()}"
        passage = f"{BASE}passage/p{number}"
        quads += [
            Quad(person, RDFS.label, text(name), page),
            Quad(FILM, SCHEMA.director, person, page),
            Quad(claim, RDF.type, FK.Claim, page),
            Quad(claim, RDF.subject, FILM, page),
            Quad(claim, RDF.predicate, SCHEMA.director, page),
            Quad(claim, RDF.object, person, page),
            Quad(claim, FK.confidence, Literal("0.9", XSD.decimal), page),
            Quad(claim, FK.passage, passage, page),
            Quad(passage, OA.hasSource, page, page),
        ]
    with Store.open(folder, write=True) as store:
        store.bulk_load(quads)
        store.publish()
    return folder


def test_diff_shows_what_came_and_went_and_exits_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = graph(tmp_path / "a", "Oda", "Per"), graph(tmp_path / "b", "Oda", "Liv")
    assert main(["diff", str(old), str(new)]) == 1
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert lines[:3] == [
        "The Lamp  film/the-lamp",
        "  + director: Liv  0.90  one.txt",
        "  - director: Per  0.90  one.txt",
    ]
    assert lines[-4].split() == ["Facts", "1", "1"]


def test_diff_of_a_graph_with_itself_exits_with_nought(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = str(graph(tmp_path / "a", "Oda"))
    assert main(["diff", one, one]) == 0
    assert capsys.readouterr().out == "no difference\n"


def test_diff_as_json_has_counts_and_facts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = graph(tmp_path / "a", "Oda"), graph(tmp_path / "b", "Oda", "Liv")
    assert main(["diff", str(old), str(new), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["counts"]["facts_came"], told["counts"]["facts_went"]) == (1, 0)
    (fact,) = told["facts"]
    assert (fact["change"], fact["object"], fact["pages"]) == (
        "came",
        BASE + "person/liv",
        ["one.txt"],
    )


def test_diff_with_a_folder_that_holds_no_graph_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", str(graph(tmp_path / "a", "Oda")), str(tmp_path / "no")]) == 3
    assert "found none" in capsys.readouterr().err


def test_merge_of_a_graph_with_itself_is_wrong_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = str(graph(tmp_path / "a", "Oda"))
    assert main(["merge", one, one]) == 2
    assert "two graphs" in capsys.readouterr().err


def test_merge_without_extractions_tells_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = graph(tmp_path / "a", "Oda"), graph(tmp_path / "b", "Liv")
    assert main(["merge", str(one), str(other), "--into", str(tmp_path / "c")]) == 3
    assert "build it again with kg build" in capsys.readouterr().err
    assert not (tmp_path / "c").exists()
