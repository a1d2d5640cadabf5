"""A layout cut into zones, with what its headings, labels and lists state.

Works from the shape of the page: lengths and punctuation of lines, share of links, place in the
markup, labels of the field, headings. Zones are disjoint, ascending, and cover every block.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kg.model import Evidence, Field, Rating, Span, Stated
from kg.read.byline import Byline, byline_of
from kg.read.draft import Draft, aside_of, find, groups_of
from kg.read.film import Group, distinct, lists_films, of_one_film
from kg.read.heading import Title, in_full
from kg.read.kinds import zones_of
from kg.read.layout import Layout
from kg.read.scores import (
    repeated_left_out,
)
from kg.read.sections import sections_of
from kg.read.shape import shapes_of
from kg.read.zoning import Zoning

_SCORES_OF_ONE: Final = 3  # a page without a title that gives more grades lists films


_REVIEW: Final = re.compile(
    r"\breviews?\b|kritik|critique|recenze|recensione|crítica", re.IGNORECASE
)


def zone(layout: Layout, *, title: str = "", html_title: str = "") -> Zoning:
    """The zones of a layout and what it states. `title` is the film's where it is known."""
    shapes = shapes_of(layout)
    sections = sections_of(layout, shapes)
    draft = Draft(layout, shapes, sections, aside_of(layout, shapes, sections))
    find(draft, title=title, html_title=html_title)
    found = groups_of(draft)
    groups = of_one_film(layout, shapes, found, draft.title)
    film = in_full(layout, _film(draft, groups, known=bool(title)))
    if not title and film.words.casefold() in _bodies(found):
        film = Title()  # a credit block that begins with its distributor has no heading
    if lists_films(layout, shapes, found, film):
        return _list_of_films(draft)
    stated = distinct([one for group in groups for one in group.stated]) if film.words else []
    if not film.words and _one_film(groups):
        stated = distinct([one for group in groups for one in group.stated])
    byline = Byline()
    if (film.words or not html_title) and any(shape.prose for shape in shapes):
        byline = byline_of(layout, shapes, film.block, html_title)
    ratings = _ratings(draft, film, byline)
    zones = zones_of(draft, film)
    year = film.year or _year(stated)
    others = tuple(
        dict.fromkeys(
            [*film.others, *(one.value for one in stated if one.field is Field.OTHER_TITLE)]
        )
    )
    return Zoning(
        zones=zones,
        stated=(*_of_title(draft, film, stated), *stated),
        ratings=ratings,
        title=film.words,
        year=year,
        critic=byline.critic,
        publication=byline.publication,
        date=byline.date,
        other_titles=others,
    )


def _list_of_films(draft: Draft) -> Zoning:
    """A page that is a list of films states nothing of one, and nothing on it speaks of one."""
    draft.aside = set(range(len(draft.layout.blocks)))
    draft.pairs, draft.casts, draft.loose = [], [], []
    draft.snippets, draft.scores = [], []
    return Zoning(zones=zones_of(draft, Title()))


def _bodies(groups: list[Group]) -> set[str]:
    return {
        name.casefold()
        for group in groups
        for what in (Field.DISTRIBUTOR, Field.COMPANY)
        for name in group.values(what)
    }


def _one_film(groups: list[Group]) -> bool:
    """Whether facts without a title still belong together: one director, or one list of credits."""
    directors = {name for group in groups for name in group.values(Field.DIRECTOR)}
    return bool(groups) and 0 < len(directors) <= 3


def _year(stated: list[Stated]) -> int | None:
    years = [int(one.value) for one in stated if one.field is Field.YEAR]
    return years[0] if years else None


def _of_title(draft: Draft, film: Title, stated: list[Stated]) -> list[Stated]:
    """What the heading itself states."""
    if film.block is None or not film.words:
        return []
    block = draft.layout.blocks[film.block]
    words = draft.layout.words(block)
    line = Span(block.start, block.end)
    evidence = Evidence(words, line)
    at = words.find(film.words)
    span = Span(block.start + at, block.start + at + len(film.words)) if at >= 0 else None
    facts = [Stated(Field.TITLE, film.words, evidence, value_span=span, origin="heading")]
    dated = str(film.year) in words if film.year else False
    if dated and not any(one.field is Field.YEAR and one.value == str(film.year) for one in stated):
        start = block.start + words.index(str(film.year))
        facts.append(
            Stated(
                Field.YEAR,
                str(film.year),
                evidence,
                value_span=Span(start, start + 4),
                origin="heading",
            )
        )
    for other in film.others:
        at = words.find(other)
        if at >= 0:
            place = Span(block.start + at, block.start + at + len(other))
            facts.append(
                Stated(Field.OTHER_TITLE, other, evidence, value_span=place, origin="heading")
            )
    return facts


def _ratings(draft: Draft, film: Title, byline: Byline) -> tuple[Rating, ...]:
    """All grades; those that nobody is named for are the page's own critic's."""
    scores = [score.rating for score in repeated_left_out(draft.scores)]
    if not film.words and len(scores) > _SCORES_OF_ONE:
        scores = []  # a list of films, each with its grade
    if not draft.snippets and byline.critic:
        scores = [
            replace(one, critic=byline.critic, publication=byline.publication)
            if not (one.critic or one.publication or one.measure)
            else one
            for one in scores
        ]
    quoted = [one.rating for one in draft.snippets if one.rating is not None]
    return (*scores, *quoted)


def _film(draft: Draft, groups: list[Group], *, known: bool) -> Title:
    """The page's film, none where nothing on the page bears its heading out."""
    title = draft.title
    if known or not title.words:
        return title
    told = {one.field for group in groups for one in group.stated}
    credited = told & {Field.DIRECTOR, Field.CAST, Field.WRITER, Field.DURATION}
    graded = [score for score in draft.scores if not score.prose]
    if title.weak:
        reviewed = title.block is not None and _reviewed(draft, title.block)
        return title if credited or graded or reviewed or title.sure else Title()
    if title.sure or credited or draft.snippets or graded:
        return title
    return title if title.block is not None and _reviewed(draft, title.block) else Title()


def _reviewed(draft: Draft, block: int) -> bool:
    """Whether the lines below a heading call themselves a review."""
    below = range(block + 1, min(block + 6, len(draft.layout.blocks)))
    return any(
        _REVIEW.search(draft.layout.words(draft.layout.blocks[number]))
        and draft.layout.blocks[number].link_share < 0.5
        and draft.shapes[number].rank == 0
        and draft.shapes[number].words >= 3
        and number not in draft.aside
        for number in below
    )
