"""When a title that was read as that of another work is a film's."""

from link_fakes import ids, link, review

from kg.link import Catalogue, link_page


def test_a_work_whose_characters_are_the_films_is_the_film(catalogue: Catalogue) -> None:
    text = "[F1|Vertigo] has no [C1|Norma Desmond], the heart of [W1|Sunset Boulevard]."
    page = review("v", text, "character W1 C1", "refers F1 W1 comparison")
    assert ids(link(page, catalogue=catalogue)["v"])["W1"] == "film/sunset-boulevard-1950"


def test_a_title_alone_leaves_a_work_a_work(catalogue: Catalogue) -> None:
    page = review("v", "[F1|Vertigo] hums like [W1|Casablanca].", "refers F1 W1 comparison")
    assert ids(link(page, catalogue=catalogue)["v"])["W1"] == "work/casablanca"


def test_another_review_of_the_film_tells_which_film_a_short_title_means(
    catalogue: Catalogue,
) -> None:
    one = review(
        "one",
        "[P1|Verhoeven]'s [F1|Showgirls] lifts its plot from [W1|About Eve].",
        "director F1 P1",
        "refers F1 W1 allusion",
    )
    other = review(
        "other",
        "[P1|Verhoeven]'s [F1|Showgirls] wants to be [F2|All About Eve].",
        "director F1 P1",
        "refers F1 F2 comparison",
    )
    linked = link(one, other, catalogue=catalogue)
    assert ids(linked["one"])["W1"] == "film/all-about-eve-1950"
    assert ids(link(one, catalogue=catalogue)["one"])["W1"] == "work/about-eve"


def test_two_pages_that_name_the_film_outweigh_one_that_took_it_for_a_work(
    catalogue: Catalogue,
) -> None:
    one, other = (
        review(name, "[F1|Vertigo] is no [F2|Laura].", "refers F1 F2 comparison")
        for name in ("one", "other")
    )
    text = "[F1|Chinatown] dreams of [W1|Laura]."
    third = review("third", text, "refers F1 W1 comparison")
    linked = link(one, other, third, catalogue=catalogue)
    assert ids(linked["third"])["W1"] == "film/laura-1944"
    assert ids(link(one, third, catalogue=catalogue)["third"])["W1"] == "work/laura"


def test_a_telling_title_that_nothing_calls_another_work_is_the_film(catalogue: Catalogue) -> None:
    page = review(
        "w", "[F1|Vertigo] is as sad as [W1|Sunset Boulevard].", "refers F1 W1 comparison"
    )
    assert ids(link_page(page, catalogue))["W1"] == "film/sunset-boulevard-1950"


def test_what_is_called_a_musical_stays_a_work(catalogue: Catalogue) -> None:
    text = "[F1|Vertigo] is as sad as the musical [W1|Sunset Boulevard]."
    page = review("w", text, "refers F1 W1 comparison")
    assert ids(link_page(page, catalogue))["W1"] == "work/sunset-boulevard"
