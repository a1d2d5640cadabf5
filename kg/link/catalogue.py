"""The catalogue: which films and people there are, looked up by name.

One SQLite file, opened read-only and memory-mapped, so that any number of processes read it and
opening costs nothing. Look-ups never hold more than one name's candidates.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from kg.link.fold import content_words, fold, key, name_key
from kg.link.folder import current
from kg.link.known import Film, Found, Person
from kg.link.near import near_people, near_titles
from kg.link.reader import Reader, Titled, connect
from kg.link.schema import NameKind
from kg.model import CatalogueFact, Entity, Field, Kind

SHIPPED = Path(__file__).parent / "data" / "catalogue.sqlite"

_MANY = 24  # candidates kept of a short form or a near spelling
_NAMESAKES = 40  # films of one title that are weighed; what the page says chooses among more
_HOLDING = 400  # films that hold the words of a short form


class Catalogue:
    """Films and people by name. Open it with `Catalogue.open`; it never writes."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._reader = Reader(connection)
        self.path = path
        self._film = lru_cache(maxsize=4096)(self._reader.film)
        self._person = lru_cache(maxsize=16384)(self._reader.person)
        self._films = lru_cache(maxsize=8192)(self._find_films)
        self._people = lru_cache(maxsize=8192)(self._find_people)

    @classmethod
    def open(cls, path: Path | None = None) -> Catalogue:
        """The catalogue at `path` (a file, or the folder of an import), or the shipped one.

        UsageError where it isn't one.
        """
        file = SHIPPED if path is None else current(path)
        return cls(connect(file), file)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def info(self) -> dict[str, str]:
        """What the file is: its format, the tables it came from, its counts."""
        return dict(self._connection.execute("SELECT name, value FROM info ORDER BY name"))

    def film(self, film_id: int) -> Film:
        """The film of that number; KeyError if there is none."""
        return self._film(film_id)

    def films(
        self, name: str, *, years: Collection[int] = (), people: Collection[str] = ()
    ) -> list[Found]:
        """Films that `name` may mean, best kind of match first, then best known first.

        Titles that are the same once folded come alone; only where there is none follow titles
        that hold the words in a row, then near spellings. Of a title that very many films bear the
        best known are given, and those of the `years`, or with one of the `people` (by
        `name_key`).
        """
        rows = self._reader.titled(key(name))
        if len(rows) > _NAMESAKES and (years or people):
            return self._read(self._fitting(rows, years, people))
        return list(self._films(name))

    def short_forms(self, name: str) -> list[Found]:
        """Films whose title holds the words of `name` in a row, best known first."""
        folded = fold(name)
        best: dict[int, float] = {}
        numbers = self._reader.with_words(content_words(folded), limit=_HOLDING)
        for number, title in self._reader.titles(numbers):
            words = fold(title)
            if number not in best and f" {folded} " in f" {words} ":
                best[number] = len(folded) / max(len(folded), len(words))
        known = [number for number in numbers if number in best]
        return _ranked(
            Found(self.film(number), NameKind.SHORT, best[number]) for number in known[:_MANY]
        )

    def near_titles(self, name: str, *, at_least: float = 0.86) -> list[Found]:
        """Films whose title is spelt nearly like `name`; likeness at least `at_least`."""
        near = near_titles(self._reader, name, at_least=at_least, limit=_MANY)
        return _ranked(Found(self.film(at), NameKind.TYPO, score) for at, score in near.items())

    def beginning(self, start: str, *, limit: int) -> list[Film]:
        """Films one of whose titles begins so, best known first among the `limit` first found."""
        numbers = dict.fromkeys(self._reader.beginning(key(start), limit=limit))
        films = [self.film(number) for number in numbers]
        return sorted(films, key=lambda film: (-film.prior, film.title, film.year or 0, film.id))

    def people(self, name: str) -> list[Person]:
        """People of exactly that name once folded; near spellings are `near_people`."""
        return list(self._people(name_key(name)))

    def people_by_key(self, key: str) -> list[Person]:
        """Likewise by a name that is folded already (`name_key`)."""
        return list(self._people(key))

    def near_people(self, name: str, *, at_least: float = 0.88) -> list[Person]:
        """People whose name is spelt nearly like `name`, nearest first."""
        near = near_people(self._reader, name, at_least=at_least, limit=5)
        return [self._person(number) for number in sorted(near, key=lambda at: (-near[at], at))]

    def search(self, text: str, *, limit: int = 20) -> list[Entity]:
        """Films and people that `text` may mean, for a person to choose from."""
        films = self._films(text) or ()
        known = {found.film.id for found in films}
        more = [f for f in self.short_forms(text) if f.film.id not in known]
        people = self.people(text) or self.near_people(text)
        room = max(limit - len(people), limit // 2)
        entities = [found.film.entity for found in (*films, *more)][:room]
        return [*entities, *(person.entity for person in people)][:limit]

    def facts(self, entity: Entity) -> list[CatalogueFact]:
        """What is known of a linked film besides its identifiers; nothing for other things."""
        film = self.find(entity)
        if film is None:
            return []
        facts = [CatalogueFact(entity, Field.OTHER_TITLE, name) for name in film.others]
        if film.year is not None:
            facts.append(CatalogueFact(entity, Field.YEAR, str(film.year)))
        facts += [CatalogueFact(entity, Field.COUNTRY, country) for country in film.countries]
        for member in film.people:
            job = Field.DIRECTOR if member.job == "d" else Field.CAST
            person = self._bearer(self._person(member.person))
            facts.append(CatalogueFact(entity, job, person, part=member.part))
        return facts

    def find(self, entity: Entity) -> Film | None:
        """The film that a linked entity stands for."""
        if entity.kind is not Kind.FILM or not entity.linked:
            return None
        for found in self.films(entity.name):
            if found.film.year == entity.year and found.film.entity.id == entity.id:
                return found.film
        return None

    def _bearer(self, person: Person) -> Entity:
        """The person as a thing; the identifier of a name is that of its best known bearer."""
        first = self._people(name_key(person.name))[0]
        return person.entity if first.id == person.id else replace(person.entity, same_as=())

    # -- reading ---------------------------------------------------------------------------------

    def _find_films(self, name: str) -> tuple[Found, ...]:
        found = self._read(self._fitting(self._reader.titled(key(name)), (), ()))
        return tuple(found or self.short_forms(name) or self.near_titles(name))

    def _read(self, rows: Iterable[Titled]) -> list[Found]:
        return _ranked(Found(self.film(row.film), NameKind(row.kind), 1.0) for row in rows)

    def _fitting(
        self, rows: list[Titled], years: Collection[int], people: Collection[str]
    ) -> list[Titled]:
        """Of many namesakes those that the year or the people speak for, then the best known."""
        if len(rows) <= _NAMESAKES:
            return rows
        credited = {
            film for name in people for person in self._people(name) for film in person.films
        }

        def fits(row: Titled) -> int:
            near = row.year is not None and any(abs(row.year - year) <= 1 for year in years)
            return 2 * (row.film in credited) + near

        ordered = sorted(rows, key=lambda row: (-fits(row), row.kind, -row.prior, row.film))
        return ordered[:_NAMESAKES]

    def _find_people(self, wanted: str) -> tuple[Person, ...]:
        return tuple(self._reader.people_named(wanted))


def _ranked(found: Iterable[Found]) -> list[Found]:
    best: Callable[[Found], tuple[float, ...]] = lambda f: (  # noqa: E731 - one sort key
        f.kind,
        -f.film.prior,
        -f.likeness,
        f.film.id,
    )
    return sorted(found, key=best)
