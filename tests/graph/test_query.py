"""SPARQL: what is answered in which format, what is refused, and how mistakes are shown."""

from __future__ import annotations

import csv
import io
import json

import pytest
import rdflib

from kg.errors import QueryError, UsageError
from kg.graph.store import Store

TITLES = "SELECT ?title { ?film a schema:Movie ; rdfs:label ?title } ORDER BY ?title"


def test_the_usual_prefixes_need_no_declaring(examples: Store) -> None:
    assert list(examples.query(TITLES).printed()) == [
        ("All About Eve",),
        ("All About My Mother",),
        ("Opening Night",),
    ]


def test_the_folders_of_the_graph_are_prefixes(examples: Store) -> None:
    answer = examples.query("SELECT ?d { film:opening-night-1977 schema:director ?d }")
    assert list(answer.printed()) == [("person:john-cassavetes",)]


def test_an_answer_may_be_read_more_than_once(examples: Store) -> None:
    answer = examples.query(TITLES)
    assert list(answer.rows()) == list(answer.rows())
    assert len(answer.serialise("csv").splitlines()) == 4


def test_an_unbound_variable_is_none_in_rows_and_empty_in_print(examples: Store) -> None:
    answer = examples.query("SELECT ?x ?y { BIND(1 AS ?x) OPTIONAL { ?nothing fk:nothing ?y } }")
    assert [row[1] for row in answer.rows()] == [None]
    assert [row[1] for row in answer.printed()] == [""]


def test_rows_as_csv(examples: Store) -> None:
    written = examples.query(TITLES).serialise("csv").decode()
    assert next(csv.reader(io.StringIO(written))) == ["title"]


def test_rows_as_json(examples: Store) -> None:
    found = json.loads(examples.query(TITLES).serialise("json"))
    assert found["results"]["bindings"][0]["title"]["value"] == "All About Eve"


def test_rows_as_tsv_and_xml(examples: Store) -> None:
    assert examples.query(TITLES).serialise("tsv").startswith(b"?title\n")
    assert b"<sparql" in examples.query(TITLES).serialise("xml")


def test_a_truth_is_asked_for(examples: Store) -> None:
    answer = examples.query("ASK { ?film a schema:Movie }")
    assert answer.kind == "truth"
    assert answer
    assert json.loads(answer.serialise("json"))["boolean"] is True
    assert list(answer.printed()) == [("true",)]


# rdflib's own reader of JSON-LD uses a class that rdflib has deprecated
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(
    ("name", "parser"),
    [("turtle", "turtle"), ("ntriples", "nt"), ("rdfxml", "xml"), ("jsonld", "json-ld")],
)
def test_triples_are_written_so_that_another_library_reads_them(
    examples: Store, name: str, parser: str
) -> None:
    answer = examples.query("CONSTRUCT { ?f rdfs:label ?l } { ?f a schema:Movie ; rdfs:label ?l }")
    assert answer.kind == "triples"
    assert len(rdflib.Graph().parse(data=answer.serialise(name), format=parser)) == 3


def test_rows_have_no_turtle_and_triples_no_csv(examples: Store) -> None:
    with pytest.raises(UsageError, match="expected one of csv, tsv, json, xml"):
        examples.query(TITLES).serialise("turtle")
    with pytest.raises(UsageError, match="expected one of turtle"):
        examples.query("CONSTRUCT WHERE { ?s ?p ?o }").serialise("csv")


def test_a_named_graph_is_what_one_page_says(examples: Store) -> None:
    answer = examples.query(
        "SELECT ?page { GRAPH ?page { film:opening-night-1977 schema:director ?d } }"
    )
    assert list(answer.printed()) == [("source:opening-night-magazine",)]


@pytest.mark.parametrize(
    ("sparql", "line", "column", "words"),
    [
        ("SELEKT * { ?s ?p ?o }", 1, 1, "begins with SELECT"),
        ("SELECT *\n{ ?s foo:bar ?o }", 2, 6, "prefix foo: is unknown"),
        ("SELECT * {\n  ?s ?p ?o", 1, 10, "never closed"),
        ("SELECT * { ?s ?p ?o }}", 1, 22, "closes nothing"),
        ("SELECT * { ?s ?p (1 } 2)", 1, 21, "expected ) for the ("),
        ("SELECT * { ?s ?p 'x }", 1, 18, "string is never closed"),
        ("SELECT ?x ?y { ?x ?p ?y } GROUP BY ?x", 1, 36, "neither grouped"),
        ("INSERT DATA { <a:b> <a:c> 1 }", 1, 1, "can only ask"),
        ("", 1, 1, "the query is empty"),
        ("# nothing but a comment", 1, 24, "the query is empty"),
    ],
)
def test_a_mistake_is_shown_with_its_line_and_column(
    examples: Store, sparql: str, line: int, column: int, words: str
) -> None:
    with pytest.raises(QueryError, match="SPARQL mistake") as caught:
        examples.query(sparql)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert words in str(caught.value)


def test_a_mistake_shows_the_line_with_a_mark_below(examples: Store) -> None:
    with pytest.raises(QueryError) as caught:
        examples.query("SELECT *\n{ ?s foo:bar ?o }")
    assert str(caught.value).endswith("\n  { ?s foo:bar ?o }\n       ^")


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERVICESILENT<http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERV\\u0049CE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(?o<?p)SERVICE?v#>\n{ ?a ?b ?c } }",
        "SELECT * { ?s ?p 1SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }",
        "SELECT * { ?s ?p ?o.SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }",
        "SELECT * { ?s a schema:Movie.SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }",
        "SELECT * { ?s ?p 'unclosed } SERVICE <http://127.0.0.1:9/> { ?a ?b ?c }",
        "SELECT * { # <\n SERVICE # >\n <http://127.0.0.1:9/> { ?a ?b ?c } }",
        'SELECT * { ?s ?p "\\"" SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }',
        "LOAD <file:///etc/hostname>",
        "INSERT DATA { <a:b> <a:c> 1 } ; load silent <file:///etc/hostname>",
    ],
)
def test_what_reaches_out_of_the_graph_is_refused(examples: Store, sparql: str) -> None:
    with pytest.raises(QueryError, match=r"(SERVICE|LOAD) isn't allowed"):
        examples.query(sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?film { ?film rdfs:label 'Secret Service' }",
        'SELECT ?film { ?film rdfs:label """On Her "SERVICE" again""" }',
        "SELECT ?service ?load { ?service rdfs:label ?load }",
        "SELECT ?p { <https://w3id.org/film-kg/film/secret-service> ?p ?o }",
        "SELECT ?p { film:service ?p ?o } # SERVICE and LOAD in a comment",
        "PREFIX load: <http://example.org/> SELECT ?o { ?s load:SERVICE ?o }",
        "SELECT ?p { ?s ?p 'x'@service }",
    ],
)
def test_names_and_words_that_only_look_like_it_are_not(examples: Store, sparql: str) -> None:
    assert list(examples.query(sparql).rows()) is not None
