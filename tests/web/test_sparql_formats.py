"""Which formats answers come in, and what a client has to say to get them."""

from __future__ import annotations

import csv
import gzip
import io
import json
from xml.etree import ElementTree

import pytest
import rdflib
from conftest import Served

SELECT = "SELECT ?film ?title { ?film a schema:Movie ; rdfs:label ?title }"
CONSTRUCT = (
    "CONSTRUCT { ?film rdfs:label ?title } WHERE { ?film a schema:Movie ; rdfs:label ?title }"
)
READERS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
    "application/trig": "trig",
    "application/n-quads": "nquads",
}


def test_rows_as_json(served: Served) -> None:
    reply = served.query(SELECT, accept="application/sparql-results+json")
    assert reply.type == "application/sparql-results+json"
    assert len(reply.json["results"]["bindings"]) == 3


def test_rows_as_xml(served: Served) -> None:
    reply = served.query(SELECT, accept="application/sparql-results+xml")
    assert reply.type == "application/sparql-results+xml"
    found = ElementTree.fromstring(reply.body).iter(
        "{http://www.w3.org/2005/sparql-results#}result"
    )
    assert len(list(found)) == 3


def test_rows_as_csv(served: Served) -> None:
    reply = served.query(SELECT, accept="text/csv")
    assert reply.type == "text/csv"
    rows = list(csv.reader(io.StringIO(reply.text)))
    assert rows[0] == ["film", "title"]
    assert len(rows) == 4


def test_rows_as_tsv(served: Served) -> None:
    reply = served.query(SELECT, accept="text/tab-separated-values")
    assert reply.type == "text/tab-separated-values"
    assert reply.text.splitlines()[0] == "?film\t?title"


@pytest.mark.parametrize(
    ("accept", "truth"),
    [("application/json", '"boolean":true'), ("application/xml", "<boolean>true</boolean>")],
)
def test_a_truth(served: Served, accept: str, truth: str) -> None:
    assert truth in served.query("ASK { ?film a schema:Movie }", accept=accept).text


# rdflib complains of its own classes
@pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")
@pytest.mark.parametrize(("media_type", "reader"), READERS.items())
def test_triples_in_every_format(served: Served, media_type: str, reader: str) -> None:
    reply = served.query(CONSTRUCT, accept=media_type)
    assert reply.type == media_type
    found = rdflib.Dataset(default_union=True).parse(data=reply.body, format=reader)
    assert len(found) == 3


def test_a_description(served: Served) -> None:
    reply = served.query("DESCRIBE film:all-about-eve-1950", accept="text/turtle")
    assert "film:all-about-eve-1950" in reply.text


def test_whoever_wants_nothing_special_gets_json_and_turtle(served: Served) -> None:
    assert served.query(SELECT, accept="*/*").type == "application/sparql-results+json"
    assert served.query(CONSTRUCT, accept="*/*").type == "text/turtle"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/csv;q=0.9, application/sparql-results+xml;q=0.5", "text/csv"),
        ("text/*, application/sparql-results+json;q=0.1", "text/csv"),
        ("*/*;q=0.1, text/tab-separated-values", "text/tab-separated-values"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("application/xml", "application/sparql-results+xml"),
        ("text/turtle, application/json;q=0.2", "application/sparql-results+json"),
        ("TEXT/CSV ; Q=1.0", "text/csv"),
    ],
)
def test_a_client_says_what_it_likes_best(served: Served, accept: str, media_type: str) -> None:
    assert served.query(SELECT, accept=accept).type == media_type


@pytest.mark.parametrize("accept", ["image/png", "text/turtle", "text/csv;q=0"])
def test_a_client_that_takes_no_format_of_rows_is_told(served: Served, accept: str) -> None:
    reply = served.query(SELECT, accept=accept)
    assert reply.status == 406
    assert "text/csv" in reply.json["error"]["message"]


def test_rows_are_no_graph(served: Served) -> None:
    assert served.query(CONSTRUCT, accept="text/csv").status == 406


def test_a_browser_gets_a_table(served: Served) -> None:
    reply = served.query(SELECT, accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert reply.type == "text/html"
    assert "<td><bdi>Opening Night</bdi></td>" in reply.text


def test_a_browser_is_shown_its_mistake(served: Served) -> None:
    reply = served.query("SELECT ?x { ?x ?p <b>", accept="text/html")
    assert reply.status == 400
    assert "SPARQL mistake" in reply.text
    assert "<b>" not in reply.text.partition("<main")[2].replace("&lt;b&gt;", "")


def test_an_answer_is_compressed_for_whoever_takes_it(served: Served) -> None:
    query = "SELECT * { ?s ?p ?o }"
    plain = served.query(query)
    packed = served.query(query, accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(plain.body) / 4
    rows = json.loads(gzip.decompress(packed.body))["results"]["bindings"]
    assert len(rows) == len(plain.json["results"]["bindings"])
    assert "Accept-Encoding" in packed.headers["vary"]


def test_a_client_may_say_no_to_gzip(served: Served) -> None:
    reply = served.query("SELECT * { ?s ?p ?o }", accept_encoding="gzip;q=0, identity")
    assert reply.headers["content-encoding"] is None


def test_the_same_question_is_not_answered_twice(served: Served) -> None:
    first = served.query(SELECT)
    again = served.query(SELECT, if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_another_format_has_another_tag(served: Served) -> None:
    first = served.query(SELECT)
    other = served.query(SELECT, accept="text/csv", if_none_match=first.headers["etag"])
    assert other.status == 200


def test_what_changes_by_itself_has_no_tag(served: Served) -> None:
    assert served.query("SELECT (RAND() AS ?x) {}").headers["etag"] is None


def test_pages_of_other_sites_may_ask(served: Served) -> None:
    reply = served.query(SELECT, origin="https://yasgui.example")
    assert reply.headers["access-control-allow-origin"] == "*"
    broken = served.query("FROG", origin="https://yasgui.example")
    assert broken.headers["access-control-allow-origin"] == "*"


def test_a_browser_asks_before_it_asks(served: Served) -> None:
    reply = served.ask(
        "/sparql",
        method="OPTIONS",
        origin="https://yasgui.example",
        access_control_request_method="POST",
    )
    assert reply.status == 204
    assert "POST" in reply.headers["access-control-allow-methods"]
    assert "authorization" not in reply.headers["access-control-allow-headers"].lower()


def test_carriage_returns_survive_xml(served: Served) -> None:
    reply = served.query('SELECT ("a\\rb" AS ?x) {}', accept="application/xml")
    assert ElementTree.fromstring(reply.body).find(".//{*}literal").text == "a\rb"
