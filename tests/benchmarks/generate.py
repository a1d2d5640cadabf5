"""As many reviews as wanted, made by a rule, as if they had been read: no recogniser is needed.

The films are the catalogue's and invented ones, with their real or invented people; the words
between the names are invented, so that no two pages share a sentence by chance. Sizes follow real
reviews: some 2,500 characters, four films, nine people, three characters, nine relations.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.builder import fingerprint
from kg.engine.cache import Cache
from kg.extract import model_version
from kg.link import Catalogue
from kg.model import (
    Cluster,
    Evidence,
    Extraction,
    Field,
    Kind,
    Mention,
    Page,
    Rating,
    Reference,
    ReferenceKind,
    Relation,
    RelationName,
    Span,
    Stated,
    Zone,
    ZoneKind,
)
from kg.read import documents
from kg.read.document import Document, id_of

FOLDER = "reviews"
_SYLLABLES = [
    first + second for first in "bdfklmnprstv" for second in "aeo" if first + second != "so"
]
_REFERENCES = (
    ReferenceKind.COMPARISON,
    ReferenceKind.ALLUSION,
    ReferenceKind.FILMOGRAPHY,
    ReferenceKind.MENTION,
    ReferenceKind.SEQUEL,
    ReferenceKind.REMAKE,
)


@dataclass(frozen=True, slots=True)
class Film:
    """A film that reviews are made of: its title, year, director, writer, cast with parts."""

    title: str
    year: int
    director: str
    writer: str
    cast: tuple[tuple[str, str], ...]


def films(number: int, *, seed: int = 1) -> list[Film]:
    """Films of the shipped catalogue, every fifth of them invented."""
    chance = random.Random(seed)
    with Catalogue.open() as catalogue:
        found: list[Film] = []
        at = 0
        while len(found) < number:
            at += 1
            if at % 5 == 0:
                found.append(_invented(at, chance))
                continue
            known = catalogue.film(at)
            cast = [(one.name, one.part or _name(chance)) for one in known.cast[:4]]
            if known.year is None or not known.directors or len(cast) < 2:
                continue
            director = known.directors[0].name
            found.append(Film(known.title, known.year, director, _name(chance), tuple(cast)))
    return found


def _invented(number: int, chance: random.Random) -> Film:
    cast = tuple((_name(chance), _name(chance)) for _ in range(4))
    title = f"The {_word(chance).title()} of {_word(chance).title()}"
    return Film(title, 1920 + number % 100, _name(chance), _name(chance), cast)


def extractions(number: int, *, of_films: int | None = None, seed: int = 1) -> Iterator[Extraction]:
    """Reviews as extract leaves them; a few films have many reviews and most have few."""
    chance = random.Random(seed)
    known = films(of_films or max(10, number // 5), seed=seed)
    critics = [_name(chance) for _ in range(max(5, number // 40))]
    papers = [f"The {_word(chance).title()} Review" for _ in range(40)]
    model = model_version()
    for index in range(number):
        film = known[int(len(known) * chance.random() ** 2)]
        some = chance.sample(known, min(3, len(known)))
        others = [one for one in some if one.title != film.title]
        review = _Review(chance, film, others)
        yield review.extraction(index, chance.choice(critics), chance.choice(papers), model)


def write_files(made: Iterable[Extraction], folder: Path) -> None:
    """The reviews' texts as files, as a user would have them."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in made:
        (folder / Path(one.page.source).name).write_text(one.page.text, encoding="utf-8")


def fill_cache(made: Iterable[Extraction], folder: Path, graph: Path) -> int:
    """Leave the graph's cache as a build of the files would; gives the number of pages."""
    graph.mkdir(parents=True, exist_ok=True)
    marks = {
        one.id: fingerprint(one) for one in documents([str(folder)]) if isinstance(one, Document)
    }
    with Cache(graph / "extractions.sqlite") as cache:
        cache.put((one, marks[one.page.id]) for one in made)
    return len(marks)


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4)))


def _name(chance: random.Random) -> str:
    return f"{_word(chance).title()} {_word(chance).title()}"


