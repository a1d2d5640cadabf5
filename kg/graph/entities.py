"""What is said of a thing itself, whichever page names it: its class, its names, its outside IRIs.

None of it is a claim of the page: it is what the name was resolved to.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.iris import Iris
from kg.graph.terms import Triple, clean_iri, is_absolute, text, truth
from kg.model import Entity, Kind
from kg.vocab import FK, OWL, PREFIXES, RDF, RDFS, SCHEMA, WORK_TYPES

_CLASSES = {
    Kind.FILM: SCHEMA.Movie,
    Kind.WORK: SCHEMA.CreativeWork,
    Kind.PERSON: SCHEMA.Person,
    Kind.CHARACTER: FK.Character,
    Kind.ORGANISATION: SCHEMA.Organization,
    Kind.AWARD: FK.Award,
}


def classes_of(entity: Entity) -> Iterator[str]:
    """The classes of an entity: that of its kind, and for a work schema.org's closer one."""
    yield _CLASSES[entity.kind]
    if entity.kind is Kind.WORK and entity.work_type in WORK_TYPES:
        yield SCHEMA.NAMESPACE + entity.work_type


def describe(entity: Entity, *, iris: Iris) -> Iterator[Triple]:
    """The class, label, other names, outside identifiers and standing of an entity."""
    subject = iris.entity(entity.id)
    for one in classes_of(entity):
        yield Triple(subject, RDF.type, one)
    yield from name(subject, entity.name)
    for other in sorted(set(entity.other_names) - {entity.name, ""}):
        yield Triple(subject, SCHEMA.alternateName, text(other))
    for outside in sorted(set(entity.same_as)):
        yield from _identity(subject, outside)
    yield Triple(subject, FK.linked, truth(entity.linked))


def name(subject: str, words: str) -> Iterator[Triple]:
    """The one label that a node carries, for RDF's tools and for schema.org's."""
    yield Triple(subject, RDFS.label, text(words))
    yield Triple(subject, SCHEMA.name, text(words))


def _identity(subject: str, outside: str) -> Iterator[Triple]:
    """Wikidata describes the same thing; a web page about it is only its sign."""
    if not is_absolute(outside):
        return
    iri = clean_iri(outside)
    if iri.startswith(PREFIXES["wd"]):
        yield Triple(subject, OWL.sameAs, iri)
    else:
        yield Triple(subject, SCHEMA.sameAs, iri)
