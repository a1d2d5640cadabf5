"""What a linked page becomes in RDF."""

from __future__ import annotations

from dataclasses import replace

import pytest
from graph_examples import (
    ALL_ABOUT_EVE,
    OPENING_NIGHT,
    ROWLANDS,
    PageOf,
    aggregator,
    film,
    later_review,
    magazine_review,
    renamed,
    thing,
)

from kg.errors import KgError
from kg.graph.mapping import claims_of, page_graph, quads_of
from kg.graph.terms import Quad
from kg.model import Entity, Field, Kind, LinkedPage, Literal, ReferenceKind, RelationName
from kg.vocab import BASE, FK, OA, OWL, RDF, RDFS, SCHEMA, XSD

OPENING = BASE + "film/opening-night-1977"
EVE = BASE + "film/all-about-eve-1950"
MOTHER = BASE + "film/all-about-my-mother-1999"
REVIEW = BASE + "review/opening-night-magazine"


def graph(page: PageOf | LinkedPage) -> set[tuple[str, str, object]]:
    linked = page.linked() if isinstance(page, PageOf) else page
    return {(quad.subject, quad.predicate, quad.object) for quad in quads_of(linked)}


def objects(page: PageOf | LinkedPage, subject: str, predicate: str) -> set[object]:
    return {obj for s, p, obj in graph(page) if s == subject and p == predicate}


def subjects(page: PageOf | LinkedPage, predicate: str, obj: object) -> set[str]:
    return {s for s, p, o in graph(page) if p == predicate and o == obj}


def claim_about(page: PageOf, subject: str, predicate: str, obj: object) -> str:
    triples = graph(page)
    (claim,) = (
        s
        for s, p, o in triples
        if (p, o) == (RDF.object, obj)
        and (s, RDF.subject, subject) in triples
        and (s, RDF.predicate, predicate) in triples
    )
    return claim


def test_a_named_thing_carries_its_name_as_label_and_as_schema_name() -> None:
    page = magazine_review()
    assert objects(page, OPENING, RDFS.label) == {Literal("Opening Night")}
    assert objects(page, OPENING, SCHEMA.name) == {Literal("Opening Night")}


def test_a_wikidata_item_is_the_same_thing_and_a_web_page_only_its_sign() -> None:
    known = replace(
        OPENING_NIGHT,
        same_as=("http://www.wikidata.org/entity/Q930396", "https://www.imdb.com/title/tt0076525/"),
    )
    page = magazine_review()
    page.entities["F1"] = known
    assert objects(page, OPENING, OWL.sameAs) == {"http://www.wikidata.org/entity/Q930396"}
    assert objects(page, OPENING, SCHEMA.sameAs) == {"https://www.imdb.com/title/tt0076525/"}


def test_an_unknown_film_is_marked_unlinked() -> None:
    page = PageOf("p", "[F1|Nowhere]", {"F1": film("Nowhere", None, "nowhere")}, topic="F1")
    node = BASE + "film/nowhere"
    assert objects(page, node, FK.linked) == {Literal("false", XSD.boolean)}


def test_a_work_is_a_creative_work_and_of_its_own_kind() -> None:
    node = BASE + "work/a-streetcar-named-desire"
    assert objects(magazine_review(), node, RDF.type) == {
        SCHEMA.CreativeWork,
        SCHEMA.NAMESPACE + "Play",
    }


def test_a_kind_of_work_that_schema_org_lacks_is_not_written() -> None:
    page = magazine_review()
    page.entities["W1"] = thing(Kind.WORK, "A Streetcar", "work/a-streetcar", work_type="Tram")
    assert objects(page, BASE + "work/a-streetcar", RDF.type) == {SCHEMA.CreativeWork}


def test_a_credit_is_an_edge_and_a_claim_with_its_words() -> None:
    page = magazine_review()
    claim = claim_about(page, OPENING, SCHEMA.director, BASE + "person/john-cassavetes")
    assert objects(page, claim, FK.confidence) == {Literal("0.99", XSD.decimal)}
    words = {
        words
        for passage in objects(page, claim, FK.passage)
        for words in objects(page, str(passage), OA.exact)
    }
    assert Literal("Director: John Cassavetes") in words
    assert len(words) == 2


