"""The ratings that a page's structured data gives, on the scale that it names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.model import Evidence, Rating
from kg.read.ratings import make_rating
from kg.read.repair import mend
from kg.read.structured import Node, Structured

_REVIEWS: Final = frozenset(("review", "criticreview", "userreview"))
_SCALE: Final = ("ratingValue", "bestRating", "worstRating")


def ratings(film: Node, *, site: str = "") -> Iterator[Rating]:
    """The aggregate rating and the ratings of the reviews that the film's node holds.

    An aggregate that names nobody is the `site`'s.
    """
    for node in film.nodes("aggregaterating"):
        rating = _rating(node, critic="", publication=node.first("author", "name") or site)
        if rating:
            yield rating
    for review in film.nodes("review", "reviews"):
        yield from review_ratings(review)


def review_ratings(review: Node) -> Iterator[Rating]:
    """The rating that a review's node gives, with the one who gave it."""
    for node in review.nodes("reviewrating"):
        rating = _rating(
            node,
            critic=mend(review.first("author", "creator")),
            publication=mend(review.first("publisher")),
        )
        if rating:
            yield rating


def _rating(node: Node, *, critic: str, publication: str) -> Rating | None:
    value, best, worst = (_number(node.first(name.lower())) for name in _SCALE)
    if value is None or (worst is not None and worst < 0):  # -1..1 is a verdict, not a score
        return None
    inferred = best is None
    if best is None:
        best = 5.0 if value <= 5 else 10.0 if value <= 10 else 100.0  # schema.org's default is 5
    words = f"{round(value, 2):g}" + ("" if inferred else f"/{best:g}")
    rating = make_rating(words, value, best, inferred=inferred)
    exact = json.dumps({name: node.first(name.lower()) for name in _SCALE})
    return replace(
        rating,
        worst=worst or 0.0,
        critic=critic,
        publication=publication,
        evidence=Evidence(exact, None, node.where),
    )


def _number(words: str) -> float | None:
    match = re.fullmatch(r"\s*(-?\d+(?:[.,]\d+)?)\s*%?\s*", words)
    return float(match[1].replace(",", ".")) if match else None


def reviews(found: Structured) -> list[Node]:
    """The reviews at the top: the page's own, if it is one."""
    return [
        node
        for node in found.nodes
        if node.is_a(_REVIEWS) and (node.parent is None or node.role == "mainentity")
    ]
