"""Queries with a name, and the names that people give to them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from graph_examples import aggregator, film, later_review, magazine_review, renamed

from kg.errors import UsageError
from kg.graph.catalogue import catalogue_quads
from kg.graph.mapping import page_graph, quads_of
from kg.graph.named import ask_named, named_queries
from kg.graph.names import Names
from kg.graph.store import Store
from kg.model import CatalogueFact, Field, LinkedPage
from kg.vocab import BASE

OPENING = BASE + "film/opening-night-1977"
EVE = BASE + "film/all-about-eve-1950"


def ask(store: Store, name: str, *arguments: str) -> list[tuple[str, ...]]:
    return list(ask_named(store, Names(store), name, *arguments).printed())


def put(store: Store, *known: LinkedPage) -> None:
    for page in known:
        store.replace_page(page_graph(page.page.id), quads_of(page))


@pytest.mark.parametrize("name", named_queries())
def test_every_named_query_can_be_asked(examples: Store, name: str) -> None:
    people = {"PERSON": "Gena Rowlands", "CRITIC": "Ada Reel"}
    query = named_queries()[name]
    arguments = [people.get(one, "Opening Night") for one in query.parameters]
    answer = ask_named(examples, Names(examples), name, *arguments)
    assert answer.variables
    list(answer.rows())


@pytest.mark.parametrize("name", named_queries())
def test_every_named_query_has_a_sentence_of_help(name: str) -> None:
    assert named_queries()[name].help.endswith(".")


def test_every_named_query_is_sparql_as_it_stands(examples: Store) -> None:
    for query in named_queries().values():
        examples.query(query.text)


def test_words_that_two_pages_share_count_once(examples: Store) -> None:
    # three references to All About Eve, of which two are the same words on two pages
    assert ask(examples, "most-referenced")[0] == (
        "All About Eve",
        "2",
        "2",
        "film:all-about-eve-1950",
    )


def test_a_review_that_is_printed_twice_counts_once(writer: Store) -> None:
    once = magazine_review()
    once.quotations.clear()
    words = once.text[once.text.index("John") : once.text.index("\nDirector")]
    once.quotes(words, "reprint", 0)
    page = once.linked()
    put(writer, page, renamed(page, "reprint"))
    assert {row[:2] for row in ask(writer, "most-referenced")} == {
        ("All About Eve", "1"),
        ("A Streetcar Named Desire", "1"),
    }


def test_both_sources_of_shared_words_are_shown(examples: Store) -> None:
    ((words, sources),) = ask(examples, "shared-words")
    assert words == "Where All About Eve is all poise, this one sweats."
    assert "opening-night-aggregator" in sources
    assert "magazine.example" in sources


def test_the_cast_of_a_film_comes_with_the_parts(examples: Store) -> None:
    assert ask(examples, "cast-of", "Opening Night") == [
        ("Gena Rowlands", "Myrtle Gordon", "1", "0.95", "person:gena-rowlands")
    ]


def test_the_credits_of_a_person(examples: Store) -> None:
    assert ask(examples, "credits-of", "John Cassavetes") == [
        ("Opening Night", "director", "", "1", "0.99", "film:opening-night-1977")
    ]


def test_the_references_of_a_film_come_with_their_words(examples: Store) -> None:
    rows = ask(examples, "references-of", "Opening Night")
    assert {(row[0], row[1]) for row in rows} == {
        ("All About Eve", "comparison"),
        ("A Streetcar Named Desire", "comparison"),
    }
    assert all(row[2] for row in rows)


def test_the_films_that_refer_to_a_film(examples: Store) -> None:
    ((title, kind, *_),) = ask(examples, "referred-to-by", "Opening Night")
    assert (title, kind) == ("All About My Mother", "allusion")


def test_what_a_critic_compares(examples: Store) -> None:
    rows = ask(examples, "films-compared-by", "Ada Reel")
    assert {row[:2] for row in rows} == {
        ("Opening Night", "All About Eve"),
        ("Opening Night", "A Streetcar Named Desire"),
    }


def test_all_that_a_critic_brings_in(examples: Store) -> None:
    rows = ask(examples, "references-by", "Ada Reel")
    assert ("All About My Mother", "allusion", "Opening Night") in {row[:3] for row in rows}
    assert all(row[3] for row in rows)


def test_films_are_ranked_by_their_mean_grade(examples: Store) -> None:
    ((title, mean, grades, lowest, highest, _),) = ask(examples, "best-rated")
    assert (title, mean, grades, lowest, highest) == ("Opening Night", "0.75", "2", "0.75", "0.75")


def test_who_worked_with_a_person(examples: Store) -> None:
    rows = ask(examples, "worked-with", "John Cassavetes")
    assert [row[:3] for row in rows] == [("Gena Rowlands", "1", "Opening Night")]


@pytest.mark.parametrize("base", [BASE, "https://example.org/kg#"])
def test_what_pages_say_against_the_catalogue(tmp_path: Path, base: str) -> None:
    page = magazine_review().linked()
    opening = magazine_review().entities["F1"]
    known = [
        CatalogueFact(opening, Field.DURATION, "140"),
        CatalogueFact(opening, Field.DIRECTOR, magazine_review().entities["P1"]),
    ]
    quads = (*quads_of(page, base=base), *catalogue_quads(known, base=base))
    with Store.open(tmp_path / "based", write=True, base=base) as store:
        store.bulk_load(quads)
        rows = ask(store, "against-catalogue")
    ((title, fact, value, words, says, _),) = rows
    assert (title, fact, value, says) == ("Opening Night", "length", "PT144M", "PT140M")
    assert "144 min" in words


def test_the_grades_of_a_film_come_best_first(examples: Store) -> None:
    rows = ask(examples, "ratings-of", "Opening Night")
    assert [row[:4] for row in rows] == [
        ("0.75", "B+", "", "Ada Reel"),
        ("0.75", "75", "true", "Bela Frame"),
    ]


def test_pages_that_agree_are_no_conflict(examples: Store) -> None:
    assert ask(examples, "conflicts") == []


def test_pages_that_give_different_lengths_are_a_conflict(writer: Store) -> None:
    other = magazine_review()
    other.stated[1] = replace(other.stated[1], value="131")
    put(writer, magazine_review().linked(), renamed(other.linked(), "other"))
    ((title, fact, *_),) = ask(writer, "conflicts")
    assert (title, fact) == ("Opening Night", "length")


def test_pages_that_give_a_character_to_different_actors_are_a_conflict(writer: Store) -> None:
    other = later_review()
    other.entities["F1"] = magazine_review().entities["F1"]
    other.entities["C1"] = magazine_review().entities["C1"]
    put(writer, magazine_review().linked(), other.linked())
    conflicts = {row[1] for row in ask(writer, "conflicts")}
    assert "actor of Myrtle Gordon" in conflicts


def test_a_name_is_found_without_case_and_accents(examples: Store) -> None:
    assert ask(examples, "credits-of", "PEDRO ALMODOVAR")[0][0] == "All About My Mother"


def test_a_film_is_found_by_another_title(examples: Store) -> None:
    assert Names(examples).find("todo sobre mi madre")[0].label == "All About My Mother"


def test_a_name_may_be_the_end_of_an_iri_or_a_whole_one(examples: Store) -> None:
    names = Names(examples)
    assert names.find("film/all-about-eve-1950") == names.find(EVE) == names.find("All About Eve")


def test_an_article_may_be_left_out(writer: Store) -> None:
    page = magazine_review()
    page.entities["F2"] = film("The Fan", 1981, "the-fan-1981")
    put(writer, page.linked())
    assert Names(writer).find("fan")[0].label == "The Fan"


def test_homonyms_are_all_found_and_told_apart_by_year(writer: Store) -> None:
    page = magazine_review()
    page.entities["F2"] = film("Opening Night", 1948, "opening-night-1948")
    put(writer, page.linked())
    names = Names(writer)
    assert len(names.find("Opening Night")) == 2
    assert [one.iri for one in names.find("Opening Night (1977)")] == [OPENING]


def test_a_new_name_is_found_after_a_change(writer: Store) -> None:
    names = Names(writer)
    put(writer, aggregator().linked())
    assert names.find("all about my mother") == ()
    put(writer, later_review().linked())
    assert len(names.find("all about my mother")) == 1


def test_a_wrong_name_is_answered_with_near_ones(examples: Store) -> None:
    with pytest.raises(UsageError, match="near to it: Opening Night"):
        ask(examples, "cast-of", "Opning Nihgt")


@pytest.mark.parametrize(
    "name",
    ['x" } ; DROP ALL #', "<https://example.org/>", "} UNION { ?film ?p ?o", "UNDEF", "\\", "'"],
)
def test_a_name_can_not_change_the_query(examples: Store, name: str) -> None:
    with pytest.raises(UsageError, match="expected the name"):
        ask(examples, "cast-of", name)


def test_an_unknown_query_is_answered_with_the_known_ones(examples: Store) -> None:
    with pytest.raises(UsageError, match="most-referenced"):
        ask(examples, "most-refrenced")


def test_a_missing_name_is_asked_for(examples: Store) -> None:
    with pytest.raises(UsageError, match='cast-of "FILM"'):
        ask(examples, "cast-of")


def test_the_queries_lie_where_the_package_is() -> None:
    folder = Path(__file__).parents[2] / "kg" / "graph" / "queries"
    assert {path.stem for path in folder.glob("*.rq")} == set(named_queries())
