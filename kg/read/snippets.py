"""Quoted reviews: critics' snippets on aggregator pages and users' reviews, with who wrote them.

Attribution stands before or after the quoted words, in any order; where it stands is told by the
edges of a list: what precedes its first quotation can't belong to one before it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from kg.model import Rating
from kg.read.attribution import (
    Attribution,
    attribution_of,
    is_noise,
    looks_printed,
    without_repeats,
)
from kg.read.dates import YEAR_IN_PARENS
from kg.read.labels import Topic, label_of
from kg.read.layout import Layout
from kg.read.ratings import find_ratings
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


@dataclass(frozen=True, slots=True)
class Snippet:
    """One quoted review: its blocks, the blocks that attribute it, and what they say."""

    blocks: tuple[int, ...]
    around: tuple[int, ...]
    critic: str
    publication: str
    date: str
    rating: Rating | None
    heading: str = ""
    listed: bool = False  # found by the list's own form, under no heading that says so


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
    found = _assemble(layout, shapes, numbers, quotes, users=users)
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
        _place(layout, number)
        for number in running
        if shapes[number].prose or shapes[number].linked
    )
    usual = {place for place, count in places.items() if count >= 2 and place}
    quotes = set(running)
    for number in numbers:
        block = layout.blocks[number]
        if _place(layout, number) in usual and block.link_share < 0.5:
            quotes.add(number)
    quotes = {number for number in quotes if not is_noise(layout.words(layout.blocks[number]))}
    if usual:
        quotes = {
            number for number in quotes if _place(layout, number) in usual or shapes[number].prose
        }
    return sorted(quotes)


def _place(layout: Layout, number: int) -> str:
    """Where a block stands in the markup, without what differs from one review to the next."""
    return _plain_path(layout.blocks[number].path)


@lru_cache(maxsize=20_000)
def _plain_path(path: str) -> str:
    return re.sub(r"\S*\d+\S*", "*", re.sub(r"#[^\s.]+", "", path))


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
    chunked = _chunks(layout, inside)
    found = _assemble(layout, shapes, inside, run, users=False)
    told = sum(bool(one.rating or one.date) or bool(one.critic) for one in found)
    strong = sum(bool(one.rating or one.date) for one in found)
    enough = 10 * parted >= 7 * len(gaps) and 10 * strong >= 7 * len(found) and len(found) >= 3
    if chunked and len(chunked) >= 3:
        enough = enough or (3 * told >= len(found) and told >= 2 and strong >= 1)
    return found if enough else []


def _alike(layout: Layout, run: list[int]) -> list[int]:
    """The quotations of a run that stand in the same place of the markup as most."""
    places = Counter(_place(layout, number) for number in run)
    usual = {place for place, count in places.items() if 4 * count >= len(run)}
    return [number for number in run if _place(layout, number) in usual]


def _chunks(layout: Layout, numbers: list[int]) -> list[list[int]]:
    """The items of a list in plain text: each starts with a bullet or a number."""
    if any(layout.blocks[number].path for number in numbers):
        return []
    chunks: list[list[int]] = []
    for number in numbers:
        block = layout.blocks[number]
        if block.tag == "li":
            chunks.append([number])
        elif chunks and block.gap == 0:
            chunks[-1].append(number)
    return chunks


def _assemble(
    layout: Layout,
    shapes: tuple[Shape, ...],
    numbers: list[int],
    quotes: list[int],
    *,
    users: bool,
) -> list[Snippet]:
    """The quotations with the lines around them that tell whose they are."""
    chunks = _chunks(layout, numbers)
    if chunks:
        return _from_chunks(layout, shapes, chunks)
    groups = _grouped(quotes)
    others = [number for number in numbers if number not in set(quotes)]
    noise = without_repeats(layout, others, often=max(2, len(groups) // 2 + 1))
    gaps = _trimmed(_gaps(groups, others))
    told = {number: attribution_of(layout, number, noise=noise) for gap in gaps for number in gap}
    before = _directions(gaps, told)
    _unname(layout, gaps, told)
    drafts = [
        _drafted(layout, group, gaps[position], gaps[position + 1], told, before)
        for position, group in enumerate(groups)
    ]
    users = users or _signed_once([found for found, _ in drafts])
    return [
        _made(found, group, around, users=users)
        for group, (found, around) in zip(groups, drafts, strict=True)
    ]


def _signed_once(found: list[Attribution]) -> bool:
    """Whether the reviews of a list bear one name each, and no paper's: those of users."""
    single = [one.names[0] for one in found if len(one.names) == 1]
    papers = sum(looks_printed(name) for name in single)
    return len(found) >= 2 and 3 * len(single) >= 2 * len(found) and 2 * papers < len(single)


