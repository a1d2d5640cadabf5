"""Relations that a fixed turn of phrase states: "Lucie (Isild Le Besco)", "played by"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.recogniser import PairScore
from kg.model import Cluster, Mention


def pattern_pairs(
    text: str,
    mentions: Sequence[Mention],
    numbers: Sequence[int],
    clusters: Sequence[Cluster],
    topic: int | None,
) -> list[PairScore]:
    return []
