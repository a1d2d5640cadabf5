"""Grades that a page gives as a whole."""

from __future__ import annotations

import pytest
from zoning_examples import MORE, PROSE, zoned, zoned_html


@pytest.mark.parametrize(
    ("block", "printed", "score"),
    [
        ("<p>Average Rating: 4.3/10</p>", "4.3/10", 0.43),
        ("<p>Grade: B-</p>", "B-", 0.5833),
        ("<div>TOMATOMETER</div><div><span>92</span> <span>%</span></div>", "92 %", 0.92),
        ("<div>AUDIENCE SCORE</div><div>82%</div><div>liked it</div>", "82%", 0.82),
        ("<div>Metascore</div><div><a href='/m'>94</a></div>", "94", 0.94),
        ("<p>User Rating: <b>8.9/10</b> <a href='/v'>(298,638 votes)</a></p>", "8.9/10", 0.89),
        ("<div>72%</div>", "72%", 0.72),
    ],
)
def test_a_grade_beside_its_label_or_the_title_counts(
    block: str, printed: str, score: float
) -> None:
    zoning = zoned_html(
        f"<title>Winter Light (1963)</title><h1>Winter Light (1963)</h1>{block}<p>{PROSE}</p>"
    )
    assert [(one.as_printed, one.score) for one in zoning.ratings] == [(printed, score)]


def test_a_percentage_beside_another_title_is_no_grade_of_this_film() -> None:
    zoning = zoned_html(
        "<title>Winter Light (1963)</title><h3>Certified Picks</h3><ul><li>98% Columbus</li>"
        f"<li>93% Logan</li></ul><h1>Winter Light (1963)</h1><p>{PROSE}</p><h3>More Like This</h3>"
        "<div>Alien (100%)</div><div>Akira (97%)</div>"
    )
    assert zoning.ratings == ()


def test_a_grade_that_closes_a_review_counts() -> None:
    for closing, score in (("B+", 0.75), ("90%", 0.9), ("★★★★☆", 0.8), ("3.5/4, and again", 0.875)):
        zoning = zoned(f"{PROSE}\n\n{MORE}\n\n{closing}")
        assert [one.score for one in zoning.ratings] == [score]


def test_a_row_of_letters_to_choose_from_is_no_grade() -> None:
    letters = "\n".join(f"  • {one}" for one in ("A", "A-", "B+", "B", "B-", "C+", "C", "D", "F"))
    zoning = zoned(f"Director: Ann Lee\n\nCommunity Grade\n\n{letters}\n\nYour Grade\n\n{PROSE}")
    assert zoning.ratings == ()


def test_running_text_names_the_one_who_gave_the_grade() -> None:
    zoning = zoned_html(
        "<title>Winter Light - Encyclopedia</title><h1>Winter Light</h1><table><tr><th>Directed by"
        "</th><td>Ann Lee</td></tr></table><h2>Reception</h2><p>On the review aggregator website "
        "Rotten Tomatoes, 87% of 165 critics gave the film a good review, with an average rating "
        "of 7.6/10. Roger Ebert awarded it four out of four stars.</p>"
    )
    assert [(one.publication, one.score) for one in zoning.ratings] == [
        ("Rotten Tomatoes", 0.87),
        ("Rotten Tomatoes", 0.76),
        ("Roger Ebert", 1.0),
    ]


def test_the_pages_own_grade_is_its_critics() -> None:
    zoning = zoned(f"Winter Light\nBy Ann Lee, The Evening Post\n\n{PROSE}\n\n{MORE}\n\n★★★★☆")
    assert [(one.critic, one.publication) for one in zoning.ratings] == [
        ("Ann Lee", "The Evening Post")
    ]
    assert (zoning.critic, zoning.publication) == ("Ann Lee", "The Evening Post")


def test_a_certificate_is_no_grade() -> None:
    zoning = zoned(f"Winter Light\n\nDirector: Ann Lee\nRating: PG-13\n\n{PROSE}")
    assert zoning.ratings == ()
