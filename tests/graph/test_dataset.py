"""The graph as an rdflib Dataset."""

from __future__ import annotations

import pytest
from rdflib import RDF, RDFS, Dataset, Literal, Namespace, URIRef

from kg.errors import QueryError, StoreError
from kg.graph.dataset import dataset
from kg.graph.store import Store
from kg.vocab import BASE

# rdflib asks itself for what it has deprecated
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

SCHEMA = Namespace("https://schema.org/")
OPENING = URIRef(BASE + "film/opening-night-1977")


@pytest.fixture
def found(examples: Store) -> Dataset:
    return dataset(examples)


def test_a_label_is_a_plain_string(found: Dataset) -> None:
    assert found.default_graph.value(OPENING, RDFS.label) == Literal("Opening Night")
    assert list(found.default_graph.subjects(RDFS.label, Literal("Opening Night"))) == [OPENING]


def test_the_default_graph_holds_each_triple_once(found: Dataset, examples: Store) -> None:
    assert len(found.default_graph) == sum(1 for _ in examples.triples())
    assert len(list(found.default_graph.subjects(RDF.type, SCHEMA.Movie))) == 3


def test_a_page_is_a_graph(found: Dataset) -> None:
    page = found.graph(URIRef(BASE + "source/all-about-my-mother"))
    assert (None, SCHEMA.director, URIRef(BASE + "person/pedro-almodovar")) in page
    assert (None, SCHEMA.director, URIRef(BASE + "person/john-cassavetes")) not in page


def test_sparql_knows_the_prefixes_and_gives_plain_strings(found: Dataset) -> None:
    rows = found.query("SELECT ?l { ?f schema:director person:john-cassavetes ; rdfs:label ?l }")
    assert [tuple(row) for row in rows] == [(Literal("Opening Night"),)]
    assert [str(row.l) for row in rows] == ["Opening Night"]


def test_constructed_triples_have_plain_strings(found: Dataset) -> None:
    answer = found.query("CONSTRUCT { ?f rdfs:label ?l } { ?f a schema:Movie ; rdfs:label ?l }")
    assert answer.graph is not None
    assert (OPENING, RDFS.label, Literal("Opening Night")) in answer.graph


def test_a_truth_is_a_truth(found: Dataset) -> None:
    assert found.query("ASK { ?film a schema:Movie }").askAnswer


def test_it_can_not_be_changed(found: Dataset) -> None:
    with pytest.raises(StoreError, match="opened for reading"):
        found.add((OPENING, RDFS.label, Literal("Another")))
    with pytest.raises(StoreError, match="opened for reading"):
        found.update("DELETE WHERE { ?s ?p ?o }")
    with pytest.raises(StoreError, match="opened for reading"):
        found.remove((OPENING, None, None))


def test_it_can_be_read_quad_by_quad_and_graph_by_graph(found: Dataset, examples: Store) -> None:
    assert sum(1 for _ in found.quads()) == len(examples.engine)
    assert {str(graph.identifier) for graph in found.graphs()} >= set(examples.pages())
    page = found.graph(URIRef(next(examples.pages())))
    assert len(page) == len(list(page.query("SELECT * { ?s ?p ?o }")))


@pytest.mark.parametrize("written", ["trig", "nquads"])
def test_what_it_writes_another_dataset_reads(found: Dataset, written: str) -> None:
    other = Dataset()
    other.parse(data=found.serialize(format=written), format=written)
    assert set(other.quads()) == set(found.quads())


def test_a_variable_may_be_bound_beforehand(found: Dataset) -> None:
    rows = found.query("SELECT ?l { ?film rdfs:label ?l }", initBindings={"film": OPENING})
    assert [str(row.l) for row in rows] == ["Opening Night"]
    query = "ASK { ?film a schema:Movie ; rdfs:label ?l }"
    assert found.query(query, initBindings={"l": Literal("Opening Night")}).askAnswer
    assert not found.query(query, initBindings={"l": Literal("Another")}).askAnswer


def test_a_wrong_query_tells_its_place(found: Dataset) -> None:
    with pytest.raises(QueryError) as caught:
        found.query("SELECT ?film\nWHERE { ?film a }")
    assert caught.value.line == 2


def test_a_query_reaches_nowhere_else(found: Dataset) -> None:
    with pytest.raises(QueryError, match="SERVICE isn't allowed"):
        found.query("SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }")


def test_nothing_can_be_read_into_it(found: Dataset) -> None:
    with pytest.raises(StoreError, match="opened for reading"):
        found.parse(data="<a:a> <a:b> <a:c> .", format="turtle")
    with pytest.raises(StoreError, match="opened for reading"):
        found.remove_graph(OPENING)


def test_closing_it_leaves_the_graph_open(found: Dataset, examples: Store) -> None:
    found.close()
    assert len(found.default_graph) > 0
    assert list(examples.pages())
