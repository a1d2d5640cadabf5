"""What the catalogue knows, in a graph of its own: no page says it, so nothing is claimed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.graph.entities import describe, identity, name
from kg.graph.iris import Iris
from kg.graph.terms import Quad, Term, Triple, is_year, text, year
from kg.model import CatalogueFact, Entity, Field
from kg.vocab import BASE, FK, RDF, SCHEMA

_PREDICATES = {
    Field.OTHER_TITLE: SCHEMA.alternateName,
    Field.DIRECTOR: SCHEMA.director,
    Field.WRITER: FK.screenwriter,
    Field.PRODUCER: SCHEMA.producer,
    Field.CINEMATOGRAPHER: FK.cinematographer,
    Field.COMPOSER: SCHEMA.musicBy,
    Field.EDITOR: SCHEMA.editor,
    Field.CAST: SCHEMA.actor,
    Field.COMPANY: SCHEMA.productionCompany,
    Field.DISTRIBUTOR: FK.distributor,
    Field.COUNTRY: SCHEMA.countryOfOrigin,
    Field.LANGUAGE: SCHEMA.inLanguage,
    Field.GENRE: SCHEMA.genre,
    Field.BASED_ON: SCHEMA.isBasedOn,
}


def catalogue_quads(facts: Iterable[CatalogueFact], *, base: str = BASE) -> Iterator[Quad]:
    """The catalogue's facts, and descriptions of all that they name.

    A quad may come more than once; the store keeps it once.
    """
    iris = Iris(base)
    described: set[str] = set()
    for fact in facts:
        for entity in (fact.subject, fact.value):
            if isinstance(entity, Entity) and entity.id not in described:
                described.add(entity.id)
                for triple in _known(entity, iris):
                    yield Quad(*triple, iris.catalogue)
        for triple in _fact(fact, iris):
            yield Quad(*triple, iris.catalogue)


def _known(entity: Entity, iris: Iris) -> Iterator[Triple]:
    yield from describe(entity, iris=iris)
    if entity.year is not None:
        yield Triple(iris.entity(entity.id), SCHEMA.datePublished, year(entity.year))


def _fact(fact: CatalogueFact, iris: Iris) -> Iterator[Triple]:
    subject = iris.entity(fact.subject.id)
    value = fact.value
    if isinstance(value, Entity):
        node = iris.entity(value.id)
        yield Triple(subject, _PREDICATES[fact.field], node)
        if fact.field is Field.CAST and fact.part:
            yield from _role(subject, node, fact.part, iris)
        return
    literal = _literal(fact.field, value.strip())
    if literal is not None:
        yield Triple(subject, *literal)


def _literal(what: Field, value: str) -> tuple[str, Term] | None:
    """Predicate and object of a plain value; None for a value that says nothing."""
    match what:
        case Field.TITLE:
            return None  # the label says it
        case Field.YEAR:
            return (SCHEMA.datePublished, year(int(value))) if is_year(value) else None
        case Field.DURATION:
            return (SCHEMA.duration, text(f"PT{int(value)}M")) if value.isdecimal() else None
        case Field.IDENTIFIER:
            return identity(value)
        case _:
            return (_PREDICATES[what], text(value)) if value else None


def _role(film: str, actor: str, part: str, iris: Iris) -> Iterator[Triple]:
    node = iris.role(film, actor, part)
    yield Triple(film, FK.part, node)
    yield Triple(node, RDF.type, SCHEMA.PerformanceRole)
    yield from name(node, part)
    yield Triple(node, SCHEMA.actor, actor)
    yield Triple(node, SCHEMA.characterName, text(part))
