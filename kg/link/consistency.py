"""Corrections held against one another: what the user says must not contradict itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.errors import UsageError
from kg.model import Correction

THINGS = ("film", "work", "person", "character", "organisation", "award")
_ALIKE = {"work": "film"}  # a work may turn out to be a film
_PAGE = re.compile(r"(?:^|/)(?P<path>(?:source|review)/.+)$")


def entity_path(text: str) -> str:
    """The path below the base of a thing that is given as a whole IRI or as a path."""
    page = _PAGE.search(text)
    if page is not None and text.startswith(("http://", "https://", "source/", "review/")):
        return page["path"]
    folder, _, name = text.rstrip("/").rpartition("/")
    kind = folder.rpartition("/")[2]
    return f"{kind}/{name}" if kind in THINGS else text


class Same:
    """Which things the user calls the same, and which of them stands for all."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        self._above: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        for correction in corrections:
            if correction.verb == "same":
                one, other = entity_path(correction.subject), entity_path(correction.object)
                above, below = self.stands_for(one), self.stands_for(other)
                if above != below:
                    self._above[below] = above
                self._labels |= dict(zip((one, other), correction.labels, strict=True))

    def stands_for(self, path: str) -> str:
        """The path that takes this one's place, itself if none does."""
        while (above := self._above.get(path)) is not None:
            path = above
        return path

    def label(self, path: str) -> str:
        """The name that the file gives a thing, "" for none."""
        return self._labels.get(path, "")

    def replaced(self) -> dict[str, str]:
        """Every path that another one takes the place of, with that one."""
        return {path: self.stands_for(path) for path in self._above}


def check(corrections: Sequence[Correction], name: str) -> None:
    """UsageError with both lines where two corrections can't both be meant."""
    joined = [one for one in corrections if one.verb == "same"]
    for one in joined:
        _check_kinds(one, name)
    same = Same(joined)
    for one in corrections:
        if one.verb != "different":
            continue
        mine, other = entity_path(one.subject), entity_path(one.object)
        if same.stands_for(mine) == same.stands_for(other):
            raise _contradiction(one, _culprit(joined, mine, other), name)
    statements: dict[tuple[str, str, str], Correction] = {}
    for one in corrections:
        if one.verb not in ("wrong", "add") or not one.predicate or one.page:
            continue
        said = tuple(
            same.stands_for(entity_path(part)) for part in (one.subject, one.predicate, one.object)
        )
        held = statements.setdefault((said[0], said[1], said[2]), one)
        if held.verb != one.verb:
            raise _contradiction(one, held, name)


def _check_kinds(one: Correction, name: str) -> None:
    kinds = [entity_path(path).partition("/")[0] for path in (one.subject, one.object)]
    if any(kind not in THINGS for kind in kinds):
        raise UsageError(
            f"{_place(one, name)}: expected two things such as film/backstage and "
            f"film/backstage-2005, found {one.subject!r} and {one.object!r}"
        )
    first, second = (_ALIKE.get(kind, kind) for kind in kinds)
    if first != second:
        raise UsageError(
            f"{_place(one, name)}: expected two things of one kind, found a {kinds[0]} and a "
            f"{kinds[1]}: {one.subject} and {one.object}"
        )


def _culprit(joined: Sequence[Correction], mine: str, other: str) -> Correction:
    """The line by which the two became the same: the last one that it takes."""
    for at in range(1, len(joined) + 1):
        same = Same(joined[:at])
        if same.stands_for(mine) == same.stands_for(other):
            return joined[at - 1]
    return joined[-1] if joined else Correction("same", mine, other)


_LAST = 1 << 62  # what is not in the file yet stands behind all that is


def _contradiction(one: Correction, other: Correction, name: str) -> UsageError:
    first, second = sorted((one, other), key=lambda correction: correction.line or _LAST)
    return UsageError(
        f"two corrections contradict each other:\n"
        f"  {_place(first, name)}: {_words(first)}\n"
        f"  {_place(second, name)}: {_words(second)}\n"
        "undo one of them with --undo and its number, or take its line out of the file"
    )


def _place(one: Correction, name: str) -> str:
    return f"{name}, line {one.line}" if one.line else "what you say now"


def _words(one: Correction) -> str:
    parts = (one.verb, one.subject, one.predicate, one.object, one.page)
    return "  ".join(part for part in parts if part)
