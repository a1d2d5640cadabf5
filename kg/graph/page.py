"""A linked page, seen as the nodes that stand for it and for what it names."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.errors import KgError
from kg.graph.fold import fold, segment
from kg.graph.iris import Iris
from kg.model import Cluster, Entity, Kind, Link, LinkedPage, Page, Span, Zone, ZoneKind

_FOLDERS = {Kind.PERSON: "person", Kind.ORGANISATION: "organisation"}


@dataclass(slots=True)
class PageNodes:
    """Finds the node of whatever a page names; remembers which things have to be described.

    `used` collects the entities that were asked for, by IRI.
    """

    linked: LinkedPage
    iris: Iris
    used: dict[str, Entity] = field(default_factory=dict)
    _links: dict[str, Link] = field(default_factory=dict)
    _clusters: dict[str, Cluster] = field(default_factory=dict)
    _named: dict[tuple[Kind, str], Entity] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._links = {link.cluster: link for link in self.linked.links}
        self._clusters = {cluster.id: cluster for cluster in self.linked.extraction.clusters}
        for cluster in self.linked.extraction.clusters:
            if cluster.id not in self._links:
                continue
            entity = self._links[cluster.id].entity
            spellings = [mention.words(self.page.text) for mention in cluster.mentions]
            for spelling in (entity.name, cluster.name, *spellings):
                self._named.setdefault((cluster.kind, fold(spelling)), entity)

    @property
    def page(self) -> Page:
        """The page itself."""
        return self.linked.page

    @property
    def source(self) -> str:
        """The page's IRI, which also names its graph."""
        return self.iris.source(self.page.id)

    @property
    def topic(self) -> str:
        """The cluster of the reviewed film, "" if the page reviews none."""
        return self.linked.extraction.topic

    def entity(self, cluster_id: str) -> Entity:
        """What a cluster was resolved to; KgError if linking left it out."""
        link = self._links.get(cluster_id)
        if link is None:
            raise KgError(
                f"expected a link for every cluster that a relation names, found none for "
                f"{cluster_id!r} of page {self.page.id!r}; link the page again"
            )
        return link.entity

    def node(self, cluster_id: str) -> str:
        """The IRI of what a cluster was resolved to."""
        return self.use(self.entity(cluster_id))

    def use(self, entity: Entity) -> str:
        """The IRI of `entity`, which is now among those to describe."""
        iri = self.iris.entity(entity.id)
        self.used.setdefault(iri, entity)
        return iri

    def certainty(self, *cluster_ids: str) -> float:
        """How sure it is that these names mean the catalogue's things; 1 for things of the page."""
        links = (self._links[one] for one in cluster_ids if one)
        return min((link.score for link in links if link.entity.linked), default=1.0)

    def called(self, kind: Kind, name: str) -> str:
        """The node of the person or organisation of that name, one of its own if the page has none.

        Attributions stand beside the text ("Reviewed by: ..."), so their names may be no mention.
        """
        entity = self.known(kind, name)
        if entity is None:
            entity = Entity(f"{_FOLDERS[kind]}/{segment(name)}", kind, name.strip())
        return self.use(entity)

    def known(self, kind: Kind, name: str) -> Entity | None:
        """What the page's own cluster of that name means; None if the page has no such cluster."""
        return self._named.get((kind, fold(name)))

    def clusters(self) -> tuple[Cluster, ...]:
        """The clusters that take part in anything and are linked."""
        return tuple(
            cluster
            for cluster in self.linked.extraction.clusters
            if not cluster.silent and cluster.id in self._links
        )

    def zone_at(self, span: Span) -> Zone | None:
        """The zone in which `span` begins; None between zones."""
        for zone in self.page.zones:
            if zone.start <= span.start < max(zone.end, zone.start + 1):
                return zone
        return None

    def speaks_at(self, span: Span) -> bool:
        """Whether the words there are the review's own (a page without zones is all prose)."""
        if not self.page.zones:
            return True
        zone = self.zone_at(span)
        return zone is not None and zone.kind.speaks

    def snippets(self) -> tuple[Zone, ...]:
        """The zones that are one critic's quoted words each."""
        return tuple(zone for zone in self.page.zones if zone.kind is ZoneKind.SNIPPET)

    def has_prose(self) -> bool:
        """Whether the page itself speaks, beside the snippets that it may quote."""
        return not self.page.zones or any(zone.kind is ZoneKind.PROSE for zone in self.page.zones)
