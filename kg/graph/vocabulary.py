"""The shipped ontology and shapes, for whoever looks up their terms."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Final

import pyoxigraph as ox

from kg.graph.prefixes import prefixes_of, shorten
from kg.graph.protocol import GRAPH_FORMATS
from kg.resources import folder
from kg.vocab import BASE, FK, PREFIXES, RDF, RDFS

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

FILES: Final = {"ontology": "film.ttl", "shapes": "shapes.ttl"}
_OWL: Final = PREFIXES["owl"]
_SKOS: Final = PREFIXES["skos"]
_KINDS: Final = {
    _OWL + "Class": "Classes",
    _OWL + "ObjectProperty": "Properties",
    _OWL + "DatatypeProperty": "Properties",
    FK.ReferenceKind: "Kinds of reference",
}
_RELATIONS: Final = {
    PREFIXES["rdfs"] + "subClassOf": "below",
    PREFIXES["rdfs"] + "subPropertyOf": "below",
    PREFIXES["rdfs"] + "domain": "of",
    PREFIXES["rdfs"] + "range": "gives",
    _OWL + "equivalentClass": "same as",
    _OWL + "equivalentProperty": "same as",
    _OWL + "inverseOf": "inverse of",
    _SKOS + "exactMatch": "same as",
    _SKOS + "closeMatch": "close to",
}


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """One of our own terms. `relations` are how it stands to others, each with short names."""

    iri: str
    name: str
    label: str
    comment: str
    relations: tuple[tuple[str, tuple[str, ...]], ...]


def shipped(name: str) -> bytes:
    """The file of the ontology or of the shapes, as it is."""
    return (folder("ontology") / FILES[name]).read_bytes()


@cache
def written_vocabulary(name: str, format_name: str) -> bytes:
    """The ontology or the shapes in one of the formats for graphs."""
    if format_name == "turtle":
        return shipped(name)
    triples = [quad.triple for quad in ox.parse(shipped(name), format=ox.RdfFormat.TURTLE)]
    return (
        ox.serialize(triples, format=GRAPH_FORMATS[format_name], prefixes=prefixes_of(BASE)) or b""
    )


@cache
def defined_terms() -> dict[str, tuple[DefinedTerm, ...]]:
    """Our own terms, by what they are."""
    said: defaultdict[str, defaultdict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for quad in ox.parse(shipped("ontology"), format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode):
            said[quad.subject.value][quad.predicate.value].append(quad.object)
    found: dict[str, list[DefinedTerm]] = {kind: [] for kind in dict.fromkeys(_KINDS.values())}
    for iri in sorted(said):
        if not iri.startswith(FK.NAMESPACE):
            continue
        types = {one.value for one in said[iri][RDF.type] if isinstance(one, ox.NamedNode)}
        for kind in {_KINDS[one] for one in types if one in _KINDS}:
            found[kind].append(_term(iri, said[iri]))
    return {kind: tuple(terms) for kind, terms in found.items()}


def _term(iri: str, said: defaultdict[str, list[Node]]) -> DefinedTerm:
    prefixes = dict(PREFIXES)
    relations: defaultdict[str, list[str]] = defaultdict(list)
    for predicate, words in _RELATIONS.items():
        relations[words] += [
            shorten(one.value, prefixes) for one in said[predicate] if isinstance(one, ox.NamedNode)
        ]
    return DefinedTerm(
        iri,
        iri.removeprefix(FK.NAMESPACE),
        _words(said[RDFS.label]),
        _words(said[PREFIXES["rdfs"] + "comment"]),
        tuple((words, tuple(sorted(set(others)))) for words, others in relations.items() if others),
    )


def _words(terms: list[Node]) -> str:
    return next((" ".join(one.value.split()) for one in terms if isinstance(one, ox.Literal)), "")
