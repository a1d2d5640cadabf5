"""Reading from a real store, filled with pages made by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.graph.catalogue import catalogue_quads
from kg.graph.mapping import quads_of
from kg.graph.store import Store
from kg.model import (
    CatalogueFact,
    Cluster,
    Entity,
    Evidence,
    Extraction,
    Field,
    Kind,
    Link,
    LinkedPage,
    Mention,
    Page,
    Quotation,
    Rating,
    Reference,
    ReferenceKind,
    Relation,
    RelationName,
    Span,
    Zone,
    ZoneKind,
)  # fmt: skip
from kg.view.facts import Facts
from kg.view.reading import read

BASE = "https://w3id.org/film-kg/"
MOTHER, EVE = f"{BASE}film/all-about-my-mother-1999", f"{BASE}film/all-about-eve-1950"
TEXT = (
    "All About My Mother bows to All About Eve in its dressing room. "
    "Marisa Paredes plays Huma Rojo. It remembers A Streetcar Named Desire."
)


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def cluster(name: str, kind: Kind, words: str) -> Cluster:
    span = span_of(words)
    return Cluster(name, kind, words, (Mention(span.start, span.end, kind),))


ENTITIES = {
    "F1": Entity(
        "film/all-about-my-mother-1999", Kind.FILM, "All About My Mother", 1999,
        ("http://www.wikidata.org/entity/Q622805", "https://www.imdb.com/title/tt0185125/"),
        ("Todo sobre mi madre",), linked=True,
    ),
    "F2": Entity("film/all-about-eve-1950", Kind.FILM, "All About Eve", 1950, linked=True),
    "W1": Entity("work/a-streetcar-named-desire", Kind.WORK, "A Streetcar Named Desire",
                 work_type="Play"),
    "P1": Entity("person/marisa-paredes", Kind.PERSON, "Marisa Paredes"),
    "C1": Entity("character/huma-rojo", Kind.CHARACTER, "Huma Rojo"),
}  # fmt: skip


def page(name: str, **more: object) -> LinkedPage:
    """A review of All About My Mother."""
    stars = Rating("★★★★", 4, 5, 0.8)
    written = Page(
        name, f"reviews/{name}.txt", TEXT, (Zone(ZoneKind.PROSE, 0, len(TEXT)),), ratings=(stars,),
        critic="Nora Feldt", publication="Matinee", url=f"https://example.org/{name}",
    )  # fmt: skip
    sentence = span_of("All About My Mother bows to All About Eve in its dressing room.")
    remembers = span_of("It remembers A Streetcar Named Desire.")
    plays = span_of("Marisa Paredes plays Huma Rojo.")
    extraction = Extraction(
        written,
        (
            cluster("F1", Kind.FILM, "All About My Mother"),
            cluster("F2", Kind.FILM, "All About Eve"),
            cluster("W1", Kind.WORK, "A Streetcar Named Desire"),
            cluster("P1", Kind.PERSON, "Marisa Paredes"),
            cluster("C1", Kind.CHARACTER, "Huma Rojo"),
        ),
        (Relation(RelationName.CAST, "F1", "P1", Evidence(plays.words(TEXT), plays), 0.95, "C1"),),
        (
            Reference("F1", "F2", ReferenceKind.ALLUSION,
                      Evidence(sentence.words(TEXT), sentence), 0.9),
            Reference("F1", "W1", ReferenceKind.MENTION,
                      Evidence(remembers.words(TEXT), remembers), 0.7),
        ),
        "F1",
        "model",
    )  # fmt: skip
    links = tuple(Link(name, entity, 1.0) for name, entity in ENTITIES.items())
    return LinkedPage(extraction, links, **more)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "graph", write=True) as opened:
        yield opened


def add(store: Store, linked: LinkedPage) -> None:
    quads = list(quads_of(linked))
    store.replace_page(quads[0].graph, quads)


def facts_of(store: Store, *pages: LinkedPage) -> Facts:
    for linked in pages:
        add(store, linked)
    return read(store)


def test_a_reference_comes_with_its_sentence_critic_source_and_confidence(store: Store) -> None:
    tie = next(tie for tie in facts_of(store, page("one")).ties if tie.target == EVE)
    said = tie.statements[0]
    assert (tie.source, tie.kind, tie.weight) == (MOTHER, ReferenceKind.ALLUSION, 1)
    assert said.exact == "All About My Mother bows to All About Eve in its dressing room."
    assert (said.critic, said.publication) == ("Nora Feldt", "Matinee")
    assert (said.source, said.url) == ("reviews/one.txt", "https://example.org/one")
    assert said.confidence == pytest.approx(0.9)


def test_a_plain_mention_is_a_reference_of_its_kind(store: Store) -> None:
    facts = facts_of(store, page("one"))
    tie = next(tie for tie in facts.ties if tie.kind is ReferenceKind.MENTION)
    assert facts.things[tie.target].label == "A Streetcar Named Desire"
    assert facts.things[tie.target].kind == "work"


def test_two_reviews_make_a_reference_weigh_two(store: Store) -> None:
    facts = facts_of(store, page("one"), page("two"))
    tie = next(tie for tie in facts.ties if tie.target == EVE)
    assert (tie.weight, len(tie.statements)) == (2, 2)


def test_words_that_two_pages_share_count_once_and_both_sources_are_shown(store: Store) -> None:
    span = span_of("All About My Mother bows to All About Eve in its dressing room.")
    words = span.words(TEXT)
    pages = (
        page("one", quotations=(Quotation(span, "two", span, words),)),
        page("two", quotations=(Quotation(span, "one", span, words),)),
    )
    tie = next(tie for tie in facts_of(store, *pages).ties if tie.target == EVE)
    assert tie.weight == 1
    assert {said.source for said in tie.statements} == {"reviews/one.txt", "reviews/two.txt"}


def test_the_cast_comes_with_its_parts(store: Store) -> None:
    facts = facts_of(store, page("one"))
    credit = next(credit for credit in facts.credits if credit.role == "cast")
    assert facts.things[credit.person].label == "Marisa Paredes"
    assert (credit.film, credit.part) == (MOTHER, "Huma Rojo")


def test_a_film_has_its_other_names_and_links_that_people_can_follow(store: Store) -> None:
    thing = facts_of(store, page("one")).things[MOTHER]
    assert thing.other_names == ("Todo sobre mi madre",)
    assert thing.links == (
        "https://www.imdb.com/title/tt0185125/",
        "https://www.wikidata.org/wiki/Q622805",
    )


def test_the_catalogue_adds_years_and_credits(store: Store) -> None:
    add(store, page("one"))
    director = Entity("person/pedro-almodovar", Kind.PERSON, "Pedro Almodóvar", linked=True)
    facts = (CatalogueFact(ENTITIES["F1"], Field.DIRECTOR, director),)
    store.bulk_load([*quads_of(page("one")), *catalogue_quads(facts)])
    found = read(store)
    assert found.things[MOTHER].year == 1999
    credit = next(credit for credit in found.credits if credit.role == "director")
    assert found.things[credit.person].label == "Pedro Almodóvar"


def test_a_review_comes_with_its_critic_and_its_grade(store: Store) -> None:
    notice = facts_of(store, page("one")).notices[0]
    assert (notice.film, notice.critic, notice.publication) == (MOTHER, "Nora Feldt", "Matinee")
    assert notice.rating == "★★★★"
    assert notice.score == pytest.approx(0.8)


def test_a_kind_of_reference_from_elsewhere_is_refused_and_shown(store: Store) -> None:
    odd = [
        quad._replace(object="https://example.org/Pastiche")
        if quad.predicate.endswith("#kind")
        else quad
        for quad in quads_of(page("one"))
    ]
    store.replace_page(odd[0].graph, odd)
    with pytest.raises(StoreError, match=r"https://example\.org/Pastiche"):
        read(store)


def test_an_empty_graph_has_no_facts(store: Store) -> None:
    facts = read(store)
    assert (dict(facts.things), facts.ties, facts.credits, facts.notices) == ({}, (), (), ())
