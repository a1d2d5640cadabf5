"""Every command with the address of a server in place of a folder, and what it prints."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sparql_endpoint import Endpoint, Fault

import kg
from kg.cli import main
from kg.graph.places import open_graph
from kg.graph.serialise import serialise
from kg.report import BuildOptions

CORPUS = Path(__file__).parents[2] / "corpus" / "pages"
PAGES = ("magazine/eve-lantern-review.txt", "users/user-eve-davisfan.txt")


@pytest.fixture(autouse=True, scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("FILM_KG_TOKEN", "FILM_KG_USER", "FILM_KG_PASSWORD", "NETRC"):
            patch.delenv(name, raising=False)
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        patch.setattr("kg.graph.remote.client._FIRST_WAIT", 0.001)
        yield


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for page in PAGES:
        shutil.copy(CORPUS / page, folder)
    return folder


@pytest.fixture(scope="module")
def endpoint(pages: Path) -> Iterator[Endpoint]:
    """A server with the graph of two pages; a test that changes it puts it back."""
    with Endpoint() as endpoint:
        assert main(["build", str(pages), "--graph", endpoint.url]) == 0
        yield endpoint


@pytest.fixture(scope="module")
def folder(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    graph = tmp_path_factory.mktemp("here") / "graph"
    kg.build([pages], graph=graph, options=BuildOptions(jobs=1))
    return graph


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return code, out, err


def nquads(place: str | Path) -> bytes:
    with open_graph(place) as store:
        return serialise(store, ".nq")


def test_a_build_gives_the_graph_that_a_folder_has(endpoint: Endpoint, folder: Path) -> None:
    assert nquads(endpoint.url) == nquads(folder)


def test_a_second_build_reads_and_writes_nothing_again(
    endpoint: Endpoint, pages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "build", pages, "--graph", endpoint.url)
    assert (code, out) == (0, "")
    assert "2 unchanged" in err
    assert re.search(r"Pages in the graph\s+2\s+0 written", err)
    assert f"The graph is at {endpoint.url}." in err
    assert "your corrections, are kept in" in err


def test_a_changed_page_and_a_forgotten_one(
    endpoint: Endpoint, pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = nquads(endpoint.url)
    page = pages / "user-eve-davisfan.txt"
    words = page.read_text("utf-8")
    page.write_text(words + "\n\nBetter than Vertigo (1958).\n", "utf-8")
    assert run(capsys, "build", pages, "--graph", endpoint.url)[0] == 0
    kg.build([pages], graph=tmp_path / "here", options=BuildOptions(jobs=1))
    assert nquads(endpoint.url) == nquads(tmp_path / "here") != before
    with open_graph(tmp_path / "here") as store:
        (source,) = (one for one in store.pages() if "davisfan" in one)
    for place in (endpoint.url, tmp_path / "here"):
        code, _, err = run(capsys, "forget", source.partition("/source/")[2], "--graph", place)
        assert code == 0
        assert err.count("forgotten: ") == 1
    assert nquads(endpoint.url) == nquads(tmp_path / "here")
    page.write_text(words, "utf-8")
    assert run(capsys, "build", pages, "--graph", endpoint.url)[0] == 0
    assert nquads(endpoint.url) == before


def test_questions_are_answered_as_from_a_folder(
    endpoint: Endpoint, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (
        ("query", "reviews-of", "All About Eve", "--format", "csv"),
        ("query", "SELECT ?n { ?f a schema:Movie ; rdfs:label ?n } ORDER BY ?n"),
        ("explain", "Margo Channing"),
        ("check",),
    ):
        here = run(capsys, *words, "--graph", folder)
        there = run(capsys, *words, "--graph", endpoint.url)
        assert there[:2] == here[:2], words
        assert here[0] == 0


def test_exports_and_drawings_are_those_of_a_folder(
    endpoint: Endpoint, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("graph.ttl", "graph.jsonld", "graph.csv", "graph.graphml"):
        for place, graph in (("here", folder), ("there", endpoint.url)):
            (tmp_path / place).mkdir(exist_ok=True)
            assert run(capsys, "export", tmp_path / place / name, "--graph", graph)[0] == 0
        assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "there" / name).read_bytes()
    drawn = tmp_path / "drawn.svg"
    assert run(capsys, "draw", drawn, "--graph", endpoint.url)[0] == 0
    assert drawn.stat().st_size > 1_000


def test_two_graphs_are_compared_wherever_they_are(
    endpoint: Endpoint, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "diff", folder, endpoint.url)[0] == 0


def test_info_says_which_server_it_is_and_where_the_state_is(
    endpoint: Endpoint, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "info", "--graph", endpoint.url)
    assert code == 0
    assert re.search(rf"Updates at\s+{re.escape(endpoint.url)}", out)
    assert re.search(r"Asked as\s+anybody", out)
    assert re.search(r"State folder\s+\S+film-kg\S+", out)


def test_python_opens_an_address(endpoint: Endpoint) -> None:
    with kg.open(endpoint.url) as graph:
        assert list(graph.query("reviews-of", "All About Eve").rows())
        assert graph.networkx().number_of_nodes()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("query", "ASK {}", "--graph", "http://127.0.0.1:9/sparql"), 3, "check the address"),
        (("query", "ASK {}", "--state", "x"), 2, "with the address of a SPARQL server"),
        (("serve", "--graph", "http://127.0.0.1:9/sparql"), 2, "expected a folder"),
    ],
)
def test_what_goes_wrong_has_an_exit_code(
    words: tuple[str, ...], code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found, out, err = run(capsys, *words)
    assert (found, out) == (code, "")
    assert told in err


def test_an_address_that_is_none_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["query", "ASK {}", "--graph", "http:///sparql"])
    assert ended.value.code == 2
    assert "found an address with no host" in capsys.readouterr().err


def test_a_server_that_may_only_be_read_takes_no_build(
    pages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Endpoint(read_only=True) as endpoint:
        code, out, err = run(capsys, "build", pages, "--graph", endpoint.url)
        assert (code, out) == (3, "")
        assert "doesn't allow that to anybody" in err
        assert not list(endpoint.store)


def test_a_build_that_breaks_off_is_finished_by_the_next(
    pages: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Endpoint() as endpoint:
        endpoint.faults += [Fault(503, when="schema.org/Movie") for _ in range(7)]
        code, _, err = run(capsys, "build", pages, "--graph", endpoint.url)
        assert code == 3
        assert "run the same command again later" in err
        with open_graph(endpoint.url) as store:
            assert not list(store.pages())
        code, _, err = run(capsys, "build", pages, "--graph", endpoint.url)
        assert code == 0
        assert "2 unchanged" in err
        assert nquads(endpoint.url) == nquads(folder)
