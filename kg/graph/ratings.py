"""Grades as RDF: as printed, and on one scale from 0 to 1."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.graph.page import PageNodes
from kg.graph.passages import Passages
from kg.graph.terms import Triple, number, share, text, truth
from kg.model import Literal, Rating
from kg.vocab import FK, RDF, SCHEMA

_LETTER = re.compile(r"([A-F])\s*(?:([+＋]|plus)|([-–−]|minus))?", re.IGNORECASE)


def rating_triples(
    rating: Rating, review: str, nodes: PageNodes, passages: Passages
) -> Iterator[Triple]:
    """One grade of one review."""
    node = nodes.iris.rating(
        review, rating.as_printed, rating.value, rating.best, rating.worst, rating.evidence
    )
    yield Triple(review, SCHEMA.reviewRating, node)
    yield Triple(node, RDF.type, SCHEMA.Rating)
    yield Triple(node, FK.asPrinted, text(rating.as_printed))
    yield from _scale(rating, node)
    if rating.score is not None:
        yield Triple(node, FK.normalisedScore, share(rating.score))
    if rating.inferred:
        yield Triple(node, FK.inferredScale, truth(value=True))
    if rating.evidence is not None:
        yield Triple(node, FK.passage, passages.node(rating.evidence))


def _scale(rating: Rating, node: str) -> Iterator[Triple]:
    """Value, best and worst in the form in which the page prints them: numbers or letters."""
    value, best, worst = _printed(rating)
    if value is not None:
        yield Triple(node, SCHEMA.ratingValue, value)
    if best is not None:
        yield Triple(node, SCHEMA.bestRating, best)
        yield Triple(node, SCHEMA.worstRating, worst)


def _printed(rating: Rating) -> tuple[Literal | None, Literal | None, Literal]:
    letter = _LETTER.fullmatch(rating.as_printed.strip())
    if letter is not None:
        sign = "+" if letter[2] else "-" if letter[3] else ""
        return text(letter[1].upper() + sign), text("A+"), text("F")
    value = None if rating.value is None else number(rating.value)
    best = None if rating.best is None else number(rating.best)
    return value, best, number(rating.worst)
