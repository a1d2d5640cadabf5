"""Numbers on a network: who is referred to most, which films belong together, how two are linked.

All of them are deterministic: nodes are numbered in the order of their IRIs before anything runs,
because the order of a set of strings differs from one Python process to the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from kg.errors import UsageError
from kg.view.facts import Statement

SEED = 1895
"""Fixed, so that the same graph always gives the same groups."""


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a path between two films, with the sentences that state it.

    `forward` tells whether the reference runs in the direction of the path; where it is False,
    `target` refers to `source`.
    """

    source: str
    target: str
    kind: str
    forward: bool
    statements: tuple[Statement, ...]


def _numbered(network: nx.MultiDiGraph[str]) -> tuple[list[str], nx.DiGraph[int]]:
    """The nodes in order, and one weighted edge for all edges of the same direction."""
    nodes = sorted(network)
    number = {node: index for index, node in enumerate(nodes)}
    flat: nx.DiGraph[int] = nx.DiGraph()
    flat.add_nodes_from(range(len(nodes)))
    edges = sorted(
        (number[source], number[target], float(edge["weight"]))
        for source, target, edge in network.edges(data=True)
    )
    for source, target, weight in edges:
        if flat.has_edge(source, target):
            flat.edges[source, target]["weight"] += weight
        else:
            flat.add_edge(source, target, weight=weight)
    return nodes, flat


def pagerank(network: nx.MultiDiGraph[str], *, damping: float = 0.85) -> dict[str, float]:
    """PageRank of every node (they sum to 1), references weighted by their distinct reviews.

    Brin and Page, "The anatomy of a large-scale hypertextual Web search engine" (1998).
    """
    if not network:
        return {}
    nodes, flat = _numbered(network)
    ranks = nx.pagerank(flat, alpha=damping, weight="weight", max_iter=500, tol=1e-9)
    return {node: ranks[index] for index, node in enumerate(nodes)}


def referring_reviews(network: nx.MultiDiGraph[str]) -> dict[str, int]:
    """For every node the number of distinct reviews that bring it in, whatever the kind."""
    counts: dict[str, int] = {}
    for node in sorted(network):
        named: set[str] = set()
        unnamed = 0
        for _, _, edge in network.in_edges(node, data=True):
            reviews = edge.get("reviews", ())
            named.update(reviews)
            unnamed += 0 if reviews else edge["weight"]
        counts[node] = len(named) + unnamed
    return counts


def most_referenced(network: nx.MultiDiGraph[str], limit: int = 20) -> list[tuple[str, int]]:
    """The `limit` films that most distinct reviews bring in, the most referenced first.

    Equal ones stand in the order of their labels; films that nobody refers to are left out.
    """
    counts = referring_reviews(network)
    ranked = sorted(counts, key=lambda node: (-counts[node], network.nodes[node]["label"], node))
    return [(node, counts[node]) for node in ranked[:limit] if counts[node]]


def degree(network: nx.MultiDiGraph[str]) -> dict[str, int]:
    """For every node the number of other nodes that it is tied to, in either direction."""
    return {
        node: len({*network.successors(node), *network.predecessors(node)} - {node})
        for node in sorted(network)
    }


def communities(network: nx.MultiDiGraph[str]) -> list[tuple[str, ...]]:
    """Groups of films that refer to one another more than to others, the largest first.

    Louvain's method on the undirected graph with a fixed seed (Blondel et al. 2008). Within a
    group the nodes are in the order of their IRIs; every node is in exactly one group.
    """
    if not network:
        return []
    nodes, flat = _numbered(network)
    mutual: nx.Graph[int] = nx.Graph()
    mutual.add_nodes_from(flat)
    for source, target, edge in flat.edges(data=True):
        if source == target:
            continue
        before = mutual.edges[source, target]["weight"] if mutual.has_edge(source, target) else 0.0
        mutual.add_edge(source, target, weight=before + edge["weight"])
    groups = nx.community.louvain_communities(mutual, weight="weight", seed=SEED)
    named = [tuple(nodes[index] for index in sorted(group)) for group in groups]
    return sorted(named, key=lambda group: (-len(group), group))


def shortest_path(network: nx.MultiDiGraph[str], start: str, end: str) -> list[Step]:
    """How `start` and `end` are linked, over as few references as possible, either direction.

    Among paths of equal length the better attested one is taken. Empty when nothing links them;
    UsageError when one of them isn't in the network.
    """
    for node in (start, end):
        if node not in network:
            raise UsageError(
                f"expected a film of the reference network, found {node!r}, which has no "
                "reference to or from another film; look it up with `kg explain`"
            )
    nodes, flat = _numbered(network)
    costs: nx.Graph[int] = nx.Graph()
    costs.add_nodes_from(range(len(nodes)))
    for source, target, edge in flat.edges(data=True):
        # one step more always costs more than the weakest attestation on every step
        cost = 1.0 + 1.0 / (len(nodes) * (1.0 + edge["weight"]))
        if not costs.has_edge(source, target) or cost < costs.edges[source, target]["weight"]:
            costs.add_edge(source, target, weight=cost)
    try:
        way = nx.dijkstra_path(costs, nodes.index(start), nodes.index(end), weight="weight")
    except nx.NetworkXNoPath:
        return []
    return [_step(network, nodes[a], nodes[b]) for a, b in pairwise(way)]


def _step(network: nx.MultiDiGraph[str], source: str, target: str) -> Step:
    edges = [
        (edge["weight"], forward, edge)
        for forward, (u, v) in ((True, (source, target)), (False, (target, source)))
        if network.has_edge(u, v)
        for edge in network[u][v].values()
    ]
    _, forward, edge = max(edges, key=lambda found: (found[0], found[1], found[2]["kind"]))
    return Step(source, target, edge["kind"], forward, edge.get("evidence", ()))
