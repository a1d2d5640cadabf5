"""What the user calls wrong leaves the graph, what the user adds enters it."""

from __future__ import annotations

import pytest
from graph_examples import magazine_review

from kg.errors import UsageError
from kg.graph.corrections import Corrections, correction_quads
from kg.graph.mapping import claims_of, quads_of
from kg.graph.terms import Triple
from kg.model import Correction, Literal
from kg.vocab import BASE, FK, RDF, SCHEMA

OPENING = BASE + "film/opening-night-1977"
EVE = BASE + "film/all-about-eve-1950"
ROWLANDS = BASE + "person/gena-rowlands"


def graph(*corrections: Correction) -> set[Triple]:
    read = Corrections.read(corrections, base=BASE)
    return {Triple(*quad[:3]) for quad in quads_of(magazine_review().linked(), corrections=read)}


def wrong(subject: str, predicate: str, obj: str) -> Correction:
    return Correction("wrong", subject, obj, predicate)


def test_a_wrong_statement_goes_with_its_claim() -> None:
    triples = graph(wrong("film/opening-night-1977", "schema:director", "person/john-cassavetes"))
    assert not any(predicate == SCHEMA.director for _, predicate, _ in triples)
    assert not any(triple.object == SCHEMA.director for triple in triples)


def test_one_page_can_be_wrong_by_its_claim() -> None:
    (claim,) = (
        triple.subject
        for triple in graph()
        if triple.predicate == RDF.predicate and triple.object == SCHEMA.director
    )
    triples = graph(Correction("wrong", claim))
    assert not any(predicate == SCHEMA.director for _, predicate, _ in triples)


def test_a_wrong_actor_takes_the_part_along() -> None:
    triples = graph(wrong(OPENING, "schema:actor", ROWLANDS))
    assert not any(triple.predicate in (FK.part, SCHEMA.character) for triple in triples)
    assert not any(triple.object == SCHEMA.PerformanceRole for triple in triples)


def test_a_wrong_part_leaves_the_actor() -> None:
    (role,) = (triple.object for triple in graph() if triple.predicate == FK.part)
    triples = graph(wrong(OPENING, "fk:part", str(role)))
    assert Triple(OPENING, SCHEMA.actor, ROWLANDS) in triples
    assert not any(triple.object == SCHEMA.PerformanceRole for triple in triples)


def test_a_wrong_edge_takes_the_reference_and_leaves_the_mention() -> None:
    triples = graph(wrong(OPENING, "fk:comparedTo", EVE))
    assert Triple(OPENING, FK.comparedTo, EVE) not in triples
    assert not any(triple.predicate == FK.to and triple.object == EVE for triple in triples)
    assert any(triple.predicate == SCHEMA.mentions and triple.object == EVE for triple in triples)


def test_a_wrong_reference_takes_its_edge() -> None:
    (reference,) = (
        triple.subject for triple in graph() if triple.predicate == FK.to and triple.object == EVE
    )
    assert Triple(OPENING, FK.comparedTo, EVE) not in graph(Correction("wrong", reference))


def test_a_wrong_mention_takes_the_reference() -> None:
    triples = graph(wrong(BASE + "review/opening-night-magazine", "schema:mentions", EVE))
    assert not any(triple.object == EVE for triple in triples)


def test_a_wrong_byline_is_gone() -> None:
    triples = graph(
        wrong(BASE + "review/opening-night-magazine", "schema:author", "person/ada-reel")
    )
    assert not any(triple.predicate == SCHEMA.author for triple in triples)


def test_corrections_leave_out_claims_too() -> None:
    read = Corrections.read([wrong(OPENING, "schema:actor", ROWLANDS)], base=BASE)
    claims = list(claims_of(magazine_review().linked(), corrections=read))
    assert claims
    assert not any(claim.predicate == SCHEMA.actor for claim in claims)


def test_an_added_statement_stands_in_a_graph_of_its_own() -> None:
    read = Corrections.read(
        [
            Correction("add", "film/opening-night-1977", "person/al-ruban", "schema:producer"),
            Correction("add", "film/opening-night-1977", "drama", "schema:genre"),
            Correction("same", "person/a", "person/b"),
        ],
        base=BASE,
    )
    quads = list(correction_quads(read, base=BASE))
    assert {quad.graph for quad in quads} == {BASE + "corrections"}
    assert {Triple(*quad[:3]) for quad in quads if quad.subject == OPENING} == {
        Triple(OPENING, SCHEMA.producer, BASE + "person/al-ruban"),
        Triple(OPENING, SCHEMA.genre, Literal("drama")),
    }


def test_words_that_only_hold_a_colon_are_words() -> None:
    read = Corrections.read(
        [Correction("add", "film/x", "note: see https below", "schema:genre")], base=BASE
    )
    assert read.added[0].triple.object == Literal("note: see https below")


@pytest.mark.parametrize("subject", ["Opening Night", "", "nothing/known"])
def test_a_subject_that_is_no_name_of_a_node_is_wrong_use(subject: str) -> None:
    with pytest.raises(UsageError, match="expected an IRI"):
        Corrections.read([Correction("add", subject, "drama", "schema:genre")], base=BASE)
