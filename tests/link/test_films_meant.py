"""Which film of the catalogue a name means, one page at a time."""

import pytest
from link_fakes import ids, review

from kg.link import Catalogue, link_page
from kg.link.disambiguate import shipped_weights
from kg.link.features import NAMES


def test_the_cast_tells_homonyms_apart(catalogue: Catalogue) -> None:
    page = review("fan", "[F1|The Fan] gives [P1|Lauren Bacall] a stalker.", "cast F1 P1")
    link = link_page(page, catalogue).link("F1")
    assert link.entity.id == "film/the-fan-1981"
    assert "cast agrees" in link.reasons
    assert link.score > 0.6


def test_an_actor_who_is_taken_for_the_director_still_speaks_for_the_film(
    catalogue: Catalogue,
) -> None:
    text = "[F1|Vertigo] is colder than the [P1|Lauren Bacall] film [F2|The Fan]."
    page = review("v", text, "director F2 P1", "refers F1 F2 comparison")
    assert ids(link_page(page, catalogue))["F2"] == "film/the-fan-1981"


def test_the_year_tells_homonyms_apart(catalogue: Catalogue) -> None:
    page = review("fan", "[F1|The Fan] (1949) is drawn from Wilde.")
    assert ids(link_page(page, catalogue))["F1"] == "film/the-fan-1949"


def test_the_actors_tell_a_remake_from_its_model(catalogue: Catalogue) -> None:
    text = "[P1|Vince Vaughn] and [P2|Anne Heche] repeat [F1|Psycho] shot by shot."
    page = review("psycho", text, "cast F1 P1", "cast F1 P2")
    assert ids(link_page(page, catalogue))["F1"] == "film/psycho-1998"


def test_a_cited_film_is_the_best_known_of_its_title(catalogue: Catalogue) -> None:
    text = "[F1|Chinatown] owes much to [F2|Casablanca]."
    page = review("c", text, "refers F1 F2 comparison")
    assert ids(link_page(page, catalogue))["F2"] == "film/casablanca-1942"


def test_people_that_contradict_a_candidate_rule_it_out(catalogue: Catalogue) -> None:
    text = "[F1|Backstage] by [P1|Emmanuelle Bercot], with [P2|Isild Le Besco]."
    page = review("backstage", text, "director F1 P1", "cast F1 P2")
    link = link_page(page, catalogue).link("F1")
    assert link.entity.id == "film/backstage"
    assert not link.entity.linked
    assert link.entity.year is None
    assert link.entity.same_as == ()


def test_a_year_that_contradicts_a_candidate_rules_it_out(catalogue: Catalogue) -> None:
    page = review("eve", "[F1|All About Eve] is a new play on film.", year=2019)
    assert not link_page(page, catalogue).link("F1").entity.linked


def test_a_title_that_nobody_knows_gets_a_path_of_its_own(catalogue: Catalogue) -> None:
    page = review("z", "[F1|The Quivering Zookeeper of Qwxzt] (1974) is rare.")
    link = link_page(page, catalogue).link("F1")
    assert (link.entity.id, link.entity.linked) == (
        "film/the-quivering-zookeeper-of-qwxzt-1974",
        False,
    )


def test_a_linked_film_is_called_as_an_encyclopedia_heads_it(catalogue: Catalogue) -> None:
    text = "[F1|About Eve] has [P1|Bette Davis] and [P2|Anne Baxter]."
    page = review("eve", text, "cast F1 P1", "cast F1 P2")
    entity = link_page(page, catalogue).link("F1").entity
    assert (entity.name, entity.year) == ("All About Eve", 1950)


def test_a_misspelt_title_with_its_people_is_put_right(catalogue: Catalogue) -> None:
    text = "[F1|Breaking the Wawes] by [P1|Lars von Trier]"
    page = review("b", text, "director F1 P1")
    assert ids(link_page(page, catalogue))["F1"] == "film/breaking-the-waves-1996"


def test_the_title_beside_the_text_counts_as_a_spelling(catalogue: Catalogue) -> None:
    text = "[F1|Eve] belongs to [P1|Bette Davis]."
    page = review("eve", text, "cast F1 P1", title="All About Eve", year=1950)
    assert ids(link_page(page, catalogue))["F1"] == "film/all-about-eve-1950"


def test_a_film_that_the_text_never_names_is_found_by_its_title(catalogue: Catalogue) -> None:
    page = review("eve", "[P1|Bette Davis] has never been better.", title="All About Eve")
    assert ids(link_page(page, catalogue))["F1"] == "film/all-about-eve-1950"


def test_a_film_that_nothing_names_has_an_entity_of_its_own(catalogue: Catalogue) -> None:
    page = review("page-7", "What a waste of two hours.")
    link = link_page(page, catalogue).link("F1")
    assert link.entity.id == "film/untitled-page-7"
    assert link.entity.name == "Untitled (page-7)"
    assert not link.entity.linked