def _grouped(quotes: list[int]) -> list[list[int]]:
    """Paragraphs that follow one another without a line between belong to one review."""
    groups: list[list[int]] = []
    for number in quotes:
        if groups and number == groups[-1][-1] + 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def _gaps(groups: list[list[int]], others: list[int]) -> list[list[int]]:
    """The lines before the first review, between each two, and after the last."""
    gaps = [[number for number in others if groups[0][0] - 5 <= number < groups[0][0]]]
    for one, other in pairwise(groups):
        gaps.append([number for number in others if one[-1] < number < other[0]])
    last = groups[-1][-1]
    gaps.append([number for number in others if last < number <= last + 6])
    return gaps


def _trimmed(gaps: list[list[int]]) -> list[list[int]]:
    """The gaps, those at the edges cut to the size that is usual inside the list."""
    inner = sorted(len(gap) for gap in gaps[1:-1] if gap)
    if len(inner) < 2:
        return gaps
    usual = inner[len(inner) // 2]
    return [gaps[0][-usual:], *gaps[1:-1], gaps[-1][:usual]]


def _unname(layout: Layout, gaps: list[list[int]], told: dict[int, Attribution]) -> None:
    """Take the names from lines (an advertisement's) that stand where no other review has any."""
    places: Counter[str] = Counter()
    for gap in gaps:
        places.update({_place(layout, number) for number in gap if told[number].names})
    usual = {place for place, count in places.items() if 2 * count >= len(gaps) - 1}
    for gap in gaps:
        if any(told[number].names and _place(layout, number) in usual for number in gap):
            for number in gap:
                if told[number].names and _place(layout, number) not in usual:
                    told[number] = replace(told[number], names=())


def _directions(gaps: list[list[int]], told: dict[int, Attribution]) -> dict[str, bool]:
    """For each kind of attribution, whether it stands before its quotation."""
    lead = [told[number] for number in gaps[0]]
    trail = [told[number] for number in gaps[-1]]
    before: dict[str, bool] = {}
    for kind in ("date", "rating", "names"):
        leads = any(getattr(one, kind) for one in lead)
        trails = any(getattr(one, kind) for one in trail)
        if leads != trails:
            before[kind] = leads
    if "date" in before:
        before["names"] = before["date"]  # a name goes with its date
    default = before.get("names", before.get("rating", True))
    return {kind: before.get(kind, default) for kind in ("date", "rating", "names")}


def _drafted(
    layout: Layout,
    group: list[int],
    earlier: list[int],
    later: list[int],
    told: dict[int, Attribution],
    before: dict[str, bool],
) -> tuple[Attribution, list[int]]:
    """What is told of one review, and the lines that tell it."""
    found = Attribution()
    around: list[int] = []
    for number in earlier:
        found = found.joined(_only(told[number], before, wanted=True))
    for number in later:
        found = found.joined(_only(told[number], before, wanted=False))
    inner = Attribution()
    for number in group:
        words = layout.words(layout.blocks[number]).lstrip("\"“‘'")
        thumbs = next(find_ratings(words[:40], strict=False), None)
        if thumbs is not None and thumbs.start == 0 and "thumb" in words[:20].lower():
            inner = inner.joined(Attribution(rating=thumbs.rating))
        own = attribution_of(layout, number)
        if own.rating is not None and own.rating.evidence is None:
            inner = inner.joined(Attribution(rating=own.rating, date=own.date))
    found = found.joined(inner)
    for number, wanted in [*((n, True) for n in earlier), *((n, False) for n in later)]:
        if not _only(told[number], before, wanted=wanted).empty:
            around.append(number)
    return found, around


def _only(found: Attribution, before: dict[str, bool], *, wanted: bool) -> Attribution:
    return Attribution(
        found.names if before["names"] is wanted else (),
        found.date if before["date"] is wanted else "",
        found.rating if before["rating"] is wanted else None,
        found.explicit,
        found.score_label,
    )


def _made(found: Attribution, group: list[int], around: list[int], *, users: bool) -> Snippet:
    critic, publication = found.critic_and_publication(users=users)
    rating = found.rating
    if rating is not None:
        rating = replace(rating, critic=critic, publication=publication)
    return Snippet(tuple(group), tuple(around), critic, publication, found.date, rating)


def _from_chunks(
    layout: Layout, shapes: tuple[Shape, ...], chunks: list[list[int]]
) -> list[Snippet]:
    """Items of a numbered list in plain text: attribution lines and quoted lines together."""
    found: list[Snippet] = []
    for chunk in chunks:
        quotes = [number for number in chunk if shapes[number].prose or shapes[number].sentence]
        if not quotes:
            continue
        around = [number for number in chunk if number not in quotes]
        told = Attribution()
        for number in around:
            told = told.joined(attribution_of(layout, number))
        users = bool(told.date) and not told.explicit
        found.append(_made(told, quotes, around, users=users))
    return found


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
            found.append(_made(told, [number], [number + 1], users=False))
    return found


@lru_cache(maxsize=20_000)
def _quote_step(steps: tuple[str, ...]) -> int | None:
    for position, step in enumerate(steps):
        if any(_QUOTE_STEP.search(part) for part in re.split(r"[.#]", step)):
            return position
    return None
