"""The predicates that a fact may have, found by the names that people give them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from kg.errors import UsageError
from kg.graph.fold import fold
from kg.graph.terms import is_year
from kg.vocab import FK, PREFIXES, SCHEMA

_FILMS: Final = ("film", "work")
_PEOPLE: Final = ("person",)
_MAKERS: Final = ("person", "organisation")


@dataclass(frozen=True, slots=True)
class Predicate:
    """`subjects` and `objects` are the folders of the things on its two sides.

    The object is plain words where `objects` is empty.
    """

    iri: str
    name: str
    words: tuple[str, ...]
    subjects: tuple[str, ...] = _FILMS
    objects: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """The predicate with its prefix: `schema:director`."""
        for prefix in ("schema", "fk"):
            if self.iri.startswith(PREFIXES[prefix]):
                return f"{prefix}:{self.iri.removeprefix(PREFIXES[prefix])}"
        return self.iri


PREDICATES: Final = (
    Predicate(SCHEMA.director, "director", ("directed by",), objects=_PEOPLE),
    Predicate(FK.screenwriter, "writer", ("screenplay", "written by"), objects=_PEOPLE),
    Predicate(SCHEMA.producer, "producer", ("produced by",), objects=_MAKERS),
    Predicate(FK.cinematographer, "cinematographer", ("photographed by",), objects=_PEOPLE),
    Predicate(SCHEMA.musicBy, "composer", ("music", "composed by"), objects=_MAKERS),
    Predicate(SCHEMA.editor, "editor", ("edited by",), objects=_PEOPLE),
    Predicate(SCHEMA.actor, "actor", ("cast", "stars", "plays in"), objects=_PEOPLE),
    Predicate(FK.part, "part", ("role",), objects=_PEOPLE),
    Predicate(SCHEMA.character, "character", (), objects=("character",)),
    Predicate(SCHEMA.isBasedOn, "based on", ("source",), objects=_FILMS),
    Predicate(SCHEMA.productionCompany, "company", ("studio",), objects=("organisation",)),
    Predicate(FK.distributor, "distributor", (), objects=("organisation",)),
    Predicate(SCHEMA.award, "award", ("won",), ("film", "work", "person"), ("award",)),
    Predicate(SCHEMA.author, "author", ("critic",), ("work", "film", "review"), _PEOPLE),
    Predicate(SCHEMA.publisher, "publisher", ("publication",), ("review",), ("organisation",)),
    Predicate(SCHEMA.spouse, "married to", ("wife", "husband"), _PEOPLE, _PEOPLE),
    Predicate(SCHEMA.relatedTo, "related to", ("relative",), _PEOPLE, _PEOPLE),
    Predicate(SCHEMA.countryOfOrigin, "country", ()),
    Predicate(SCHEMA.inLanguage, "language", ()),
    Predicate(SCHEMA.duration, "length", ("minutes", "runtime", "running time")),
    Predicate(SCHEMA.datePublished, "year", ("date", "released")),
    Predicate(SCHEMA.genre, "genre", ()),
    Predicate(SCHEMA.alternateName, "also called", ("title", "other title"), (*_FILMS, "person")),
    Predicate(SCHEMA.mentions, "mentions", ("names",), ("review",), _FILMS),
    Predicate(FK.remakeOf, "remake of", ("remake",), objects=_FILMS),
    Predicate(FK.sequelOf, "sequel of", ("sequel",), objects=_FILMS),
    Predicate(FK.alludesTo, "alludes to", ("allusion",), objects=_FILMS),
    Predicate(FK.comparedTo, "compared to", ("comparison",), objects=_FILMS),
    Predicate(FK.sharesPeopleWith, "shares people with", ("filmography",), objects=_FILMS),
)
_BY_IRI: Final = {one.iri: one for one in PREDICATES}


def predicate_called(name: str) -> Predicate:
    """The predicate of that name, prefixed name or IRI; UsageError with near names for none."""
    wanted = name.strip().strip("<>")
    prefix, colon, local = wanted.partition(":")
    if colon and prefix in PREFIXES:
        wanted = PREFIXES[prefix] + local
    found = _BY_IRI.get(wanted) or _names().get(fold(wanted))
    if found is not None:
        return found
    near = process.extract(fold(name), list(_names()), scorer=fuzz.WRatio, limit=8)
    hints = dict.fromkeys(_names()[one].name for one, likeness, _ in near if likeness > _NEAR)
    hint = (
        f"did you mean {' or '.join(list(hints)[:3])}?"
        if hints
        else "one of " + ", ".join(one.name for one in PREDICATES)
    )
    raise UsageError(f"expected what a fact can say, found {name!r}; {hint}")


_NEAR = 65


def _names() -> dict[str, Predicate]:
    return {fold(name): one for one in PREDICATES for name in _called(one)}


def _called(predicate: Predicate) -> Iterator[str]:
    """Its names: first its words' so that its own come after and win."""
    yield from predicate.words
    local = predicate.short.partition(":")[2]
    yield local
    yield "".join(f" {char.lower()}" if char.isupper() else char for char in local)
    yield predicate.name


def checked_words(predicate: Predicate, words: str) -> str:
    """The plain words of an object; UsageError where a number is wanted and there is none."""
    said = " ".join(words.split())
    if not said:
        raise UsageError(f"expected words behind {predicate.name!r}, found none")
    if predicate.iri == SCHEMA.datePublished and not is_year(said):
        raise UsageError(f"expected a year such as 1950, found {said!r}")
    if predicate.iri == SCHEMA.duration:
        number = said.split()[0].removeprefix("PT").removesuffix("M")
        if not number.isdecimal():
            raise UsageError(f"expected a length in minutes such as 138, found {said!r}")
        return number
    return said
