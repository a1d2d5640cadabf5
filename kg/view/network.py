"""networkx graphs of what the store holds: films that refer to films, and people with their films.

Nodes are IRIs. Both graphs are directed multigraphs whose edge keys are names (the kind of a
reference, the kind of a credit), so that two films can be tied in several ways.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import networkx as nx

from kg.model import ReferenceKind
from kg.view.facts import Facts, Thing

PLAIN_KINDS = frozenset(kind for kind in ReferenceKind if kind is not ReferenceKind.MENTION)
"""The kinds that tie two films directly; a plain mention only says that a review names a film."""


def reference_network(
    facts: Facts,
    *,
    kinds: Collection[ReferenceKind] = tuple(ReferenceKind),
    works: bool = True,
    least_confidence: float = 0.0,
    alone: Collection[str] = (),
) -> nx.MultiDiGraph[str]:
    """The films and works of `facts` that refer to one another, one edge a kind.

    Nodes carry `kind`, `label`, `year` (absent where unknown), `reviews` (how many reviews treat
    the film). Edges have the kind as key and carry `kind`, `weight` (distinct reviews),
    `confidence` (the best one, absent where none is known), `critics` and `evidence` (a tuple of
    `Statement`). References below `least_confidence` are left out; one without confidence stays.
    Films without any reference are left out, too, but for those that `alone` names.
    """
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    reviews = Counter(notice.film for notice in facts.notices)
    for iri in alone:
        _add_thing(network, facts.things[iri])
        network.nodes[iri]["reviews"] = reviews[iri]
    for tie in facts.ties:
        ends = [facts.things[tie.source], facts.things[tie.target]]
        if tie.kind not in kinds or not (works or all(end.kind == "film" for end in ends)):
            continue
        if tie.confidence is not None and tie.confidence < least_confidence:
            continue
        for end in ends:
            _add_thing(network, end)
            network.nodes[end.iri]["reviews"] = reviews[end.iri]
        critics = sorted({s.critic for s in tie.statements if s.critic})
        values: dict[str, object] = {
            "kind": tie.kind.value,
            "weight": tie.weight,
            "critics": tuple(critics),
            "reviews": tie.reviews,
            "evidence": tie.statements,
        }
        if tie.confidence is not None:
            values["confidence"] = tie.confidence
        network.add_edge(tie.source, tie.target, tie.kind.value, **values)
    return network


def people_network(facts: Facts, *, roles: Collection[str] | None = None) -> nx.MultiDiGraph[str]:
    """People and the films they worked on; edges lead from the person to the film.

    The role (director, writer, cast and so on) is the edge's key and its `kind`; a cast edge
    carries `part`, the characters played, joined by " / ". `roles` limits the roles.
    """
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for credit in facts.credits:
        if roles is not None and credit.role not in roles:
            continue
        _add_thing(network, facts.things[credit.person])
        _add_thing(network, facts.things[credit.film])
        if network.has_edge(credit.person, credit.film, credit.role):
            edge = network.edges[credit.person, credit.film, credit.role]
            if credit.part and credit.part not in edge["part"].split(" / "):
                edge["part"] = f"{edge['part']} / {credit.part}" if edge["part"] else credit.part
            continue
        network.add_edge(
            credit.person,
            credit.film,
            credit.role,
            kind=credit.role,
            weight=1,
            part=credit.part,
        )
    return network


def _add_thing(network: nx.MultiDiGraph[str], thing: Thing) -> None:
    network.add_node(thing.iri, kind=thing.kind, label=thing.label)
    if thing.year is not None:
        network.nodes[thing.iri]["year"] = thing.year
