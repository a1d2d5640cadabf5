"""A layout cut into zones, with what its headings, labels and lists state.

Works from the shape of the page: lengths and punctuation of lines, share of links, place in the
markup, labels of the field, headings. Zones are disjoint, ascending, and cover every block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from kg.model import Evidence, Field, Rating, Span, Stated, Zone, ZoneKind
from kg.read.byline import Byline, byline_of
from kg.read.castlist import CastList, cast_lists
from kg.read.credits import stated_of
from kg.read.film import Group, distinct, lists_films, of_one_film
from kg.read.heading import Title, clean, in_full, title_of
from kg.read.labelled import Labelled, labelled_of
from kg.read.labels import Topic, fold
from kg.read.layout import Layout
from kg.read.scores import (
    Score,
    block_scores,
    labelled_scores,
    pictured_scores,
    prose_scores,
    repeated_left_out,
)
from kg.read.sections import Section, innermost, sections_of
from kg.read.shape import Shape, shapes_of
from kg.read.silence import silent_kinds
from kg.read.snippets import Snippet, snippets_of
from kg.read.unlabelled import Unlabelled, bare_blocks, fact_lines, lone_lengths, trailers
from kg.read.zoning import Zoning

_SCORES_OF_ONE: Final = 3  # a page without a title that gives more grades lists films
_NEAR: Final = 14  # how far below the title a line of facts without labels still counts
_REVIEW: Final = re.compile(
    r"\breviews?\b|kritik|critique|recenze|recensione|crítica", re.IGNORECASE
)


@dataclass(slots=True)
class _Draft:
    """What is known of a page while it is being zoned."""

    layout: Layout
    shapes: tuple[Shape, ...]
    sections: list[Section]
    aside: set[int]
    title: Title = field(default_factory=Title)
    pairs: list[Labelled] = field(default_factory=list)
    casts: list[CastList] = field(default_factory=list)
    loose: list[Unlabelled] = field(default_factory=list)
    snippets: list[Snippet] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)


def zone(layout: Layout, *, title: str = "", html_title: str = "") -> Zoning:
    """The zones of a layout and what it states. `title` is the film's where it is known."""
    shapes = shapes_of(layout)
    sections = sections_of(layout, shapes)
    draft = _Draft(layout, shapes, sections, _aside(layout, shapes, sections))
    _find(draft, title=title, html_title=html_title)
    found = _groups(draft)
    groups = of_one_film(layout, shapes, found, draft.title)
    film = in_full(layout, _film(draft, groups, known=bool(title)))
    if lists_films(layout, shapes, found, film):
        return _list_of_films(draft)
    stated = distinct([one for group in groups for one in group.stated]) if film.words else []
    if not film.words and _one_film(groups):
        stated = distinct([one for group in groups for one in group.stated])
    byline = Byline()
    if (film.words or not html_title) and any(shape.prose for shape in shapes):
        byline = byline_of(layout, shapes, film.block, html_title)
    ratings = _ratings(draft, film, byline)
    zones = _zones(draft, film)
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


def _list_of_films(draft: _Draft) -> Zoning:
    """A page that is a list of films states nothing of one, and nothing on it speaks of one."""
    draft.aside = set(range(len(draft.layout.blocks)))
    draft.pairs, draft.casts, draft.loose = [], [], []
    draft.snippets, draft.scores = [], []
    return Zoning(zones=_zones(draft, Title()))


def _aside(layout: Layout, shapes: tuple[Shape, ...], sections: list[Section]) -> set[int]:
    """The blocks that speak of other things: menus, news, related titles."""
    aside = {number for number, shape in enumerate(shapes) if shape.outside}
    for section in sections:
        if section.topic not in (Topic.ASIDE, Topic.LINKS):
            continue
        for number in range(section.first, section.last + 1):
            close = innermost(sections, number)
            told = shapes[number].prose and layout.blocks[number].link_share < 0.5
            soft = section.topic is Topic.LINKS and told
            if not soft and (close is None or close.topic in (Topic.ASIDE, Topic.LINKS)):
                aside.add(number)
    return aside


