"""How the review brings in other films and works: one reference for each that its prose names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extract.places import Places
from kg.model import Cluster, Kind, Mention, Reference, ReferenceKind

_UNSURE = 0.3  # the score of a reference whose kind the network has no word on


def references(
    clusters: Sequence[Cluster],
    mentions: Sequence[Mention],
    numbers: Sequence[int],
    kinds: Mapping[int, tuple[ReferenceKind, float, int]],
    places: Places,
) -> list[Reference]:
    """One reference from the first cluster, the topic, to each other film or work.

    Titles count where the page speaks of its film: in prose, snippets and blurbs. `kinds` gives
    kind, score and best mention by cluster number.
    """
    first: dict[int, int] = {}
    for index, number in enumerate(numbers):
        if (
            number
            and clusters[number].kind in (Kind.FILM, Kind.WORK)
            and places.zone_kind(mentions[index].start).speaks
        ):
            first.setdefault(number, index)
    found = []
    for number, index in first.items():
        kind, score, best = kinds.get(number, (ReferenceKind.MENTION, _UNSURE, index))
        evidence = places.evidence(mentions[best].span)
        found.append(
            Reference(clusters[0].id, clusters[number].id, kind, evidence, round(score, 3))
        )
    return found