def test_several_sentences_for_one_fact_are_one_claim_with_the_highest_confidence() -> None:
    claims = [
        claim
        for claim in claims_of(magazine_review().linked())
        if claim.predicate == SCHEMA.director
    ]
    assert len(claims) == 1
    assert claims[0].score == pytest.approx(0.99)
    assert len(claims[0].evidence) == 2


def test_a_passage_tells_where_its_words_stand() -> None:
    page = magazine_review()
    (passage,) = subjects(page, OA.exact, Literal("Country: USA"))
    start, end = page.text.index("Country"), page.text.index("Country") + len("Country: USA")
    assert objects(page, passage, OA.start) == {Literal(str(start), XSD.integer)}
    assert objects(page, passage, OA.end) == {Literal(str(end), XSD.integer)}
    assert objects(page, passage, OA.hasSource) == {BASE + "source/opening-night-magazine"}


def test_words_of_the_markup_have_a_place_instead_of_offsets() -> None:
    page = later_review()
    (passage,) = subjects(page, OA.exact, Literal("1999"))
    assert objects(page, passage, FK.where) == {Literal("json-ld")}
    assert objects(page, passage, OA.start) == set()


def test_facts_of_one_sentence_share_its_passage() -> None:
    page = magazine_review()
    acts = claim_about(page, OPENING, SCHEMA.actor, BASE + "person/gena-rowlands")
    character = claim_about(page, OPENING, SCHEMA.character, BASE + "character/myrtle-gordon")
    assert objects(page, acts, FK.passage) == objects(page, character, FK.passage)


def test_a_part_joins_actor_and_character() -> None:
    page = magazine_review()
    (role,) = objects(page, OPENING, FK.part)
    assert objects(page, str(role), RDF.type) == {SCHEMA.PerformanceRole}
    assert objects(page, str(role), SCHEMA.actor) == {BASE + "person/gena-rowlands"}
    assert objects(page, str(role), SCHEMA.characterName) == {Literal("Myrtle Gordon")}
    assert objects(page, str(role), FK.playsCharacter) == {BASE + "character/myrtle-gordon"}
    assert objects(page, str(role), RDFS.label) == {Literal("Myrtle Gordon")}


def test_one_part_has_one_iri_on_every_page() -> None:
    page = magazine_review()
    other = renamed(page.linked(), "elsewhere")
    assert objects(page, OPENING, FK.part) == objects(other, OPENING, FK.part)


def test_one_fact_of_two_pages_has_two_claims() -> None:
    page = magazine_review()
    other = renamed(page.linked(), "elsewhere")
    assert subjects(page, RDF.type, FK.Claim).isdisjoint(subjects(other, RDF.type, FK.Claim))


def test_a_length_is_an_iso_duration() -> None:
    assert objects(magazine_review(), OPENING, SCHEMA.duration) == {Literal("PT144M")}


def test_a_year_is_written_only_where_the_page_states_it() -> None:
    assert objects(later_review(), MOTHER, SCHEMA.datePublished) == {Literal("1999", XSD.gYear)}
    assert objects(magazine_review(), OPENING, SCHEMA.datePublished) == set()


def test_a_country_stands_in_the_pages_own_word() -> None:
    assert objects(magazine_review(), OPENING, SCHEMA.countryOfOrigin) == {Literal("USA")}


def test_a_listed_distributor_is_no_production_company() -> None:
    page = magazine_review()
    company = thing(Kind.ORGANISATION, "Faces Distribution", "organisation/faces-distribution")
    page = PageOf(
        "p",
        "[F1|Opening Night]\nDistributor: [O1|Faces Distribution]",
        {"F1": OPENING_NIGHT, "O1": company},
        topic="F1",
    )
    page.relation(RelationName.COMPANY, "F1", "O1", "Distributor: Faces Distribution", stated=True)
    page.states(Field.DISTRIBUTOR, "Faces Distribution", "Distributor: Faces Distribution")
    node = BASE + "organisation/faces-distribution"
    assert objects(page, OPENING, FK.distributor) == {node}
    assert objects(page, OPENING, SCHEMA.productionCompany) == set()


