"""How the names of several pages meet in one graph."""

from itertools import permutations

import pytest
from link_fakes import ids, link, review

from kg.errors import KgError
from kg.link import Catalogue
from kg.model import Extraction, LinkedPage

BACKSTAGE = (
    review(
        "a",
        "[F1|Backstage] by [P1|Emmanuelle Bercot]: [P2|Isild Le Besco] is [C1|Lucie], "
        "[P3|Noémie Lvovsky] is [C2|Juliette], [P4|Emmanuelle Seigner] is [C3|Lauren Waks].",
        "director F1 P1",
        "cast F1 P2 C1",
        "cast F1 P3 C2",
        "cast F1 P4 C3",
    ),
    review(
        "b",
        "[P1|Emmanuelle Bercort]'s [F1|Backstage] has [P2|Islid Le Besco] as [C1|Lucie] and "
        "[P3|Noemie Lvovsky]; [C3|Lauren] is [P4|Seigner].",
        "director F1 P1",
        "cast F1 P2 C1",
        "cast F1 P3",
        "cast F1 P4 C3",
    ),
    review("c", "In [F1|BACKSTAGE] a girl follows a star.", title="Backstage"),
)


def test_pages_on_one_unknown_film_give_one_film_without_a_year(catalogue: Catalogue) -> None:
    linked = link(*BACKSTAGE, catalogue=catalogue)
    assert {ids(page)["F1"] for page in linked.values()} == {"film/backstage"}
    assert {page.link("F1").entity.name for page in linked.values()} == {"Backstage"}


@pytest.mark.parametrize("person", ["P1", "P2", "P3", "P4"])
def test_misspelt_names_meet_in_one_person(catalogue: Catalogue, person: str) -> None:
    linked = link(*BACKSTAGE, catalogue=catalogue)
    assert ids(linked["a"])[person] == ids(linked["b"])[person]


def test_why_two_spellings_are_one_person_is_told(catalogue: Catalogue) -> None:
    linked = link(*BACKSTAGE, catalogue=catalogue)
    reasons = {*linked["a"].link("P2").reasons, *linked["b"].link("P2").reasons}
    assert "same part in Backstage" in reasons


def test_a_first_name_is_the_character_of_that_name(catalogue: Catalogue) -> None:
    linked = link(*BACKSTAGE, catalogue=catalogue)
    assert {ids(linked[page])["C3"] for page in "ab"} == {"character/lauren-waks-backstage"}


def test_the_order_of_the_pages_changes_nothing(catalogue: Catalogue) -> None:
    pages = (
        *BACKSTAGE,
        review("d", "[F1|Backstage] (1927) stars [P1|Barbara Bedford].", "cast F1 P1"),
        review("e", "[F1|All About Eve] beats [F2|Backstage].", "refers F1 F2 comparison"),
    )
    results = {
        tuple(sorted((name, *page.links) for name, page in linked.items()))
        for some in list(permutations(pages))[::17]
        for linked in [link(*some, catalogue=catalogue)]
    }
    assert len(results) == 1


def test_a_film_of_another_year_and_people_stays_another(catalogue: Catalogue) -> None:
    old = review("d", "[F1|Backstage] (1927) stars [P1|Barbara Bedford].", "cast F1 P1")
    linked = link(*BACKSTAGE, old, catalogue=catalogue)
    assert ids(linked["d"])["F1"] == "film/backstage-1927"
    assert ids(linked["a"])["F1"] == "film/backstage"


def test_unknown_homonyms_are_told_apart_by_a_director(catalogue: Catalogue) -> None:
    one = review("a", "[F1|Qwxzt Rising] by [P1|Ann Amberley]", "director F1 P1")
    other = review("b", "[F1|Qwxzt Rising] by [P1|Zoë Zimmer]", "director F1 P1")
    linked = link(one, other, catalogue=catalogue)
    assert {ids(page)["F1"] for page in linked.values()} == {
        "film/qwxzt-rising",
        "film/qwxzt-rising-zimmer",
    } or {ids(page)["F1"] for page in linked.values()} == {
        "film/qwxzt-rising",
        "film/qwxzt-rising-amberley",
    }


def test_a_silent_cluster_meets_nobody(catalogue: Catalogue) -> None:
    menu = review("m", "[F1|Vertigo]. Also: [F2|Backstage]", silent=["F2"])
    linked = link(*BACKSTAGE, menu, catalogue=catalogue)
    assert "same title" not in " ".join(linked["m"].link("F2").reasons)


def test_namesakes_on_different_films_are_one_person_only_by_full_name(
    catalogue: Catalogue,
) -> None:
    one = review("a", "[F1|Qwxzt Rising] with [P1|Dora Quill] and [P2|Smythe]", "cast F1 P1")
    other = review("b", "[F1|Zwyx Falling] with [P1|Dora Quill] and [P2|Smythe]", "cast F1 P1")
    linked = link(one, other, catalogue=catalogue)
    assert ids(linked["a"])["P1"] == ids(linked["b"])["P1"] == "person/dora-quill"
    assert ids(linked["a"])["P2"] != ids(linked["b"])["P2"]


def test_two_unknown_films_that_nobody_names_stay_two(catalogue: Catalogue) -> None:
    linked = link(review("a", "Dull."), review("b", "Dull too."), catalogue=catalogue)
    assert [ids(linked[page])["F1"] for page in "ab"] == ["film/untitled-a", "film/untitled-b"]


def test_characters_of_different_films_stay_apart(catalogue: Catalogue) -> None:
    one = review("a", "[F1|Qwxzt Rising]: [C1|Lauren]", "character F1 C1")
    other = review("b", "[F1|Zwyx Falling]: [C1|Lauren]", "character F1 C1")
    linked = link(one, other, catalogue=catalogue)
    assert ids(linked["a"])["C1"] == "character/lauren-qwxzt-rising"
    assert ids(linked["b"])["C1"] == "character/lauren-zwyx-falling"


def test_a_page_that_comes_twice_is_refused(catalogue: Catalogue) -> None:
    twice = review("a", "[F1|Vertigo]")
    with pytest.raises(KgError, match="twice"):
        link(twice, twice, catalogue=catalogue)


def test_linking_one_page_alone_or_again_gives_the_same(catalogue: Catalogue) -> None:
    def once(pages: tuple[Extraction, ...]) -> dict[str, LinkedPage]:
        return link(*pages, catalogue=catalogue)

    assert once(BACKSTAGE) == once(BACKSTAGE)


def test_a_review_that_never_names_its_film_meets_the_others_by_director_and_cast(
    catalogue: Catalogue,
) -> None:
    people = ("director F1 P1", "cast F1 P2", "cast F1 P3")
    text = "[P1|Ada Stern] asks much of [P2|Lea Morgen] and [P3|Jo Winter]"
    named = review("named", f"[F1|Slow Harbour]. {text}.", *people)
    unnamed = review("unnamed", f"{text}, too much.", *people)
    linked = link(named, unnamed, catalogue=catalogue)
    assert ids(linked["unnamed"])["F1"] == ids(linked["named"])["F1"] == "film/slow-harbour"
