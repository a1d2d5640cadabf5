"""Pages cut into zones: disjoint, in order, over every block."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zoning_examples import MORE, PROSE, markup, plain, zoned, zoned_html, zones

from kg.model import ZoneKind
from kg.read.zones import zone

MENU = (
    "News Newswire Great Job, Everyone!\nVideo All Video Film Club\n"
    "Reviews All Reviews Film TV Music\n"
    "Our Company About Us Contact Advertise Privacy Policy"
)
TITLES = "\n".join(
    f"  • {title}"
    for title in ("Fugue", "Best Friend (The)", "Bel Ami", "Out", "Padres", "Not So Straight (A)")
)


def test_a_menu_in_plain_text_is_navigation_and_the_review_is_prose() -> None:
    layout = plain(f"{MENU}\n\n\n{PROSE}\n\n{MORE}")
    zoning = zone(layout)
    assert zones(layout, zoning, ZoneKind.PROSE) == [f"{PROSE}\n\n{MORE}"]
    assert zones(layout, zoning, ZoneKind.NAVIGATION) == [MENU]


def test_a_list_of_titles_under_a_menu_heading_is_silent() -> None:
    layout = plain(
        f"Logo\n\nTrailers...\n\n{TITLES}\n\nWinter Light\n\nDirector: Ann Lee\n\n{PROSE}"
    )
    zoning = zone(layout)
    silent = [layout.text[one.start : one.end] for one in zoning.zones if one.kind.silent]
    assert "Best Friend (The)" in "\n".join(silent)
    assert zones(layout, zoning, ZoneKind.TITLES)
    assert zoning.title == "Winter Light"


def test_the_publishers_description_stands_under_its_heading() -> None:
    layout = plain(
        f"Winter Light (1963)\n\n{PROSE}\n\nThe(ir) Blurb...\n\n{MORE}\n\nCast\n\nBo Ek as Max"
    )
    zoning = zone(layout)
    assert zones(layout, zoning, ZoneKind.BLURB) == [MORE]
    assert [one.heading for one in zoning.zones if one.kind is ZoneKind.BLURB] == [
        "The(ir) Blurb..."
    ]


def test_teasers_of_other_films_inside_the_films_own_page_are_silent() -> None:
    page = (
        "<title>Winter Light (1963)</title><h1>Winter Light (1963)</h1>"
        f"<div class='text'><p>{PROSE}</p><p>{MORE}</p></div>"
        "<div class='more'><h3>Latest News for Winter Light</h3><p>June 21, 2007: Evan Shall Lead "
        "the Way. The studio looks to score its first number one hit in nearly a year.</p></div>"
        "<div class='like'><h3>You might also like...</h3><h4><a href='/a'>Anora</a></h4>"
        "<p>A young woman of Brooklyn gets her chance when she marries the son of an oligarch.</p>"
        "</div><div id='footer'><p>By going on you agree to be bound by the User Agreement.</p>"
        "</div>"
    )
    layout = markup(page)
    zoning = zoned_html(page)
    spoken = " ".join(layout.text[one.start : one.end] for one in zoning.zones if one.kind.speaks)
    assert PROSE in spoken
    assert "Evan" not in spoken
    assert "oligarch" not in spoken
    assert "Agreement" not in spoken


def test_short_sentences_beside_running_text_are_prose() -> None:
    layout = plain(
        f"Winter Light (1963)\n\n{PROSE}\n\nAlas, we couldn't.\n\nFurthermore, it is long..."
    )
    zoning = zone(layout)
    assert zones(layout, zoning, ZoneKind.PROSE) == [
        f"{PROSE}\n\nAlas, we couldn't.\n\nFurthermore, it is long..."
    ]


def test_a_programme_of_many_films_speaks_of_none() -> None:
    items = "".join(
        f"<div class='item'><h3 class='t'><a href='/{n}'>Film {word}</a></h3>"
        f"<p>{n}. {PROSE}</p><div>19:{n}0</div></div>"
        for n, word in enumerate(("One", "Two", "Three", "Four", "Five", "Six", "Seven"))
    )
    zoning = zoned_html(f"<title>Calendar - House</title><h1>Calendar</h1>{items}")
    assert zoning.title == ""
    assert zoning.stated == ()
    assert all(one.kind.silent for one in zoning.zones)


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    words = PROSE.split()
    lines = [" ".join(words[start : start + 12]) for start in range(0, len(words), 12)]
    layout = plain("Winter Light (1963)\n\n" + "\n".join(lines))
    zoning = zone(layout)
    assert zones(layout, zoning, ZoneKind.PROSE) == ["\n".join(lines)]


def test_nothing_at_all_has_no_zones() -> None:
    zoning = zoned("")
    assert (zoning.zones, zoning.stated, zoning.ratings, zoning.title) == ((), (), (), "")


LINES = st.sampled_from(
    [
        PROSE,
        MORE,
        "",
        "Director: Ann Lee",
        "Cast",
        "Bo Ek as Max;",
        "Cast: Bo Ek (Max), Cy Ott (Ida)",
        "112 min",
        "★★★½",
        "B+",
        "Reviews",
        "Reviewed by: Ken Orr",
        "March 2, 2017 | Rating: A | Full Review",
        "Winter Light (1963)",
        "You might also like",
        "  • Best Friend (The)",
        "92%",
        "Synopsis",
        "Anna Mole, Bo Ek, Cy Ott",
        "a\tb\tc",
        "((((",
        "½",
        "Label:",
        ": x",
        "© 2008 All rights reserved.",
    ]
)


@given(st.lists(LINES, max_size=30))
@settings(max_examples=150, deadline=None)
def test_zones_are_disjoint_ascending_and_cover_every_block(lines: list[str]) -> None:
    layout = plain("\n".join(lines))
    zoning = zone(layout)
    ends = [0]
    for one in zoning.zones:
        assert ends[-1] <= one.start < one.end
        ends.append(one.end)
    for block in layout.blocks:
        covered = sum(
            max(0, min(one.end, block.end) - max(one.start, block.start)) for one in zoning.zones
        )
        gap = sum(letter.isspace() for letter in layout.words(block))
        assert covered >= block.end - block.start - gap
    for fact in zoning.stated:
        if fact.part_span is not None:
            assert fact.part_span.words(layout.text) == fact.part


@given(st.lists(LINES, max_size=20), st.sampled_from(["p", "li", "div", "h2", "td", "span"]))
@settings(max_examples=100, deadline=None)
def test_markup_of_any_order_is_zoned(lines: list[str], tag: str) -> None:
    body = "".join(f"<{tag}>{line}</{tag}>" for line in lines)
    zoning = zoned_html(f"<title>Winter Light (1963) - Site</title><h1>Winter Light</h1>{body}")
    starts = [one.start for one in zoning.zones]
    assert starts == sorted(starts)


@pytest.mark.parametrize("noise", ["\u0000", "\u200e", "\ufeff", "🎬" * 50, "(" * 500, "a" * 5000])
def test_odd_characters_do_no_harm(noise: str) -> None:
    zoning = zoned(f"Winter Light (1963)\n\nDirector: Ann Lee\n\n{noise}\n\n{PROSE}")
    assert zoning.title == "Winter Light"
