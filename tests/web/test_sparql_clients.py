"""The endpoint, asked by clients that others have written."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
import rdflib
from conftest import TOKEN, Served
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, RDFXML, TURTLE, URLENCODED, XML
from SPARQLWrapper import SPARQLWrapper as Wrapper

PREFIXES = (
    "PREFIX schema: <https://schema.org/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
)
TITLES = PREFIXES + "SELECT ?title { ?film a schema:Movie ; rdfs:label ?title } ORDER BY ?title"
EXPECTED = ["All About Eve", "All About My Mother", "Opening Night"]
MOVIE = rdflib.URIRef("https://schema.org/Movie")


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflibs_store_asks(served: Served, method: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{served.url}/sparql", method=method))
    assert [str(row.title) for row in graph.query(TITLES)] == EXPECTED


def test_rdflibs_store_follows_patterns(served: Served) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{served.url}/sparql"))
    films = set(graph.subjects(rdflib.RDF.type, MOVIE))
    assert len(films) == 3
    assert len(graph) > 100


def test_rdflibs_store_describes(served: Served) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{served.url}/sparql"))
    film = "https://w3id.org/film-kg/film/opening-night-1977"
    found = graph.query(f"CONSTRUCT {{ <{film}> ?p ?o }} WHERE {{ <{film}> ?p ?o }}").graph
    assert found is not None
    assert (rdflib.URIRef(film), rdflib.RDF.type, MOVIE) in found


def test_rdflibs_store_changes(writable: Served) -> None:
    store = SPARQLUpdateStore(
        f"{writable.url}/sparql",
        f"{writable.url}/sparql",
        headers={"Authorization": f"Bearer {TOKEN}"},
    )
    dataset = rdflib.Graph(store, rdflib.URIRef("http://example.org/graph"))
    triple = (rdflib.URIRef("http://example.org/a"), rdflib.RDFS.label, rdflib.Literal("by rdflib"))
    dataset.add(triple)
    assert triple in dataset
    dataset.remove(triple)
    assert triple not in dataset


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("encoding", [URLENCODED, POSTDIRECTLY])
def test_sparqlwrapper_asks(served: Served, method: str, encoding: str) -> None:
    wrapper = Wrapper(f"{served.url}/sparql")
    wrapper.setMethod(method)
    wrapper.setRequestMethod(encoding)
    wrapper.setQuery(TITLES)
    wrapper.setReturnFormat(JSON)
    rows = wrapper.query().convert()["results"]["bindings"]
    assert [row["title"]["value"] for row in rows] == EXPECTED


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own
def test_sparqlwrapper_reads_every_format(served: Served) -> None:
    wrapper = Wrapper(f"{served.url}/sparql")
    wrapper.setQuery(TITLES)
    wrapper.setReturnFormat(XML)
    assert len(wrapper.query().convert().getElementsByTagName("result")) == 3
    wrapper.setReturnFormat(CSV)
    assert wrapper.query().convert().decode().split() != []
    wrapper.setQuery(PREFIXES + "CONSTRUCT { ?f a schema:Movie } WHERE { ?f a schema:Movie }")
    wrapper.setReturnFormat(RDFXML)
    assert len(wrapper.query().convert()) == 3
    wrapper.setReturnFormat(TURTLE)
    assert b"schema:Movie" in wrapper.query().convert()


def curl(*arguments: str) -> str:
    found = shutil.which("curl")
    if found is None:
        pytest.skip("curl is not installed")
    done = subprocess.run(
        [found, "--silent", "--show-error", *arguments], capture_output=True, check=True, text=True
    )
    return done.stdout


def test_curl_asks_by_get(served: Served) -> None:
    told = curl("-G", f"{served.url}/sparql", "--data-urlencode", f"query={TITLES}")
    assert len(json.loads(told)["results"]["bindings"]) == 3


def test_curl_asks_by_post(served: Served) -> None:
    told = curl(
        "-H", "Accept: text/csv", f"{served.url}/sparql", "--data-urlencode", f"query={TITLES}"
    )
    assert told.splitlines() == ["title", *EXPECTED]


def test_curl_unpacks_what_was_compressed(served: Served) -> None:
    plain = curl("-G", f"{served.url}/sparql", "--data-urlencode", "query=SELECT * { ?s ?p ?o }")
    packed = curl(
        "--compressed",
        "-G",
        f"{served.url}/sparql",
        "--data-urlencode",
        "query=SELECT * { ?s ?p ?o }",
    )
    assert sorted(plain) == sorted(packed)


def test_curl_gets_turtle_of_a_film(served: Served) -> None:
    told = curl("-H", "Accept: text/turtle", f"{served.url}/film/opening-night-1977")
    film = rdflib.URIRef("https://w3id.org/film-kg/film/opening-night-1977")
    assert (film, rdflib.RDF.type, MOVIE) in rdflib.Graph().parse(data=told, format="turtle")
