"""Which films and works of different pages are one: the grouping of one folded title's rows.

Names that the catalogue knows stand together by its number. The others join whom their evidence
agrees with, else whom it does not contradict, else stand alone. Rows with more evidence go first,
so that the result is the same whatever the order of the pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

_NEAR = 84
_WEAK = 0.6  # probability below which a cited film gives way to one that the pages review
_WEAK_TOPIC = 0.9


@dataclass(slots=True)
class Row:
    """One page's word for one film or work; `catalogue` is the film it was taken for alone."""

    page: int
    cluster: str
    name: str
    catalogue: int | None = None
    score: float = 0.0
    firm: bool = False
    topic: bool = False
    year: int | None = None
    directors: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    rejected: frozenset[int] = frozenset()
    reasons: tuple[str, ...] = ()
    paths: tuple[str, str] = ("", "")  # of the name without and with its year
    apart: frozenset[str] = frozenset()  # paths of what the user has said that it isn't

    @property
    def evidence(self) -> int:
        """How much the page says of it."""
        return 4 * bool(self.directors) + min(len(self.cast), 3) + 2 * (self.year is not None)


@dataclass(slots=True)
class Group:
    """Rows that mean one film, with all that they say of it."""

    catalogue: int | None = None
    rows: list[Row] = field(default_factory=list)
    years: Counter[int] = field(default_factory=Counter)
    directors: dict[str, None] = field(default_factory=dict)
    cast: dict[str, None] = field(default_factory=dict)
    rejected: set[int] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    apart: set[str] = field(default_factory=set)
    topics: int = 0

    def add(self, row: Row, *reasons: str) -> None:
        """Take a row in."""
        row.reasons += reasons
        self.rows.append(row)
        if row.year is not None:
            self.years[row.year] += 1
        self.directors.update(dict.fromkeys(row.directors))
        self.cast.update(dict.fromkeys(row.cast))
        self.rejected |= row.rejected
        self.paths.update(row.paths)
        self.apart |= row.apart
        self.topics += row.topic

    def contradicts(self, row: Row) -> bool:
        """Whether the row can't mean this film."""
        if self.catalogue is not None and self.catalogue in row.rejected:
            return True
        if self._told_apart(row):
            return True
        if row.year is not None and self.years and not self._year_agrees(row):
            return True
        if row.directors and self.directors:
            agreeing = _agree(row.directors, self.directors) or _agree(row.cast, self.cast) > 1
            return not agreeing
        return len(row.cast) > 2 and len(self.cast) > 2 and not _agree(row.cast, self.cast)

    def _told_apart(self, row: Row) -> bool:
        """Whether the user has said that the row isn't this film, by what either is called."""
        return bool(self.apart & set(row.paths) or row.apart & self.paths)

    def agreement(self, row: Row) -> int:
        """How much the row and the film have in common."""
        people = {**self.directors, **self.cast}
        return (
            3 * _agree(row.directors, self.directors)
            + min(3, _agree(row.cast, people))
            + 2 * self._year_agrees(row)
        )

    def _year_agrees(self, row: Row) -> bool:
        return row.year is not None and any(abs(year - row.year) <= 1 for year in self.years)


def _agree(names: Iterable[str], known: Iterable[str]) -> int:
    others = set(known)
    return sum(
        name in others or any(fuzz.ratio(name, other, score_cutoff=_NEAR) for other in others)
        for name in names
    )


def group(rows: Sequence[Row]) -> list[Group]:
    """Part the rows of one folded title into the films that they mean, in a fixed order."""
    ordered = sorted(
        rows, key=lambda row: (-row.firm, -row.evidence, not row.topic, row.page, row.cluster)
    )
    known: dict[int, Group] = {}
    for row in ordered:
        if row.catalogue is not None:
            known.setdefault(row.catalogue, Group(row.catalogue)).add(row)
    unknown: list[Group] = []
    for row in ordered:
        if row.catalogue is None:
            _place(row, unknown, known)
    _give_way(known, unknown)
    return [*(known[number] for number in sorted(known) if known[number].rows), *unknown]


def _place(row: Row, unknown: list[Group], known: dict[int, Group]) -> None:
    """Put a row that the catalogue doesn't know with those that it agrees with."""
    fitting = [g for g in (*unknown, *known.values()) if not g.contradicts(row)]
    best = max(
        fitting, key=lambda g: (g.agreement(row), g.catalogue is None, g.topics), default=None
    )
    if best is not None and best.agreement(row):
        best.add(row, "same title and people as in other pages")
    elif best is not None and (best.catalogue is None or (len(fitting) == 1 and not row.topic)):
        best.add(row, "same title as in other pages, nothing against it")
    else:
        fresh = Group()
        fresh.add(row)
        unknown.append(fresh)


def _give_way(known: dict[int, Group], unknown: list[Group]) -> None:
    """Let names that only fame spoke for mean the unknown film of that title that pages review."""
    reviewed = [g for g in unknown if g.topics]
    for other in known.values():
        if any(row.firm for row in other.rows):
            continue
        for row in list(other.rows):
            limit = _WEAK_TOPIC if row.topic else _WEAK
            fitting = [g for g in reviewed if not g.contradicts(row)]
            if len(fitting) == 1 and row.score < limit:
                other.rows.remove(row)
                row.catalogue, row.score = None, 1.0 - row.score
                row.reasons = ()
                fitting[0].add(row, "other pages review a film of that title")
