"""How a page's evidence speaks for or against one film of the catalogue, in numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from kg.link.evidence import FilmEvidence, Names, PageEvidence
from kg.link.fold import fold, key, name_key, surname
from kg.link.known import CastMember, Film, Found
from kg.link.schema import NameKind

NAMES = (
    "bias",
    "other title",
    "part of the title",
    "short form",
    "near spelling",
    "unlikeness",
    "prior",
    "rival's prior",
    "better kind of match exists",
    "year agrees",
    "year a bit off",
    "year differs",
    "director agrees",
    "director differs",
    "cast agrees",
    "cast differs",
    "people of the page",
    "people beside it",
    "whose it is",
    "another's it is",
    "a rival's people agree better",
    "characters agree",
    "people of the reviewed film",
    "older than the reviewed film",
    "newer than the reviewed film",
    "newer at all",
    "newer than the page",
    "named like the reviewed film",
    "best known of the title",
    "oldest where the original is meant",
    "not the oldest where the original is meant",
    "before sound",
    "the reviewed film itself",
    "reviewed film",
    "series meant",
    "series not meant",
    "one word",
    "marked",
    "no people known",
)

_NEVER = 9999
_WHOLE_CAST = 6
_SHARED = 3  # words
_PARTS = re.compile(r": | - | – ")
_SEQUEL = re.compile(r"(?<=\w) (?:part |chapter |volume )?\d+\b")


class Crowd(NamedTuple):
    """A film's people in the catalogue, folded for comparing."""

    directors: frozenset[str]
    cast: frozenset[str]
    surnames: frozenset[str]
    parts: frozenset[str]


@lru_cache(maxsize=16384)
def _folded(name: str) -> tuple[str, str]:
    return name_key(name), surname(fold(name))


@lru_cache(maxsize=8192)
def _crowd(people: tuple[CastMember, ...]) -> Crowd:
    return Crowd(
        directors=frozenset(_folded(member.name)[0] for member in people if member.job == "d"),
        cast=frozenset(_folded(member.name)[0] for member in people if member.job == "a"),
        surnames=frozenset(_folded(member.name)[1] for member in people),
        parts=frozenset(
            part
            for member in people
            if member.part
            for part in (key(member.part), *_part_words(member.part))
        ),
    )


def _part_words(part: str) -> list[str]:
    return [word for word in fold(part).split() if len(word) > 3]


def crowd(film: Film) -> Crowd:
    """The film's people, folded."""
    return _crowd(film.people)


def agreeing(names: Names, known: frozenset[str], surnames: frozenset[str]) -> int:
    """How many of the page's names are among the catalogue's `known` keys, near spellings too."""
    exact = len(names.full & known)
    near = sum(
        any(fuzz.ratio(name, other, score_cutoff=85) for other in known)
        for name in names.full - known
    )
    return exact + near + sum(_bears(name, surnames) for name in names.bare)


def _bears(name: str, surnames: frozenset[str]) -> bool:
    """Whether somebody has that surname; `coens` are all who are called Coen."""
    return name in surnames or (name.endswith("s") and name[:-1] in surnames)


class Case(NamedTuple):
    """One candidate of one film name, with the figures that decide on it."""

    found: Found
    values: tuple[float, ...]

    def value(self, name: str) -> float:
        """The figure of that name."""
        return self.values[NAMES.index(name)]


class Meeting(NamedTuple):
    """How many of the page's people are the film's: by what the page says of them."""

    director: int
    cast: int
    beside: float
    page: float
    full: bool  # whether the page gives the whole name of one who may be another director

    @property
    def other_director(self) -> bool:
        """Whether another one directed; a cast that agrees makes it another spelling."""
        return not self.director and self.cast <= self.full

    @property
    def weight(self) -> float:
        """How much all of them say, to compare films by."""
        return 2 * self.director + self.cast + self.beside + self.page / 2


def _meeting(known: Crowd, directors: Names, cast: Names, beside: Names, page: Names) -> Meeting:
    everyone = known.cast | known.directors
    director = agreeing(directors, known.directors, _surnames(known.directors))
    # "the Lauren Bacall film": an actor whom the page seems to call the director
    misread = 0 if director else agreeing(directors, everyone, known.surnames)
    return Meeting(
        director,
        agreeing(cast, everyone, known.surnames) + misread,
        len(beside.full & everyone) + 0.5 * len(beside.bare & known.surnames),
        len(page.full & everyone) + 0.5 * len(page.bare & known.surnames),
        bool(directors.full) and not misread,
    )


