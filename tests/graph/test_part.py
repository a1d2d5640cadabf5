"""Parts of a graph: what is wanted is there and whole, and nothing else is."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from graph_examples import OPENING_NIGHT, all_pages, later_review, magazine_review

from kg.errors import UsageError
from kg.graph.catalogue import catalogue_quads
from kg.graph.check import check
from kg.graph.mapping import page_graph, quads_of
from kg.graph.part import part_of
from kg.graph.selection import Selection
from kg.graph.store import Store
from kg.graph.terms import Triple
from kg.model import CatalogueFact, Entity, Field, Kind, Literal
from kg.vocab import BASE, FK, RDF, SCHEMA

OPENING = BASE + "film/opening-night-1977"
EVE = BASE + "film/all-about-eve-1950"
MOTHER = BASE + "film/all-about-my-mother-1999"
CASSAVETES = BASE + "person/john-cassavetes"


@pytest.fixture
def known(writer: Store) -> Store:
    """The example pages and some facts of the catalogue."""
    writer.bulk_load(quad for page in all_pages() for quad in quads_of(page))
    person = Entity("person/john-cassavetes", Kind.PERSON, "John Cassavetes", linked=True)
    facts = [
        CatalogueFact(OPENING_NIGHT, Field.DIRECTOR, person),
        CatalogueFact(OPENING_NIGHT, Field.CAST, person, part="Maurice Aarons"),
        CatalogueFact(later_review().entities["F1"], Field.COUNTRY, "Spain"),
    ]
    writer.replace_page(writer.iris.catalogue, catalogue_quads(facts))
    return writer


def triples(store: Store, selection: Selection) -> set[Triple]:
    with part_of(store, selection) as part:
        return set(part.triples())


def subjects(store: Store, selection: Selection) -> set[str]:
    return {triple.subject.removeprefix(BASE) for triple in triples(store, selection)}


def test_everything_is_the_graph_itself(known: Store) -> None:
    with part_of(known, Selection()) as part:
        assert part is known


def test_a_film_comes_with_what_is_said_of_it_and_the_names_of_the_rest(known: Store) -> None:
    found = triples(known, Selection(films=("All About My Mother",)))
    assert Triple(MOTHER, FK.alludesTo, EVE) in found
    assert Triple(EVE, SCHEMA.name, Literal("All About Eve")) in found
    assert Triple(OPENING, SCHEMA.director, CASSAVETES) not in found
    assert not {one for one in found if one.subject == CASSAVETES}


def test_a_film_comes_with_the_references_to_it(known: Store) -> None:
    found = triples(known, Selection(films=("All About Eve",)))
    assert {one.subject for one in found if one.predicate == FK.to and one.object == EVE}
    assert {one.object for one in found if one.predicate == FK.to} == {EVE}


def test_a_source_comes_with_what_it_says(known: Store) -> None:
    found = subjects(known, Selection(sources=("all-about-my-mother",)))
    assert "person/pedro-almodovar" in found
    assert "person/john-cassavetes" not in found


def test_a_source_may_be_an_address(known: Store) -> None:
    by_address = triples(known, Selection(sources=("https://magazine.example/opening-night",)))
    assert by_address == triples(known, Selection(sources=("opening-night-magazine",)))


def test_without_evidence_there_are_facts_alone(known: Store) -> None:
    found = triples(known, Selection(evidence=False))
    classes = {one.object for one in found if one.predicate == RDF.type}
    assert not classes & {FK.Claim, FK.Passage, FK.Quotation}
    assert FK.Reference in classes
    assert not {one for one in found if one.predicate in (FK.passage, FK.quotation)}
    kept = {one for one in known.triples() if one.predicate in (SCHEMA.director, FK.comparedTo)}
    assert kept <= found


def test_claims_that_are_not_sure_enough_go_with_what_only_they_state(known: Store) -> None:
    found = triples(known, Selection(min_confidence=0.905))
    huma = BASE + "character/huma-rojo"
    assert Triple(MOTHER, FK.alludesTo, OPENING) in found
    assert Triple(MOTHER, FK.alludesTo, EVE) not in found
    assert Triple(MOTHER, SCHEMA.character, huma) not in found
    scores = {one.object.value for one in found if one.predicate == FK.confidence}  # type: ignore[union-attr]
    assert min(map(float, scores)) >= 0.905


def test_what_another_page_is_sure_of_stays(writer: Store) -> None:
    unsure = magazine_review()
    unsure.id = "unsure"
    unsure.relations = [
        type(one)(one.name, one.subject, one.object, one.evidence, 0.3, one.part, one.stated)
        for one in unsure.relations
    ]
    for page in (unsure, magazine_review()):
        writer.replace_page(page_graph(page.id), quads_of(page.linked()))
    found = triples(writer, Selection(min_confidence=0.5))
    assert Triple(OPENING, SCHEMA.director, CASSAVETES) in found


def test_the_catalogue_alone_is_what_no_page_says(known: Store) -> None:
    found = triples(known, Selection(catalogue_only=True))
    assert found == set(known.triples(graph=known.iris.catalogue))


def test_the_catalogue_tells_of_the_films_that_are_wanted(known: Store) -> None:
    found = triples(known, Selection(catalogue_only=True, films=("Opening Night",)))
    assert Triple(OPENING, SCHEMA.director, CASSAVETES) in found
    assert not {one for one in found if one.subject == MOTHER}
    parts = {one.subject for one in found if one.object == SCHEMA.PerformanceRole}
    assert len(parts) == 1


def test_the_catalogue_tells_of_what_a_source_names(known: Store) -> None:
    found = triples(known, Selection(catalogue_only=True, sources=("all-about-my-mother",)))
    assert Triple(MOTHER, SCHEMA.countryOfOrigin, Literal("Spain")) in found


@pytest.mark.parametrize(
    ("films", "sources", "evidence", "confidence", "catalogue"),
    list(
        product(
            ((), ("Opening Night",)),
            ((), ("opening-night-magazine",)),
            (True, False),
            (0.0, 0.88),
            (False, True),
        )
    ),
)
def test_every_part_is_a_graph_without_faults(
    known: Store,
    films: tuple[str, ...],
    sources: tuple[str, ...],
    evidence: bool,
    confidence: float,
    catalogue: bool,
) -> None:
    selection = Selection(films, sources, evidence, confidence, catalogue)
    with part_of(known, selection) as part:
        assert set(part.triples()) <= set(known.triples()) | set(
            known.triples(graph=known.iris.catalogue)
        )
        # a reference without evidence is what was asked for
        faults = [fault for fault in check(part) if evidence or "passage" not in fault.message]
        assert faults == []


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        (Selection(films=("Opning Nihgt",)), "near to it: Opening Night"),
        (Selection(sources=("nowhere",)), "expected the name, address, id or folder of a page"),
    ],
)
def test_what_is_not_there_is_wrong_use(known: Store, selection: Selection, message: str) -> None:
    with pytest.raises(UsageError, match=message), part_of(known, selection):
        pass


def test_a_confidence_is_a_share() -> None:
    with pytest.raises(UsageError, match="from 0 to 1"):
        Selection(min_confidence=80)


def test_the_folder_of_a_part_goes_with_it(known: Store) -> None:
    with part_of(known, Selection(evidence=False)) as part:
        folder = Path(part.directory)
        assert folder.exists()
    assert not folder.exists()
