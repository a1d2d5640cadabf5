"""Which blocks say nothing of the film: menus, links, legal lines, lists of other titles."""

from __future__ import annotations

import re
from typing import Final

from kg.model import ZoneKind
from kg.read.layout import Layout
from kg.read.shape import Shape

_ENTRY: Final = re.compile(
    r"\((?:18|19|20)\d\d\)|,\s(?:the|a|an|le|la|les|der|die|das|los|el)$|"
    r"\((?:the|a|an|le|la|les|der|die|das|los|el|un|une)\)$|\d\s?%|\$\d",
    re.IGNORECASE,
)
_FEWEST: Final = 5
_LONG: Final = 250  # so long a paragraph speaks, even where the boilerplate remover dropped it


def silent_kinds(
    layout: Layout, shapes: tuple[Shape, ...], aside: set[int], title_block: int | None = None
) -> dict[int, ZoneKind]:
    """The silent blocks, each as navigation or as one of a list of titles.

    What stands above the title in markup is the site's own, unless the boilerplate remover kept it.
    """
    above = {
        number
        for number, block in enumerate(layout.blocks[: title_block or 0])
        if block.path and not block.main
    }
    told = _told(layout, shapes, aside | above)
    silent = [number for number in range(len(layout.blocks)) if number not in told]
    kinds: dict[int, ZoneKind] = {}
    run: list[int] = []
    for number in [*silent, -1]:
        if run and number != run[-1] + 1:
            for part in _parted(layout, run):
                kind = _list_kind(layout, part)
                kinds.update(dict.fromkeys(part, kind))
            run = []
        run.append(number)
    return kinds


def _told(layout: Layout, shapes: tuple[Shape, ...], aside: set[int]) -> set[int]:
    """The blocks that are running text of the page itself."""
    candidates = [
        number
        for number, shape in enumerate(shapes)
        if shape.prose and number not in aside and not shape.legal
    ]
    told = _of_main(layout, candidates)
    near = set(told)
    for number, shape in enumerate(shapes):
        if number in told or number in aside or not shape.sentence or shape.legal:
            continue
        if any(other in near for other in range(number - 2, number + 3)):
            told.add(number)
            near.add(number)
    return told


def _of_main(layout: Layout, candidates: list[int]) -> set[int]:
    """The candidates without stray sentences, where the boilerplate remover found the main text."""
    if not candidates or all(layout.blocks[number].main is None for number in candidates):
        return set(candidates)
    places = {_place(layout, number) for number in candidates if layout.blocks[number].main}
    main = {number for number in candidates if _place(layout, number) in places}
    if not main:
        return set(candidates)
    return {
        number
        for number in candidates
        if any(other in main for other in range(number - 3, number + 4))
        or len(layout.words(layout.blocks[number])) > _LONG
    }


def _place(layout: Layout, number: int) -> str:
    return re.sub(r"#[^\s.]+|\d+", "", layout.blocks[number].path)


def _parted(layout: Layout, run: list[int]) -> list[list[int]]:
    """A run of silent blocks cut where its kind of line changes, so that each list stands alone."""
    parts: list[list[int]] = []
    for number in run:
        tag = layout.blocks[number].tag
        if parts and layout.blocks[parts[-1][-1]].tag == tag and len(parts[-1]) < 400:
            parts[-1].append(number)
        else:
            parts.append([number])
    return parts


def _list_kind(layout: Layout, numbers: list[int]) -> ZoneKind:
    """Titles where a list's lines look like titles of works, navigation otherwise."""
    if len(numbers) < _FEWEST:
        return ZoneKind.NAVIGATION
    lines = [layout.words(layout.blocks[number]) for number in numbers]
    marked = sum(bool(_ENTRY.search(line)) for line in lines)
    distinct = len(set(lines)) / len(lines)
    capital = sum(_titled(line) for line in lines)
    if marked >= 2 and distinct > 0.6 and 2 * capital >= len(lines):
        return ZoneKind.TITLES
    return ZoneKind.NAVIGATION


def _titled(line: str) -> bool:
    words = line.split()
    return bool(words) and len(words) <= 10 and not words[0][0].islower()
