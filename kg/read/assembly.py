"""Quotations put together with the lines around them that tell whose they are.

Attribution stands before or after the quoted words, in any order; where it stands is told by the
edges of a list: what precedes its first quotation can't belong to one before it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from kg.model import Rating
from kg.read.attribution import (
    Attribution,
    attribution_of,
    is_paper,
    looks_printed,
    without_repeats,
)
from kg.read.layout import Layout
from kg.read.ratings import find_ratings
from kg.read.shape import Shape


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


def place_of(layout: Layout, number: int) -> str:
    """Where a block stands in the markup, without what differs from one review to the next."""
    return _plain_path(layout.blocks[number].path)


@lru_cache(maxsize=20_000)
def _plain_path(path: str) -> str:
    return re.sub(r"\S*\d+\S*", "*", re.sub(r"#[^\s.]+", "", path))


def chunks_of(layout: Layout, numbers: list[int]) -> list[list[int]]:
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


def assemble(
    layout: Layout,
    shapes: tuple[Shape, ...],
    numbers: list[int],
    quotes: list[int],
    *,
    users: bool,
) -> list[Snippet]:
    """The quotations with the lines around them that tell whose they are."""
    chunks = chunks_of(layout, numbers)
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
    paper_first = _papers_first([found for found, _ in drafts])
    return [
        made(found, group, around, users=users, paper_first=paper_first)
        for group, (found, around) in zip(groups, drafts, strict=True)
    ]


def _signed_once(found: list[Attribution]) -> bool:
    """Whether the reviews of a list bear one name each, and no paper's: those of users."""
    single = [one.names[0] for one in found if len(one.names) == 1]
    papers = sum(looks_printed(name) for name in single)
    return len(found) >= 2 and 3 * len(single) >= 2 * len(found) and 2 * papers < len(single)


def _papers_first(found: list[Attribution]) -> bool:
    """Whether most reviews of a list, where it can be told, name the paper before the person."""
    pairs = [one.names[:2] for one in found if len(one.names) >= 2]
    first = sum(is_paper(one) and not is_paper(other) for one, other in pairs)
    second = sum(is_paper(other) and not is_paper(one) for one, other in pairs)
    return first > second


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
        places.update({place_of(layout, number) for number in gap if told[number].names})
    usual = {place for place, count in places.items() if 2 * count >= len(gaps) - 1}
    for gap in gaps:
        if any(told[number].names and place_of(layout, number) in usual for number in gap):
            for number in gap:
                if told[number].names and place_of(layout, number) not in usual:
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


def made(
    found: Attribution,
    group: list[int],
    around: list[int],
    *,
    users: bool,
    paper_first: bool = False,
) -> Snippet:
    """The quotation of some blocks, signed with what was found around it."""
    critic, publication = found.critic_and_publication(users=users, paper_first=paper_first)
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
        found.append(made(told, quotes, around, users=users))
    return found