def weigh(
    film: FilmEvidence, found: Sequence[Found], page: PageEvidence, topic: Film | None
) -> list[Case]:
    """The figures of every candidate of one of the page's films.

    `topic` is the film that the page reviews, where it is known.
    """
    best_kind = min((candidate.kind for candidate in found), default=NameKind.TITLE)
    directors, cast = page.named(film.directors), page.named(film.cast)
    meetings = [
        _meeting(crowd(candidate.film), directors, cast, film.beside, page.people)
        for candidate in found
    ]
    characters = frozenset(
        key(spelling) for part in film.characters for spelling in page.spellings.get(part, ())
    )

    def may_rival(other: int, one: int) -> bool:
        return found[other].kind <= max(found[one].kind, NameKind.OTHER)

    named_alike = any(c.kind <= NameKind.OTHER and not c.film.series for c in found)
    leader = max((c.film.prior for c in found if c.kind is best_kind), default=0.0)
    oldest = min((c.film.year or _NEVER for c in found if c.kind is best_kind), default=_NEVER)
    opening = _opening(topic.title) if topic is not None and not film.topic else ""
    cases = []
    for at, candidate in enumerate(found):
        movie = candidate.film
        known, met = crowd(movie), meetings[at]
        # a film that the name is only a part of does not rival one that bears it whole
        rivals = [other for other in range(len(found)) if other != at and may_rival(other, at)]
        rival = max((found[other].film.prior for other in rivals), default=0.0)
        gap = min((abs((movie.year or 0) - year) for year in film.years), default=None)
        stated = len(characters & known.parts) + 0.5 * len(page.characters & known.parts)
        shared = 0
        if topic is not None and not film.topic and topic.id != movie.id:
            own = crowd(topic)
            shared = len((own.cast | own.directors) & (known.cast | known.directors))
        since = (topic.year or 0) - (movie.year or 0) if topic and not film.topic else 0
        dated = movie.year is not None and gap is not None
        owned = agreeing(film.owners, known.cast | known.directors, known.surnames)
        first = candidate.kind is best_kind and movie.year == oldest
        values = {
            "bias": 1.0,
            "other title": candidate.kind is NameKind.OTHER,
            "part of the title": candidate.kind is NameKind.PART,
            "short form": candidate.kind is NameKind.SHORT,
            "near spelling": candidate.kind is NameKind.TYPO,
            "unlikeness": 1.0 - candidate.likeness,
            "prior": movie.prior / 4,
            "rival's prior": rival / 4,
            "better kind of match exists": candidate.kind > best_kind,
            "year agrees": dated and gap == 0,
            "year a bit off": dated and gap is not None and 0 < gap <= 2,
            "year differs": dated and gap is not None and gap > 2,
            "director agrees": min(met.director, 1),
            "director differs": bool(directors) and bool(known.directors) and met.other_director,
            "cast agrees": min(met.cast, 3) / 2,
            "cast differs": _differs(cast, known.cast) and not met.cast and not met.director,
            "people of the page": min(met.page, 4) / 2,
            "people beside it": min(met.beside, 2),
            "whose it is": bool(owned),
            "another's it is": bool(film.owners and movie.people) and not owned,
            "a rival's people agree better": any(
                meetings[other].weight > met.weight for other in rivals
            ),
            "characters agree": min(stated, 3) / 2,
            "people of the reviewed film": min(shared, 3) / 2,
            "older than the reviewed film": min(max(since, 0), 60) / 20,
            "newer than the reviewed film": min(max(-since, 0), 60) / 20,
            "newer at all": since < -1,
            "named like the reviewed film": bool(opening) and opening == _opening(movie.title),
            "best known of the title": candidate.kind is best_kind and movie.prior == leader,
            "oldest where the original is meant": film.original and first,
            "not the oldest where the original is meant": film.original and not first,
            "newer than the page": bool(page.year and movie.year and movie.year > page.year + 1),
            "before sound": bool(movie.year and movie.year < 1930),
            "the reviewed film itself": not film.topic
            and topic is not None
            and topic.id == movie.id,
            "reviewed film": film.topic,
            "series meant": film.series and movie.series,
            "series not meant": film.series != movie.series and (film.series or named_alike),
            "one word": " " not in fold(film.spellings[0]),
            "marked": film.marked,
            "no people known": not movie.people,
        }
        cases.append(Case(candidate, tuple(float(values[name]) for name in NAMES)))
    return cases


def _opening(title: str) -> str:
    """What the title of a sequel has in common with the first: `Friday the 13th Part 2`."""
    return " ".join(_SEQUEL.split(fold(_PARTS.split(title)[0]))[0].split()[:_SHARED])


def _differs(cast: Names, known: frozenset[str]) -> bool:
    # a table that names three of the cast need not name those that a page names
    return len(cast.full) >= 2 and len(known) >= _WHOLE_CAST


def _surnames(keys: frozenset[str]) -> frozenset[str]:
    return frozenset(name.partition(" ")[0] for name in keys)
