"""`kg export` with what narrows it, and `kg check`."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kg.cli import main
from kg.graph.entities import describe
from kg.graph.iris import Iris
from kg.graph.store import Store
from kg.graph.terms import Quad
from kg.model import Entity, Kind, Literal
from kg.vocab import BASE, FK, RDF, RDFS, SCHEMA

PAGE = BASE + "source/notice"


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """A page that names two films and reviews none."""
    films = [
        Entity("film/vertigo-1958", Kind.FILM, "Vertigo", 1958, linked=True),
        Entity("film/obsession-1976", Kind.FILM, "Obsession", 1976, linked=True),
    ]
    page = [
        Quad(PAGE, RDF.type, FK.Source, PAGE),
        Quad(PAGE, RDF.type, SCHEMA.WebPage, PAGE),
        Quad(PAGE, RDFS.label, Literal("notice.txt"), PAGE),
        Quad(PAGE, SCHEMA.name, Literal("notice.txt"), PAGE),
    ]
    things = [Quad(*triple, PAGE) for film in films for triple in describe(film, iris=Iris())]
    with Store.open(tmp_path / "graph", write=True) as store:
        store.bulk_load([*page, *things])
        store.publish()
    return tmp_path / "graph"


def test_a_film_is_exported_by_its_title(graph: Path, tmp_path: Path) -> None:
    out = tmp_path / "part.ttl.gz"
    assert main(["export", str(out), "--film", "vertigo", "--graph", str(graph)]) == 0
    text = gzip.decompress(out.read_bytes()).decode()
    assert "film:vertigo-1958 a schema:Movie" in text
    assert "obsession" not in text


def test_a_title_that_is_not_there_is_wrong_use(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "part.ttl"
    assert main(["export", str(out), "--film", "Vertige", "--graph", str(graph)]) == 2
    assert "near to it: Vertigo" in capsys.readouterr().err
    assert not out.exists()


def test_quickstatements_say_what_was_left_out(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new.qs"
    assert main(["export", str(out), "--min-confidence", "0.9", "--graph", str(graph)]) == 0
    assert capsys.readouterr().err.startswith("0 statements on 0 films")


@pytest.mark.parametrize("ending", [".csv", ".graphml", ".gexf", ".svg", ".html", ".jsonld"])
def test_every_format_takes_every_filter(graph: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"part{ending}"
    narrow = ["--source", "notice.txt", "--no-evidence", "--min-confidence", "0.5"]
    assert main(["export", str(out), *narrow, "--catalogue-only", "--graph", str(graph)]) == 0
    assert out.exists()


def test_a_graph_without_faults_is_told_in_a_word(
    graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--graph", str(graph)]) == 0
    assert capsys.readouterr().err.endswith(f"no faults in {graph}, 1 page\n")


def test_faults_are_shown_with_node_rule_and_page(
    graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open(graph, write=True) as store:
        said = [Quad(*triple, PAGE) for triple in store.triples(graph=PAGE)]
        wrong = Quad(BASE + "film/vertigo-1958", SCHEMA.duration, Literal("2 h"), PAGE)
        store.replace_page(PAGE, [*said, wrong])
        store.publish()
    assert main(["check", "--graph", str(graph)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "film:vertigo-1958 “Vertigo” has a length that isn't written like PT112M",
        '    found  schema:duration "2 h"',
        "    rule   film or work: schema:duration",
        "    page   notice.txt",
        "",
    ]
    assert main(["check", "--json", "--graph", str(graph)]) == 1
    (fault,) = json.loads(capsys.readouterr().out)
    assert (fault["node"], fault["pages"]) == ("film:vertigo-1958", ["notice.txt"])
