"""The words behind facts, as nodes: shared by all that one sentence says."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.fold import fold
from kg.graph.page import PageNodes
from kg.graph.reviews import Reviews
from kg.graph.terms import Triple, number, text
from kg.model import Evidence, Span
from kg.vocab import FK, OA, RDF

_SENTENCE_ENDS = (". ", "! ", "? ", ".\n", "!\n", "?\n", "\n")
_LONGEST_SENTENCE = 600


class Passages:
    """The passages of one page; asking for one makes it a part of the graph."""

    def __init__(self, nodes: PageNodes, reviews: Reviews) -> None:
        self._nodes = nodes
        self._reviews = reviews
        self._evidence: dict[str, Evidence] = {}
        # the same words on several pages count once, by the words themselves
        self._shared = [(one.span, fold(one.exact)) for one in nodes.linked.quotations]
        for quotation in nodes.linked.quotations:
            self.node(Evidence(quotation.exact, quotation.span))

    def node(self, evidence: Evidence) -> str:
        """The IRI of a passage."""
        iri = self._nodes.iris.passage(self._nodes.page.id, evidence)
        self._evidence.setdefault(iri, evidence)
        return iri

    def quotations(self, evidence: Evidence) -> tuple[str, ...]:
        """The shared words among those of `evidence`, as quotation nodes; usually none."""
        if evidence.span is None:
            return ()
        return tuple(
            sorted(
                {
                    self._nodes.iris.quotation(words)
                    for span, words in self._shared
                    if span.overlaps(evidence.span)
                }
            )
        )

    def triples(self) -> Iterator[Triple]:
        """Every passage that was asked for, and the quotations of the page."""
        page = self._nodes.page
        for iri, evidence in self._evidence.items():
            span = evidence.span
            yield Triple(iri, RDF.type, FK.Passage)
            yield Triple(iri, OA.hasSource, self._nodes.source)
            if span is None:
                yield Triple(iri, OA.exact, text(evidence.exact))
                yield Triple(iri, FK.where, text(evidence.where))
            else:
                yield Triple(iri, OA.exact, text(span.words(page.text)))
                yield Triple(iri, OA.start, number(span.start))
                yield Triple(iri, OA.end, number(span.end))
            if (review := self._reviews.at(span)) is not None:
                yield Triple(iri, FK.statedIn, review.iri)
        for span, words in self._shared:
            quotation = self._nodes.iris.quotation(words)
            yield Triple(quotation, RDF.type, FK.Quotation)
            yield Triple(quotation, FK.passage, self._nodes.iris.span(page.id, span))


def sentence_around(page_text: str, span: Span) -> Evidence:
    """The sentence in which a name stands, by the plainest signs: full stops and line ends.

    For names that no relation or reference of the page gives evidence for.
    """
    floor = max(0, span.start - _LONGEST_SENTENCE)
    starts = (
        page_text.rfind(sign, floor, span.start) + len(sign)
        for sign in _SENTENCE_ENDS
        if page_text.rfind(sign, floor, span.start) >= 0
    )
    ceiling = min(len(page_text), span.end + _LONGEST_SENTENCE)
    ends = [page_text.find(sign, span.end, ceiling) + 1 for sign in _SENTENCE_ENDS]
    start = max(starts, default=floor)
    end = min((one for one in ends if one > 0), default=ceiling)
    words = page_text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return Evidence(page_text[start:end], Span(start, end))
