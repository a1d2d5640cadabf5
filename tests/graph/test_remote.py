"""A graph on a SPARQL server: what it holds after which change, as in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from graph_examples import aggregator, all_pages, later_review, magazine_review
from sparql_endpoint import Endpoint, Fault

from kg.errors import QueryError, StoreError
from kg.graph.explain import explain
from kg.graph.mapping import page_graph, quads_of
from kg.graph.places import open_graph
from kg.graph.remote.about import ABOUT
from kg.graph.remote.address import Remote
from kg.graph.remote.store import RemoteStore
from kg.graph.serialise import serialise
from kg.graph.store import Store
from kg.graph.terms import Triple
from kg.model import LinkedPage
from kg.vocab import BASE, FK, SCHEMA

OPENING = BASE + "film/opening-night-1977"


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No credentials of the machine's, no state folder of the user's, no waiting."""
    for name in ("FILM_KG_TOKEN", "FILM_KG_USER", "FILM_KG_PASSWORD", "NETRC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("kg.graph.remote.client._FIRST_WAIT", 0.001)


@pytest.fixture(params=[False, True], ids=["own default graph", "union as default graph"])
def endpoint(request: pytest.FixtureRequest) -> Iterator[Endpoint]:
    with Endpoint(union=request.param) as endpoint:
        yield endpoint


def writing(endpoint: Endpoint, **more: object) -> Store:
    return open_graph(endpoint.url, write=True, **more)  # type: ignore[arg-type]


def put(store: Store, page: LinkedPage) -> str:
    graph = page_graph(page.page.id, base=store.base)
    store.replace_page(graph, quads_of(page, base=store.base))
    return graph


def filled(endpoint: Endpoint) -> None:
    with writing(endpoint) as store:
        store.bulk_load(quad for page in all_pages() for quad in quads_of(page))
        store.publish()


def default_graph(store: Store) -> set[Triple]:
    found = list(store.triples())
    assert len(found) == len(set(found))
    return set(found)


def all_that_pages_say(store: Store) -> set[Triple]:
    return {
        triple
        for page in store.pages()
        for triple in (*store.triples(graph=page), *store.evidence(page))
    }


def test_a_server_holds_the_same_graph_as_a_folder(endpoint: Endpoint, examples: Store) -> None:
    filled(endpoint)
    with open_graph(endpoint.url) as store:
        assert serialise(store, ".nq") == serialise(examples, ".nq")
        assert serialise(store, ".ttl") == serialise(examples, ".ttl")


def test_pages_put_one_by_one_give_the_same_graph(endpoint: Endpoint, examples: Store) -> None:
    with writing(endpoint) as store:
        for page in reversed(all_pages()):
            put(store, page)
            assert default_graph(store) == all_that_pages_say(store)
        store.publish()
        assert serialise(store, ".nq") == serialise(examples, ".nq")


def test_a_replaced_page_leaves_nothing_of_its_old_words(endpoint: Endpoint) -> None:
    shorter = magazine_review()
    shorter.relations.clear()
    with writing(endpoint) as store:
        put(store, magazine_review().linked())
        store.publish()
        graph = put(store, shorter.linked())
        assert {*store.triples(graph=graph), *store.evidence(graph)} == {
            Triple(*quad[:3]) for quad in quads_of(shorter.linked())
        }
        assert default_graph(store) == all_that_pages_say(store)


def test_a_replaced_page_is_one_update_request(endpoint: Endpoint) -> None:
    shorter = magazine_review()
    shorter.relations.clear()
    with writing(endpoint) as store:
        put(store, magazine_review().linked())
        store.publish()
        before = len(endpoint.updates())
        put(store, shorter.linked())
        assert len(endpoint.updates()) == before + 1


def test_new_pages_are_sent_together(endpoint: Endpoint) -> None:
    with writing(endpoint) as store:
        before = len(endpoint.updates())
        for page in all_pages():
            put(store, page)
        assert len(endpoint.updates()) == before
        list(store.pages())
        assert len(endpoint.updates()) == before + 1


def test_what_another_page_says_too_stays(endpoint: Endpoint) -> None:
    with writing(endpoint) as store:
        graph = put(store, magazine_review().linked())
        put(store, aggregator().linked())
        assert store.forget(graph)
        assert list(store.triples(OPENING, FK.comparedTo))
        assert not list(store.triples(OPENING, SCHEMA.director))
        assert default_graph(store) == all_that_pages_say(store)


def test_forgetting_the_last_page_leaves_nothing(endpoint: Endpoint) -> None:
    with writing(endpoint) as store:
        graph = put(store, magazine_review().linked())
        assert store.forget(graph)
        assert not store.forget(graph)
        store.publish()
        assert default_graph(store) == set()
    assert {quad.graph_name.value for quad in endpoint.store} == {ABOUT}  # type: ignore[union-attr]


def test_the_catalogue_stays_apart(endpoint: Endpoint) -> None:
    with writing(endpoint) as store:
        put(store, magazine_review().linked())
        quads = [
            quad._replace(graph=store.iris.catalogue) for quad in quads_of(later_review().linked())
        ]
        store.replace_page(store.iris.catalogue, quads)
        assert default_graph(store) == all_that_pages_say(store)
        assert len(list(store.triples(graph=store.iris.catalogue))) == len(set(quads))
        assert store.iris.catalogue in set(store.graphs())
        assert store.iris.catalogue not in set(store.pages())


def test_a_rebuild_keeps_no_page_that_is_gone(endpoint: Endpoint) -> None:
    filled(endpoint)
    with writing(endpoint, rebuild=True) as store:
        store.bulk_load(quads_of(aggregator().linked()))
        store.publish()
        assert len(list(store.pages())) == 1
        assert default_graph(store) == all_that_pages_say(store)


def test_a_rebuild_with_another_base_leaves_nothing_of_the_old_one(endpoint: Endpoint) -> None:
    filled(endpoint)
    base = "https://films.example/"
    with writing(endpoint, rebuild=True, base=base) as store:
        store.bulk_load(quads_of(aggregator().linked(), base=base))
        store.publish()
    with open_graph(endpoint.url) as store:
        assert store.base == base
        assert not [one for one in store.triples() if one.subject.startswith(BASE + "film")]
        assert default_graph(store) == all_that_pages_say(store)


def test_an_unchanged_page_is_not_sent_again(endpoint: Endpoint) -> None:
    filled(endpoint)
    with writing(endpoint) as store:
        before = len(endpoint.seen)
        for page in all_pages():
            put(store, page)
        assert len(endpoint.seen) == before


def test_a_server_that_was_put_back_is_compared_again(endpoint: Endpoint, examples: Store) -> None:
    with writing(endpoint) as store:
        put(store, aggregator().linked())
        store.publish()
    backup = list(endpoint.store)
    filled(endpoint)
    endpoint.store.clear()
    endpoint.store.extend(backup)
    with writing(endpoint) as store:
        assert store.held() == set()
        store.bulk_load(quad for page in all_pages() for quad in quads_of(page))
        assert serialise(store, ".nq") == serialise(examples, ".nq")


def test_a_change_that_was_cut_off_is_made_good(endpoint: Endpoint, examples: Store) -> None:
    with writing(endpoint) as store:
        put(store, aggregator().linked())
        store.publish()
        # the request is carried out, but its answer never comes, and the process ends
        endpoint.faults += [Fault(500, when="magazine", after=True) for _ in range(3)]
        put(store, magazine_review().linked())
        with pytest.raises(StoreError, match="busy or broken"):
            list(store.pages())
    with writing(endpoint) as store:
        for page in all_pages():
            put(store, page)
        store.publish()
        assert serialise(store, ".nq") == serialise(examples, ".nq")


def test_queries_give_the_same_rows_as_in_a_folder(endpoint: Endpoint, examples: Store) -> None:
    filled(endpoint)
    everywhere = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s fk:part ?o } } GROUP BY ?g ORDER BY ?g"
    directors = "SELECT ?d { ?f schema:director ?p . ?p rdfs:label ?d } ORDER BY ?d"
    with open_graph(endpoint.url) as store:
        for query in (everywhere, directors):
            assert list(store.query(query).printed()) == list(examples.query(query).printed())
        assert bool(store.query("ASK { ?film a schema:Movie }"))
        turtle = store.query("CONSTRUCT { ?f a schema:Movie } { ?f a schema:Movie }")
        assert turtle.serialise("turtle").count(b"schema:Movie") == 3


