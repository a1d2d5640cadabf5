"""A graph on a real server: Virtuoso has no default graph, cuts answers and rewrites numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from graph_examples import aggregator, all_pages, magazine_review
from graph_synthetic import pages
from virtuoso import MISSING, PROGRAM, Virtuoso

from kg.errors import QueryError, StoreError
from kg.graph.check import check
from kg.graph.explain import explain
from kg.graph.mapping import page_graph, quads_of
from kg.graph.named import ask_named, named_queries
from kg.graph.names import Names
from kg.graph.places import open_graph
from kg.graph.remote.answers import canonical_triple
from kg.graph.serialise import serialise
from kg.graph.store import Store
from kg.graph.terms import Quad, Triple
from kg.model import LinkedPage, Literal
from kg.vocab import BASE, FK, RDF, XSD

pytestmark = pytest.mark.skipif(not PROGRAM, reason=MISSING)

_ROWS = 1_000  # at which the server cuts answers: few, so that a small graph meets it


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    server = Virtuoso(tmp_path_factory.mktemp("virtuoso"), rows=_ROWS)
    server.start()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, virtuoso: Virtuoso) -> None:
    """The administrator's credentials, and no state folder of the user's."""
    monkeypatch.delenv("FILM_KG_TOKEN", raising=False)
    monkeypatch.setenv("FILM_KG_USER", virtuoso.user)
    monkeypatch.setenv("FILM_KG_PASSWORD", virtuoso.password)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("kg.graph.remote.client._FIRST_WAIT", 0.01)


def fill(virtuoso: Virtuoso, linked: list[LinkedPage]) -> None:
    with open_graph(virtuoso.url, write=True, rebuild=True) as store:
        store.bulk_load(quad for page in linked for quad in quads_of(page))
        store.publish()


def forms(triples: Iterator[Triple]) -> set[Triple]:
    """Triples as every server gives them back; none of them twice."""
    found = list(triples)
    assert len(found) == len(set(found))
    return {canonical_triple(triple) for triple in found}


def assert_same(there: Store, here: Store) -> None:
    assert forms(there.triples()) == forms(here.triples())
    assert set(there.graphs()) == set(here.graphs())
    for graph in here.graphs():
        assert forms(there.triples(graph=graph)) == forms(here.triples(graph=graph)), graph


def put(store: Store, page: LinkedPage) -> str:
    graph = page_graph(page.page.id, base=store.base)
    store.replace_page(graph, quads_of(page, base=store.base))
    return graph


def source(graph: str) -> Quad:
    """What makes a graph a page's."""
    return Quad(graph, RDF.type, FK.Source, graph)


def test_it_holds_the_same_graph_as_a_folder(virtuoso: Virtuoso, examples: Store) -> None:
    fill(virtuoso, all_pages())
    with open_graph(virtuoso.url) as store:
        assert_same(store, examples)
        assert serialise(store, ".ttl") == serialise(examples, ".ttl")
        assert serialise(store, ".nq") == serialise(examples, ".nq")


def test_a_replaced_page_leaves_what_others_say(virtuoso: Virtuoso, writer: Store) -> None:
    fill(virtuoso, all_pages())
    shorter = magazine_review()
    shorter.relations.clear()
    changed = [shorter.linked(), *all_pages()[1:]]
    for page in changed:
        put(writer, page)
    with open_graph(virtuoso.url, write=True) as store:
        put(store, changed[0])
        store.publish()
        assert_same(store, writer)


def test_a_forgotten_page_takes_only_its_own_words(virtuoso: Virtuoso, writer: Store) -> None:
    fill(virtuoso, all_pages())
    for page in all_pages()[1:]:
        put(writer, page)
    with open_graph(virtuoso.url, write=True) as store:
        store.forget(page_graph(all_pages()[0].page.id))
        store.publish()
        assert_same(store, writer)


def test_named_queries_and_explanations_are_those_of_a_folder(
    virtuoso: Virtuoso, examples: Store
) -> None:
    meant = {"FILM": "Opening Night", "PERSON": "Gena Rowlands", "CRITIC": "Ada Reel"}
    fill(virtuoso, all_pages())
    with open_graph(virtuoso.url) as store:
        for name, query in named_queries().items():
            words = [meant.get(parameter, "All About Eve") for parameter in query.parameters]
            there = ask_named(store, Names(store), name, *words)
            here = ask_named(examples, Names(examples), name, *words)
            found = set(there.printed())
            if name == "connected-to":  # here a film that refers in a circle reaches itself
                found -= {("Opening Night", "film:opening-night-1977")}
            assert found == set(here.printed()), name
        assert explain(store, "Opening Night") == explain(examples, "Opening Night")


def test_it_keeps_the_shapes(virtuoso: Virtuoso) -> None:
    fill(virtuoso, all_pages())
    with open_graph(virtuoso.url) as store:
        assert check(store) == ()


