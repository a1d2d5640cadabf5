"""What the graph tells of a thing, and with which sentences."""

from __future__ import annotations

from dataclasses import replace

from graph_examples import later_review, magazine_review, renamed

from kg.graph.catalogue import catalogue_quads
from kg.graph.corrections import Corrections, correction_quads
from kg.graph.explain import explain
from kg.graph.explanation import Account, Fact
from kg.graph.mapping import page_graph, quads_of
from kg.graph.store import Store
from kg.model import CatalogueFact, Correction, Field, Kind, LinkedPage
from kg.vocab import BASE


def put(store: Store, *pages: LinkedPage) -> None:
    for page in pages:
        store.replace_page(page_graph(page.page.id), quads_of(page))


def account(store: Store, name: str) -> Account:
    (found,) = explain(store, name).accounts
    return found


def facts(store: Store, name: str, words: str) -> list[Fact]:
    return [fact for fact in account(store, name).facts if fact.words == words]


def test_a_fact_comes_with_its_sentence_its_page_and_its_critic(examples: Store) -> None:
    (fact,) = facts(examples, "opening night", "director")
    assert fact.value == "John Cassavetes"
    listed = next(saying for saying in fact.sayings if saying.words.startswith("Director"))
    assert listed.words == "Director: John Cassavetes"
    assert listed.source == "https://magazine.example/opening-night"
    assert (listed.critic, listed.publication) == ("Ada Reel", "The Example Review")
    assert listed.confidence == 0.99
    text = magazine_review().text
    assert text[listed.start : listed.end] == listed.words


def test_an_actor_comes_with_the_part(examples: Store) -> None:
    (fact,) = facts(examples, "Opening Night", "actor")
    assert (fact.value, fact.part) == ("Gena Rowlands", "Myrtle Gordon")


def test_a_person_is_told_by_the_films(examples: Store) -> None:
    (fact,) = facts(examples, "gena rowlands", "acts in")
    assert (fact.value, fact.part) == ("Opening Night", "Myrtle Gordon")


def test_a_character_is_told_by_the_actor(examples: Store) -> None:
    (fact,) = facts(examples, "Myrtle Gordon", "played by")
    assert (fact.value, fact.part) == ("Gena Rowlands", "Opening Night")
    assert fact.sayings


def test_words_of_the_markup_say_where_they_stood(examples: Store) -> None:
    (fact,) = facts(examples, "All About My Mother", "year")
    assert fact.value == "1999"
    assert [(saying.where, saying.start) for saying in fact.sayings] == [("json-ld", None)]


def test_a_length_is_told_in_minutes(examples: Store) -> None:
    assert [fact.value for fact in facts(examples, "Opening Night", "length")] == ["144 min"]


def test_a_film_is_told_by_those_that_refer_to_it(examples: Store) -> None:
    (fact,) = facts(examples, "Opening Night", "alluded to by")
    assert fact.value == "All About My Mother"


def test_other_names_and_outside_identifiers_are_told(examples: Store) -> None:
    found = account(examples, "all about my mother")
    assert found.other_names == ("Todo sobre mi madre",)
    assert found.same_as == ("http://www.wikidata.org/entity/Q622805",)
    assert found.linked


def test_pages_that_disagree_are_marked(writer: Store) -> None:
    other = magazine_review()
    other.stated[1] = replace(other.stated[1], value="131")
    put(writer, magazine_review().linked(), renamed(other.linked(), "other"))
    assert [fact.value for fact in account(writer, "Opening Night").conflicts] == [
        "131 min",
        "144 min",
    ]


def test_two_directors_of_one_page_are_no_conflict(writer: Store) -> None:
    from kg.model import RelationName

    page = magazine_review().relation(RelationName.DIRECTOR, "F1", "P2", "Gena Rowlands")
    put(writer, page.linked())
    assert account(writer, "Opening Night").conflicts == ()


def test_what_only_the_catalogue_knows_stands_apart(writer: Store) -> None:
    page = magazine_review()
    put(writer, page.linked())
    film, cassavetes = page.entities["F1"], page.entities["P1"]
    producer = replace(cassavetes, id="person/al-ruban", name="Al Ruban")
    known = (
        CatalogueFact(film, Field.DIRECTOR, cassavetes),
        CatalogueFact(film, Field.PRODUCER, producer),
    )
    writer.replace_page(writer.iris.catalogue, catalogue_quads(known))
    found = account(writer, "Opening Night")
    assert [fact.catalogue for fact in found.facts if fact.words == "director"] == [True]
    assert {(fact.words, fact.value) for fact in found.known} == {
        ("producer", "Al Ruban"),
        ("year", "1977"),
    }
    assert all(not fact.sayings for fact in found.known)


def test_what_only_the_catalogue_knows_can_be_asked_for(writer: Store) -> None:
    film = magazine_review().entities["F1"]
    known = (CatalogueFact(film, Field.YEAR, "1977"),)
    writer.replace_page(writer.iris.catalogue, catalogue_quads(known))
    assert [fact.value for fact in account(writer, "opening night").known] == ["1977"]


def test_what_the_user_has_added_is_marked(writer: Store) -> None:
    put(writer, magazine_review().linked())
    added = Corrections.read(
        [Correction("add", "film/opening-night-1977", "drama", "schema:genre", note="as I saw")],
        base=BASE,
    )
    writer.replace_page(writer.iris.corrections, correction_quads(added, base=BASE))
    (fact,) = facts(writer, "Opening Night", "genre")
    assert fact.corrected
    assert [(one.words, one.source) for one in fact.sayings] == [("as I saw", "your corrections")]


def test_homonyms_are_told_one_by_one(writer: Store) -> None:
    page = magazine_review()
    page.entities["F2"] = replace(page.entities["F2"], name="Opening Night", id="film/other")
    put(writer, page.linked())
    assert len(explain(writer, "opening night").accounts) == 2


def test_an_unknown_name_is_answered_with_near_ones(examples: Store) -> None:
    found = explain(examples, "Opening Nihgt")
    assert found.accounts == ()
    assert [one.label for one in found.suggestions] == ["Opening Night"]


def test_only_named_things_are_told_of(examples: Store) -> None:
    assert explain(examples, "Review of Opening Night by Ada Reel").accounts == ()
    assert {Kind.FILM.value.lower()} == {account(examples, "Opening Night").kind}


def test_later_pages_are_told_after_a_change(writer: Store) -> None:
    put(writer, magazine_review().linked())
    assert facts(writer, "Opening Night", "alluded to by") == []
    put(writer, later_review().linked())
    assert len(facts(writer, "Opening Night", "alluded to by")) == 1
