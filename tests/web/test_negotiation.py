"""Formats chosen as RFC 9110 has it, and parts of the protocol that need no server."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import QueryError, StoreError, UsageError
from kg.graph.guard import refuse_reaching_out
from kg.graph.protocol import form, is_stable
from kg.graph.redirects import Redirects
from kg.graph.using import with_graphs
from kg.web.negotiation import HTML, ROWS, TRIPLES, accepts_gzip, called, choose
from kg.web.settings import Settings


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("*", "json"),
        ("text/csv", "csv"),
        ("text/csv;charset=utf-8;q=0.3,text/tab-separated-values;q=0.2", "csv"),
        ("application/*;q=0.2,text/*;q=0.1", "json"),
        ("text/csv;q=1.5", None),
        ("text/csv;q=frog", None),
        ("nonsense", None),
        ("application/xml;q=0.9,*/*;q=0.8", "xml"),
        ("application/sparql-results+json;q=0.2,application/sparql-results+xml;q=0.2", "json"),
    ],
)
def test_a_format_of_rows(accept: str | None, name: str | None) -> None:
    found = choose(accept, ROWS)
    assert (found.name if found else None) == name


def test_a_browser_prefers_pages() -> None:
    chrome = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
    assert choose(chrome, (*TRIPLES, HTML)) is HTML


def test_json_of_a_graph_is_json_ld() -> None:
    found = choose("application/json", TRIPLES)
    assert found is not None
    assert found.name == "jsonld"


@pytest.mark.parametrize(
    ("name", "rows", "triples"),
    [
        ("json", "json", "jsonld"),
        ("xml", "xml", "rdfxml"),
        ("csv", "csv", None),
        ("ttl", None, "turtle"),
        ("text/turtle", None, "turtle"),
        ("NT", None, "ntriples"),
        ("frog", None, None),
    ],
)
def test_a_format_by_its_name(name: str, rows: str | None, triples: str | None) -> None:
    of_rows, of_triples = called(name, ROWS), called(name, TRIPLES)
    assert (of_rows.name if of_rows else None) == rows
    assert (of_triples.name if of_triples else None) == triples


@pytest.mark.parametrize(
    ("said", "takes"),
    [
        ("gzip", True),
        ("deflate, gzip;q=0.5", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("identity", False),
        ("", False),
        ("x-gzip", True),
    ],
)
def test_compression(said: str, takes: bool) -> None:
    assert accepts_gzip(said) is takes


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("SELECT * {}", "rows"),
        ("# CONSTRUCT\nPREFIX select: <http://e.org/ASK> BASE <http://e.org/> ask {}", "truth"),
        ("construct where { ?s ?p ?o }", "triples"),
        ("DESCRIBE <http://e.org/SELECT>", "triples"),
        ("FROG", ""),
        ("", ""),
    ],
)
def test_the_kind_of_answer_is_seen_before_it_is_found(query: str, kind: str) -> None:
    assert form(query) == kind


def test_what_changes_by_itself_is_seen() -> None:
    assert is_stable('SELECT * { ?s ?now "RAND()" }')
    assert not is_stable("SELECT (now() AS ?x) {}")


def test_using_goes_before_each_where() -> None:
    update = (
        "DELETE { ?s ?p ?o } WHERE { { SELECT * WHERE { ?s ?p ?o } } } ; DELETE WHERE { ?a ?b 1 }"
    )
    assert with_graphs(update, ("http://e.org/g",), ("http://e.org/n",)) == (
        "DELETE { ?s ?p ?o } USING <http://e.org/g> USING NAMED <http://e.org/n> "
        "WHERE { { SELECT * WHERE { ?s ?p ?o } } } ; "
        "DELETE { ?a ?b 1 } USING <http://e.org/g> USING NAMED <http://e.org/n> WHERE { ?a ?b 1 }"
    )


@pytest.mark.parametrize("graph", ["no iri", "http://e.org/> WHERE {} ; DROP ALL ; INSERT {} <"])
def test_using_takes_iris_only(graph: str) -> None:
    with pytest.raises(UsageError):
        with_graphs("DELETE WHERE { ?s ?p ?o }", (graph,), ())


@pytest.mark.parametrize(
    "query",
    [
        "SELECT*{SERVICE<http://e.org/>{?s ?p ?o}}",
        "SELECT * { ?s ?p ?o .SERVICE ?s {} }",
        "SELECT * { ?s ?p 'a'SERVICE <http://e.org/> {} }",
        "SELECT * { ?s ?p 1.SERVICE <http://e.org/> {} }",
        'SELECT * { ?s ?p """a"""SeRvIcE <http://e.org/> {} }',
        "SELECT * { ?s ?p '\\u0027 SERVICE <http://e.org/> {} #' }",
        "SELECT * { # a comment\rSERVICE <http://e.org/> {} }",
    ],
)
def test_no_way_of_writing_it_lets_a_query_reach_out(query: str) -> None:
    with pytest.raises(QueryError, match="isn't allowed"):
        refuse_reaching_out(query)


def test_redirects_that_go_round_end(tmp_path: Path) -> None:
    (tmp_path / "redirects.tsv").write_text("film/a\tfilm/b\nfilm/b\tfilm/a\n# a word\n\n")
    assert Redirects(tmp_path).target("film/a") in (None, "film/b")
    assert Redirects(tmp_path).target("film/c") is None


def test_a_line_that_is_no_redirect_is_told(tmp_path: Path) -> None:
    (tmp_path / "redirects.tsv").write_text("film/a film/b\n")
    with pytest.raises(StoreError, match="line 1"):
        Redirects(tmp_path).target("film/a")


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("localhost", True),
        ("LOCALHOST:80", True),
        ("127.8.9.10", True),
        ("[::1]:80", True),
        ("films.example", True),
        ("films.example.:443", True),
        ("evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("localhost@evil.example", False),
        ("evil.example@localhost", False),
        ("", False),
    ],
)
def test_hosts(host: str, allowed: bool) -> None:
    assert Settings(hosts=frozenset({"films.example"})).allows(host) is allowed