@dataclass(slots=True)
class _Review:
    """Builds the text of one review and remembers where its names stand."""

    chance: random.Random
    film: Film
    others: list[Film]
    text: str = ""
    clusters: dict[tuple[Kind, str], str] = field(default_factory=dict)
    mentions: dict[str, list[Mention]] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def extraction(self, index: int, critic: str, paper: str, model: str) -> Extraction:
        film, topic = self.film, (Kind.FILM, self.film.title)
        self._sentence(topic, f"({film.year})")
        person, character = Kind.PERSON, Kind.CHARACTER
        credit = self._sentence(
            (person, film.director), "directs", topic, "written by", (person, film.writer)
        )
        self._relate(RelationName.DIRECTOR, (person, film.director), credit)
        self._relate(RelationName.WRITER, (person, film.writer), credit)
        for actor, part in film.cast:
            said = self._sentence((person, actor), "plays", (character, part))
            self._relate(RelationName.CAST, (person, actor), said, part=(character, part))
        for other in self.others:
            self._sentence()
            said = self._sentence("it recalls", (Kind.FILM, other.title), f"({other.year})")
            kind = self.chance.choice(_REFERENCES)
            cited = self._cluster((Kind.FILM, other.title))
            self.references.append(Reference("F1", cited, kind, said, self._score()))
        for _ in range(6):
            self._sentence((person, self.chance.choice(film.cast)[0]))
        stars = self.chance.randint(1, 5)
        grade = self._sentence(f"{stars}/5", bare=True)
        length = self._sentence(f"{80 + len(film.title)} min", bare=True)
        source = f"{FOLDER}/review-{index:06d}.txt"
        page = Page(
            id=id_of(source),
            source=source,
            text=self.text,
            zones=(Zone(ZoneKind.PROSE, 0, len(self.text)),),
            stated=(Stated(Field.DURATION, str(80 + len(film.title)), length),),
            ratings=(Rating(f"{stars}/5", float(stars), 5.0, stars / 5, evidence=grade),),
            title=film.title,
            year=film.year,
            critic=critic,
            publication=paper,
            date=f"20{index % 24:02d}-0{index % 9 + 1}-1{index % 10}",
        )
        clusters = tuple(
            Cluster(one, kind, name, tuple(self.mentions[one]))
            for (kind, name), one in self.clusters.items()
        )
        relations, references = tuple(self.relations), tuple(self.references)
        return Extraction(page, clusters, relations, references, "F1", model)

    def _sentence(self, *parts: str | tuple[Kind, str], bare: bool = False) -> Evidence:
        """One more sentence of names, given words and invented ones, on a line of its own."""
        start = len(self.text)
        for part in parts:
            if isinstance(part, tuple):
                kind, name = part
                here = len(self.text)
                one = self._cluster(part)
                self.mentions[one].append(Mention(here, here + len(name), kind, 0.95))
                self.text += name + " "
            else:
                self.text += part + " "
            if not bare:
                self.text += self._filler(2)
        if not bare:
            self.text += self._filler(9)
        self.text = self.text.rstrip() + ("" if bare else ".")
        span = Span(start, len(self.text))
        self.text += "\n"
        return Evidence(span.words(self.text), span)

    def _filler(self, words: int) -> str:
        return "".join(f"{_word(self.chance)} " for _ in range(words))

    def _cluster(self, part: tuple[Kind, str]) -> str:
        if part not in self.clusters:
            number = sum(kind is part[0] for kind, _ in self.clusters) + 1
            self.clusters[part] = f"{part[0].letter}{number}"
            self.mentions[self.clusters[part]] = []
        return self.clusters[part]

    def _relate(
        self,
        name: RelationName,
        who: tuple[Kind, str],
        said: Evidence,
        *,
        part: tuple[Kind, str] | None = None,
    ) -> None:
        played = self._cluster(part) if part else ""
        self.relations.append(
            Relation(name, "F1", self._cluster(who), said, self._score(), part=played)
        )

    def _score(self) -> float:
        return round(self.chance.uniform(0.5, 1.0), 4)