def test_a_distributor_that_only_the_markup_names_gets_a_node() -> None:
    page = magazine_review().states(Field.DISTRIBUTOR, "Faces Distribution")
    (node,) = objects(page, OPENING, FK.distributor)
    assert objects(page, str(node), RDFS.label) == {Literal("Faces Distribution")}


def test_marriage_goes_both_ways() -> None:
    page = magazine_review()
    page.relation(RelationName.SPOUSE, "P2", "P1", "John Cassavetes directs Gena Rowlands")
    one, other = BASE + "person/gena-rowlands", BASE + "person/john-cassavetes"
    assert objects(page, one, SCHEMA.spouse) == {other}
    assert objects(page, other, SCHEMA.spouse) == {one}


def test_an_award_to_a_person_for_a_film_is_both_ones() -> None:
    page = later_review()
    page.relation(RelationName.AWARD, "P2", "A1", "It won the Oscar.", part="F1")
    award = BASE + "award/academy-award"
    assert objects(page, BASE + "person/marisa-paredes", SCHEMA.award) == {award}
    assert objects(page, MOTHER, SCHEMA.award) == {award}


def test_a_comparison_is_a_reference_and_a_direct_edge() -> None:
    page = magazine_review()
    assert EVE in objects(page, OPENING, FK.comparedTo)
    (reference,) = subjects(page, FK.to, EVE)
    assert objects(page, reference, FK.from_) == {OPENING}
    assert objects(page, reference, FK.kind) == {FK.Comparison}
    assert objects(page, reference, FK.statedIn) == {REVIEW}
    assert objects(page, reference, FK.confidence) == {Literal("0.88", XSD.decimal)}


def test_a_plain_mention_has_no_direct_edge() -> None:
    page = later_review()
    page.references.clear()
    page.reference("F3", ReferenceKind.MENTION, "the title of All About Eve")
    triples = graph(page)
    assert not any(s == MOTHER and o == EVE for s, _, o in triples)
    assert objects(page, BASE + "review/all-about-my-mother", SCHEMA.mentions) >= {EVE}


@pytest.mark.parametrize("kind", [ReferenceKind.REMAKE, ReferenceKind.SEQUEL])
def test_the_later_film_is_the_one_that_remakes_or_continues(kind: ReferenceKind) -> None:
    # the review of the film of 1950 brings in the one of 1977
    page = PageOf(
        "p",
        "[F1|All About Eve] came long before [F2|Opening Night].",
        {"F1": ALL_ABOUT_EVE, "F2": OPENING_NIGHT},
        topic="F1",
    ).reference("F2", kind, "long before Opening Night")
    edge = FK.remakeOf if kind is ReferenceKind.REMAKE else FK.sequelOf
    assert objects(page, OPENING, edge) == {EVE}
    (reference,) = subjects(page, FK.to, OPENING)
    assert objects(page, reference, FK.from_) == {EVE}


def test_without_both_years_the_reviewed_film_is_the_one_that_remakes() -> None:
    page = PageOf(
        "p",
        "[F1|All About Eve] and [F2|Opening Night]",
        {"F1": ALL_ABOUT_EVE, "F2": replace(OPENING_NIGHT, year=None)},
        topic="F1",
    ).reference("F2", ReferenceKind.REMAKE, "Opening Night")
    assert objects(page, EVE, FK.remakeOf) == {OPENING}