def test_numbers_and_language_tags_come_back_by_value(virtuoso: Virtuoso) -> None:
    node = BASE + "film/a"
    graph = page_graph("numbers")
    said = [
        Literal("1.50", XSD.decimal),
        Literal("colour", language="en-GB"),
        Literal("false", XSD.boolean),
        Literal('a "quoted"\n\\ line\tof É 😀'),
    ]
    with open_graph(virtuoso.url, write=True, rebuild=True) as store:
        quads = [Quad(node, f"{BASE}p{number}", one, graph) for number, one in enumerate(said)]
        store.replace_page(graph, [source(graph), *quads])
        found = {triple.object for triple in store.triples(node)}
    assert found == {
        Literal("1.5", XSD.decimal),
        Literal("colour", language="en-gb"),
        said[2],
        said[3],
    }


def test_a_rewritten_number_is_no_change(virtuoso: Virtuoso) -> None:
    graph = page_graph("numbers")
    quad = Quad(BASE + "film/a", BASE + "p", Literal("1.50", XSD.decimal), graph)
    more = Quad(BASE + "film/a", BASE + "p", Literal("2"), graph)
    with open_graph(virtuoso.url, write=True, rebuild=True) as store:
        store.replace_page(graph, [source(graph), quad])
        store.replace_page(graph, [source(graph), quad, more])
        assert {one.object for one in store.triples(BASE + "film/a")} == {
            Literal("1.5", XSD.decimal),
            Literal("2"),
        }


def test_answers_that_it_cuts_come_whole(virtuoso: Virtuoso, writer: Store) -> None:
    many = list(pages(9, of_films=7, seed=3))
    fill(virtuoso, many)
    writer.bulk_load(quad for page in many for quad in quads_of(page))
    with open_graph(virtuoso.url) as store:
        assert len(forms(writer.triples())) > _ROWS
        assert_same(store, writer)
        rows = list(store.query("SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p").rows())
        assert len(rows) == len(forms(writer.triples()))
        with pytest.raises(StoreError, match="where servers cut answers"):
            store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")


def test_a_page_larger_than_an_update_may_be_is_written_and_replaced(
    virtuoso: Virtuoso, writer: Store
) -> None:
    fill(virtuoso, [])
    graph = page_graph("large")

    def quads(start: int) -> list[Quad]:
        said = (
            Quad(f"{BASE}film/{number}", f"{BASE}p", Literal(f"value {number}"), graph)
            for number in range(start, start + 2_000)
        )
        return [source(graph), *said]

    with open_graph(virtuoso.url, write=True, rebuild=True) as store:
        for start in (0, 1_200):
            store.replace_page(graph, quads(start))
            writer.replace_page(graph, quads(start))
            assert forms(store.triples()) == forms(writer.triples())
            assert forms(store.triples(graph=graph)) == forms(writer.triples(graph=graph))


def test_its_end_points_are_found_out(virtuoso: Virtuoso) -> None:
    fill(virtuoso, [aggregator().linked()])
    with open_graph(virtuoso.url) as store:
        info = store.info()
    assert info["Server"] == "Virtuoso"
    assert info["Updates at"] == f"{virtuoso.url}-auth"
    assert info["Graphs at"] == f"{virtuoso.url}-graph-crud-auth"
    assert info["Default graph"] == BASE + "default"
    assert info["Asked as"] == "dba (from FILM_KG_USER)"


def test_a_wrong_password_writes_nothing(
    virtuoso: Virtuoso, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(virtuoso, [aggregator().linked()])
    with open_graph(virtuoso.url) as store:
        before = forms(store.triples())
    monkeypatch.setenv("FILM_KG_PASSWORD", "wrong")
    with pytest.raises(StoreError, match=r"refuses the name 'dba' and its password.*nothing was"):
        open_graph(virtuoso.url, write=True)
    with open_graph(virtuoso.url) as store:
        assert forms(store.triples()) == before


def test_somebody_without_a_name_may_read_but_not_write(
    virtuoso: Virtuoso, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(virtuoso, [aggregator().linked()])
    for name in ("FILM_KG_USER", "FILM_KG_PASSWORD"):
        monkeypatch.delenv(name)
    with open_graph(virtuoso.url) as store:
        assert list(store.pages())
    with pytest.raises(StoreError, match=r"doesn't allow that to anybody .*nothing was changed"):
        open_graph(virtuoso.url, write=True)


def test_what_it_finds_fault_with_is_said_in_its_words(virtuoso: Virtuoso) -> None:
    fill(virtuoso, [aggregator().linked()])
    with open_graph(virtuoso.url) as store, pytest.raises(QueryError, match="refuses the query"):
        store.query("SELECT ?f { ?f a schema:Movie FILTER(<http://example.com/no-such>(?f)) }")
