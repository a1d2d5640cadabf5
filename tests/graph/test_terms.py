"""Literals, IRIs, folded names and content hashes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.graph.catalogue import catalogue_quads
from kg.graph.fold import fold, segment
from kg.graph.passages import sentence_around
from kg.graph.prefixes import prefixes_of, shorten
from kg.graph.terms import clean_iri, key, moment, number, share
from kg.model import CatalogueFact, Entity, Field, Kind, Literal, Span
from kg.vocab import BASE, FK, SCHEMA, XSD


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.95, "0.95"), (1.0, "1"), (0.0, "0"), (0.12345, "0.123"), (1 / 3, "0.333"), (0.9996, "1")],
)
def test_a_share_has_three_decimals_at_most(value: float, written: str) -> None:
    assert share(value) == Literal(written, XSD.decimal)


@pytest.mark.parametrize(("value", "written"), [(-0.2, "0"), (1.7, "1")])
def test_a_share_stays_between_nought_and_one(value: float, written: str) -> None:
    assert share(value) == Literal(written, XSD.decimal)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (75.0, Literal("75", XSD.integer)),
        (3.5, Literal("3.5", XSD.decimal)),
        (0, Literal("0", XSD.integer)),
        (100.0, Literal("100", XSD.integer)),
        (1e-5, Literal("0.00001", XSD.decimal)),
    ],
)
def test_a_number_is_whole_or_decimal(value: float, written: Literal) -> None:
    assert number(value) == written


@pytest.mark.parametrize(
    ("written", "literal"),
    [
        ("2004-05-17", Literal("2004-05-17", XSD.date)),
        ("2004-05-17T10:00:00Z", Literal("2004-05-17", XSD.date)),
        ("2004-02-31", Literal("2004-02-31")),
        ("2004-05", Literal("2004-05", XSD.gYearMonth)),
        ("2004", Literal("2004", XSD.gYear)),
        ("May 17th, 2004", Literal("May 17th, 2004")),
    ],
)
def test_a_date_takes_the_finest_datatype_that_fits(written: str, literal: Literal) -> None:
    assert moment(written) == literal


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Noémie LVOVSKY", "noemie lvovsky"),
        ("Ocean's Eleven", "oceans eleven"),
        ("Ocean’s Eleven", "oceans eleven"),
        ("M*A*S*H", "m a s h"),
        ("Smultronstället", "smultronstallet"),
        ("Øyvind & Łukasz", "oyvind and lukasz"),
        ("Сталкер", "сталкер"),
        ("…", ""),
    ],
)
def test_a_name_is_folded(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(max_size=200))
def test_every_name_makes_a_segment_of_an_iri(name: str) -> None:
    made = segment(name)
    assert made
    assert len(made) <= 120
    NamedNode(clean_iri(BASE + "person/" + made))


@given(st.text(max_size=60))
def test_every_text_makes_a_valid_iri(text: str) -> None:
    NamedNode("https://example.org/" + clean_iri(text))


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_different_content_has_different_keys(one: list[str], other: list[str]) -> None:
    assert (key(*one) == key(*other)) == (one == other)


def test_a_key_does_not_change_from_run_to_run() -> None:
    assert key("film", 1, 0.5) == "2fzizppbyu4eiqjj"


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 20))
def test_a_sentence_holds_the_name_that_it_is_around(text: str, start: int, length: int) -> None:
    span = Span(min(start, len(text)), min(start + length, len(text)))
    evidence = sentence_around(text, span)
    assert evidence.span is not None
    assert evidence.exact == evidence.span.words(text)
    if span.words(text).strip():
        assert span.words(text).strip() in evidence.exact


def test_an_iri_takes_the_longest_prefix_that_fits() -> None:
    prefixes = prefixes_of(BASE)
    assert shorten(BASE + "film/a-b-1950", prefixes) == "film:a-b-1950"
    assert shorten(FK.from_, prefixes) == "fk:from"
    assert shorten(BASE + "film/a/b", prefixes) == BASE + "film/a/b"
    assert shorten("https://example.org/x", prefixes) == "https://example.org/x"


def test_the_catalogue_describes_what_it_names() -> None:
    film = Entity("film/x-1950", Kind.FILM, "X", 1950, linked=True)
    actor = Entity("person/y", Kind.PERSON, "Y", linked=True)
    quads = list(catalogue_quads([CatalogueFact(film, Field.CAST, actor, "Z")]))
    assert {quad.graph for quad in quads} == {BASE + "catalogue"}
    said = {(quad.subject, quad.predicate, quad.object) for quad in quads}
    assert (BASE + "film/x-1950", SCHEMA.actor, BASE + "person/y") in said
    assert (BASE + "film/x-1950", SCHEMA.datePublished, Literal("1950", XSD.gYear)) in said
    (role,) = (obj for _, predicate, obj in said if predicate == FK.part)
    assert (role, SCHEMA.characterName, Literal("Z")) in said


@pytest.mark.parametrize(
    ("field", "value", "predicate", "written"),
    [
        (Field.DURATION, "112", SCHEMA.duration, Literal("PT112M")),
        (Field.COUNTRY, "France", SCHEMA.countryOfOrigin, Literal("France")),
        (Field.YEAR, "2005", SCHEMA.datePublished, Literal("2005", XSD.gYear)),
        (Field.IDENTIFIER, "https://x.example/a", SCHEMA.sameAs, "https://x.example/a"),
    ],
)
def test_the_catalogue_states_plain_values(
    field: Field, value: str, predicate: str, written: object
) -> None:
    film = Entity("film/x", Kind.FILM, "X", linked=True)
    quads = catalogue_quads([CatalogueFact(film, field, value)])
    assert (predicate, written) in {(quad.predicate, quad.object) for quad in quads}
