"""What an endpoint says of itself and of its data: SPARQL Service Description and VoID, as RDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.graph.ntriples import engine_term, node
from kg.graph.prefixes import prefixes_of
from kg.graph.protocol import GRAPH_FORMATS
from kg.graph.terms import Triple, number, text
from kg.vocab import PREFIXES, RDF, RDFS

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_VOID: Final = PREFIXES["void"]
_DCTERMS: Final = PREFIXES["dcterms"]
_FOAF: Final = "http://xmlns.com/foaf/0.1/"
_RESULTS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
    "TriG",
    "N-Quads",
)
_INPUTS: Final = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")
_VOCABULARIES: Final = ("schema", "fk", "oa", "owl", "rdfs")


@dataclass(frozen=True, slots=True)
class Service:
    """Where a server's parts are: absolute addresses."""

    root: str
    sparql: str
    graphs: str
    void: str
    writable: bool


@dataclass(frozen=True, slots=True)
class Size:
    """How much a graph holds: triples in all, and things by class; None where it isn't known."""

    triples: int | None
    classes: Mapping[str, int]


def service_description(service: Service, base: str) -> Iterator[Triple]:
    """The service in the vocabulary that W3C gave it."""
    this = service.sparql + "#service"
    dataset = service.void + "#dataset"
    default = service.sparql + "#default-graph"
    yield Triple(this, RDF.type, _SD + "Service")
    yield Triple(this, _SD + "endpoint", service.sparql)
    yield Triple(this, RDFS.label, text("film-kg"))
    yield Triple(this, _SD + "supportedLanguage", _SD + "SPARQL11Query")
    if service.writable:
        yield Triple(this, _SD + "supportedLanguage", _SD + "SPARQL11Update")
        for name in _INPUTS:
            yield Triple(this, _SD + "inputFormat", _FORMATS + name)
    for name in _RESULTS:
        yield Triple(this, _SD + "resultFormat", _FORMATS + name)
    yield Triple(this, _SD + "defaultEntailmentRegime", "http://www.w3.org/ns/entailment/Simple")
    yield Triple(this, _SD + "defaultDataset", dataset)
    yield Triple(this, PREFIXES["rdfs"] + "seeAlso", service.graphs)
    yield Triple(this, PREFIXES["rdfs"] + "seeAlso", service.void)
    yield Triple(this, PREFIXES["rdfs"] + "comment", text(_about(service, base)))
    yield Triple(dataset, RDF.type, _SD + "Dataset")
    yield Triple(dataset, RDF.type, _VOID + "Dataset")
    yield Triple(dataset, _SD + "defaultGraph", default)
    yield Triple(default, RDF.type, _SD + "Graph")
    yield Triple(
        default,
        RDFS.label,
        text("what the pages say, each distinct triple once, in whatever graph it stands"),
    )


def _about(service: Service, base: str) -> str:
    written = (
        "With the token of this server, graphs can be replaced (PUT), added to (POST) and removed "
        "(DELETE) there, and SPARQL Update is taken here."
        if service.writable
        else "This server changes nothing."
    )
    return (
        f"Each page has a named graph, its own IRI below {base}source/, and the default graph has "
        "what they say, each triple once; claims and passages stand there alone. What the "
        f"catalogue knows stands in the graph {base}catalogue alone. Whole graphs are read by the "
        f"SPARQL 1.1 Graph Store HTTP Protocol at {service.graphs}, as ?graph=IRI or ?default. "
        f"{written} SERVICE and LOAD are refused."
    )


def dataset_description(service: Service, base: str, size: Size) -> Iterator[Triple]:
    """The data set in VoID."""
    dataset = service.void + "#dataset"
    yield Triple(service.void, RDF.type, _VOID + "DatasetDescription")
    yield Triple(service.void, _FOAF + "primaryTopic", dataset)
    yield Triple(dataset, RDF.type, _VOID + "Dataset")
    yield Triple(dataset, _DCTERMS + "title", text("A knowledge graph of films, from reviews"))
    yield Triple(
        dataset,
        _DCTERMS + "description",
        text(
            "Films, people, parts, and the films that reviews bring in, with the words that say so"
        ),
    )
    yield Triple(dataset, _FOAF + "homepage", service.root)
    yield Triple(dataset, _VOID + "sparqlEndpoint", service.sparql)
    yield Triple(dataset, _VOID + "uriSpace", text(base))
    yield Triple(dataset, _VOID + "dataDump", service.graphs + "?default")
    yield Triple(dataset, _VOID + "uriLookupEndpoint", service.root + "search?q=")
    for name in _VOCABULARIES:
        yield Triple(dataset, _VOID + "vocabulary", PREFIXES[name])
    for name in ("Turtle", "JSON-LD", "N-Triples", "RDF_XML"):
        yield Triple(dataset, _VOID + "feature", _FORMATS + name)
    if size.triples is not None:
        yield Triple(dataset, _VOID + "triples", number(size.triples))
    if size.classes:
        yield Triple(dataset, _VOID + "classes", number(len(size.classes)))
    for place, (one, count) in enumerate(sorted(size.classes.items()), 1):
        part = f"{service.void}#class-{place}"
        yield Triple(dataset, _VOID + "classPartition", part)
        yield Triple(part, _VOID + "class", one)
        yield Triple(part, _VOID + "entities", number(count))


def written_as(triples: Iterator[Triple], format_name: str, base: str) -> bytes:
    """Some triples as a document in one of the formats for graphs."""
    prefixes = {**prefixes_of(base), "sd": _SD, "foaf": _FOAF}
    prefixes["format"] = _FORMATS
    content = ox.serialize(
        [
            ox.Triple(node(one.subject), node(one.predicate), engine_term(one.object))
            for one in triples
        ],
        format=GRAPH_FORMATS[format_name],
        prefixes=prefixes,
    )
    return content or b""
