"""SPARQL 1.1 Protocol, section 2, as a client on the other side of a socket sees it."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from conftest import Reply, Served

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
TITLES = "SELECT ?title { ?film a schema:Movie ; rdfs:label ?title } ORDER BY ?title"
BASE = "https://w3id.org/film-kg/"


def titles(reply: Reply) -> list[str]:
    assert reply.status == 200, reply.text
    return [row["title"]["value"] for row in reply.json["results"]["bindings"]]


def test_a_query_comes_by_get(served: Served) -> None:
    assert titles(served.query(TITLES)) == ["All About Eve", "All About My Mother", "Opening Night"]


def test_a_query_comes_as_a_form(served: Served) -> None:
    body = urlencode({"query": TITLES}).encode()
    reply = served.ask("/sparql", method="POST", body=body, content_type=FORM)
    assert "Opening Night" in titles(reply)


def test_a_query_comes_as_it_is(served: Served) -> None:
    reply = served.ask("/sparql", method="POST", body=TITLES.encode(), content_type=QUERY)
    assert "Opening Night" in titles(reply)


def test_the_type_of_a_body_may_name_its_charset(served: Served) -> None:
    typed = f"{QUERY}; charset=UTF-8"
    reply = served.ask("/sparql", method="POST", body=TITLES.encode(), content_type=typed)
    assert reply.status == 200


def test_a_head_request_has_the_head_and_no_body(served: Served) -> None:
    reply = served.ask("/sparql?" + urlencode({"query": TITLES}), method="HEAD")
    assert (reply.status, reply.body) == (200, b"")
    assert reply.type == "application/sparql-results+json"


@pytest.mark.parametrize(
    ("what", "path", "method", "body", "media_type", "status"),
    [
        ("two queries", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", "GET", None, "", 400),
        ("an update by GET", "/sparql?update=CLEAR%20ALL", "GET", None, "", 400),
        ("a form without a query", "/sparql", "POST", b"", FORM, 400),
        ("no form and no query", "/sparql", "POST", b"ASK {}", "text/plain", 415),
        ("a query that is no SPARQL", "/sparql?query=FROG", "GET", None, "", 400),
        ("bytes that are no UTF-8", "/sparql", "POST", b"ASK { ?s ?p '\xff' }", QUERY, 400),
        ("a parameter that is no UTF-8", "/sparql?query=%FF", "GET", None, "", 400),
        ("a query in address and body", "/sparql?query=ASK%7B%7D", "POST", b"ASK {}", QUERY, 400),
        ("query and update", "/sparql", "POST", b"query=ASK%7B%7D&update=CLEAR%20ALL", FORM, 400),
        ("a method that means nothing here", "/sparql", "PUT", b"ASK {}", QUERY, 405),
        (
            "a graph that is no IRI",
            "/sparql?query=ASK%7B%7D&default-graph-uri=x",
            "GET",
            None,
            "",
            400,
        ),
    ],
)
def test_what_is_no_request_is_refused(
    served: Served,
    what: str,
    path: str,
    method: str,
    body: bytes | None,
    media_type: str,
    status: int,
) -> None:
    headers = {"content_type": media_type} if media_type else {}
    reply = served.ask(path, method=method, body=body, **headers)
    assert reply.status == status, what
    assert set(reply.json["error"]) == {"message", "line", "column"}


def test_a_mistake_is_told_with_its_place(served: Served) -> None:
    reply = served.query("SELECT ?film WHERE {\n  ?film schema:name ?n .\n  ?film schema:nme }")
    assert reply.status == 400
    assert reply.json["error"]["line"] == 3
    assert "SPARQL mistake" in reply.json["error"]["message"]


def test_a_graph_by_parameter_is_the_default_graph(served: Served) -> None:
    page = BASE + "source/all-about-my-mother"
    asked = urlencode({"query": TITLES, "default-graph-uri": page})
    assert titles(served.ask(f"/sparql?{asked}")) == [
        "All About Eve",
        "All About My Mother",
        "Opening Night",
    ]
    other = urlencode({"query": TITLES, "default-graph-uri": BASE + "catalogue"})
    assert titles(served.ask(f"/sparql?{other}")) == ["All About Eve"]


def test_with_named_graphs_alone_the_default_graph_is_empty(served: Served) -> None:
    asked = urlencode({"query": TITLES, "named-graph-uri": BASE + "catalogue"})
    assert titles(served.ask(f"/sparql?{asked}")) == []


def test_only_the_graphs_of_the_request_can_be_named(served: Served) -> None:
    count = "SELECT (COUNT(DISTINCT ?g) AS ?title) { GRAPH ?g { ?s ?p ?o } }"
    asked = urlencode({"query": count, "named-graph-uri": BASE + "catalogue"})
    assert titles(served.ask(f"/sparql?{asked}")) == ["1"]
    without = urlencode({"query": count, "default-graph-uri": BASE + "catalogue"})
    assert titles(served.ask(f"/sparql?{without}")) == ["0"]


def test_the_parameters_win_over_from(served: Served) -> None:
    query = TITLES.replace("{", f"FROM <{BASE}catalogue> {{", 1)
    asked = urlencode({"query": query, "default-graph-uri": BASE + "nothing"})
    assert titles(served.ask(f"/sparql?{asked}")) == []


def test_the_default_graph_is_no_union(served: Served) -> None:
    reply = served.query("ASK { ?film schema:director film:nobody } ")
    assert reply.json["boolean"] is False
    reply = served.query(f"ASK {{ ?f schema:director <{BASE}person/joseph-l-mankiewicz> }}")
    assert reply.json["boolean"] is False


def test_files_are_not_read(served: Served) -> None:
    for query in (
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { GRAPH <file:///etc/hostname> { ?s ?p ?o } }",
    ):
        reply = served.query(query)
        assert reply.status == 200
        assert reply.json["results"]["bindings"] == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { service silent ?s { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { #\nSERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(?s<?o)SERVICE?c#>\n{ ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:1/>",
    ],
)
def test_queries_that_reach_out_are_refused(served: Served, query: str) -> None:
    reply = served.query(query)
    assert reply.status == 400
    assert "isn't allowed" in reply.json["error"]["message"]


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s rdfs:label "Secret SERVICE" }',
        "SELECT * { ?s <http://example.org/SERVICE> ?o } # SERVICE",
        "PREFIX service: <http://example.org/> SELECT * { ?SERVICE service:LOAD ?load }",
    ],
)
def test_the_words_may_be_asked_for(served: Served, query: str) -> None:
    assert served.query(query).status == 200


def test_a_query_may_be_too_long(served: Served) -> None:
    body = ("ASK {} #" + "x" * 200_000).encode()
    reply = served.ask("/sparql", method="POST", body=body, content_type=QUERY)
    assert reply.status == 413


def test_parameters_that_mean_nothing_here_are_ignored(served: Served) -> None:
    asked = urlencode({"query": "ASK {}", "infer": "true"})
    assert served.ask(f"/sparql?{asked}").status == 200
