import json
import re
import shutil
from pathlib import Path

import pytest

from kg.cli import main
from kg.graph.store import Store

CORPUS = Path(__file__).parents[2] / "corpus" / "pages"
PAGES = ("magazine/eve-lantern-review.txt", "users/user-eve-davisfan.txt")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for page in PAGES:
        shutil.copy(CORPUS / page, folder)
    (folder / "user-eve-davisfan.title").write_text("All About Eve (1950)", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def graph(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph") / "graph"
    assert main(["build", str(pages), "--graph", str(folder)]) == 0
    return folder


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_second_build_reads_nothing_again(
    graph: Path, pages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "build", pages, "--graph", graph)
    assert code == 0
    assert out == ""
    assert "2 unchanged" in err


def test_a_named_query_answers_in_csv(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(
        capsys, "query", "reviews-of", "--graph", graph, "All About Eve", "--format", "csv"
    )
    assert code == 0
    assert len(out.splitlines()) == 3


def test_sparql_needs_no_prefixes_declared(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sparql = "SELECT ?n { ?f a schema:Movie ; rdfs:label ?n } ORDER BY ?n"
    code, out, _ = run(capsys, "query", "--graph", graph, sparql, "--format", "tsv")
    assert code == 0
    assert '"All About Eve"' in out


def test_without_a_query_the_names_of_queries_are_listed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = run(capsys, "query")
    assert code == 0
    assert "references-of FILM" in out


def test_a_mistake_in_sparql_is_shown_with_its_place(
    graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "query", "--graph", graph, "SELECT ?x WHERE {\n ?x ?y }")
    assert (code, out) == (2, "")
    assert "line 2" in err


def test_an_explanation_shows_the_words(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "explain", "all about eve", "--graph", graph)
    assert code == 0
    assert "director Joseph L. Mankiewicz" in out
    assert "“" in out


def test_an_explanation_as_json_holds_the_same(
    graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "explain", "All About Eve", "--graph", graph, "--json")
    assert code == 0
    assert json.loads(out)["accounts"][0]["label"] == "All About Eve"


def test_an_unknown_name_is_said_to_be_unknown(
    graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "explain", "All Abuot Eve", "--graph", graph)
    assert code == 1
    assert "Near to it: All About Eve" in out


@pytest.mark.parametrize(
    "ending",
    ["ttl", "nt", "nq", "trig", "jsonld", "rdf", "graphml", "gexf", "html", "svg", "csv", "ttl.gz"],
)
def test_every_export_is_written(
    graph: Path, ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"films.{ending}"
    assert run(capsys, "export", out, "--graph", graph)[0] == 0
    assert out.stat().st_size > 100


def test_an_export_of_unknown_ending_names_those_that_are_known(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "export", tmp_path / "films.doc", "--graph", graph)
    assert code == 2
    assert ".ttl" in err


def test_the_graph_conforms_to_its_shapes(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "check", "--graph", graph)
    assert (code, out) == (0, "")
    assert f"no faults in {graph}" in err


def test_info_tells_what_the_graph_holds(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "info", "--graph", graph)
    assert code == 0
    assert "Graph reviews" in out


def test_a_drawing_of_an_unknown_film_names_near_ones(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "eve.svg"
    code, _, err = run(capsys, "draw", out, "--film", "All Abuot Eve", "--graph", graph)
    assert code == 2
    assert "All About Eve" in err
    assert not out.exists()


def test_a_missing_graph_is_an_error_that_says_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "query", "most-referenced", "--graph", tmp_path / "none")
    assert code == 3
    assert "kg build" in err


def test_a_missing_source_is_wrong_use_and_makes_no_graph(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "build", tmp_path / "none", "--graph", tmp_path / "graph")
    assert code == 2
    assert "none" in err
    assert not (tmp_path / "graph" / "graph.json").exists()


def test_junk_is_refused_and_counted_and_the_rest_is_built(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mixed = tmp_path / "mixed"
    shutil.copytree(pages, mixed)
    (mixed / "junk.txt").write_bytes(bytes(range(256)) * 40)
    (mixed / "rows.jsonl").write_text('{"text": \n', encoding="utf-8")
    target = tmp_path / "graph"
    code, _, err = run(capsys, "build", mixed, "--graph", target, "--strict")
    assert code == 1
    assert "junk.txt" in err
    assert "rows.jsonl" in err
    with Store.open(target) as store:
        assert len(list(store.pages())) == 2


def test_a_graph_that_is_being_written_is_refused_to_a_second_writer(
    graph: Path, pages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open(graph, write=True):
        code, _, err = run(capsys, "build", pages, "--graph", graph)
    assert code == 3
    assert "another" in err or "process" in err


def test_a_forgotten_page_takes_with_it_what_only_it_said(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "graph"
    run(capsys, "build", pages, "--graph", target)
    code, _, err = run(capsys, "forget", f"{pages.name}/user-eve-davisfan.txt", "--graph", target)
    assert code == 0
    assert "forgotten" in err
    with Store.open(target) as store:
        assert len(list(store.pages())) == 1
        assert not store.query('ASK { ?s ?p ?o FILTER(CONTAINS(STR(?s), "davisfan")) }')
    assert not any(b"davisfan" in file.read_bytes() for file in target.rglob("*") if file.is_file())


def test_a_page_that_the_graph_lacks_is_said_with_the_query_that_lists_them(
    graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "forget", "nowhere.txt", "--graph", graph)
    assert code == 2
    query = re.findall(r"`kg query --graph \S+ '(.+)'`", err)[0]
    assert len(run(capsys, "query", query, "--graph", graph, "--format", "csv")[1].split()) == 3


def test_annotations_hold_the_text_unchanged(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from kg.evaluate.annotation import read

    code, out, _ = run(capsys, "annotate", pages, "--out", tmp_path)
    assert (code, out) == (0, "")
    for page in pages.glob("*.txt"):
        annotation = read(tmp_path / f"{page.stem}.ann")
        assert annotation.text.strip("\n") == page.read_text(encoding="utf-8").strip("\n")
        assert annotation.topic is not None
        assert annotation.mentions
