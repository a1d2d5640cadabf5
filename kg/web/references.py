"""References between films as pages show them: by kind, by film, each with its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.graph.store import Store
from kg.vocab import FK
from kg.web.sayings import Node, Sayings, Sentence

# how a reference reads from the film that makes it and from the one that it is made to
KINDS = {
    FK.Remake: ("A remake of", "Remade as"),
    FK.Sequel: ("In one series with", "In one series with"),
    FK.Allusion: ("Alludes to", "Alluded to by"),
    FK.Comparison: ("Compared with", "Compared with, in reviews of"),
    FK.Filmography: ("Shares people with", "Shares people with"),
    FK.Mention: ("Also named", "Also named in reviews of"),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """All that reviews say of two films in one way. `films` are citing and cited."""

    citing: Node
    cited: Node
    sentences: tuple[Sentence, ...]
    reviews: int

    @property
    def confidence(self) -> float:
        """That of the surest sentence."""
        return max((one.confidence or 0.0 for one in self.sentences), default=0.0)


@dataclass(frozen=True, slots=True)
class ReferenceGroup:
    """The references of one kind, those that most reviews make first."""

    kind: str
    title: str
    references: tuple[Reference, ...]


def references_from(store: Store, sayings: Sayings, iri: str) -> tuple[ReferenceGroup, ...]:
    """What reviews of the film bring in."""
    found = (triple.subject for triple in store.triples(None, FK.from_, iri))
    return tuple(_grouped(sayings, found, 0))


def references_to(store: Store, sayings: Sayings, iri: str) -> tuple[ReferenceGroup, ...]:
    """The films whose reviews bring this one in."""
    found = (triple.subject for triple in store.triples(None, FK.to, iri))
    return tuple(_grouped(sayings, found, 1))


def references_in(
    store: Store, sayings: Sayings, reviews: Iterable[str]
) -> tuple[ReferenceGroup, ...]:
    """What these reviews bring in: a critic's comparisons, or a publication's."""
    found = (
        triple.subject
        for review in reviews
        for triple in store.triples(None, FK.statedIn, review)
        if triple.subject.startswith(f"{store.base}reference/")
    )
    return tuple(_grouped(sayings, found, 0))


def _grouped(sayings: Sayings, iris: Iterable[str], side: int) -> Iterator[ReferenceGroup]:
    found: dict[str, dict[tuple[str, str], list[tuple[str, tuple[Sentence, ...]]]]] = {}
    for iri in iris:
        said = sayings.about(iri)
        films = said.text(FK.from_), said.text(FK.to)
        # words that several pages share are one voice
        voice = said.text(FK.quotation) or said.text(FK.statedIn)
        by_films = found.setdefault(said.text(FK.kind), {})
        by_films.setdefault(films, []).append((voice, sayings.sentences(said)))
    for kind, titles in KINDS.items():
        references = [
            Reference(
                sayings.node(films[0]),
                sayings.node(films[1]),
                tuple(sentence for _, sentences in voices for sentence in sentences),
                len({voice for voice, _ in voices}),
            )
            for films, voices in found.get(kind, {}).items()
        ]
        if references:
            references.sort(
                key=lambda one: (-one.reviews, -one.confidence, one.cited.label, one.citing.label)
            )
            name = kind.rpartition("#")[2].lower()
            yield ReferenceGroup(name, titles[side], tuple(references))
