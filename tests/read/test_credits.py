"""Credits: behind labels, under them, in rows, in bare blocks and in newspaper trailers."""

from __future__ import annotations

import pytest
from zoning_examples import MORE, PROSE, cast, values, zoned, zoned_html

from kg.model import Field, ZoneKind


def test_labels_on_one_line_each_have_their_value() -> None:
    zoning = zoned(f"The Long Way\n\nCountry: France, Language: French, 112 mins\n\n{PROSE}")
    assert values(zoning, Field.COUNTRY) == ["France"]
    assert values(zoning, Field.LANGUAGE) == ["French"]
    assert values(zoning, Field.DURATION) == ["112"]
    assert zoning.title == "The Long Way"


def test_bulleted_credits_are_split_and_keep_the_place_of_each_name() -> None:
    words = f"The Long Way\n\n  • Director: Ann Lee\n  • Writer: Ann Lee; Jo Ray\n\n{PROSE}"
    zoning = zoned(words)
    assert values(zoning, Field.WRITER) == ["Ann Lee", "Jo Ray"]
    for one in zoning.stated:
        assert one.value_span is not None
        assert one.value_span.words(words) == one.value


def test_a_label_line_is_followed_by_its_value() -> None:
    zoning = zoned(f"The Long Way\n\nDirected by:\nAnn Lee\n\nStarring:\nBo Ek, Cy Ott\n\n{PROSE}")
    assert values(zoning, Field.DIRECTOR) == ["Ann Lee"]
    assert values(zoning, Field.CAST) == ["Bo Ek", "Cy Ott"]


def test_labels_may_stand_below_the_names() -> None:
    zoning = zoned(
        "The Long Way\n1961\n\nCrew\nAnn Lee\nDirector\nAnn Lee\nScreenplay\nBo Ek\nMusic\n\n"
        + PROSE
    )
    assert values(zoning, Field.DIRECTOR) == ["Ann Lee"]
    assert values(zoning, Field.WRITER) == ["Ann Lee"]
    assert values(zoning, Field.COMPOSER) == ["Bo Ek"]


def test_columns_of_plain_text_are_rows() -> None:
    zoning = zoned(
        "THE LONG WAY (1961)\n\n  Directed by     Ann Lee, Bo Ek\n  Length          134 minutes"
    )
    assert values(zoning, Field.DIRECTOR) == ["Ann Lee", "Bo Ek"]
    assert values(zoning, Field.DURATION) == ["134"]


@pytest.mark.parametrize(
    "block",
    [
        "<dl><dt>Regie</dt><dd>Ann Lee</dd><dt>Darsteller</dt><dd>Bo Ek</dd><dd>Cy Ott</dd></dl>",
        "<table><tr><th>Directed by</th><td>Ann Lee</td></tr>"
        "<tr><th>Starring</th><td><ul><li>Bo Ek</li><li>Cy Ott</li></ul></td></tr></table>",
        "<p><b>Director:</b> Ann Lee<br><b>Cast:</b> Bo Ek, Cy Ott</p>",
        "<div><h4>Director:</h4><a href='/a'>Ann Lee</a></div>"
        "<div><h4>Stars:</h4><a href='/b'>Bo Ek</a>, <a href='/c'>Cy Ott</a> | "
        "<a href='/f'>See full cast &amp; crew</a></div>",
        "<ul><li><span>Režie:</span> <a>Ann Lee</a></li>"
        "<li><span>Hrají:</span> Bo Ek, Cy Ott</li></ul>",
        "<p>Director</p><p>Ann Lee</p><p>With</p><p>Bo Ek, Cy Ott</p>",
    ],
)
def test_markup_of_many_kinds_gives_the_same_credits(block: str) -> None:
    zoning = zoned_html(
        f"<title>The Long Way (1961) - Site</title><h1>The Long Way</h1>{block}<p>{PROSE}</p>"
    )
    assert (zoning.title, zoning.year) == ("The Long Way", 1961)
    assert values(zoning, Field.DIRECTOR) == ["Ann Lee"]
    assert values(zoning, Field.CAST) == ["Bo Ek", "Cy Ott"]


def test_a_bare_block_is_read_by_the_custom_of_its_order() -> None:
    zoning = zoned(
        f"{PROSE}\n\n{MORE}\n\nNorth Star Films\n112 min\nAnn Lee\nAnn Lee, Jo Ray\n"
        "Bo Ek, Cy Ott, Di Moe, Ed Fox"
    )
    assert values(zoning, Field.DISTRIBUTOR) == ["North Star Films"]
    assert values(zoning, Field.DURATION) == ["112"]
    assert values(zoning, Field.DIRECTOR) == ["Ann Lee"]
    assert values(zoning, Field.WRITER) == ["Ann Lee", "Jo Ray"]
    assert values(zoning, Field.CAST) == ["Bo Ek", "Cy Ott", "Di Moe", "Ed Fox"]
    assert zoning.zones[-1].kind is ZoneKind.CREDITS


