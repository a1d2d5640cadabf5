"""The catalogue: which films and people there are, looked up by name.

One SQLite file, opened read-only and memory-mapped, so that any number of processes read it and
opening costs nothing. Look-ups never hold more than one name's candidates.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from kg.errors import UsageError
from kg.link.fold import content_words, fold, key, name_key
from kg.link.known import CastMember, Film, Found, Person
from kg.link.schema import FORMAT, NameKind, unpack_credits, unpack_ids, word_hash
from kg.model import CatalogueFact, Entity, Field, Kind

SHIPPED = Path(__file__).parent / "data" / "catalogue.sqlite"

_BLOCK = 600  # films or people compared letter by letter for one misspelt name
_MANY = 24  # candidates kept of a short form


class Catalogue:
    """Films and people by name. Open it with `Catalogue.open`; it never writes."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path
        self._film = lru_cache(maxsize=8192)(self._read_film)
        self._person = lru_cache(maxsize=16384)(self._read_person)
        self._films = lru_cache(maxsize=8192)(self._find_films)
        self._people = lru_cache(maxsize=8192)(self._find_people)
        self._last_person: int = self._one("SELECT max(id) FROM person")[0] or 0

    @classmethod
    def open(cls, path: Path | None = None) -> Catalogue:
        """The catalogue at `path`, or the shipped one; UsageError where it isn't one."""
        file = SHIPPED if path is None else path
        if not file.is_file():
            raise UsageError(f"expected a catalogue at {file}, found no such file")
        uri = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        try:
            connection.execute("PRAGMA mmap_size = 4294967296")
            row = connection.execute("SELECT value FROM info WHERE name = 'format'").fetchone()
        except sqlite3.DatabaseError as error:
            connection.close()
            raise UsageError(
                f"expected a catalogue at {file}, found another file: {error}"
            ) from error
        if row is None or int(row[0]) != FORMAT:
            found = row[0] if row else "none"
            connection.close()
            raise UsageError(
                f"expected a catalogue of format {FORMAT} at {file}, found format {found}; compile "
                "or import it again"
            )
        return cls(connection, file)

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

    def films(self, name: str) -> list[Found]:
        """Films that `name` may mean, best kind of match first, then best known first.

        Titles that are the same once folded come alone; only where there is none follow titles
        that hold the words in a row, then near spellings.
        """
        return list(self._films(name))

    def short_forms(self, name: str) -> list[Found]:
        """Films whose title holds the words of `name` in a row, best known first."""
        folded = fold(name)
        found = [
            Found(film, NameKind.SHORT, len(folded) / max(len(folded), len(title)))
            for film in self._films_with(content_words(folded))
            for title in [_title_holding(film, folded)]
            if title
        ]
        return _ranked(found)[:_MANY]

    def near_titles(self, name: str, *, at_least: float = 0.86) -> list[Found]:
        """Films whose title is spelt nearly like `name`; likeness at least `at_least`."""
        wanted = key(name)
        if len(wanted) < 5:
            return []
        numbers = {
            number
            for word in content_words(fold(name))
            for number in self._films_with_word(word, limit=_BLOCK)
        }
        numbers.update(self._films_beginning(wanted[:4], limit=_BLOCK))
        best: dict[int, float] = {}
        titles = [(number, t) for number in numbers for t in self._titles(number)]
        for _, score, at in process.extract(
            wanted,
            [key(title) for _, title in titles],
            scorer=fuzz.ratio,
            score_cutoff=at_least * 100,
            limit=_MANY,
        ):
            number = titles[at][0]
            best[number] = max(best.get(number, 0.0), score / 100)
        found = [Found(self.film(number), NameKind.TYPO, score) for number, score in best.items()]
        return _ranked(found)

    def people(self, name: str) -> list[Person]:
        """People of exactly that name once folded; near spellings are `near_people`."""
        return list(self._people(name_key(name)))

    def people_by_key(self, key: str) -> list[Person]:
        """Likewise by a name that is folded already (`name_key`)."""
        return list(self._people(key))

    def near_people(self, name: str, *, at_least: float = 0.88) -> list[Person]:
        """People whose name is spelt nearly like `name`, nearest first."""
        wanted = name_key(name)
        start = self._person_at(wanted[:4])
        end = min(self._person_at(wanted[:4] + "\uffff"), start + 8 * _BLOCK)
        rows = self._connection.execute(
            "SELECT id, name FROM person WHERE id >= ? AND id < ?", (start, end)
        ).fetchall()
        near = process.extract(
            wanted,
            [name_key(row[1]) for row in rows],
            scorer=fuzz.ratio,
            score_cutoff=at_least * 100,
            limit=5,
        )
        return [self._person(rows[at][0]) for _, _, at in near]

    def search(self, text: str, *, limit: int = 20) -> list[Entity]:
        """Films and people that `text` may mean, for a person to choose from."""
        films = self._films(text) or ()
        known = {found.film.id for found in films}
        more = [f for f in self.short_forms(text) if f.film.id not in known]
        people = self.people(text) or self.near_people(text)
        entities = [found.film.entity for found in (*films, *more)]
        return [*entities[: limit - len(people)], *(person.entity for person in people)][:limit]

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
            person = self._person(member.person).entity
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

    # -- reading ---------------------------------------------------------------------------------

    def _one(self, query: str, args: Sequence[Any] = ()) -> tuple[Any, ...]:
        row: tuple[Any, ...] | None = self._connection.execute(query, args).fetchone()
        return row if row is not None else (None,)

    def _read_film(self, film_id: int) -> Film:
        row = self._connection.execute(
            "SELECT title, year, other, country, wikidata, imdb, tmdb, prior, series, suffix, "
            "credits FROM film WHERE id = ?",
            (film_id,),
        ).fetchone()
        if row is None:
            raise KeyError(film_id)
        people = tuple(
            CastMember(credit.person, self._person(credit.person).name, credit.job, credit.part)
            for credit in unpack_credits(row[10])
        )
        return Film(
            id=film_id,
            title=row[0],
            year=row[1],
            others=tuple(row[2].split("\n")) if row[2] else (),
            countries=tuple(row[3].split("; ")) if row[3] else (),
            wikidata=row[4],
            imdb=row[5],
            tmdb=row[6],
            prior=row[7],
            series=bool(row[8]),
            suffix=row[9] or "",
            people=people,
        )

    def _read_person(self, person_id: int) -> Person:
        row = self._connection.execute(
            "SELECT name, imdb, films FROM person WHERE id = ?", (person_id,)
        ).fetchone()
        if row is None:
            raise KeyError(person_id)
        return Person(person_id, row[0], row[1], tuple(unpack_ids(row[2])))

    def _find_films(self, name: str) -> tuple[Found, ...]:
        rows = self._connection.execute(
            "SELECT film, kind FROM name WHERE key = ?", (key(name),)
        ).fetchall()
        found = _ranked(Found(self.film(number), NameKind(kind), 1.0) for number, kind in rows)
        return tuple(found or self.short_forms(name) or self.near_titles(name))

    def _find_people(self, wanted: str) -> tuple[Person, ...]:
        at = self._person_at(wanted)
        people = []
        while at <= self._last_person and name_key(self._person(at).name) == wanted:
            people.append(self._person(at))
            at += 1
        return tuple(people)

    def _person_at(self, wanted: str) -> int:
        """The number of the first person whose key isn't below `wanted`: a search by halves."""
        low, high = 1, self._last_person + 1
        while low < high:
            middle = (low + high) // 2
            (name,) = self._one("SELECT name FROM person WHERE id = ?", (middle,))
            if name_key(name) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _films_with(self, words: Iterable[str]) -> list[Film]:
        """Films whose titles hold all the words, of the rarest word's films."""
        blocks = []
        for word in words:
            block = self._films_with_word(word, limit=4 * _BLOCK)
            blocks.append(block)
        if not blocks:
            return []
        full = [block for block in blocks if len(block) < 4 * _BLOCK]
        common = set.intersection(*map(set, full)) if full else set()
        return [self.film(number) for number in sorted(common)]

    def _films_with_word(self, word: str, *, limit: int) -> list[int]:
        rows = self._connection.execute(
            "SELECT film FROM word WHERE word = ? LIMIT ?", (word_hash(word), limit)
        )
        return [row[0] for row in rows]

    def _films_beginning(self, start: str, *, limit: int) -> list[int]:
        rows = self._connection.execute(
            "SELECT film FROM name WHERE key >= ? AND key < ? LIMIT ?",
            (start, f"{start}\uffff", limit),
        )
        return [row[0] for row in rows]

    def _titles(self, number: int) -> tuple[str, ...]:
        row = self._one("SELECT title, other FROM film WHERE id = ?", (number,))
        return (row[0], *row[1].split("\n")) if row[1] else (row[0],)


def _title_holding(film: Film, folded: str) -> str:
    """The film's title that holds the folded words in a row, "" if none does."""
    for title in (film.title, *film.others):
        if f" {folded} " in f" {fold(title)} ":
            return fold(title)
    return ""


def _ranked(found: Iterable[Found]) -> list[Found]:
    best: Callable[[Found], tuple[float, ...]] = lambda f: (  # noqa: E731 - one sort key
        f.kind,
        -f.film.prior,
        -f.likeness,
        f.film.id,
    )
    return sorted(found, key=best)
