"""Records that one table alone could not place: undated films, twins, and titles told in part.

An open table that gives no year leaves a film beside its dated namesake; here the two are joined
where the one can be no other. IMDb numbers grew with time, so that a number allows some years only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from statistics import median

from kg.link.fold import content_words, fold, key
from kg.link.merge import Films, join, strangers
from kg.link.sources import FilmRecord
from kg.model import Tally

SPLIT = re.compile(r": | – | - | or,? (?=the |how )", re.IGNORECASE)
_AGREEING = 8  # of ten neighbours
_SORTED = 100_000  # IMDb numbers below this one ascend with the year
_SURE = 2  # reviews that must give a film one year before it is believed
_SHARE = 0.7


class Numbering:
    """About which year an IMDb number belongs to, judged by its neighbours of known year.

    Numbers below 100,000 were given out sorted by year; later ones when a film was announced.
    """

    def __init__(self, known: Iterable[tuple[int, int]]) -> None:
        pairs = sorted(known)
        self._numbers = [number for number, _ in pairs]
        self._years = [year for _, year in pairs]

    def allows(self, number: int, year: int) -> bool:
        """Whether a film of that IMDb number may be of that year."""
        at = bisect_left(self._numbers, number)
        near = self._years[max(0, at - 8) : at + 8]
        if not near:
            return True
        about = median(near)
        if number < _SORTED:
            return abs(year - about) <= 2
        return about - 8 <= year <= about + 5

    def year(self, number: int) -> int | None:
        """The year of a number from the sorted range, where nearly all near it have the same."""
        if number >= _SORTED:
            return None
        at = bisect_left(self._numbers, number)
        near = self._years[max(0, at - 5) : at + 5]
        year, number = Counter(near).most_common(1)[0]
        return year if number >= _AGREEING else None


def settle(films: Films, tally: Tally) -> None:
    """Join what is one film; drop what has no title."""
    nameless = {id(film) for film in films.films if not film.title}
    tally.add("films dropped for want of a title", len(nameless))
    films.drop(nameless)
    _join_undated(films, tally)
    _join_twins(films, tally)
    _join_parts(films, tally)


def date_by_number(films: Films, tally: Tally) -> None:
    """Give undated films of the old, sorted IMDb numbers the year of nearly all around them."""
    numbering = _numbering(films)
    for film in films.films:
        if film.year is None and film.imdb is not None and not film.series:
            year = numbering.year(film.imdb)
            taken = {other.year for other in films.named(key(film.title)) if other is not film}
            if year is not None and year not in taken:
                film.year = year
                tally.add("undated films given the year of their identifier")


def date(films: Films, dated: Mapping[tuple[str, int], int], tally: Tally) -> None:
    """Give undated films the year that reviews name beside their title, where they agree.

    `dated` counts the reviews that name a folded title with a year.
    """
    years: dict[str, Counter[int]] = {}
    for (name, year), number in dated.items():
        years.setdefault(name, Counter())[year] += number
    numbering = _numbering(films)
    for film in films.films:
        if film.year is not None or film.imdb is None or film.series:
            continue
        named = years.get(key(film.title), Counter[int]())
        allowed = {year: n for year, n in named.items() if numbering.allows(film.imdb, year)}
        year = max(allowed, key=lambda y: (allowed[y], -y), default=0)
        taken = {other.year for other in films.named(key(film.title)) if other is not film}
        if not year or year in taken:
            continue
        near = sum(n for y, n in named.items() if abs(y - year) <= 1)
        if near >= _SURE and near >= _SHARE * sum(allowed.values()):
            film.year = year
            tally.add("undated films given the year that reviews name")


def _numbering(films: Films) -> Numbering:
    return Numbering((film.imdb, film.year) for film in films.films if film.imdb and film.year)


def _join_undated(films: Films, tally: Tally) -> None:
    """Give films without a year the one of their only namesake that has no identifier."""
    numbering = _numbering(films)
    gone: set[int] = set()
    for namesakes in films.titles():
        undated = [film for film in namesakes if film.year is None and not film.series]
        dated = [film for film in namesakes if film.year and film.imdb is None and not film.series]
        for film in undated:
            fits = [other for other in dated if _may_be(film, other, numbering)]
            rivals = [
                other
                for other in undated
                if other is not film and any(_may_be(other, fit, numbering) for fit in fits)
            ]
            if len(fits) == 1 and not rivals and not {id(fits[0]), id(film)} & gone:
                join(film, fits[0])
                gone.add(id(fits[0]))
                tally.add("undated films given the year of their only namesake")
    films.drop(gone)


def _join_twins(films: Films, tally: Tally) -> None:
    """Join a film without an identifier to its only namesake of that year that has one."""
    gone: set[int] = set()
    for namesakes in films.titles():
        bare = [film for film in namesakes if film.year and not film.imdb and id(film) not in gone]
        for film in bare:
            same = [
                other
                for other in namesakes
                if other is not film and other.imdb and other.year and other.series == film.series
            ]
            fits = [o for o in same if o.year == film.year and not _differ(o, film)]
            fits = fits or [
                other
                for other in same
                if abs((other.year or 0) - (film.year or 0)) == 1 and not strangers(other, film)
            ]
            if len(fits) == 1:
                join(fits[0], film)
                gone.add(id(film))
                tally.add("twins joined")
    films.drop(gone)


def _differ(one: FilmRecord, other: FilmRecord) -> bool:
    """Whether two records of one title and year are two films.

    Tables that name three of a cast need not name the same three, so that under a telling title
    only other directors make another film.
    """
    if not _says_much(one.title):
        return strangers(one, other)
    mine, theirs = ({key(p.name) for p in film.directors} for film in (one, other))
    return bool(mine and theirs and not mine & theirs)


def _join_parts(films: Films, tally: Tally) -> None:
    """Join films of one year whose titles are alike, or end alike behind a colon.

    `Return of the Jedi`, `Star Wars: Episode VI - Return of the Jedi`.
    """
    endings: dict[tuple[int, str], list[FilmRecord]] = {}
    for film in films.films:
        for name in {key(film.title), key(SPLIT.split(film.title)[-1])} if film.year else ():
            endings.setdefault((film.year or 0, name), []).append(film)
    gone: set[int] = set()
    for film in list(films.films):
        part = SPLIT.split(film.title)[-1]
        if part == film.title or film.year is None or not _says_much(part):
            continue
        fits = [
            other
            for other in endings[film.year, key(part)]
            if other is not film
            and other.series == film.series
            and not {id(other), id(film)} & gone
            and not (other.imdb and film.imdb)
            and _begin_alike(other.title, film.title)
            and not strangers(film, other)
        ]
        if len(fits) == 1:
            join(film, fits[0])
            gone.add(id(fits[0]))
            tally.add("films joined by a part of their title")
    films.drop(gone)


def _begin_alike(one: str, other: str) -> bool:
    """Whether one of the titles has one part only, or both have the same first."""
    parts = SPLIT.split(one), SPLIT.split(other)
    return min(map(len, parts)) == 1 or key(parts[0][0]) == key(parts[1][0])


def _says_much(part: str) -> bool:
    return len(content_words(fold(part))) >= 2


def _may_be(undated: FilmRecord, dated: FilmRecord, numbering: Numbering) -> bool:
    return (
        undated.imdb is None or numbering.allows(undated.imdb, dated.year or 0)
    ) and not strangers(undated, dated)
