"""What is said of a thing itself, whichever page names it: its class, its names, its outside IRIs.

None of it is a claim of the page: it is what the name was resolved to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.graph.iris import Iris
from kg.graph.terms import Triple, outside_iri, text, truth
from kg.model import Entity, Kind
from kg.vocab import FK, OWL, PREFIXES, RDF, RDFS, SCHEMA, WORK_TYPES

_WIKIDATA = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/(Q[1-9]\d*)")
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
        same = identity(outside)
        if same is not None:
            yield Triple(subject, *same)
    yield Triple(subject, FK.linked, truth(entity.linked))


def name(subject: str, words: str) -> Iterator[Triple]:
    """The one label that a node carries, for RDF's tools and for schema.org's."""
    yield Triple(subject, RDFS.label, text(words))
    yield Triple(subject, SCHEMA.name, text(words))


def identity(outside: str) -> tuple[str, str] | None:
    """Predicate and IRI for an identifier elsewhere; None for what can be no IRI.

    Wikidata describes the same thing; any other address is a page about it, and only its sign.
    """
    iri = outside_iri(outside)
    if iri is None:
        return None
    item = _WIKIDATA.fullmatch(iri)
    return (OWL.sameAs, PREFIXES["wd"] + item[1]) if item else (SCHEMA.sameAs, iri)