def test_every_named_query_gives_the_same_rows(endpoint: Endpoint, examples: Store) -> None:
    from kg.graph.named import ask_named, named_queries
    from kg.graph.names import Names

    meant = {"FILM": "Opening Night", "PERSON": "Gena Rowlands", "CRITIC": "Ada Reel"}
    filled(endpoint)
    with open_graph(endpoint.url) as store:
        for name, query in named_queries().items():
            words = [meant.get(parameter, "All About Eve") for parameter in query.parameters]
            there = ask_named(store, Names(store), name, *words)
            here = ask_named(examples, Names(examples), name, *words)
            assert sorted(there.printed()) == sorted(here.printed()), name


def test_a_wrong_query_is_never_sent(endpoint: Endpoint) -> None:
    filled(endpoint)
    with open_graph(endpoint.url) as store:
        before = len(endpoint.seen)
        with pytest.raises(QueryError, match="line 1, column 17"):
            store.query("SELECT ?s WHERE { ?s ?p ?o")
        with pytest.raises(QueryError, match="SERVICE"):
            store.query("SELECT * { SERVICE <http://elsewhere.example/> { ?s ?p ?o } }")
        assert len(endpoint.seen) == before


def test_explanations_are_the_same_as_in_a_folder(endpoint: Endpoint, examples: Store) -> None:
    filled(endpoint)
    with open_graph(endpoint.url) as store:
        for name in ("Opening Night", "all about eve", "Gena Rowlands", "Huma Rojo", "Openning"):
            assert explain(store, name) == explain(examples, name)


