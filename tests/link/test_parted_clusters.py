"""A cluster that holds the titles of two films is parted."""

from __future__ import annotations

from link_fakes import ids, review

from kg.link import Catalogue, link_page
from kg.link.parted import parted
from kg.model import ReferenceKind


def test_two_whole_titles_in_one_cluster_are_two_films(catalogue: Catalogue) -> None:
    page = review("c", "[F1|Chinatown] is fine. [F1|Casablanca] is finer.", title="Chinatown")
    assert set(ids(link_page(page, catalogue)).values()) == {
        "film/chinatown-1974",
        "film/casablanca-1942",
    }


def test_what_was_parted_from_the_reviewed_film_is_named_by_its_review(
    catalogue: Catalogue,
) -> None:
    page = review("c", "[F1|Chinatown] is fine. [F1|Casablanca] is finer.", title="Chinatown")
    references = parted(page, catalogue).references
    assert [(r.citing, r.cited, r.kind) for r in references] == [
        ("F1", "F2", ReferenceKind.MENTION)
    ]


def test_a_short_form_stays_with_its_film(catalogue: Catalogue) -> None:
    page = review("e", "[F1|All About Eve] is told by [F1|Eve].", title="All About Eve")
    assert parted(page, catalogue) is page


def test_a_sequel_and_its_model_are_two(catalogue: Catalogue) -> None:
    page = review("s", "[F1|Scream 2] doubles all of [F1|Scream].", title="Scream 2")
    assert len(parted(page, catalogue).clusters) == 2


def test_names_of_one_film_are_not_parted(catalogue: Catalogue) -> None:
    page = review("m", "[F1|Mad Max 2], or [F1|The Road Warrior], runs.", title="Mad Max 2")
    assert parted(page, catalogue) is page


def test_a_page_that_never_names_its_film_may_name_another(catalogue: Catalogue) -> None:
    page = review("n", "[F1|Casablanca] was better.", title="Chinatown")
    clusters = parted(page, catalogue).clusters
    assert [(c.name, len(c.mentions)) for c in clusters] == [("Chinatown", 0), ("Casablanca", 1)]
