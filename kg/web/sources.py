"""What the page of a source holds: the reviews that stand in it, and what each sentence says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.graph.store import Store
from kg.view.facts import web_address
from kg.vocab import FK, RDF, RDFS, SCHEMA
from kg.web.sayings import Node, Notice, Sayings, Sentence, plain

_STATEMENT = {
    SCHEMA.director: "is directed by",
    FK.screenwriter: "is written by",
    SCHEMA.producer: "is produced by",
    FK.cinematographer: "is photographed by",
    SCHEMA.musicBy: "has music by",
    SCHEMA.editor: "is edited by",
    SCHEMA.actor: "has in its cast",
    SCHEMA.character: "has the character",
    FK.part: "has the part",
    SCHEMA.isBasedOn: "is based on",
    SCHEMA.productionCompany: "is made by",
    FK.distributor: "is distributed by",
    SCHEMA.award: "is honoured with",
    SCHEMA.spouse: "is married to",
    SCHEMA.relatedTo: "is related to",
    SCHEMA.countryOfOrigin: "comes from",
    SCHEMA.inLanguage: "is in",
    SCHEMA.duration: "lasts",
    SCHEMA.datePublished: "is of the year",
    SCHEMA.genre: "is of the genre",
    SCHEMA.alternateName: "is also called",
    FK.remakeOf: "is a remake of",
    FK.sequelOf: "continues",
    FK.alludesTo: "alludes to",
    FK.comparedTo: "is compared with",
    FK.sharesPeopleWith: "shares people with",
    SCHEMA.author: "is by",
    SCHEMA.publisher: "is published by",
    SCHEMA.mentions: "names",
    FK.names: "names",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim in words: subject, how they stand, object (a node, or words)."""

    claim: str
    subject: Node
    words: str
    object: Node | None
    value: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence and all that it was read as."""

    sentence: Sentence
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Everything that is shown of one source."""

    iri: str
    label: str
    url: str
    date: str
    reviews: tuple[Notice, ...]
    told: tuple[Told, ...]


def source(store: Store, iri: str) -> SourcePage:
    """The source of that IRI."""
    sayings = Sayings(store)
    about = sayings.about(iri)
    reviews = sorted(
        triple.subject for triple in store.triples(None, SCHEMA.isPartOf, iri, graph=iri)
    )
    return SourcePage(
        iri,
        label=about.text(RDFS.label) or iri,
        url=web_address(about.text(SCHEMA.url)),
        date=about.text(SCHEMA.datePublished),
        reviews=tuple(sayings.notice(one) for one in reviews),
        told=tuple(_told(store, sayings, iri)),
    )


def _told(store: Store, sayings: Sayings, page: str) -> Iterator[Told]:
    by_passage: dict[str, dict[tuple[str, str, str], Statement]] = {}
    claims = {one.subject for one in store.evidence(page) if one.predicate == RDF.subject}
    references = (one.subject for one in store.triples(None, RDF.type, FK.Reference, graph=page))
    for iri in (*sorted(claims), *references):
        statement = _statement(sayings, iri)
        place = statement.subject.iri, statement.words, statement.value
        for passage in sayings.about(iri).iris(FK.passage):
            by_passage.setdefault(passage, {}).setdefault(place, statement)
    found = [
        Told(sayings.sentence(passage), tuple(sorted(statements.values(), key=_statement_order)))
        for passage, statements in by_passage.items()
    ]
    yield from sorted(found, key=lambda one: (one.sentence.start or 0, one.sentence.words))


def _statement(sayings: Sayings, iri: str) -> Statement:
    about = sayings.about(iri)
    if about.text(FK.kind):
        subject, obj = about.text(FK.from_), about.text(FK.to)
        words = _LOWER.get(about.text(FK.kind), "names")
        node: Node | None = sayings.node(obj)
        value = obj
    else:
        subject, predicate = about.text(RDF.subject), about.text(RDF.predicate)
        words = _STATEMENT.get(predicate, predicate.rpartition("/")[2].rpartition("#")[2])
        objects = about.iris(RDF.object)
        node = sayings.node(objects[0]) if objects else None
        value = plain(about[RDF.object][0])
        if predicate == SCHEMA.duration:
            value = f"{value.removeprefix('PT').removesuffix('M')} min"
        if predicate == FK.part and objects:
            role = sayings.about(objects[0])
            actors = sayings.nodes(role.iris(SCHEMA.actor))
            played = ", ".join(one.label for one in actors)
            node = Node(objects[0], f"{sayings.node(objects[0]).label} ({played})")
    return Statement(iri, sayings.node(subject), words, node, value, about.number(FK.confidence))


_LOWER = {
    FK.Remake: _STATEMENT[FK.remakeOf],
    FK.Sequel: _STATEMENT[FK.sequelOf],
    FK.Allusion: _STATEMENT[FK.alludesTo],
    FK.Comparison: _STATEMENT[FK.comparedTo],
    FK.Filmography: _STATEMENT[FK.sharesPeopleWith],
    FK.Mention: "is reviewed beside",
}


def _statement_order(one: Statement) -> tuple[str, str, str]:
    return one.subject.label, one.words, one.object.label if one.object else one.value
