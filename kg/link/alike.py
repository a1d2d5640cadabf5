"""Names joined by evidence: a union of nodes, and which names of one film are one person's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from rapidfuzz import fuzz

_SPELT = 88  # likeness of two names that a film alone makes one
_SAME_PART = 75  # likeness enough where both play one part, or hold one job that one person holds
_SINGLE = frozenset({"director", "cinematographer", "editor", "composer"})


class Union:
    """Nodes that are one thing. Only nodes that were joined take memory."""

    def __init__(
        self,
        apart: Callable[[str, str], bool] = lambda _one, _other: False,
        told_apart: Collection[str] = (),
    ) -> None:
        """`apart` tells of two names whether they are two people; `told_apart` are all such."""
        self._above: dict[str, str] = {}
        self._apart = apart
        self._named = {name: {name} for name in told_apart}
        self.reasons: dict[str, str] = {}
        self.names: dict[str, str] = {}  # the catalogue's spelling, by any node of its person

    def root(self, node: str) -> str:
        """The node that stands for all joined with this one: the first of them by spelling."""
        path = []
        while (above := self._above.get(node)) is not None:
            path.append(node)
            node = above
        for below in path:
            self._above[below] = node
        return node

    def join(self, one: str, other: str, reason: str) -> None:
        """Make two nodes one and keep why, unless the user has said that they are two."""
        first, second = sorted((self.root(one), self.root(other)))
        if self._kept_apart(first, second):
            return
        if first != second:
            self._above[second] = first
            if second in self._named:
                self._named[first] = self._named.get(first, set()) | self._named.pop(second)
        for node in (one, other):
            self.reasons.setdefault(node, reason)

    def _kept_apart(self, first: str, second: str) -> bool:
        """Whether a name of the one's and a name of the other's are two people."""
        mine, theirs = (self._named.get(root, ()) for root in (first, second))
        return any(self._apart(one, other) for one in mine for other in theirs)


class Named(NamedTuple):
    """A name as the pages on one film give it: its node, its job there, the part's key.

    `full` is the folded name, surname first, "" for a name of one word, which stands in `bare`.
    `known` tells that the catalogue has the name.
    """

    node: str
    full: str
    bare: str
    job: str
    part: str
    known: bool


def join_people(people: Iterable[Named], union: Union, film: str) -> None:
    """Join the names that one film's pages and catalogue give to one person."""
    named = sorted(set(people))
    full = [person for person in named if person.full]
    by_letter: dict[str, list[Named]] = defaultdict(list)
    for person in full:
        by_letter[person.full[:1]].append(person)
    for group in by_letter.values():
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                if not (one.job or other.job):
                    continue  # two names that merely stand in reviews of the film
                _join_spellings(one, other, union, film)
    for person in named:
        if not person.full:
            _join_bare(person, full, union, film)


def _join_spellings(one: Named, other: Named, union: Union, film: str) -> None:
    if one.full == other.full or (one.known and other.known):
        return
    same_part = bool(one.part) and one.part == other.part
    same_job = one.job == other.job and one.job in _SINGLE
    limit = _SAME_PART if same_part or same_job else _SPELT
    if fuzz.ratio(one.full, other.full) >= limit:
        why = "same part" if same_part else "same job" if same_job else "near spelling"
        union.join(one.node, other.node, f"{why} in {film}")


def _join_bare(person: Named, full: Iterable[Named], union: Union, film: str) -> None:
    """A surname alone means the one of that name in the film, if there is but one."""
    for same_job in (True, False):
        nodes = {
            union.root(other.node): other.node
            for other in full
            if other.full.partition(" ")[0] == person.bare
            and (not same_job or (person.job and other.job == person.job))
        }
        if len(nodes) == 1:
            union.join(person.node, next(iter(nodes.values())), f"surname, in {film}")
            return