@pytest.mark.parametrize(
    "trailer",
    [
        "Rated R, 112 minutes. Directed by Ann Lee. Written by Jo Ray. With Bo Ek (Max), Cy Ott "
        "(Ida).",
        "Directed by Ann Lee; written by Jo Ray; director of photography, Di Moe. Running time: "
        "112 minutes. With: Bo Ek (Max) and Cy Ott (Ida).",
        "(Directed by Ann Lee. Screenplay by Jo Ray. 112 minutes. Starring Bo Ek (Max), Cy Ott "
        "(Ida).)",
        "A North Star release. Directed by Ann Lee. Screenplay, Jo Ray. Camera (color), Di Moe; "
        "editor, Ed Fox. Running time: 112 MIN. With: Bo Ek (Max), Cy Ott (Ida).",
    ],
)
def test_a_newspapers_trailer_states_credits(trailer: str) -> None:
    zoning = zoned(f"{PROSE}\n\n{MORE}\n\n{trailer}")
    assert values(zoning, Field.DIRECTOR) == ["Ann Lee"]
    assert values(zoning, Field.WRITER) == ["Jo Ray"]
    assert values(zoning, Field.DURATION) == ["112"]
    assert cast(zoning) == [("Bo Ek", "Max"), ("Cy Ott", "Ida")]


def test_a_line_of_facts_in_parentheses_states_year_director_and_length() -> None:
    zoning = zoned_html(
        "<title>THE LONG WAY</title><h2>THE LONG WAY</h2>"
        f"<i>(2000, directed by Ann Lee, 92 min.)</i><p>{PROSE}</p>"
    )
    assert values(zoning, Field.DIRECTOR) == ["Ann Lee"]
    assert values(zoning, Field.DURATION) == ["92"]
    assert zoning.year == 2000


def test_running_text_that_names_a_director_is_no_labelled_credit() -> None:
    zoning = zoned(f"Directed by Ann Lee, who should know better, this is a dull affair. {PROSE}")
    assert zoning.stated == ()


def test_a_story_told_after_a_colon_is_no_writing_credit() -> None:
    zoning = zoned(
        f"Story: Max (Bo Ek) runs away and Ida follows him to the sea. {PROSE}\n\n{MORE}"
    )
    assert values(zoning, Field.WRITER) == []
    assert [one.kind for one in zoning.zones] == [ZoneKind.PROSE]


def test_two_brothers_share_their_surname() -> None:
    zoning = zoned(f"The Long Way\n\nDirectors: Joel & Ethan Moe\nCast: Bo Ek\n\n{PROSE}")
    assert values(zoning, Field.DIRECTOR) == ["Joel Moe", "Ethan Moe"]


def test_a_second_film_on_the_page_keeps_its_credits_to_itself() -> None:
    zoning = zoned_html(
        "<title>The Long Way | House</title><h1>The Long Way</h1><p>Director</p><p>Ann Lee</p>"
        f"<p>France 2006. 79min</p><p>{PROSE}</p><h3>+ The Short Way</h3>"
        "<p>Director</p><p>Bo Ek</p><p>Spain 1997. 7min</p><p>Total running time 86min.</p>"
    )
    assert values(zoning, Field.DIRECTOR) == ["Ann Lee"]
    assert values(zoning, Field.DURATION) == ["79"]
    assert zoning.year == 2006
    assert values(zoning, Field.COUNTRY) == ["France"]


def test_a_label_may_be_a_picture() -> None:
    zoning = zoned_html(
        "<title>The Long Way (1994) - Site</title><h1>The Long Way (1994)</h1><table>"
        "<tr><td><img src='img/director.gif'></td><td>Ann Lee</td></tr>"
        "<tr><td><img src='img/starring.gif'></td><td>Bo Ek, Cy Ott</td></tr></table>"
    )
    assert values(zoning, Field.DIRECTOR) == ["Ann Lee"]
    assert values(zoning, Field.CAST) == ["Bo Ek", "Cy Ott"]


def test_a_video_release_is_not_the_films_year() -> None:
    zoning = zoned(f"The Long Way\n\nOn DVD: 3 May 2012\nDirector: Ann Lee\n\n{PROSE}")
    assert zoning.year is None
    released = zoned(f"The Long Way\n\nReleased: 17 Aug 2006\nDirector: Ann Lee\n\n{PROSE}")
    assert released.year == 2006
