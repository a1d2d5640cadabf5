"""The one film that a page is about, from its headings."""

from __future__ import annotations

import pytest
from zoning_examples import MORE, PROSE, markup, plain, shaped, zoned, zoned_html

from kg.read.heading import clean, title_of


@pytest.mark.parametrize(
    ("words", "title", "year"),
    [
        ("Winter Light (1963)", "Winter Light", 1963),
        ("Winter Light (1963 film)", "Winter Light", 1963),
        ("Review: Winter Light", "Winter Light", None),
        ("Winter Light Movie Reviews, Pictures", "Winter Light", None),
        ("Winter Light (1963) directed by Ann Lee", "Winter Light", 1963),
        ("Film Club presents: Winter Light", "Winter Light", None),
        ("Buy cinema tickets for Winter Light", "Winter Light", None),
        ("“Winter Light”", "Winter Light", None),
        ("Winter Light: A Story of the North", "Winter Light: A Story of the North", None),
    ],
)
def test_a_heading_is_reduced_to_the_title(words: str, title: str, year: int | None) -> None:
    cleaned = clean(words)
    assert (cleaned.words, cleaned.year) == (title, year)


@pytest.mark.parametrize(
    ("document", "heading"),
    [
        ("Winter Light (1963) - Some Site", "Winter Light (1963)"),
        ("Some Site » Blog Archive » Winter Light", "Winter Light"),
        ("Winter Light | House of Films", "Winter Light"),
        ("Winter Light Movie Reviews, Pictures - Some Site", "Winter Light (1963)"),
        ("Winter Light (1963) directed by Ann Lee • Reviews • Some Site", "Winter Light"),
    ],
)
def test_the_documents_title_bears_the_heading_out(document: str, heading: str) -> None:
    layout, shapes = shaped(markup(f"<title>{document}</title><h1>{heading}</h1><p>{PROSE}</p>"))
    assert title_of(layout, shapes, html_title=document).words == "Winter Light"


@pytest.mark.parametrize(
    "headline",
    [
        "How Ann Lee Made the Best Film of the Year",
        "The 21 best movies of 2017",
        "Star of Winter Light eyes sequel, writer to direct",
        "Box Office: It’s Good to Be ‘Winter’",
    ],
)
def test_a_headline_names_no_film(headline: str) -> None:
    zoning = zoned_html(f"<title>{headline} | Site</title><h1>{headline}</h1><p>{PROSE}</p>")
    assert zoning.title == ""


def test_a_heading_alone_makes_no_film_page() -> None:
    zoning = zoned_html(f"<title>Calendar - House</title><h1>Calendar</h1><p>{PROSE}</p>")
    assert zoning.title == ""
    assert zoning.stated == ()


def test_a_review_without_prose_still_has_its_film_and_states_nothing_else() -> None:
    zoning = zoned_html(
        "<title>The Gang » Blog Archive » Winter Light</title><h2>Winter Light</h2>"
        "<p>Listen to the review by Ann Lee, above.</p><div>« <a href='/b'>Barbara</a></div>"
    )
    assert zoning.title == "Winter Light"
    assert [one.field.value for one in zoning.stated] == ["title"]


def test_a_title_from_outside_wins() -> None:
    zoning = zoned(f"Some Other Words\n\nDirector: Ann Lee\n\n{PROSE}", title="Winter Light")
    assert zoning.title == "Winter Light"


def test_plain_text_gives_its_title_in_the_first_line_with_a_year_or_above_the_credits() -> None:
    assert zoned(f"Winter Light (1963)\nhttp://example.org\n{PROSE}").year == 1963
    assert zoned(f"Winter Light\nBy Ann Lee, The Post\n\n{PROSE}").title == "Winter Light"
    assert zoned(f"Winter Light\n\n1963 | R | 2 h 27 min\n\n{PROSE}").title == "Winter Light"
    assert zoned(f"{PROSE}\n\n{MORE}").title == ""


def test_the_quoted_part_of_a_headline_is_completed_from_the_text() -> None:
    zoning = zoned_html(
        "<title>‘Winter’: A Nice Place | The Paper</title><h1>‘Winter’: A Nice Place</h1>"
        f"<p><em>Winter and Other Lights</em>, the first of five, opens well. {PROSE}</p>"
        "<p>Grade: C+</p>"
    )
    assert zoning.title == "Winter and Other Lights"


def test_another_title_in_parentheses_is_kept_as_such() -> None:
    layout, shapes = shaped(plain("Winter Light (Nattvardsgästerna) (1963)\n\n" + PROSE))
    title = title_of(layout, shapes)
    assert (title.words, title.others) == ("Winter Light", ("Nattvardsgästerna",))
