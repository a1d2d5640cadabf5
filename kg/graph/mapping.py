"""A linked page becomes RDF: its claims, and the quads of its graph.

Everything is determined by the page alone: the same page gives the same quads in the same order,
and no node is blank.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.claims import PageClaims, ReferenceNode
from kg.graph.corrections import NO_CORRECTIONS, Corrections
from kg.graph.entities import describe, name
from kg.graph.iris import Iris
from kg.graph.page import PageNodes
from kg.graph.passages import Passages
from kg.graph.ratings import rating_triples
from kg.graph.reviews import Reviews, review_triples
from kg.graph.terms import Quad, Triple, moment, outside_iri, share, text
from kg.model import Claim, LinkedPage, Literal
from kg.vocab import BASE, FK, RDF, SCHEMA

MAPPING_VERSION = "2"
"""Goes up with every change of the quads that a page gives: all pages are then written again."""


def claims_of(
    linked: LinkedPage, *, base: str = BASE, corrections: Corrections = NO_CORRECTIONS
) -> Iterator[Claim]:
    """What the page states, each statement once with all its passages, sorted.

    KgError where a relation names a cluster that linking left out.
    """
    nodes = PageNodes(linked, Iris(base))
    yield from PageClaims(nodes, Reviews(nodes), corrections).gather()


def page_graph(page_id: str, *, base: str = BASE) -> str:
    """The name of the graph that holds what a page says: the page's own IRI."""
    return Iris(base).source(page_id)


def quads_of(
    linked: LinkedPage, *, base: str = BASE, corrections: Corrections = NO_CORRECTIONS
) -> Iterator[Quad]:
    """The graph of one page, each quad once, sorted by subject, predicate and object.

    `corrections` leave out what the user has called wrong, with all that hangs on it.
    """
    nodes = PageNodes(linked, Iris(base))
    graph = nodes.source
    triples = set(_Page(nodes, corrections).triples()) - corrections.refuted_of(nodes.source)
    for triple in sorted(triples, key=order):
        yield Quad(*triple, graph)


def order(triple: Triple) -> tuple[str, str, bool, str, str, str]:
    """Sorts triples by subject, predicate and object, IRIs before literals."""
    obj = triple.object
    if isinstance(obj, Literal):
        return triple.subject, triple.predicate, True, obj.value, obj.datatype, obj.language
    return triple.subject, triple.predicate, False, obj, "", ""


class _Page:
    """Puts the parts of one page's graph together."""

    def __init__(self, nodes: PageNodes, corrections: Corrections) -> None:
        self._nodes = nodes
        self._reviews = Reviews(nodes)
        self._gathered = PageClaims(nodes, self._reviews, corrections)
        self._claims = self._gathered.gather()
        self._passages = Passages(nodes, self._reviews)

    def triples(self) -> Iterator[Triple]:
        """The whole graph; some triples come more than once."""
        statements = list(self._statements())
        # words before reviews: a passage in a snippet that nobody signed makes it a review
        words = list(self._passages.triples())
        yield from statements
        yield from words
        for review in self._reviews.all():
            yield from review_triples(review, self._nodes)
        yield from self._page()
        for entity in self._nodes.used.values():
            yield from describe(entity, iris=self._nodes.iris)

    def _statements(self) -> Iterator[Triple]:
        for claim in self._claims:
            yield from self._claim(claim)
        for role in self._gathered.roles.values():
            yield Triple(role.iri, RDF.type, SCHEMA.PerformanceRole)
            yield from name(role.iri, role.character_name)
            yield Triple(role.iri, SCHEMA.actor, role.actor)
            yield Triple(role.iri, SCHEMA.characterName, text(role.character_name))
            yield Triple(role.iri, FK.playsCharacter, role.character)
        for reference in self._gathered.references.values():
            yield from self._reference(reference)
        for review in self._reviews.all():
            for rating in review.ratings:
                yield from rating_triples(rating, review.iri, self._nodes, self._passages)

    def _claim(self, claim: Claim) -> Iterator[Triple]:
        yield Triple(claim.subject, claim.predicate, claim.object)
        node = self._nodes.iris.claim(
            claim.subject, claim.predicate, claim.object, self._nodes.page.id
        )
        yield Triple(node, RDF.type, FK.Claim)
        yield Triple(node, RDF.subject, claim.subject)
        yield Triple(node, RDF.predicate, claim.predicate)
        yield Triple(node, RDF.object, claim.object)
        yield Triple(node, FK.confidence, share(claim.score))
        for evidence in claim.evidence:
            yield Triple(node, FK.passage, self._passages.node(evidence))

    def _reference(self, reference: ReferenceNode) -> Iterator[Triple]:
        node = reference.iri
        yield Triple(node, RDF.type, FK.Reference)
        yield Triple(node, FK.from_, reference.citing)
        yield Triple(node, FK.to, reference.cited)
        yield Triple(node, FK.kind, reference.kind)
        yield Triple(node, FK.statedIn, reference.review)
        yield Triple(node, FK.confidence, share(reference.score))
        shared: set[str] = set()
        for evidence in reference.evidence:
            yield Triple(node, FK.passage, self._passages.node(evidence))
            shared.update(self._passages.quotations(evidence))
        if shared:
            # one is enough to count by, and every page that has the words chooses the same
            yield Triple(node, FK.quotation, min(shared))

    def _page(self) -> Iterator[Triple]:
        page, source = self._nodes.page, self._nodes.source
        yield Triple(source, RDF.type, FK.Source)
        yield Triple(source, RDF.type, SCHEMA.WebPage)
        yield from name(source, page.source or page.id)
        address = outside_iri(page.url)
        if address is not None:
            yield Triple(source, SCHEMA.url, address)
        if page.source and (address is None or page.source != page.url):
            yield Triple(source, FK.location, text(page.source))
        if page.date:
            yield Triple(source, SCHEMA.datePublished, moment(page.date))
