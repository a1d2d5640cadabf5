"""Records of several tables joined into films: by IMDb id, else by title and year (a year off).

The open tables hold remakes and homonyms, so a title alone joins two records only where the one
without a year can be no other: its title stands once on either side, and its IMDb number, which
grew with time, allows the year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator

from kg.link.fold import fold, key
from kg.link.sources import FilmRecord, Performer
from kg.model import Tally

_LEAD = 20


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

    def named(self, name: str) -> list[FilmRecord]:
        """The films of one folded title."""
        return self._by_key.get(name, [])

    def titles(self) -> Iterator[list[FilmRecord]]:
        """The films of every folded title, title by title."""
        yield from list(self._by_key.values())

    def drop(self, gone: Container[int]) -> None:
        """Forget films by `id()`: they were joined to others, or have no title."""
        self.films = [film for film in self.films if id(film) not in gone]
        for name, films in list(self._by_key.items()):
            self._by_key[name] = [film for film in films if id(film) not in gone]

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


def strangers(one: FilmRecord, other: FilmRecord) -> bool:
    """Whether both records name people of the same job and share none of them."""
    for mine, theirs in ((one.directors, other.directors), (one.cast, other.cast)):
        if mine and theirs and not _names(mine) & _names(theirs):
            return True
    return False


def _names(people: Iterable[Performer]) -> set[str]:
    return {_bearer(person.name) for person in people}


def _bearer(name: str) -> str:
    """The name's words in one order: Zhang Yimou is Yimou Zhang."""
    return " ".join(sorted(fold(name).split())) or key(name)


def join(film: FilmRecord, record: FilmRecord) -> None:
    """Add to the film what the record knows besides.

    The film's own year stays, and its title unless the record has an encyclopedia's heading.
    """
    mine, theirs = film.source.split(","), record.source.split(",")
    headed = "wikipedia" in theirs and record.article and not {"wikipedia", "more_films"} & {*mine}
    if headed and record.title and film.title != record.title:
        # an encyclopedia's heading, where the table has it, is how the film is called
        film.others = [film.title, *film.others] if film.title else film.others
        film.others = [name for name in film.others if key(name) != key(record.title)]
        film.title = record.title
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
    film.source = ",".join(dict.fromkeys([*mine, *theirs]))


def _people(mine: list[Performer], theirs: list[Performer]) -> list[Performer]:
    """Both lists in one, the order and parts of the one that knows parts first."""
    if not any(person.part for person in mine) and any(person.part for person in theirs):
        mine, theirs = theirs, mine
    found = {_bearer(person.name): person for person in mine}
    people = list(mine)
    for person in theirs:
        same = found.get(_bearer(person.name))
        if same is None:
            people.append(person)
            found[_bearer(person.name)] = person
        else:
            same.part = same.part or person.part
            same.imdb = same.imdb or person.imdb
    return people[:_LEAD]