def test_a_film_that_nothing_names_is_found_by_its_people(catalogue: Catalogue) -> None:
    text = "[P1|Bette Davis] feuds with [P2|Anne Baxter] while [P3|George Sanders] looks on."
    page = review("nameless", text)
    link = link_page(page, catalogue).link("F1")
    assert link.entity.id == "film/all-about-eve-1950"
    assert link.reasons == ("3 of the people named",)


def test_two_people_alone_do_not_name_a_film(catalogue: Catalogue) -> None:
    page = review("nameless", "[P1|Fred Astaire] dances with [P2|Ginger Rogers].")
    assert not link_page(page, catalogue).link("F1").entity.linked


def test_the_films_of_a_series_are_not_the_series(catalogue: Catalogue) -> None:
    text = "[F1|Goldfinger] is the best of the [F2|James Bond] films."
    page = review("g", text, "refers F1 F2 comparison")
    assert link_page(page, catalogue).link("F2").entity.name == "James Bond film series"


def test_a_menus_title_is_judged_by_its_name_alone(catalogue: Catalogue) -> None:
    text = "[F1|Backstage] by [P1|Emmanuelle Bercot]. Trailers: [F2|Casablanca]"
    page = review("b", text, "director F1 P1", silent=["F2"])
    assert link_page(page, catalogue).link("F2").entity.id == "film/casablanca-1942"


def test_every_cluster_gets_a_link_in_its_order(catalogue: Catalogue) -> None:
    text = "[F1|Vertigo] ([O1|Paramount]) has [P1|Kim Novak] as [C1|Madeleine]: [A1|an Oscar]?"
    page = review("v", text, "cast F1 P1 C1")
    linked = link_page(page, catalogue)
    assert [one.cluster for one in linked.links] == [c.id for c in page.clusters]
    assert all(0 <= one.score <= 1 for one in linked.links)


def test_the_weights_that_ship_belong_to_the_figures() -> None:
    assert len(shipped_weights().values) == len(NAMES)
    assert 0 < shipped_weights().threshold < 1


@pytest.mark.parametrize("name", ["von Trier", "Hitchcock"])
def test_a_surname_finds_the_one_who_is_credited(catalogue: Catalogue, name: str) -> None:
    film = "Breaking the Waves" if name == "von Trier" else "Vertigo"
    page = review("s", f"[F1|{film}] shows what [P1|{name}] can do.", "director F1 P1")
    person = link_page(page, catalogue).link("P1").entity
    assert person.linked
    assert person.name.endswith(name)


def test_a_film_named_by_the_way_is_the_reviewed_one_if_its_people_are_named(
    catalogue: Catalogue,
) -> None:
    text = "[P1|James Stewart] follows [P2|Kim Novak]. It outdoes [F2|Psycho]; [F3|Vertigo] lasts."
    page = review("v", text, "refers F1 F2 comparison", "refers F1 F3 mention")
    assert ids(link_page(page, catalogue))["F1"] == "film/vertigo-1958"


def test_words_that_were_taken_into_the_title_are_left_aside(catalogue: Catalogue) -> None:
    text = "[F1|Vertigo] is no [F2|Hitchcock's Rear Window] and no [F3|noir The Third Man]."
    page = review("v", text, "refers F1 F2 comparison", "refers F1 F3 comparison")
    found = ids(link_page(page, catalogue))
    assert found["F2"] == "film/rear-window-1954"
    assert found["F3"] == "film/the-third-man-1949"


def test_a_plural_surname_is_that_of_all_who_bear_it(catalogue: Catalogue) -> None:
    text = "[P1|The Coens] began with [F1|Blood Simple]."
    page = review("b", text, "director F1 P1", title="Blood Simple")
    assert ids(link_page(page, catalogue))["F1"] == "film/blood-simple-1984"


def test_a_credit_that_differs_does_not_exclude_a_film_whose_people_are_named(
    catalogue: Catalogue,
) -> None:
    text = "[F1|Casablanca] by [P1|Some Body], with [P2|Humphrey Bogart], [P3|Ingrid Bergman]."
    page = review("c", text, "director F1 P1", "cast F1 P2", "cast F1 P3")
    assert ids(link_page(page, catalogue))["F1"] == "film/casablanca-1942"


def test_a_title_in_brackets_behind_another_is_one_more_title(catalogue: Catalogue) -> None:
    page = review("i", "Pretty, and dull.", title="Immortel (ad vitam) (Immortal)", year=2004)
    assert "immortel" in ids(link_page(page, catalogue))["F1"]


def test_a_page_on_a_later_film_names_the_one_before_it(catalogue: Catalogue) -> None:
    text = "The chase in [F1|Point Break] owes much to [F2|Scarface]."
    page = review("p", text, "refers F1 F2 comparison", title="Point Break", year=1991)
    assert ids(link_page(page, catalogue))["F2"] == "film/scarface-1983"


def test_whose_film_it_is_tells_remakes_apart(catalogue: Catalogue) -> None:
    text = "[F1|Rio Bravo] is calmer than [P1|Howard Hawks]'s [F2|Scarface]."
    page = review("r", text, "refers F1 F2 comparison", title="Rio Bravo", year=1959)
    assert ids(link_page(page, catalogue))["F2"] == "film/scarface-1932"
