"""Who may write, how, and what readers then see."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
import rdflib
from conftest import TOKEN, Served, make_graph, serving

from kg.graph.store import Store

UPDATE = "application/sparql-update"
BEARER = f"Bearer {TOKEN}"
INSERT = b'INSERT DATA { <http://example.org/a> rdfs:label "written" }'
WRITTEN = 'ASK { <http://example.org/a> rdfs:label "written" }'
GRAPH = "/rdf-graph-store?" + urlencode({"graph": "http://example.org/graph"})


def update(server: Served, body: bytes, **headers: str) -> int:
    headers.setdefault("content_type", UPDATE)
    return server.ask("/sparql", method="POST", body=body, **headers).status


def truth(server: Served, sparql: str) -> bool:
    return bool(server.query(sparql).json["boolean"])


def test_a_server_that_only_answers_takes_no_update(served: Served) -> None:
    assert update(served, INSERT, authorization=BEARER) == 403
    form = urlencode({"update": INSERT}).encode()
    reply = served.ask(
        "/sparql", method="POST", body=form, content_type="application/x-www-form-urlencoded"
    )
    assert reply.status == 403
    for method in ("PUT", "POST", "DELETE"):
        assert served.ask(GRAPH, method=method, body=b"", authorization=BEARER).status == 403


def test_an_update_is_seen_at_once(writable: Served) -> None:
    assert truth(writable, WRITTEN) is False
    assert update(writable, INSERT, authorization=BEARER) == 204
    assert truth(writable, WRITTEN) is True
    assert update(writable, INSERT.replace(b"INSERT", b"DELETE"), authorization=BEARER) == 204
    assert truth(writable, WRITTEN) is False


def test_an_update_comes_as_a_form(writable: Served) -> None:
    body = urlencode({"update": "INSERT DATA { <http://example.org/f> a schema:Thing }"}).encode()
    reply = writable.ask(
        "/sparql",
        method="POST",
        body=body,
        content_type="application/x-www-form-urlencoded",
        authorization=BEARER,
    )
    assert reply.status == 204
    assert truth(writable, "ASK { <http://example.org/f> a schema:Thing }")


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN])
def test_without_the_token_nothing_is_written(writable: Served, token: str) -> None:
    headers = {"authorization": token} if token else {}
    assert update(writable, INSERT, **headers) == 401
    assert writable.ask(GRAPH, method="DELETE", **headers).status == 401
    assert truth(writable, WRITTEN) is False


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_pages_of_other_sites_write_nothing(writable: Served, headers: dict[str, str]) -> None:
    assert update(writable, INSERT, authorization=BEARER, **headers) == 403


def test_a_page_of_this_server_may_write(writable: Served) -> None:
    assert update(writable, b"INSERT DATA {}", authorization=BEARER, origin=writable.url) == 204


@pytest.mark.parametrize(
    "body", [b"LOAD <http://127.0.0.1:1/x>", b"load silent <file:///etc/passwd>"]
)
def test_nothing_is_loaded_from_elsewhere(writable: Served, body: bytes) -> None:
    reply = writable.ask(
        "/sparql", method="POST", body=body, content_type=UPDATE, authorization=BEARER
    )
    assert reply.status == 400
    assert "LOAD isn't allowed" in reply.json["error"]["message"]


def test_a_mistake_in_an_update_has_a_place(writable: Served) -> None:
    body = b"INSERT DATA {\n <http://example.org/a> rdfs:label }"
    reply = writable.ask(
        "/sparql", method="POST", body=body, content_type=UPDATE, authorization=BEARER
    )
    assert (reply.status, reply.json["error"]["line"]) == (400, 2)


def test_an_update_is_wholly_made_or_not_at_all(writable: Served) -> None:
    body = INSERT + b" ; CREATE GRAPH <https://w3id.org/film-kg/catalogue>"
    assert update(writable, body, authorization=BEARER) in (400, 500)
    assert truth(writable, WRITTEN) is False


def test_an_update_takes_its_dataset_from_the_request(writable: Served) -> None:
    using = urlencode({"using-graph-uri": "https://w3id.org/film-kg/catalogue"})
    body = (
        b"INSERT { <http://example.org/found> rdfs:label ?title } "
        b"WHERE { ?film a schema:Movie ; rdfs:label ?title }"
    )
    reply = writable.ask(
        f"/sparql?{using}", method="POST", body=body, content_type=UPDATE, authorization=BEARER
    )
    assert reply.status == 204
    rows = writable.query("SELECT ?t { <http://example.org/found> rdfs:label ?t }").json
    assert [row["t"]["value"] for row in rows["results"]["bindings"]] == ["All About Eve"]


def test_a_dataset_of_both_kinds_is_refused(writable: Served) -> None:
    using = urlencode({"using-graph-uri": "http://example.org/g"})
    body = b"DELETE { ?s ?p ?o } USING <http://example.org/h> WHERE { ?s ?p ?o }"
    reply = writable.ask(
        f"/sparql?{using}", method="POST", body=body, content_type=UPDATE, authorization=BEARER
    )
    assert reply.status == 400


def test_a_graph_is_put_read_added_to_and_removed(writable: Served) -> None:
    turtle, label = "text/turtle", rdflib.RDFS.label

    def held() -> set[str]:
        reply = writable.ask(GRAPH, accept="application/n-triples")
        found = rdflib.Graph().parse(data=reply.body, format="nt")
        return {str(one) for one in found.objects(None, label)}

    assert writable.ask(GRAPH).status == 404
    body = f'<http://example.org/x> <{label}> "one" .'.encode()
    put = {"method": "PUT", "content_type": turtle, "authorization": BEARER}
    assert writable.ask(GRAPH, body=body, **put).status == 201
    assert held() == {"one"}
    assert truth(writable, 'ASK { ?x rdfs:label "one" }'), "the default graph has it too"
    assert writable.ask(GRAPH, body=body.replace(b"one", b"two"), **put).status == 204
    assert held() == {"two"}
    assert not truth(writable, 'ASK { ?x rdfs:label "one" }')
    more = body.replace(b"one", b"three")
    assert writable.ask(GRAPH, body=more, **{**put, "method": "POST"}).status == 204
    assert held() == {"two", "three"}
    assert writable.ask(GRAPH, method="DELETE", authorization=BEARER).status == 204
    assert writable.ask(GRAPH).status == 404
    assert writable.ask(GRAPH, method="DELETE", authorization=BEARER).status == 404


@pytest.mark.parametrize(
    ("media_type", "body", "status"),
    [
        ("application/ld+json", b'{"@id": "http://example.org/j", "@type": "http://e.org/T"}', 201),
        (
            "application/n-triples",
            b"<http://example.org/n> <http://e.org/p> <http://e.org/o> .",
            204,
        ),
        ("text/turtle", b"[] <http://e.org/p> [ <http://e.org/q> 1 ] .", 204),
        ("text/turtle", b"this is no Turtle", 400),
        ("application/trig", b"<http://e.org/g> { <http://e.org/a> <http://e.org/p> 1 }", 400),
        ("image/png", b"", 415),
    ],
)
def test_graphs_come_in_formats_that_can_be_read(
    writable: Served, media_type: str, body: bytes, status: int
) -> None:
    graph = "/rdf-graph-store?" + urlencode({"graph": "http://example.org/formats"})
    reply = writable.ask(
        graph, method="PUT", body=body, content_type=media_type, authorization=BEARER
    )
    assert reply.status == status, reply.text


def test_the_default_graph_is_read_as_a_whole(served: Served) -> None:
    reply = served.ask("/rdf-graph-store?default", accept="application/n-triples")
    counted = served.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json["results"]["bindings"]
    assert len(reply.body.splitlines()) == int(counted[0]["n"]["value"])


@pytest.mark.parametrize(
    "query", ["", "?graph=a&graph=b", "?default&graph=http://e.org/", "?graph=x"]
)
def test_a_graph_has_to_be_named(served: Served, query: str) -> None:
    assert served.ask(f"/rdf-graph-store{query}").status == 400


def test_two_updates_at_once_wait_for_each_other(writable: Served) -> None:
    def one(number: int) -> int:
        body = f"INSERT DATA {{ <http://example.org/n> schema:position {number} }}".encode()
        return update(writable, body, authorization=BEARER)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, range(4))) == [204] * 4
    rows = writable.query("SELECT ?n { <http://example.org/n> schema:position ?n }").json
    assert len(rows["results"]["bindings"]) == 4


def test_while_a_build_writes_an_update_is_told_to_come_back(tmp_path: Path) -> None:
    graph = make_graph(tmp_path / "graph")
    with serving(graph, "--writable", token=TOKEN) as server:
        with Store.open(graph, write=True):
            reply = server.ask(
                "/sparql", method="POST", body=INSERT, content_type=UPDATE, authorization=BEARER
            )
            assert reply.status == 503
            assert f"process {os.getpid()} is writing" in reply.json["error"]["message"]
            assert server.query("ASK {}").status == 200
        assert update(server, INSERT, authorization=BEARER) == 204


def test_an_endless_update_is_stopped_and_nothing_is_written(tmp_path: Path) -> None:
    graph = make_graph(tmp_path / "graph")
    product = " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(6))
    count = f"SELECT (COUNT(*) AS ?n) {{ {product} }}"
    body = f"INSERT {{ <http://e.org/a> <http://e.org/n> ?n }} WHERE {{ {count} }}"
    with serving(graph, "--writable", "--query-timeout", "2", token=TOKEN) as server:
        assert update(server, body.encode(), authorization=BEARER) == 503
        assert update(server, INSERT, authorization=BEARER) == 204
        assert not truth(server, "ASK { <http://e.org/a> ?p ?o }")


def test_to_be_writable_takes_a_token(served_graph: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "FILM_KG_TOKEN"}
    done = subprocess.run(
        [sys.executable, "-m", "kg", "serve", "--graph", str(served_graph), "--writable"],
        capture_output=True,
        env=environment,
        text=True,
    )
    assert done.returncode == 2
    assert "FILM_KG_TOKEN" in done.stderr
