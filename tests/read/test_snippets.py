"""Quoted reviews on aggregator pages and users' reviews."""

from __future__ import annotations

import pytest
from zoning_examples import plain, zoned, zoned_html

from kg.model import Zone, ZoneKind
from kg.read.zoning import Zoning

QUOTES = (
    "A harrowing and at times surprisingly funny study of what it means to want somebody's life.",
    "The results are neither gothic nor bloody, though for an hour it suggests a bit of both.",
    "It moves its people up and down like lines on a chart and never tells us what they think.",
)
WHO = (
    ("Ken Orr", "The Evening Post", "March 27, 2017", "A-"),
    ("Ann Lee", "Salon.com", "March 17, 2017", "3.5/4"),
    ("Bo Ek", "Chicago Reader", "March 2, 2017", "60/100"),
)


def snippets(zoning: Zoning) -> list[Zone]:
    return [one for one in zoning.zones if one.kind is ZoneKind.SNIPPET]


def signed(zoning: Zoning) -> list[tuple[str, str, str, str]]:
    return [
        (one.critic, one.publication, one.date, one.rating.as_printed if one.rating else "")
        for one in snippets(zoning)
    ]


def page(records: str) -> str:
    return (
        "<title>Winter Light (1963) - Site</title><h1>Winter Light (1963)</h1>"
        f"<h2>Critic Reviews for Winter Light</h2>{records}<h2>News</h2><p>Other things.</p>"
    )


@pytest.mark.parametrize(
    "record",
    [
        "<div><p>{0}</p><div>{3} | Rating: {4} | <a href='/r'>Full Review</a></div>"
        "<div><a href='/c'>{1}</a></div><div><a href='/p'>{2}</a></div><div>Top Critic</div></div>",
        "<div><div>{4}</div><div><span>{2}</span> <span>{1}</span> <span>{3}</span></div>"
        "<div>{0}</div><div><a href='/r'>Read full review</a></div></div>",
        "<table><tr><td><div>{4}</div><a href='/r'>Review: Winter Light</a><br>{0}<br>"
        "{2} - {1} - {3}</td></tr></table>",
    ],
)
def test_attribution_is_found_before_or_after_the_quotation(record: str) -> None:
    records = "".join(record.format(quote, *who) for quote, who in zip(QUOTES, WHO, strict=True))
    zoning = zoned_html(page(records))
    assert signed(zoning) == list(WHO)


def test_a_snippet_covers_the_quoted_words_only() -> None:
    words = "".join(
        f"<div><p>{quote}</p><div>{who[2]}</div><div>{who[0]}</div><div>{who[1]}</div></div>"
        for quote, who in zip(QUOTES, WHO, strict=True)
    )
    zoning = zoned_html(page(words))
    assert [one.end - one.start for one in snippets(zoning)] == [len(quote) for quote in QUOTES]


def test_a_numbered_list_in_plain_text_is_read_item_by_item() -> None:
    text = (
        "Critic score distribution:\n  1. Positive: 4 out of 11\n"
        f"  1. Reviewed by: Ken Orr\n    {QUOTES[0]}\n  2. {QUOTES[1]}\n  3. 75\n    {QUOTES[2]}\n"
        "User Score\n\nNo user score yet\n\n"
        f"  1. ChadS.\n    Jun 21, 2007\n    {QUOTES[0]} Full Review »"
    )
    zoning = zoned(text)
    assert [(one.critic, one.date) for one in snippets(zoning)] == [
        ("Ken Orr", ""),
        ("", ""),
        ("", ""),
        ("ChadS", "Jun 21, 2007"),
    ]
    rating = snippets(zoning)[2].rating
    assert rating is not None
    assert (rating.score, rating.inferred) == (0.75, True)
    assert [one.score for one in zoning.ratings] == [0.75]


def test_a_quotation_may_be_signed_after_a_dash() -> None:
    text = "Winter Light (1963)\n\nWhat the critics say\n\n" + "\n\n".join(
        f'"{quote}"\n- {who[0]}, {who[1]}, {who[3]}' for quote, who in zip(QUOTES, WHO, strict=True)
    )
    assert [(one[0], one[1], one[3]) for one in signed(zoned(text))] == [
        (who[0], who[1], who[3]) for who in WHO
    ]


def test_users_sign_with_one_name_and_their_stars() -> None:
    records = "".join(
        f"<div><div><span>Review by</span> <a href='/u'>{user}</a> <span>{stars}</span> "
        f"<a href='/l'>12</a></div><p>{quote}</p></div>"
        for user, stars, quote in zip(
            ("maria", "Josh L.", "sam99"), ("★★★★½", "★★★", "★★★★★"), QUOTES, strict=True
        )
    )
    zoning = zoned_html(
        "<title>Winter Light (1963)</title><h1>Winter Light (1963)</h1>"
        f"<h2>Popular reviews</h2>{records}"
    )
    assert [(one[0], one[1], one[3]) for one in signed(zoning)] == [
        ("maria", "", "★★★★½"),
        ("Josh L", "", "★★★"),
        ("sam99", "", "★★★★★"),
    ]


def test_a_review_under_a_button_for_comments_is_no_snippet() -> None:
    zoning = zoned(f"North Star\n\nComments Comments (0)\n\n{' '.join(QUOTES)}")
    assert snippets(zoning) == []
    assert ZoneKind.PROSE in [one.kind for one in zoning.zones]


def test_reviews_of_many_films_by_one_user_belong_to_no_film() -> None:
    records = "".join(
        f"<article><h3><a href='/f'>Film {n}</a> <span>(19{n}0)</span></h3><div>0{n}.03.2026</div>"
        f"<p>{quote}</p></article>"
        for n, quote in zip((3, 4, 5), QUOTES, strict=True)
    )
    zoning = zoned_html(
        f"<title>maria | Reviews | Site</title><h1>maria</h1><h2>Reviews</h2>{records}"
    )
    assert zoning.title == ""
    assert snippets(zoning) == []


def test_the_layout_of_examples_is_covered() -> None:
    layout = plain(f"Winter Light (1963)\n\n{QUOTES[0]}")
    zoning = zoned(layout.text)
    assert all(
        any(zone.start <= block.start and block.end <= zone.end for zone in zoning.zones)
        for block in layout.blocks
    )
