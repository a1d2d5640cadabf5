"""Records of several tables joined into films: by IMDb id, else by title and year (a year off).

The open tables hold remakes and homonyms, so a title alone joins two records only where the one
without a year can be no other: its title stands once on either side, and its IMDb number, which
grew with time, allows the year.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from statistics import median

from kg.link.fold import key
from kg.link.sources import FilmRecord, Performer
from kg.model import Tally

_LEAD = 20


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
        if number < 100_000:
            return abs(year - about) <= 2
        return about - 8 <= year <= about + 5


class Films:
    """Films so far, found again by IMDb id and by folded title."""

    def __init__(self, tally: Tally) -> None:
        self.films: list[FilmRecord] = []
        self._by_imdb: dict[int, FilmRecord] = {}
        self._by_key: dict[str, list[FilmRecord]] = defaultdict(list)
        self._tally = tally

    def add(self, record: FilmRecord) -> None:
        """Join the record to the film that it speaks of, or begin a new film."""
        film = self._same(record)
        if film is None:
            self.films.append(record)
            self._index(record)
            self._tally.add(f"{record.source}: new films")
            return
        join(film, record)
        self._index(film)
        self._tally.add(f"{record.source}: joined")

    def settle(self) -> None:
        """Give films without a year the one of their only namesake that has no identifier."""
        numbering = Numbering(
            (film.imdb, film.year) for film in self.films if film.imdb and film.year
        )
        gone: set[int] = set()
        for films in list(self._by_key.values()):
            undated = [film for film in films if film.year is None and not film.series]
            dated = [film for film in films if film.year and film.imdb is None and not film.series]
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
                    self._tally.add("undated films given the year of their only namesake")
        nameless = {id(film) for film in self.films if not film.title}
        self._tally.add("films dropped for want of a title", len(nameless))
        self.films = [film for film in self.films if id(film) not in gone | nameless]

    def _same(self, record: FilmRecord) -> FilmRecord | None:
        if record.imdb is not None and record.imdb in self._by_imdb:
            return self._by_imdb[record.imdb]
        if record.year is None:
            return None
        near = [
            film
            for name in (record.title, *record.others)
            for film in self._by_key.get(key(name), ())
            if film.series == record.series
            and film.year is not None
            and abs(film.year - record.year) <= 1
            and (film.imdb is None or record.imdb is None)
            and not strangers(film, record)
        ]
        return min(near, key=lambda film: abs((film.year or 0) - (record.year or 0)), default=None)

    def _index(self, film: FilmRecord) -> None:
        if film.imdb is not None:
            self._by_imdb[film.imdb] = film
        for name in filter(None, (film.title, *film.others)):
            films = self._by_key[key(name)]
            if not any(film is other for other in films):
                films.append(film)


def _may_be(undated: FilmRecord, dated: FilmRecord, numbering: Numbering) -> bool:
    return (
        undated.imdb is None or numbering.allows(undated.imdb, dated.year or 0)
    ) and not strangers(undated, dated)


def strangers(one: FilmRecord, other: FilmRecord) -> bool:
    """Whether both records name people of the same job and share none of them."""
    for mine, theirs in ((one.directors, other.directors), (one.cast, other.cast)):
        if mine and theirs and not _names(mine) & _names(theirs):
            return True
    return False


def _names(people: Iterable[Performer]) -> set[str]:
    return {key(person.name) for person in people}


def join(film: FilmRecord, record: FilmRecord) -> None:
    """Add to the film what the record knows besides. The film's own title and year stay."""
    film.title = film.title or record.title
    known = {key(film.title)} | {key(name) for name in film.others}
    for name in (record.title, *record.others):
        if key(name) not in known:
            known.add(key(name))
            film.others.append(name)
    film.year = film.year or record.year
    film.wikidata = film.wikidata or record.wikidata
    film.imdb = film.imdb or record.imdb
    film.tmdb = film.tmdb or record.tmdb
    film.votes = max(film.votes, record.votes)
    film.article = film.article or record.article
    film.countries = film.countries or record.countries
    film.directors = _people(film.directors, record.directors)
    film.cast = _people(film.cast, record.cast)
    if record.source not in film.source.split(","):
        film.source += f",{record.source}"


def _people(mine: list[Performer], theirs: list[Performer]) -> list[Performer]:
    """Both lists in one, the order and parts of the one that knows parts first."""
    if not any(person.part for person in mine) and any(person.part for person in theirs):
        mine, theirs = theirs, mine
    found = {key(person.name): person for person in mine}
    people = list(mine)
    for person in theirs:
        same = found.get(key(person.name))
        if same is None:
            people.append(person)
            found[key(person.name)] = person
        else:
            same.part = same.part or person.part
            same.imdb = same.imdb or person.imdb
    return people[:_LEAD]
