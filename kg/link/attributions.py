"""Critics and publications that stand beside the text: names like any other, so they meet too.

An aggregator's "Reviewed by: ..." is no mention of the review, yet the critic is a person who may
have written other pages. Such names become clusters without mentions before pages are linked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.link.fold import fold
from kg.model import Cluster, Extraction, Kind, Page


def attributed(extraction: Extraction) -> Extraction:
    """The extraction with a cluster for each critic and publication that it has none for."""
    page = extraction.page
    known = {
        (cluster.kind, fold(spelling))
        for cluster in extraction.clusters
        for spelling in (
            cluster.name,
            *(mention.words(page.text) for mention in cluster.mentions),
        )
    }
    numbers = [int(cluster.id[1:]) for cluster in extraction.clusters if cluster.id[1:].isdecimal()]
    number = max(numbers, default=0)
    added: list[Cluster] = []
    for kind, name in _names(page):
        place = (kind, fold(name))
        if not place[1] or place in known:
            continue
        known.add(place)
        number += 1
        added.append(Cluster(f"{kind.letter}{number}", kind, name))
    if not added:
        return extraction
    return replace(extraction, clusters=(*extraction.clusters, *added))


def _names(page: Page) -> Iterator[tuple[Kind, str]]:
    """Who is said to have written the page, its quoted reviews and its grades, and where."""
    ratings = [*page.ratings, *(zone.rating for zone in page.zones if zone.rating is not None)]
    signatures = [
        (page.critic, page.publication),
        *((zone.critic, zone.publication) for zone in page.zones),
        *((rating.critic, rating.publication) for rating in ratings),
    ]
    for critic, publication in signatures:
        yield Kind.PERSON, critic.strip()
        yield Kind.ORGANISATION, publication.strip()