def _find(draft: _Draft, *, title: str, html_title: str) -> None:
    """Fill the draft: labels first, then what labels leave, then quotations, then grades."""
    layout, shapes = draft.layout, draft.shapes
    draft.pairs = [
        pair for pair in labelled_of(layout, shapes) if not draft.aside.intersection(pair.blocks)
    ]
    credited = [pair.blocks[0] for pair in draft.pairs if pair.label.is_credit or pair.label.fields]
    draft.loose = trailers(layout, draft.aside)
    _settle_trailers(draft)
    labelled = {number for pair in draft.pairs for number in pair.blocks}
    labelled |= {number for one in draft.loose if one.whole for number in one.blocks}
    facts = {one.blocks[0] for one in fact_lines(layout, shapes, draft.aside | labelled)}
    signed = byline_of(layout, shapes, None, "").blocks
    draft.title = title_of(
        layout,
        shapes,
        title=title,
        html_title=html_title,
        facts=frozenset([*credited, *facts, *signed]),
    )
    heads = {section.first for section in draft.sections if section.topic is Field.CAST}
    draft.casts = cast_lists(layout, shapes, draft.sections, draft.aside | labelled)
    held = {number for cast in draft.casts for number in cast.blocks}
    barred = draft.aside | labelled | held | heads
    draft.loose += bare_blocks(layout, shapes, barred)
    whole = {number for one in draft.loose if one.whole for number in one.blocks}
    barred |= whole
    block = draft.title.block
    titled = _titled(draft)
    barred |= titled
    near = [
        one
        for one in fact_lines(layout, shapes, barred)
        if _counts(draft, one.blocks[0], credited, alone=len(one.stated) == 1)
    ]
    draft.loose += near
    barred |= {number for one in near for number in one.blocks}
    lengths = any(Field.DURATION in pair.label.fields for pair in draft.pairs) or any(
        fact.field is Field.DURATION for one in draft.loose for fact in one.stated
    )
    if draft.title.words and not lengths:
        hidden = {number for number in draft.aside if not shapes[number].outside}
        draft.loose += lone_lengths(layout, shapes, hidden | labelled)
    speaking = {
        number
        for pair in draft.pairs
        if pair.label.topic is Topic.REVIEWS
        for number in pair.blocks
    }
    draft.snippets = snippets_of(layout, shapes, draft.sections, barred - speaking)
    if html_title and not draft.title.words:
        # a list of films with a text and a grade each looks like a list of reviews of one
        draft.snippets = [one for one in draft.snippets if not one.listed]
    quoted = {number for one in draft.snippets for number in (*one.blocks, *one.around)}
    draft.scores = labelled_scores(layout, draft.pairs)
    scored = {number for score in draft.scores for number in score.blocks}
    draft.scores += block_scores(layout, shapes, barred | quoted | scored, block)
    if not draft.scores and not draft.snippets:
        draft.scores = pictured_scores(layout, barred, block)
    prose = [
        number
        for number, shape in enumerate(shapes)
        if shape.prose and number not in draft.aside | quoted | held and not shape.legal
    ]
    draft.scores += prose_scores(layout, prose)


def _titled(draft: _Draft) -> set[int]:
    """The headings that give the film's title, and nothing else."""
    title = draft.title
    names = {fold(title.words), *(fold(other) for other in title.others)} - {""}
    found = {
        number
        for number, block in enumerate(draft.layout.blocks)
        if draft.shapes[number].rank and fold(clean(draft.layout.words(block)).words) in names
    }
    return found | ({title.block} if title.block is not None else set())