def test_explaining_takes_few_requests(endpoint: Endpoint) -> None:
    filled(endpoint)
    with open_graph(endpoint.url) as store:
        before = len(endpoint.seen)
        explain(store, "Opening Night")
        assert len(endpoint.seen) - before <= 30


def test_a_reader_of_an_empty_server_is_told_what_to_do(endpoint: Endpoint) -> None:
    with pytest.raises(
        StoreError, match=r"found none; make one with kg build SOURCE\.\.\. --graph"
    ):
        open_graph(endpoint.url)


def test_a_graph_built_elsewhere_is_not_overwritten_unasked(
    endpoint: Endpoint, tmp_path: Path
) -> None:
    filled(endpoint)
    elsewhere = Remote(endpoint.url, state=tmp_path / "other")
    before = set(endpoint.store)
    with pytest.raises(StoreError, match=r"built from elsewhere.*--state.*--rebuild"):
        open_graph(elsewhere, write=True)
    assert set(endpoint.store) == before
    with open_graph(elsewhere, write=True, rebuild=True) as store:
        store.bulk_load(quads_of(aggregator().linked()))
        store.publish()
        assert default_graph(store) == all_that_pages_say(store)


def test_another_base_is_refused(endpoint: Endpoint) -> None:
    filled(endpoint)
    with pytest.raises(StoreError, match=r"expected a graph with the base https://films\.example/"):
        writing(endpoint, base="https://films.example/")


def test_a_second_writer_on_this_machine_is_refused(endpoint: Endpoint) -> None:
    with writing(endpoint), pytest.raises(StoreError, match="only writer"):
        writing(endpoint)


def test_what_others_keep_on_the_server_stays(endpoint: Endpoint) -> None:
    endpoint.store.update(
        "INSERT DATA { <http://o.example/a> <http://o.example/b> 1 . "
        "GRAPH <http://o.example/g> { <http://o.example/a> <http://o.example/b> 2 } }"
    )
    before = set(endpoint.store)
    filled(endpoint)
    with writing(endpoint, rebuild=True) as store:
        store.bulk_load(())
        store.publish()
    assert before <= set(endpoint.store)


def test_the_store_is_remote_only_for_an_address(tmp_path: Path, endpoint: Endpoint) -> None:
    filled(endpoint)
    with open_graph(endpoint.url) as store, open_graph(tmp_path / "here", write=True) as here:
        assert isinstance(store, RemoteStore)
        assert not isinstance(here, RemoteStore)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_rdflib_gets_a_copy(endpoint: Endpoint) -> None:
    from kg.graph.dataset import dataset

    filled(endpoint)
    with open_graph(endpoint.url) as store:
        rows = dataset(store).query("SELECT ?f { ?f a <https://schema.org/Movie> }")
        assert len(list(rows)) == 3


def test_a_reader_sees_what_was_written_since_after_refreshing(endpoint: Endpoint) -> None:
    with writing(endpoint) as store:
        put(store, aggregator().linked())
        store.publish()
        with open_graph(endpoint.url) as reader:
            assert not reader.refresh()
            put(store, later_review().linked())
            store.publish()
            assert reader.refresh()
            assert len(list(reader.pages())) == 2