def test_a_review_names_its_critic_its_publication_and_its_day() -> None:
    page = magazine_review()
    assert objects(page, REVIEW, SCHEMA.author) == {BASE + "person/ada-reel"}
    assert objects(page, REVIEW, SCHEMA.publisher) == {BASE + "organisation/the-example-review"}
    assert objects(page, REVIEW, SCHEMA.datePublished) == {Literal("2004-05-17", XSD.date)}
    assert objects(page, REVIEW, SCHEMA.itemReviewed) == {OPENING}
    assert objects(page, REVIEW, SCHEMA.isPartOf) == {BASE + "source/opening-night-magazine"}


def test_a_stated_byline_is_a_claim_of_the_review() -> None:
    page = magazine_review()
    page.entities["P9"] = thing(Kind.PERSON, "Ada Reel", "person/ada-reel-critic")
    page.relation(RelationName.CRITIC, "F1", "P9", "Opening Night")
    assert objects(page, REVIEW, SCHEMA.author) == {BASE + "person/ada-reel-critic"}
    claim_about(page, REVIEW, SCHEMA.author, BASE + "person/ada-reel-critic")


def test_each_quoted_critic_has_a_review_of_their_own() -> None:
    page = aggregator()
    reviews = subjects(page, RDF.type, SCHEMA.Review)
    authors = {author for one in reviews for author in objects(page, one, SCHEMA.author)}
    assert authors == {BASE + "person/ada-reel", BASE + "person/bela-frame"}


def test_an_aggregator_page_is_no_review_itself() -> None:
    page = aggregator()
    assert BASE + "review/opening-night-aggregator" not in subjects(page, RDF.type, SCHEMA.Review)


def test_a_reference_in_a_snippet_is_stated_in_that_critics_review() -> None:
    page = aggregator()
    (reference,) = subjects(page, RDF.type, FK.Reference)
    (review,) = objects(page, reference, FK.statedIn)
    assert objects(page, str(review), SCHEMA.author) == {BASE + "person/ada-reel"}


def test_an_unsigned_snippet_is_a_review_once_it_says_something() -> None:
    page = aggregator()
    page.zones[1] = replace(page.zones[1], critic="")
    (reference,) = subjects(page, RDF.type, FK.Reference)
    (review,) = objects(page, reference, FK.statedIn)
    assert objects(page, str(review), RDF.type) == {SCHEMA.Review}
    assert objects(page, str(review), SCHEMA.author) == set()


def test_titles_of_a_menu_are_not_in_the_graph() -> None:
    assert not any("barbie" in str(part) for triple in graph(aggregator()) for part in triple)


def test_a_film_named_without_a_reference_is_mentioned_in_its_sentence() -> None:
    page = magazine_review()
    page.references.clear()
    assert EVE in objects(page, REVIEW, SCHEMA.mentions)
    claim = claim_about(page, REVIEW, SCHEMA.mentions, EVE)
    (passage,) = objects(page, claim, FK.passage)
    assert objects(page, str(passage), OA.exact) == {
        Literal("Where All About Eve is all poise, this one sweats.")
    }


def test_a_review_does_not_mention_the_film_that_it_reviews() -> None:
    assert OPENING not in objects(magazine_review(), REVIEW, SCHEMA.mentions)


def test_people_whom_the_words_name_are_told_apart_from_mentioned_films() -> None:
    named = objects(magazine_review(), REVIEW, FK.names)
    assert BASE + "person/gena-rowlands" in named
    assert not named & objects(magazine_review(), REVIEW, SCHEMA.mentions)


def test_a_page_without_a_topic_holds_no_review() -> None:
    page = PageOf("p", "[F1|Opening Night] and more", {"F1": OPENING_NIGHT})
    assert subjects(page, RDF.type, SCHEMA.Review) == set()


def test_words_of_two_pages_are_one_quotation() -> None:
    one, other = magazine_review(), aggregator()
    (quotation,) = subjects(one, RDF.type, FK.Quotation)
    assert subjects(other, RDF.type, FK.Quotation) == {quotation}
    assert objects(one, quotation, FK.passage).isdisjoint(objects(other, quotation, FK.passage))
    for page in (one, other):
        (reference,) = subjects(page, FK.to, EVE)
        assert objects(page, reference, FK.quotation) == {quotation}


