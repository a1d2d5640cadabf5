"""What the catalogue gives: films, people, and a film found by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kg.link.schema import NameKind
from kg.link.slug import path as iri_path
from kg.model import Entity, Kind


class CastMember(NamedTuple):
    """A person's part in a film of the catalogue; `job` is "d" (director) or "a" (cast)."""

    person: int
    name: str
    job: str
    part: str


@dataclass(frozen=True, slots=True)
class Film:
    """A film of the catalogue. `series` marks a film series, dated to its first film.

    `prior` grows with the logarithm of how often the film is named, 0 for a film never met.
    """

    id: int
    title: str
    year: int | None
    others: tuple[str, ...]
    countries: tuple[str, ...]
    wikidata: int | None
    imdb: int | None
    tmdb: int | None
    prior: float
    series: bool
    suffix: str
    people: tuple[CastMember, ...]

    @property
    def directors(self) -> tuple[CastMember, ...]:
        """Its directors, as far as known."""
        return tuple(member for member in self.people if member.job == "d")

    @property
    def cast(self) -> tuple[CastMember, ...]:
        """Its lead cast, as far as known."""
        return tuple(member for member in self.people if member.job == "a")

    @property
    def entity(self) -> Entity:
        """The film as a thing of the graph."""
        same_as = (
            self.wikidata and f"http://www.wikidata.org/entity/Q{self.wikidata}",
            self.imdb and f"https://www.imdb.com/title/tt{self.imdb:07d}/",
            self.tmdb and f"https://www.themoviedb.org/movie/{self.tmdb}",
        )
        return Entity(
            id=iri_path(Kind.FILM, self.title, self.year, self.suffix),
            kind=Kind.FILM,
            name=self.title,
            year=self.year,
            same_as=tuple(iri for iri in same_as if iri),
            other_names=self.others,
            linked=True,
        )


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the catalogue with the numbers of the films that credit the name."""

    id: int
    name: str
    imdb: int | None
    films: tuple[int, ...]

    @property
    def entity(self) -> Entity:
        """The person as a thing of the graph."""
        same_as = (f"https://www.imdb.com/name/nm{self.imdb:07d}/",) if self.imdb else ()
        return Entity(
            id=iri_path(Kind.PERSON, self.name),
            kind=Kind.PERSON,
            name=self.name,
            same_as=same_as,
            linked=True,
        )


class Found(NamedTuple):
    """A film that a name may mean: how the name stands to its title, and the likeness in 0..1."""

    film: Film
    kind: NameKind
    likeness: float
