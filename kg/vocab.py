"""Names of the RDF terms that the project writes: closed namespaces, plain strings.

Each class below is one namespace and holds exactly the terms that are written to a graph, so that a
misspelt one fails when types are checked. `ontology/film.ttl` defines every term of `FK` and tells
how the project uses the others; a test holds the two against each other.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

BASE: Final = "https://w3id.org/film-kg/"

PREFIXES: Final = MappingProxyType(
    {
        "schema": "https://schema.org/",
        "fk": "https://w3id.org/film-kg/ontology#",
        "wd": "http://www.wikidata.org/entity/",
        "wdt": "http://www.wikidata.org/prop/direct/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "prov": "http://www.w3.org/ns/prov#",
        "oa": "http://www.w3.org/ns/oa#",
        "cito": "http://purl.org/spar/cito/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "sh": "http://www.w3.org/ns/shacl#",
        "void": "http://rdfs.org/ns/void#",
        "dcterms": "http://purl.org/dc/terms/",
    }
)


class FK:
    """Our own terms: where neither schema.org nor Web Annotation has one."""

    NAMESPACE: Final = PREFIXES["fk"]

    Award: Final = NAMESPACE + "Award"
    Character: Final = NAMESPACE + "Character"
    Claim: Final = NAMESPACE + "Claim"
    Passage: Final = NAMESPACE + "Passage"
    Quotation: Final = NAMESPACE + "Quotation"
    Reference: Final = NAMESPACE + "Reference"
    ReferenceKind: Final = NAMESPACE + "ReferenceKind"
    Source: Final = NAMESPACE + "Source"

    Remake: Final = NAMESPACE + "Remake"
    Sequel: Final = NAMESPACE + "Sequel"
    Allusion: Final = NAMESPACE + "Allusion"
    Comparison: Final = NAMESPACE + "Comparison"
    Filmography: Final = NAMESPACE + "Filmography"
    Mention: Final = NAMESPACE + "Mention"

    screenwriter: Final = NAMESPACE + "screenwriter"
    cinematographer: Final = NAMESPACE + "cinematographer"
    distributor: Final = NAMESPACE + "distributor"
    part: Final = NAMESPACE + "part"
    playsCharacter: Final = NAMESPACE + "playsCharacter"
    linked: Final = NAMESPACE + "linked"

    refersTo: Final = NAMESPACE + "refersTo"
    remakeOf: Final = NAMESPACE + "remakeOf"
    sequelOf: Final = NAMESPACE + "sequelOf"
    alludesTo: Final = NAMESPACE + "alludesTo"
    comparedTo: Final = NAMESPACE + "comparedTo"
    sharesPeopleWith: Final = NAMESPACE + "sharesPeopleWith"

    from_: Final = NAMESPACE + "from"
    to: Final = NAMESPACE + "to"
    kind: Final = NAMESPACE + "kind"
    statedIn: Final = NAMESPACE + "statedIn"
    names: Final = NAMESPACE + "names"

    confidence: Final = NAMESPACE + "confidence"
    passage: Final = NAMESPACE + "passage"
    where: Final = NAMESPACE + "where"
    quotation: Final = NAMESPACE + "quotation"
    location: Final = NAMESPACE + "location"

    asPrinted: Final = NAMESPACE + "asPrinted"
    normalisedScore: Final = NAMESPACE + "normalisedScore"
    inferredScale: Final = NAMESPACE + "inferredScale"


class SCHEMA:
    """The terms of schema.org that are written."""

    NAMESPACE: Final = PREFIXES["schema"]

    CreativeWork: Final = NAMESPACE + "CreativeWork"
    Movie: Final = NAMESPACE + "Movie"
    Organization: Final = NAMESPACE + "Organization"
    PerformanceRole: Final = NAMESPACE + "PerformanceRole"
    Person: Final = NAMESPACE + "Person"
    Rating: Final = NAMESPACE + "Rating"
    Review: Final = NAMESPACE + "Review"
    WebPage: Final = NAMESPACE + "WebPage"

    actor: Final = NAMESPACE + "actor"
    alternateName: Final = NAMESPACE + "alternateName"
    author: Final = NAMESPACE + "author"
    award: Final = NAMESPACE + "award"
    bestRating: Final = NAMESPACE + "bestRating"
    character: Final = NAMESPACE + "character"
    characterName: Final = NAMESPACE + "characterName"
    countryOfOrigin: Final = NAMESPACE + "countryOfOrigin"
    datePublished: Final = NAMESPACE + "datePublished"
    director: Final = NAMESPACE + "director"
    duration: Final = NAMESPACE + "duration"
    editor: Final = NAMESPACE + "editor"
    genre: Final = NAMESPACE + "genre"
    inLanguage: Final = NAMESPACE + "inLanguage"
    isBasedOn: Final = NAMESPACE + "isBasedOn"
    isPartOf: Final = NAMESPACE + "isPartOf"
    itemReviewed: Final = NAMESPACE + "itemReviewed"
    mentions: Final = NAMESPACE + "mentions"
    musicBy: Final = NAMESPACE + "musicBy"
    name: Final = NAMESPACE + "name"
    producer: Final = NAMESPACE + "producer"
    productionCompany: Final = NAMESPACE + "productionCompany"
    publisher: Final = NAMESPACE + "publisher"
    ratingValue: Final = NAMESPACE + "ratingValue"
    relatedTo: Final = NAMESPACE + "relatedTo"
    reviewRating: Final = NAMESPACE + "reviewRating"
    sameAs: Final = NAMESPACE + "sameAs"
    spouse: Final = NAMESPACE + "spouse"
    url: Final = NAMESPACE + "url"
    worstRating: Final = NAMESPACE + "worstRating"


class OA:
    """Web Annotation: where words stand in a page."""

    NAMESPACE: Final = PREFIXES["oa"]

    end: Final = NAMESPACE + "end"
    exact: Final = NAMESPACE + "exact"
    hasSource: Final = NAMESPACE + "hasSource"
    start: Final = NAMESPACE + "start"


class RDF:
    """RDF's own terms: types and the parts of a statement."""

    NAMESPACE: Final = PREFIXES["rdf"]

    object: Final = NAMESPACE + "object"
    predicate: Final = NAMESPACE + "predicate"
    subject: Final = NAMESPACE + "subject"
    type: Final = NAMESPACE + "type"


