"""Cast lists in all the forms that pages print."""

from __future__ import annotations

import pytest
from zoning_examples import PROSE, cast, values, zoned, zoned_html

from kg.model import Field, ZoneKind

WANTED = [("Bo Ek", "Max"), ("Cy Ott", "Ida Rau"), ("Di Moe", "The nurse")]


@pytest.mark.parametrize(
    "lines",
    [
        "Bo Ek as Max;\nCy Ott as Ida Rau;\nDi Moe as The nurse",
        "Bo Ek ... Max\nCy Ott ... Ida Rau\nDi Moe ... The nurse",
        "Bo Ek .......... Max\nCy Ott ......... Ida Rau\nDi Moe ......... The nurse",
        "Bo Ek (Max)\nCy Ott (Ida Rau)\nDi Moe (The nurse)",
        "Bo Ek - Max\nCy Ott - Ida Rau\nDi Moe - The nurse",
        "Bo Ek     Max\nCy Ott    Ida Rau\nDi Moe    The nurse",
        "Bo Ek\nas Max\nCy Ott\nas Ida Rau\nDi Moe\nas The nurse",
    ],
)
def test_a_list_under_a_heading_gives_actors_and_parts(lines: str) -> None:
    zoning = zoned(f"The Long Way (1961)\n\n{PROSE}\n\nCast & Characters\n\n{lines}")
    assert cast(zoning) == WANTED
    assert zoning.zones[-1].kind is ZoneKind.CAST
    assert zoning.zones[-1].heading == "Cast & Characters"


def test_actors_and_parts_may_stand_in_turn() -> None:
    zoning = zoned(
        "The Long Way\n1961\n\nCast\nBo Ek\nMax\nCy Ott\nIda\nDi Moe\nNurse\n\nMore like this\nRan"
    )
    assert cast(zoning) == [("Bo Ek", "Max"), ("Cy Ott", "Ida"), ("Di Moe", "Nurse")]


@pytest.mark.parametrize(
    "rows",
    [
        "<h3>Cast</h3><table><tr><td><a>Bo Ek</a></td><td>...</td><td>Max</td></tr>"
        "<tr><td><a>Cy Ott</a></td><td>...</td><td>Ida Rau</td></tr>"
        "<tr><td><a>Di Moe</a></td><td>...</td><td>The nurse</td></tr></table>",
        "<h2>Cast</h2><ul><li>Bo Ek as Max</li><li>Cy Ott as Ida Rau</li>"
        "<li>Di Moe as The nurse</li></ul>",
        "<h2>Cast</h2>"
        + "".join(
            f"<div><a href='/x'><span>{actor}</span></a><br><span>as {part}</span></div>"
            for actor, part in WANTED
        ),
        "<h3>Cast</h3><p>"
        + " ".join(f"<a href='/x' title='{part}'>{actor}</a>" for actor, part in WANTED)
        + "</p>",
    ],
)
def test_markup_of_many_kinds_gives_the_same_cast(rows: str) -> None:
    zoning = zoned_html(
        f"<title>The Long Way (1961)</title><h1>The Long Way (1961)</h1><p>{PROSE}</p>{rows}"
    )
    assert cast(zoning) == WANTED


def test_crew_that_looks_the_same_is_told_by_its_heading() -> None:
    zoning = zoned_html(
        "<title>The Long Way (1961)</title><h1>The Long Way (1961)</h1><h3>Cast</h3>"
        "<p><a>Bo Ek</a> <a>Cy Ott</a> <a>Di Moe</a></p><h3>Producers</h3>"
        "<p><a>Jo Ray</a> <a>Ed Fox</a></p><h3>Stunts</h3><p><a>Flo Gee</a> <a>Hal Ives</a></p>"
    )
    assert values(zoning, Field.CAST) == ["Bo Ek", "Cy Ott", "Di Moe"]
    assert values(zoning, Field.PRODUCER) == ["Jo Ray", "Ed Fox"]


def test_a_part_keeps_its_description_as_printed() -> None:
    zoning = zoned(
        "The Long Way (1961)\n\nCast\n\nBo Ek as Max;\nCy Ott as Ida, la mère de Max;\n"
        "Di Moe as Une fan"
    )
    assert cast(zoning)[1] == ("Cy Ott", "Ida, la mère de Max")


def test_a_list_that_explains_its_parts_gives_the_names_alone() -> None:
    zoning = zoned_html(
        "<title>The Long Way (1961)</title><h1>The Long Way (1961)</h1><h2>Cast</h2><ul>"
        "<li>Bo Ek as Max Rau, a retired sailor who drinks</li>"
        "<li>Cy Ott as Ida, Lady Rau, Max's aunt</li><li>Di Moe as Mrs Orr, the cook</li></ul>"
    )
    assert cast(zoning) == [
        ("Bo Ek", "Max Rau"),
        ("Cy Ott", "Ida, Lady Rau"),
        ("Di Moe", "Mrs Orr"),
    ]


def test_a_list_of_films_after_the_cast_is_no_cast() -> None:
    zoning = zoned(
        "THE LONG WAY (1961)\n\nThe players\n\n  Bo Ek ....... Max\n  Cy Ott ...... Ida Rau\n"
        "  Di Moe ...... Nurse\n\nAlso in this season\n  Summer With Ann\n  Peeping Paul"
    )
    assert values(zoning, Field.CAST) == ["Bo Ek", "Cy Ott", "Di Moe"]


def test_a_film_in_parentheses_after_one_actor_is_no_part() -> None:
    zoning = zoned(
        f"The Long Way\n\nDirector: Ann Lee\nCast: Bo Ek (Winter Light), Cy Ott, Di Moe\n\n{PROSE}"
    )
    assert cast(zoning) == [("Bo Ek", ""), ("Cy Ott", ""), ("Di Moe", "")]
