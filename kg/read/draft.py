"""What is found on a page while it is zoned: labels, lists, quotations, grades."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kg.model import Field
from kg.read.assembly import Snippet
from kg.read.byline import byline_of
from kg.read.castlist import CastList, cast_lists
from kg.read.credits import stated_of
from kg.read.factline import fact_lines, facts_beside, lone_lengths
from kg.read.film import Group
from kg.read.heading import Title, clean, title_of
from kg.read.labelled import labelled_of
from kg.read.labels import Topic, fold
from kg.read.layout import Layout
from kg.read.pair import Labelled
from kg.read.scores import Score, block_scores, labelled_scores, pictured_scores, prose_scores
from kg.read.sections import Section, innermost
from kg.read.shape import Shape
from kg.read.snippets import snippets_of
from kg.read.trailer import trailers
from kg.read.unlabelled import Unlabelled, bare_blocks

_NEAR: Final = 14  # how far below the title a line of facts without labels still counts


@dataclass(slots=True)
class Draft:
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


def aside_of(layout: Layout, shapes: tuple[Shape, ...], sections: list[Section]) -> set[int]:
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


def find(draft: Draft, *, title: str, html_title: str) -> None:
    """Fill the draft: labels first, then what labels leave, then quotations, then grades."""
    layout, shapes = draft.layout, draft.shapes
    draft.pairs = [
        pair for pair in labelled_of(layout, shapes) if not draft.aside.intersection(pair.blocks)
    ]
    credited = [pair.blocks[0] for pair in draft.pairs if pair.label.is_credit or pair.label.fields]
    draft.loose = trailers(layout, draft.aside)
    _settle_trailers(draft)
    draft.loose += facts_beside(layout, draft.pairs)
    labelled = {number for pair in draft.pairs for number in pair.blocks}
    labelled |= {number for one in draft.loose if one.whole for number in one.blocks}
    facts = {one.blocks[0] for one in fact_lines(layout, shapes, draft.aside | labelled)}
    facts |= {one.blocks[0] for one in draft.loose}
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
    barred |= titled(draft)
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


def titled(draft: Draft) -> set[int]:
    """The headings that give the film's title, and nothing else."""
    title = draft.title
    names = {fold(title.words), *(fold(other) for other in title.others)} - {""}
    found = {
        number
        for number, block in enumerate(draft.layout.blocks)
        if draft.shapes[number].rank and fold(clean(draft.layout.words(block)).words) in names
    }
    return found | ({title.block} if title.block is not None else set())


def _settle_trailers(draft: Draft) -> None:
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


def _counts(draft: Draft, number: int, credited: list[int], *, alone: bool) -> bool:
    """Whether a line of facts stands where the film's own do: under its title, by its credits."""
    block = draft.title.block
    if block is not None and 0 < number - block <= (_NEAR if not alone else 6):
        return True
    return any(abs(number - other) <= (3 if not alone else 2) for other in credited)


def groups_of(draft: Draft) -> list[Group]:
    """What each label, list and block of credits states, with its place on the page."""
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
