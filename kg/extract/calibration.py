"""From how sure the network is to how often it is right at that: one monotone curve a claim.

The curves are fitted on reviews that no weights were trained on (`kg.train.calibrating`) and lie
beside the thresholds in the weights' `meta.json`. They come last, so no rule or threshold sees
their values, and they change no order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from kg.errors import ModelError
from kg.model import Cluster, Mention, Reference, Relation, Span


@dataclass(frozen=True, slots=True)
class Curve:
    """Straight lines between points of ascending `scores`; `rights` never descend. All of 0..1."""

    scores: tuple[float, ...]
    rights: tuple[float, ...]

    def __call__(self, score: float) -> float:
        """The calibrated score, to three decimals."""
        at = bisect_right(self.scores, score)
        if at == len(self.scores):
            return round(self.rights[-1], 3)
        low, high = (0.0, self.scores[0]) if not at else (self.scores[at - 1], self.scores[at])
        bottom, top = (0.0, self.rights[0]) if not at else (self.rights[at - 1], self.rights[at])
        return round(bottom + (top - bottom) * (score - low) / (high - low), 3)

    @classmethod
    def of(cls, points: Sequence[Sequence[float]]) -> Self:
        """The curve through `[scores, rights]`; ModelError where they are no such curve."""
        try:
            scores, rights = (tuple(map(float, values)) for values in points)
            fit = len(scores) == len(rights) > 0 and all(
                0 <= value <= 1 and list(values) == sorted(values)
                for values in (scores, rights)
                for value in values
            )
        except (TypeError, ValueError):
            fit = False
        if not fit or len(set(scores)) != len(scores):
            raise ModelError(
                f"expected a calibration curve of ascending scores and shares in 0..1, found "
                f"{points!r} in the weights' meta.json; calibrate the weights again"
            )
        return cls(scores, rights)


@dataclass(frozen=True, slots=True)
class Calibration:
    """A curve for each sort of claim; None leaves its scores as they are."""

    mention: Curve | None = None
    relation: Curve | None = None
    reference: Curve | None = None

    @classmethod
    def of(cls, meta: Mapping[str, Any]) -> Self:
        """What the weights' meta.json holds; no curve at all where it holds none."""
        return cls(
            **{
                claim: Curve.of(points)
                for claim, points in meta.get("calibration", {}).items()
                if claim in ("mention", "relation", "reference")
            }
        )

    def mentions(self, mentions: Sequence[Mention], stated: set[Span]) -> tuple[Mention, ...]:
        """The mentions with calibrated scores; those that the page states keep theirs."""
        if (curve := self.mention) is None:
            return tuple(mentions)
        return tuple(
            mention if mention.span in stated else replace(mention, score=curve(mention.score))
            for mention in mentions
        )

    def clusters(self, clusters: Sequence[Cluster], stated: set[Span]) -> tuple[Cluster, ...]:
        """The clusters with calibrated mentions."""
        if self.mention is None:
            return tuple(clusters)
        return tuple(
            replace(cluster, mentions=self.mentions(cluster.mentions, stated))
            for cluster in clusters
        )

    def relations(self, relations: Sequence[Relation]) -> tuple[Relation, ...]:
        """The relations with calibrated scores; those that the page states keep theirs."""
        if (curve := self.relation) is None:
            return tuple(relations)
        return tuple(
            relation if relation.stated else replace(relation, score=curve(relation.score))
            for relation in relations
        )

    def references(self, references: Sequence[Reference]) -> tuple[Reference, ...]:
        """The references with calibrated scores."""
        if (curve := self.reference) is None:
            return tuple(references)
        return tuple(replace(reference, score=curve(reference.score)) for reference in references)
