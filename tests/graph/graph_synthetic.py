"""As many linked pages as wanted, made by a rule: for size, speed, repetition, not for sense."""

from __future__ import annotations

import random
from collections.abc import Iterator

from kg.model import (
    Cluster,
    Entity,
    Evidence,
    Extraction,
    Field,
    Kind,
    Link,
    LinkedPage,
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

_KINDS = tuple(ReferenceKind)


def films(number: int) -> list[Entity]:
    return [
        Entity(
            f"film/film-{index}-{1920 + index % 100}",
            Kind.FILM,
            f"Film {index}",
            1920 + index % 100,
            (f"http://www.wikidata.org/entity/Q{index + 1}",),
            linked=True,
        )
        for index in range(number)
    ]


def pages(
    number: int, *, of_films: int, references: int = 3, seed: int = 1
) -> Iterator[LinkedPage]:
    """Reviews with a director, a writer, four parts, a length, a grade and some references."""
    chance = random.Random(seed)
    known = films(of_films)
    for index in range(number):
        yield page(index, known, chance, references)


def page(index: int, known: list[Entity], chance: random.Random, references: int = 3) -> LinkedPage:
    words = _Words()
    topic = known[index % len(known)]
    number = int(topic.id.split("-")[1])
    words.name("F1", topic)
    director = Entity(f"person/director-{number % 700}", Kind.PERSON, f"Director {number % 700}")
    writer = Entity(f"person/writer-{number % 900}", Kind.PERSON, f"Writer {number % 900}")
    credit = words.sentence(
        "F1", "was directed by", ("P1", director), "and written by", ("P2", writer)
    )
    relations = [
        Relation(RelationName.DIRECTOR, "F1", "P1", credit, _score(chance)),
        Relation(RelationName.WRITER, "F1", "P2", credit, _score(chance)),
    ]
    for place in range(4):
        one = (number * 7 + place * 13) % 5000
        actor = Entity(f"person/actor-{one}", Kind.PERSON, f"Actor {one}")
        name = f"Character {number} {place}"
        character = Entity(f"character/character-{number}-{place}", Kind.CHARACTER, name)
        who, whom = f"P{place + 3}", f"C{place + 1}"
        said = words.sentence((who, actor), "plays", (whom, character), "with much care")
        relations.append(Relation(RelationName.CAST, "F1", who, said, _score(chance), whom))
    made = []
    for place in range(references):
        other = known[(number + 1 + chance.randrange(max(1, len(known) - 1))) % len(known)]
        if other.id in {reference.id for reference in words.entities.values()}:
            continue
        cited = f"F{place + 2}"
        said = words.sentence("this reminds one of", (cited, other), "in many of its scenes")
        made.append(Reference("F1", cited, chance.choice(_KINDS), said, _score(chance)))
    length = words.sentence(f"{80 + number % 60} min")
    grade = words.sentence(f"{index % 5 + 1}/5")
    text = words.text
    linked_page = Page(
        f"page-{index}",
        f"https://reviews.example/{index}",
        text,
        (Zone(ZoneKind.PROSE, 0, len(text)),),
        (Stated(Field.DURATION, str(80 + number % 60), length),),
        (Rating(grade.exact, index % 5 + 1.0, 5.0, (index % 5 + 1) / 5, evidence=grade),),
        url=f"https://reviews.example/{index}",
        critic=f"Critic {index % 300}",
        publication=f"Paper {index % 40}",
        date=f"20{index % 20:02d}-0{index % 9 + 1}-11",
    )
    clusters = tuple(
        Cluster(one, entity.kind, entity.name, tuple(words.mentions[one]))
        for one, entity in words.entities.items()
    )
    links = tuple(Link(one, entity, 0.95) for one, entity in words.entities.items())
    extraction = Extraction(linked_page, clusters, tuple(relations), tuple(made), "F1", "by rule")
    return LinkedPage(extraction, links)


def _score(chance: random.Random) -> float:
    return round(chance.uniform(0.5, 1.0), 4)


class _Words:
    """Builds a text and remembers where its names stand."""

    def __init__(self) -> None:
        self.text = ""
        self.entities: dict[str, Entity] = {}
        self.mentions: dict[str, list[Mention]] = {}

    def name(self, cluster: str, entity: Entity) -> None:
        self.entities[cluster] = entity
        self.mentions.setdefault(cluster, [])

    def sentence(self, *parts: str | tuple[str, Entity]) -> Evidence:
        start = len(self.text)
        for part in parts:
            if isinstance(part, tuple):
                self.name(*part)
            cluster = part if isinstance(part, str) else part[0]
            if cluster in self.entities:
                entity = self.entities[cluster]
                here = len(self.text)
                self.mentions[cluster].append(
                    Mention(here, here + len(entity.name), entity.kind, 0.95)
                )
                self.text += entity.name + " "
            else:
                self.text += cluster + " "
        self.text = self.text.rstrip() + ". "
        span = Span(start, len(self.text) - 1)
        return Evidence(span.words(self.text), span)