class RDFS:
    """The label of everything that has a name."""

    NAMESPACE: Final = PREFIXES["rdfs"]

    label: Final = NAMESPACE + "label"


class OWL:
    """Identity with a thing that another data set describes."""

    NAMESPACE: Final = PREFIXES["owl"]

    sameAs: Final = NAMESPACE + "sameAs"


class XSD:
    """The datatypes of literals; a plain string carries none of them."""

    NAMESPACE: Final = PREFIXES["xsd"]

    boolean: Final = NAMESPACE + "boolean"
    date: Final = NAMESPACE + "date"
    decimal: Final = NAMESPACE + "decimal"
    gYear: Final = NAMESPACE + "gYear"
    gYearMonth: Final = NAMESPACE + "gYearMonth"
    integer: Final = NAMESPACE + "integer"


# The schema.org classes that a work may be of, besides CreativeWork itself: closed as well, because
# the name of the class comes from the catalogue and must not be written unchecked.
WORK_TYPES: Final = frozenset(
    {
        "Article",
        "Book",
        "ComicStory",
        "CreativeWork",
        "CreativeWorkSeries",
        "Game",
        "MovieSeries",
        "MusicAlbum",
        "MusicComposition",
        "MusicRecording",
        "Painting",
        "Play",
        "PodcastSeries",
        "RadioSeries",
        "Sculpture",
        "ShortStory",
        "TVEpisode",
        "TVSeries",
        "VideoGame",
        "VisualArtwork",
    }
)
