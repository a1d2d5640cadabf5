"""What the page of any other node holds: its properties, what points to it, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Final

from kg.graph.described import folder_of
from kg.graph.prefixes import prefixes_of, shorten
from kg.graph.store import Store
from kg.graph.terms import Term
from kg.vocab import RDF, RDFS, SCHEMA
from kg.web.sayings import Node, Sayings, Sentence, plain

_MOST: Final = 200
_TITLES: Final = {
    "role": "Part",
    "review": "Review",
    "rating": "Grade",
    "reference": "Reference",
    "quotation": "Words that several pages share",
    "claim": "Claim",
    "passage": "Passage",
    "source": "Source",
}


@dataclass(frozen=True, slots=True)
class Value:
    """A node or words."""

    node: Node | None
    words: str


@dataclass(frozen=True, slots=True)
class Property:
    """A predicate, shortened, and its values."""

    iri: str
    short: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class NodePage:
    """Everything that is shown of a node that has no page of a kind of its own."""

    iri: str
    kind: str
    label: str
    properties: tuple[Property, ...]
    incoming: tuple[Property, ...]
    sentences: tuple[Sentence, ...]
    catalogue_only: bool
    more: bool


def node_page(store: Store, iri: str) -> NodePage:
    """The node of that IRI, from the pages or, if only it knows the node, from the catalogue."""
    sayings = Sayings(store)
    graph = None
    if not any(True for _ in store.triples(iri)):
        graph = store.iris.catalogue
    folder = folder_of(store, iri)
    kind = _TITLES.get(folder, folder.capitalize() or "Node")
    incoming = list(islice(store.triples(None, None, iri, graph=graph), _MOST + 1))
    prefixes = prefixes_of(store.base)
    about = sayings.about(iri, graph=graph)
    sentences = sayings.sentences(about)
    if folder == "passage":
        sentences = (sayings.sentence(iri),)
    return NodePage(
        iri,
        kind,
        _title(sayings, iri, kind),
        _properties(
            sayings,
            [
                (triple.predicate, triple.object)
                for triple in store.triples(iri, graph=graph)
                if triple.predicate not in (RDF.type, RDFS.label, SCHEMA.name)
            ],
            prefixes,
        ),
        _properties(
            sayings, [(triple.predicate, triple.subject) for triple in incoming[:_MOST]], prefixes
        ),
        sentences,
        graph is not None,
        len(incoming) > _MOST,
    )


def _title(sayings: Sayings, iri: str, kind: str) -> str:
    label = sayings.node(iri).label
    return kind if label == iri.removeprefix(sayings.store.base) else label


def _properties(
    sayings: Sayings, said: list[tuple[str, Term]], prefixes: dict[str, str]
) -> tuple[Property, ...]:
    by_predicate: dict[str, list[Value]] = {}
    for predicate, term in said:
        node = None
        if isinstance(term, str):
            inside = bool(folder_of(sayings.store, term))
            node = sayings.node(term) if inside else Node(term, shorten(term, prefixes))
        by_predicate.setdefault(predicate, []).append(Value(node, plain(term)))
    return tuple(
        Property(
            predicate,
            shorten(predicate, prefixes),
            tuple(
                sorted(values, key=lambda value: value.node.label if value.node else value.words)
            ),
        )
        for predicate, values in sorted(by_predicate.items())
    )
