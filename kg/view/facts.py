"""What the pictures and tables show of a graph: plain values, joined by IRI."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import ReferenceKind


@dataclass(frozen=True, slots=True)
class Thing:
    """A film, work or person. `kind` is film, work or person; `links` are outside http(s) pages."""

    iri: str
    kind: str
    label: str
    year: int | None = None
    other_names: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of a review that state something. `confidence` is None where the graph gives none."""

    exact: str
    confidence: float | None = None
    review: str = ""
    critic: str = ""
    publication: str = ""
    source: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """One film refers to another film or work in one way, as stated by one or more reviews.

    `reviews` are the distinct reviews (IRIs) that state it, and their number is the tie's weight: a
    review that stands on two pages counts once, while `statements` shows both.
    """

    source: str
    target: str
    kind: ReferenceKind
    reviews: tuple[str, ...]
    statements: tuple[Statement, ...]

    @property
    def weight(self) -> int:
        """The number of distinct reviews that state the reference, at least 1."""
        return max(1, len(self.reviews))

    @property
    def confidence(self) -> float | None:
        """The best confidence among the statements; None where none has any."""
        return max(
            (s.confidence for s in self.statements if s.confidence is not None), default=None
        )


@dataclass(frozen=True, slots=True)
class Credit:
    """A person's work on a film: `role` is director, writer, producer, cast and so on."""

    film: str
    role: str
    person: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A review of a film: who wrote it, where it stands and the grade as printed."""

    iri: str
    film: str
    critic: str = ""
    publication: str = ""
    source: str = ""
    url: str = ""
    rating: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is shown, in an order that depends on nothing but the graph's content."""

    things: Mapping[str, Thing]
    ties: tuple[Tie, ...] = ()
    credits: tuple[Credit, ...] = ()
    notices: tuple[Notice, ...] = ()


def web_address(iri: str) -> str:
    """`iri` where it is an address that a reader may safely follow (http or https), else ""."""
    lowered = iri.strip().casefold()
    return iri.strip() if lowered.startswith(("http://", "https://")) else ""
