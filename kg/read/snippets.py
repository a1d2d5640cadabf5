"""Quoted reviews: critics' snippets on aggregator pages and users' reviews, with who wrote them.

Attribution stands before or after the quoted words, in any order; where it stands is told by the
edges of a list: what precedes its first quotation can't belong to one before it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from kg.read.assembly import Snippet, assemble, chunks_of, made, place_of
from kg.read.attribution import (
    attribution_of,
    is_noise,
)
from kg.read.dates import YEAR_IN_PARENS
from kg.read.labels import Topic, label_of
from kg.read.layout import Layout
from kg.read.sections import Section
from kg.read.shape import Shape

_DATED_TITLE: Final = re.compile(YEAR_IN_PARENS.pattern + r"|[^\W\d_]\t(?:19|20)\d\d(?:\t|$)")
_FAR: Final = 12  # lines that may stand between two quotations of one list
_USERS: Final = re.compile(
    r"user|audience|reader|member|viewer|community|comment|friends|fan", re.IGNORECASE
)
_QUOTE_STEP: Final = re.compile(
    r"(?:^|[.#_-])(?:pull-?)?quotes?(?:$|[._-])|^blockquote", re.IGNORECASE
)


def snippets_of(
    layout: Layout, shapes: tuple[Shape, ...], sections: list[Section], barred: set[int]
) -> list[Snippet]:
    """All quoted reviews of a page, in order."""
    found: list[Snippet] = []
    taken = set(barred)
    for section in sections:
        if section.topic is Topic.REVIEWS:
            numbers = range(section.first + 1, section.last + 1)
            free = [number for number in numbers if number not in taken]
            found += _of_section(layout, shapes, free, section)
            taken |= {number for one in found for number in (*one.blocks, *one.around)}
    free = [number for number in range(len(layout.blocks)) if number not in taken]
    found += [replace(one, listed=True) for one in _of_lists(layout, shapes, free)]
    taken |= {number for one in found for number in (*one.blocks, *one.around)}
    found += _of_quotes(layout, shapes, taken)
    found.sort(key=lambda one: one.blocks[0])
    return [] if _of_many_films(layout, found) else found


def _of_many_films(layout: Layout, found: list[Snippet]) -> bool:
    """Whether the reviews are each of another film, named with its year beside the words."""
    dated = sum(
        any(_DATED_TITLE.search(layout.words(layout.blocks[number])) for number in one.around)
        for one in found
    )
    return len(found) >= 3 and 2 * dated > len(found)


def _of_section(
    layout: Layout, shapes: tuple[Shape, ...], numbers: list[int], section: Section
) -> list[Snippet]:
    """The reviews below a heading that announces them."""
    quotes = _quotes(layout, shapes, numbers)
    if not quotes:
        return []
    users = bool(_USERS.search(section.heading))
    found = assemble(layout, shapes, numbers, quotes, users=users)
    told = [one for one in found if one.critic or one.publication or one.date or one.rating]
    if not told:
        return []
    return [replace(one, heading=section.heading) for one in found]


def _quotes(layout: Layout, shapes: tuple[Shape, ...], numbers: list[int]) -> list[int]:
    """The blocks that hold quoted words: running text, and short lines that stand where it does."""
    running = [
        number
        for number in numbers
        if (shapes[number].prose or shapes[number].sentence or shapes[number].linked)
        and not shapes[number].legal
    ]
    places = Counter(
        place_of(layout, number)
        for number in running
        if shapes[number].prose or shapes[number].linked
    )
    usual = {place for place, count in places.items() if count >= 2 and place}
    quotes = set(running)
    for number in numbers:
        block = layout.blocks[number]
        if place_of(layout, number) in usual and block.link_share < 0.5:
            told = attribution_of(layout, number)
            if shapes[number].prose or not (told.date or (told.rating and told.rating.evidence)):
                quotes.add(number)
    quotes = {number for number in quotes if not is_noise(layout.words(layout.blocks[number]))}
    if usual:
        quotes = {
            number for number in quotes if place_of(layout, number) in usual or shapes[number].prose
        }
    return sorted(quotes)


def _of_lists(layout: Layout, shapes: tuple[Shape, ...], numbers: list[int]) -> list[Snippet]:
    """Lists of reviews without a heading: many quotations, nearly each with a date or grade."""
    found: list[Snippet] = []
    run: list[int] = []
    quotes = [number for number in numbers if shapes[number].prose and not shapes[number].legal]
    for number in [*quotes, len(layout.blocks) + _FAR + 1]:
        if run and number - run[-1] > _FAR:
            found += _list(layout, shapes, numbers, run)
            run = []
        run.append(number)
    return found


def _list(
    layout: Layout, shapes: tuple[Shape, ...], numbers: list[int], run: list[int]
) -> list[Snippet]:
    run = _alike(layout, run)
    if len(run) < 3:
        return []
    allowed = set(numbers)
    first = run[0]
    for _ in range(4):
        if first - 1 in allowed and not shapes[first - 1].prose:
            first -= 1
    last = run[-1]
    for _ in range(5):
        if last + 1 in allowed and not shapes[last + 1].prose:
            last += 1
    inside = [number for number in range(first, last + 1) if number in allowed]
    gaps = [later - earlier for earlier, later in pairwise(run)]
    parted = sum(gap > 1 for gap in gaps)
    chunked = chunks_of(layout, inside)
    found = assemble(layout, shapes, inside, run, users=False)
    told = sum(bool(one.rating or one.date) or bool(one.critic) for one in found)
    strong = sum(bool(one.rating or one.date) for one in found)
    enough = 10 * parted >= 7 * len(gaps) and 10 * strong >= 7 * len(found) and len(found) >= 3
    if chunked and len(chunked) >= 3:
        enough = enough or (3 * told >= len(found) and told >= 2 and strong >= 1)
    return found if enough else []


def _alike(layout: Layout, run: list[int]) -> list[int]:
    """The quotations of a run that stand in the same place of the markup as most."""
    places = Counter(place_of(layout, number) for number in run)
    usual = {place for place, count in places.items() if 4 * count >= len(run)}
    return [number for number in run if place_of(layout, number) in usual]


def _of_quotes(layout: Layout, shapes: tuple[Shape, ...], taken: set[int]) -> list[Snippet]:
    """Quotations that the markup itself sets apart, each with a short line that signs it."""
    found: list[Snippet] = []
    for number in range(len(layout.blocks) - 1):
        step = _quote_step(shapes[number].steps)
        if step is None or number in taken or number + 1 in taken or shapes[number].words < 2:
            continue
        inside = shapes[number + 1].steps[: step + 1] == shapes[number].steps[: step + 1]
        words = layout.words(layout.blocks[number + 1])
        if not inside or shapes[number + 1].prose or shapes[number + 1].words > 8:
            continue
        if label_of(words) is not None or (found and number in found[-1].around):
            continue
        told = attribution_of(layout, number + 1)
        if told.names:
            found.append(made(told, [number], [number + 1], users=False))
    return found


@lru_cache(maxsize=20_000)
def _quote_step(steps: tuple[str, ...]) -> int | None:
    for position, step in enumerate(steps):
        if any(_QUOTE_STEP.search(part) for part in re.split(r"[.#]", step)):
            return position
    return None