def _settle_trailers(draft: _Draft) -> None:
    """Of a newspaper trailer and labels found in the same block, keep what states more."""
    kept: list[Unlabelled] = []
    for trailer in draft.loose:
        inside = [pair for pair in draft.pairs if set(trailer.blocks) & set(pair.blocks)]
        stated = sum(len(stated_of(draft.layout, pair)) for pair in inside)
        if stated >= len(trailer.stated):
            continue
        kept.append(trailer)
        draft.pairs = [pair for pair in draft.pairs if pair not in inside]
    draft.loose = kept


def _counts(draft: _Draft, number: int, credited: list[int], *, alone: bool) -> bool:
    """Whether a line of facts stands where the film's own do: under its title, by its credits."""
    block = draft.title.block
    if block is not None and 0 < number - block <= (_NEAR if not alone else 6):
        return True
    return any(abs(number - other) <= (3 if not alone else 2) for other in credited)


def _groups(draft: _Draft) -> list[Group]:
    groups = []
    for pair in draft.pairs:
        stated = stated_of(draft.layout, pair)
        if stated:
            groups.append(Group(pair.blocks[0], tuple(stated), pair.blocks))
    for cast in draft.casts:
        title = fold(draft.title.words)
        stated = [
            one
            for one in cast.stated(draft.layout)
            if not (
                title and title.startswith(fold(one.value)) and title in fold(one.evidence.exact)
            )
        ]
        groups.append(Group(min(cast.blocks), tuple(stated), tuple(sorted(cast.blocks))))
    groups += [
        Group(one.blocks[0], one.stated, one.blocks, labelled=len(one.stated) > 3)
        for one in draft.loose
    ]
    return groups


def _film(draft: _Draft, groups: list[Group], *, known: bool) -> Title:
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


def _reviewed(draft: _Draft, block: int) -> bool:
    """Whether the lines below a heading call themselves a review."""
    below = range(block + 1, min(block + 6, len(draft.layout.blocks)))
    return any(
        _REVIEW.search(draft.layout.words(draft.layout.blocks[number]))
        and draft.layout.blocks[number].link_share < 0.5
        and number not in draft.aside
        for number in below
    )


def _one_film(groups: list[Group]) -> bool:
    """Whether facts without a title still belong together: one director, or one list of credits."""
    directors = {name for group in groups for name in group.values(Field.DIRECTOR)}
    return bool(groups) and 0 < len(directors) <= 3


def _year(stated: list[Stated]) -> int | None:
    years = [int(one.value) for one in stated if one.field is Field.YEAR]
    return years[0] if years else None


def _of_title(draft: _Draft, film: Title, stated: list[Stated]) -> list[Stated]:
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