def test_the_same_page_gives_the_same_quads_in_the_same_order() -> None:
    assert list(quads_of(magazine_review().linked())) == list(quads_of(magazine_review().linked()))


def test_the_quads_are_sorted_and_each_comes_once() -> None:
    quads = list(quads_of(magazine_review().linked()))
    assert len(quads) == len(set(quads))
    assert [quad.subject for quad in quads] == sorted(quad.subject for quad in quads)


def test_every_quad_stands_in_the_graph_that_the_page_names() -> None:
    quads = list(quads_of(magazine_review().linked(), base="https://example.org/kg/"))
    assert {quad.graph for quad in quads} == {
        page_graph("opening-night-magazine", base="https://example.org/kg/")
    }


def test_another_base_changes_every_name() -> None:
    quads = quads_of(magazine_review().linked(), base="https://example.org/kg/")
    assert not any(
        part.startswith(BASE) for quad in quads for part in _iris(quad) if "#" not in part
    )


def _iris(quad: Quad) -> list[str]:
    return [part for part in quad if isinstance(part, str)]


def test_a_page_id_with_folders_and_spaces_gives_a_valid_iri() -> None:
    assert page_graph("2004/opening night?") == BASE + "source/2004/opening%20night%3F"


def test_characters_that_no_iri_holds_are_encoded() -> None:
    page = magazine_review()
    page.states(Field.IDENTIFIER, 'https://example.org/a film "x"', "Country: USA")
    assert "https://example.org/a%20film%20%22x%22" in objects(page, OPENING, SCHEMA.sameAs)


def test_control_characters_keep_their_place_in_the_words() -> None:
    page = PageOf("p", "[F1|Opening Night] is\x00long", {"F1": OPENING_NIGHT}, topic="F1")
    page.states(Field.GENRE, "drama", "is\x00long")
    (passage,) = subjects(page, RDF.type, FK.Passage)
    assert objects(page, passage, OA.exact) == {Literal("is\ufffdlong")}


def test_a_relation_to_a_name_that_was_not_linked_is_an_error() -> None:
    page = magazine_review()
    linked = page.linked()
    broken = replace(linked, links=tuple(one for one in linked.links if one.cluster != "P1"))
    with pytest.raises(KgError, match=r"expected a link .* 'P1'"):
        list(quads_of(broken))


def test_confidence_counts_how_sure_the_link_is() -> None:
    page = magazine_review()
    page.scores["P1"] = 0.5
    (claim,) = (one for one in claims_of(page.linked()) if one.predicate == SCHEMA.director)
    assert claim.score == pytest.approx(0.495)


def test_an_unlinked_name_does_not_lower_the_confidence() -> None:
    page = magazine_review()
    page.entities["P2"] = Entity(ROWLANDS.id, Kind.PERSON, ROWLANDS.name)
    page.scores["P2"] = 0.0
    (claim,) = (one for one in claims_of(page.linked()) if one.predicate == SCHEMA.actor)
    assert claim.score == pytest.approx(0.95)


def test_evidence_costs_at_most_ten_triples_a_claim() -> None:
    claims = evidence = 0
    for page in (magazine_review(), aggregator(), later_review()):
        nodes = subjects(page, RDF.type, FK.Claim)
        claims += len(nodes)
        nodes |= subjects(page, RDF.type, FK.Passage)
        evidence += sum(subject in nodes for subject, _, _ in graph(page))
    assert evidence / claims <= 10


def test_a_page_signed_by_a_critic_whom_it_quotes_is_no_review_itself() -> None:
    page = aggregator()
    page.critic = "Ada Reel"
    page.entities["P1"] = thing(Kind.PERSON, "Ada Reel", "person/ada-reel")
    page.relation(RelationName.CRITIC, "F1", "P1", "Reviewed by: Ada Reel")
    reviews = subjects(page, SCHEMA.author, BASE + "person/ada-reel")
    assert len(reviews) == 1
    assert BASE + "review/opening-night-aggregator" not in subjects(page, RDF.type, SCHEMA.Review)
