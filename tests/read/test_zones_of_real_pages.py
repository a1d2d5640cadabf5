"""The real pages that lie beside a developer's checkout, zoned as they should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Field, Page, Refusal, ZoneKind
from kg.read import documents, page_of

pytestmark = pytest.mark.shared


def page(path: Path) -> Page:
    (document,) = documents([str(path)])
    assert not isinstance(document, Refusal)
    return page_of(document)


def values(read: Page, field: Field) -> list[str]:
    return [one.value for one in read.stated if one.field is field]


def test_a_listing_gives_its_credits_and_all_fifteen_parts(shared: Path) -> None:
    read = page(shared / "pages/backstage/listing_with_cast.txt")
    assert read.title == "Backstage"
    assert read.year is None
    assert values(read, Field.DIRECTOR) == ["Emmanuelle Bercot"]
    assert values(read, Field.WRITER) == ["Emmanuelle Bercot", "Jérôme Tonnerre"]
    assert len(values(read, Field.PRODUCER)) == 2
    assert values(read, Field.COUNTRY) == ["France"]
    assert values(read, Field.LANGUAGE) == ["French"]
    assert values(read, Field.DURATION) == ["112"]
    cast = [(one.value, one.part) for one in read.stated if one.field is Field.CAST]
    assert len(cast) == 15
    assert all(part for _, part in cast)
    assert ("Edith Le Merdy", "Marie-Line, la mere de Lucie") in cast
    titles = [one for one in read.zones if one.kind is ZoneKind.TITLES]
    assert len(titles) == 1
    assert titles[0].end - titles[0].start > 800


def test_a_bare_credit_block_gives_distributor_length_and_people(shared: Path) -> None:
    read = page(shared / "pages/backstage/review_with_credit_block.txt")
    assert values(read, Field.DISTRIBUTOR) == ["Strand Releasing"]
    assert values(read, Field.DURATION) == ["112"]
    assert values(read, Field.DIRECTOR) == ["Emmanuelle Bercot"]
    assert len(values(read, Field.CAST)) == 6
    assert [one.score for one in read.ratings] == [0.5]


def test_a_site_menu_and_a_choice_of_grades_say_nothing(shared: Path) -> None:
    read = page(shared / "pages/backstage/review_with_site_menu.txt")
    assert read.ratings == ()
    assert values(read, Field.CAST) == [
        "Emmanuelle Seigner",
        "Isild Le Besco",
        "Samuel Benchetrit",
    ]
    menu = read.text.index("Newswire")
    assert next(one for one in read.zones if one.start <= menu < one.end).kind.silent


def test_an_aggregator_gives_critics_and_inferred_grades(shared: Path) -> None:
    read = page(shared / "pages/backstage/aggregator.txt")
    snippets = [one for one in read.zones if one.kind is ZoneKind.SNIPPET]
    assert len(snippets) == 12
    assert [one.critic for one in snippets if one.critic] == [
        "Ken Fox",
        "Aaron Hillis",
        "Derek Elley",
        "ChadS",
    ]
    assert sorted(one.score or 0 for one in read.ratings) == [0.42, 0.6, 0.75]
    assert all(one.inferred for one in read.ratings)


def test_a_magazine_review_is_nothing_but_prose(shared: Path) -> None:
    read = page(shared / "pages/backstage/magazine_review.txt")
    assert [one.kind for one in read.zones] == [ZoneKind.PROSE]


@pytest.mark.parametrize(
    "name",
    [
        "listing/castle_calendar.html",
        "listing/lexi_whatson.html",
        "listing/princecharles_whatson.html",
        "listing/ampas_best_film_editing_search.html",
        "listing/letterboxd_user_list.html",
        "aggregator/metacritic2018_browse100.html",
        "userreviews/csfd_userReviews.html",
        "wikipedia/wp_best_picture_list.html",
        "review/vox_21_best_films_2017.html",
    ],
)
def test_a_page_about_many_films_states_nothing_of_one(shared: Path, name: str) -> None:
    read = page(shared / "pages" / name)
    assert read.title == ""
    assert [one.field for one in read.stated if one.origin not in ("json-ld", "microdata")] == []
