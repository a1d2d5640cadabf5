"""A network with everything that a picture of it needs: places, sizes, groups."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import networkx as nx

from kg.view import layout, metrics


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn and where.

    `places` are in pixels at zoom 1 around (0, 0); `radii` grow with the square root of PageRank;
    `groups` gives each node the rank of its community, 0 for the largest.
    """

    network: nx.MultiDiGraph[str]
    places: dict[str, tuple[float, float]]
    ranks: dict[str, float]
    references: dict[str, int]
    radii: dict[str, float]
    groups: dict[str, int]

    @property
    def by_importance(self) -> list[str]:
        """The nodes, the highest PageRank first."""
        return sorted(self.network, key=lambda node: (-self.ranks[node], node))


def arrange(network: nx.MultiDiGraph[str]) -> Drawing:
    """`network` measured and laid out; the same network always gives the same drawing."""
    ranks = metrics.pagerank(network)
    radii = _radii(ranks)
    groups = {
        node: rank for rank, group in enumerate(metrics.communities(network)) for node in group
    }
    return Drawing(
        network,
        layout.positions(network, sizes=radii),
        ranks,
        metrics.referring_reviews(network),
        radii,
        groups,
    )


def _radii(ranks: dict[str, float]) -> dict[str, float]:
    """5 for the lowest rank; for the highest 20 among 60 nodes, 53 among 5,000."""
    if not ranks:
        return {}
    low, high = min(ranks.values()), max(ranks.values())
    largest = 8 + 12 * (len(ranks) / 60) ** 0.3
    spread = high - low or 1.0
    return {
        node: round(5 + (largest - 5) * sqrt((rank - low) / spread), 2)
        for node, rank in ranks.items()
    }