def _ratings(draft: _Draft, film: Title, byline: Byline) -> tuple[Rating, ...]:
    """All grades; those that nobody is named for are the page's own critic's."""
    scores = [score.rating for score in repeated_left_out(draft.scores)]
    if not film.words and len(scores) > _SCORES_OF_ONE:
        scores = []  # a list of films, each with its grade
    if not draft.snippets and byline.critic:
        scores = [
            replace(one, critic=byline.critic, publication=byline.publication)
            if not (one.critic or one.publication)
            else one
            for one in scores
        ]
    quoted = [one.rating for one in draft.snippets if one.rating is not None]
    return (*scores, *quoted)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a block with its kind; `key` keeps neighbours apart that must not merge."""

    start: int
    end: int
    kind: ZoneKind
    key: tuple[object, ...] = ()


def _zones(draft: _Draft, film: Title) -> tuple[Zone, ...]:
    kinds = _kinds(draft, film)
    tails = {one.blocks[0]: one.span for one in draft.loose if not one.whole}
    pieces: list[_Piece] = []
    for number, block in enumerate(draft.layout.blocks):
        kind, key = kinds[number]
        tail = tails.get(number)
        if tail is not None and tail.start > block.start:
            pieces.append(_Piece(block.start, tail.start, kind, key))
            pieces.append(_Piece(tail.start, tail.end, ZoneKind.CREDITS, ("trailer", number)))
        else:
            pieces.append(_Piece(block.start, block.end, kind, key))
    by_number = {number: one for one in draft.snippets for number in one.blocks}
    return tuple(_merged(pieces, {id(one): one for one in by_number.values()}))


def _merged(pieces: list[_Piece], snippets: dict[int, Snippet]) -> list[Zone]:
    """Neighbouring pieces of one kind and key as one zone."""
    zones: list[Zone] = []
    start = 0
    for position, piece in enumerate(pieces):
        following = pieces[position + 1] if position + 1 < len(pieces) else None
        if following is not None and (following.kind, following.key) == (piece.kind, piece.key):
            continue
        heading = next((part for part in piece.key if isinstance(part, str)), "")
        snippet = next((snippets[part] for part in piece.key if part in snippets), None)
        if snippet is None:
            zones.append(Zone(piece.kind, pieces[start].start, piece.end, heading=heading))
        else:
            zones.append(
                Zone(
                    piece.kind,
                    pieces[start].start,
                    piece.end,
                    snippet.critic,
                    snippet.publication,
                    snippet.date,
                    snippet.heading,
                    snippet.rating,
                )
            )
        start = position + 1
    return zones


def _kinds(draft: _Draft, film: Title) -> list[tuple[ZoneKind, tuple[object, ...]]]:
    """The kind of every block, with what keeps it apart from its neighbours."""
    kinds = _found_kinds(draft, film)
    silent = silent_kinds(draft.layout, draft.shapes, draft.aside, film.block)
    for number in range(len(draft.layout.blocks)):
        if number in kinds:
            continue
        if number in silent:
            kinds[number] = (silent[number], ())
        else:
            kinds[number] = _told_kind(draft, number)
    return [kinds[number] for number in range(len(draft.layout.blocks))]


def _found_kinds(draft: _Draft, film: Title) -> dict[int, tuple[ZoneKind, tuple[object, ...]]]:
    """The kinds of the blocks that were recognised one by one; the first to claim one has it."""
    kinds: dict[int, tuple[ZoneKind, tuple[object, ...]]] = {}

    def put(numbers: Iterable[int], kind: ZoneKind, *key: object) -> None:
        for number in numbers:
            kinds.setdefault(number, (kind, key))

    put(sorted(_titled(draft)) if film.words else (), ZoneKind.TITLE)
    for snippet in draft.snippets:
        put(snippet.blocks, ZoneKind.SNIPPET, id(snippet))
        put(snippet.around, ZoneKind.SCORE)
    for cast in draft.casts:
        heading = ""
        if cast.heading is not None:
            heading = draft.layout.words(draft.layout.blocks[cast.heading])
            put([cast.heading], ZoneKind.CAST, heading)
        put(sorted(cast.lines), ZoneKind.CAST, heading)
    for pair in draft.pairs:
        put(pair.blocks, _pair_kind(pair))
    for one in draft.loose:
        put(one.blocks if one.whole else (), ZoneKind.CREDITS)
    for score in draft.scores:
        put(() if score.prose else score.blocks, ZoneKind.SCORE)
    return kinds


def _told_kind(draft: _Draft, number: int) -> tuple[ZoneKind, tuple[object, ...]]:
    """The kind of running text: the publisher's under such a heading, else the review's."""
    section = innermost(draft.sections, number)
    if section is not None and section.topic is Topic.BLURB:
        return ZoneKind.BLURB, (section.heading,)
    return ZoneKind.PROSE, ()


def _pair_kind(pair: Labelled) -> ZoneKind:
    topic = pair.label.topic
    if topic is Topic.SCORE:
        return ZoneKind.SCORE
    if topic is Topic.BLURB:
        return ZoneKind.BLURB
    if topic is Topic.REVIEWS:
        return ZoneKind.SNIPPET
    if topic in (Topic.ASIDE, Topic.LINKS):
        return ZoneKind.NAVIGATION
    return ZoneKind.CREDITS
