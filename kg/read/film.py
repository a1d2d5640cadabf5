"""Which of the facts on a page belong to its one film, and whether it has one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kg.model import Field, Stated
from kg.read.heading import Title
from kg.read.labels import fold
from kg.read.layout import Layout
from kg.read.shape import Shape

_MANY: Final = 3  # so many films with a director each make a list
_SINGLE: Final = (Field.DURATION, Field.YEAR)


@dataclass(frozen=True, slots=True)
class Group:
    """What one label, list or block of credits states; `number` is its first block."""

    number: int
    stated: tuple[Stated, ...]
    blocks: tuple[int, ...]
    labelled: bool = True

    def values(self, field: Field) -> frozenset[str]:
        """The folded values of a field."""
        return frozenset(fold(one.value) for one in self.stated if one.field is field)


def lists_films(
    layout: Layout, shapes: tuple[Shape, ...], groups: list[Group], title: Title
) -> bool:
    """Whether a page without a title of its own is a list of films: a programme, a calendar.

    Then it gives several films a director each, or it repeats a linked title above a paragraph.
    """
    if title.words:
        return False
    directors: list[frozenset[str]] = []
    for group in groups:
        names = group.values(Field.DIRECTOR)
        if names and not any(names & known for known in directors):
            directors.append(names)
    if len(directors) >= _MANY:
        return True
    heads: dict[str, set[str]] = {}
    for number, block in enumerate(layout.blocks[:-1]):
        told = any(shape.prose for shape in shapes[number + 1 : number + 4])
        if shapes[number].rank and block.link_share > 0.5 and told:
            heads.setdefault(block.path, set()).add(fold(layout.words(block)))
    return any(len(words) >= 2 * _MANY for words in heads.values())


def of_one_film(
    layout: Layout, shapes: tuple[Shape, ...], groups: list[Group], title: Title
) -> list[Group]:
    """The groups that speak of the page's film.

    Credits that name another director, and what follows them up to the next heading, belong to
    another film of the page. A page that gives several films a director each is a list: nothing
    on it is the film's, unless a heading with its year says otherwise.
    """
    ordered = sorted(groups, key=lambda group: group.number)
    if title.block is not None:
        after = [group for group in ordered if group.number > title.block]
        credited = [group for group in after if group.values(Field.DIRECTOR)]
        if credited or not any(group.values(Field.DIRECTOR) for group in ordered):
            ordered = after or ordered
    directors: list[frozenset[str]] = []
    for group in ordered:
        names = group.values(Field.DIRECTOR)
        if names and not any(names & known for known in directors):
            directors.append(names)
    if len(directors) >= _MANY and not title.sure:
        return []
    kept: list[Group] = []
    own: frozenset[str] = frozenset()
    stop = len(layout.blocks)
    for group in ordered:
        names = group.values(Field.DIRECTOR)
        if names and not own:
            own = names
        elif names and not names & own:
            stop = min(stop, _start_of_film(shapes, group.number, title))
        if group.number >= stop:
            break
        kept.append(group)
    kept = [group for group in kept if group.number < stop]
    return _first_only(kept)


def _start_of_film(shapes: tuple[Shape, ...], number: int, title: Title) -> int:
    """Where the part of the page about another film starts: at the heading above its credits."""
    lowest = -1 if title.block is None else title.block
    for other in range(number, max(lowest, number - 8), -1):
        if shapes[other].rank:
            return other
    return number


def _first_only(groups: list[Group]) -> list[Group]:
    """The groups, a film's length and year taken where a label gives them, else where first."""
    kept = groups
    for field in _SINGLE:
        holders = [group for group in kept if group.values(field)]
        holders.sort(key=lambda group: not group.labelled)
        best = holders[0] if holders else None
        kept = [
            group
            if group is best or not group.values(field)
            else replace(group, stated=tuple(one for one in group.stated if one.field is not field))
            for group in kept
        ]
    return kept


def distinct(stated: list[Stated]) -> list[Stated]:
    """The facts, each once; one with a part, or with words in the text, before one without."""
    best: dict[tuple[Field, str], Stated] = {}
    repeated: list[Stated] = []
    for one in stated:
        key = (one.field, fold(one.value))
        known = best.get(key)
        if known is None or (one.part and not known.part):
            best[key] = one
        elif one.part and known.part and fold(one.part) != fold(known.part):
            repeated.append(one)
    return sorted(
        [*best.values(), *repeated],
        key=lambda one: one.evidence.span.start if one.evidence.span else -1,
    )
