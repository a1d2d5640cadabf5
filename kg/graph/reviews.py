"""Which reviews a page holds: itself, if it speaks of a film, and every critic that it quotes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.graph.fold import fold
from kg.graph.page import PageNodes
from kg.graph.terms import Triple, moment, text
from kg.model import Kind, Rating, RelationName, Span, Zone, ZoneKind
from kg.vocab import FK, RDF, RDFS, SCHEMA


@dataclass(slots=True)
class ReviewNode:
    """One review. `authors` and `publishers` are IRIs in the order in which they were found."""

    iri: str
    film: str
    date: str = ""
    authors: list[str] = field(default_factory=list)
    publishers: list[str] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    mentions: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


class Reviews:
    """The reviews of one page, found once and then asked by place.

    A snippet with an attribution or a grade is a review from the start; one without is when
    something is said in it. A grade whose critic is named, but not quoted, is a review by itself.
    """

    def __init__(self, nodes: PageNodes) -> None:
        self._nodes = nodes
        self._whole: ReviewNode | None = None
        self._quoted: dict[Zone, ReviewNode] = {}
        self._graded: dict[tuple[str, str], ReviewNode] = {}
        if not nodes.topic:
            return
        for zone in nodes.snippets():
            if zone.critic or zone.publication or zone.rating:
                self._quote(zone)
        for rating in self._loose_ratings():
            self._grade(rating)
        if nodes.has_prose() or self._is_signed():
            self._page()

    def all(self) -> tuple[ReviewNode, ...]:
        """Every review of the page: itself first, then in the order of the text."""
        whole = () if self._whole is None else (self._whole,)
        quoted = sorted(self._quoted.items(), key=lambda item: item[0].start)
        return (*whole, *(review for _, review in quoted), *self._graded.values())

    def at(self, span: Span | None) -> ReviewNode | None:
        """The review in which the words at `span` stand; None where no review speaks.

        Words of credits, lists and markup (None) belong to the page's own review, if it is one.
        """
        if not self._nodes.topic:
            return None
        if span is None:
            return self._whole
        zone = self._nodes.zone_at(span)
        if zone is not None and zone.kind is ZoneKind.SNIPPET:
            return self._quote(zone)
        return self._whole

    def saying(self, span: Span | None) -> ReviewNode | None:
        """As `at`, but words that name another film make the page a review if it wasn't one."""
        review = self.at(span)
        if review is None and self._nodes.topic:
            return self._page()
        return review

    def by(self, name: RelationName, cluster_id: str, span: Span | None) -> ReviewNode | None:
        """The review that a critic (or a publication) is named for: by place, by name, the page."""
        if span is not None:
            zone = self._nodes.zone_at(span)
            if zone is not None and zone.kind is ZoneKind.SNIPPET:
                return self._quote(zone)
        node = self._nodes.node(cluster_id)
        for review in self.all():
            if node in (review.authors if name is RelationName.CRITIC else review.publishers):
                return review
        return self._page() if self._nodes.topic else None

    def _is_signed(self) -> bool:
        """Whether the page has a critic or publication beside those that it quotes."""
        page = self._nodes.page
        quoted = {fold(zone.critic) for zone in self._nodes.snippets()}
        if page.critic:
            return fold(page.critic) not in quoted
        return bool(page.publication) and not quoted

    def _page(self) -> ReviewNode:
        if self._whole is None:
            page = self._nodes.page
            self._whole = self._new(self._nodes.iris.review(page.id), date=page.date)
            self._attribute(self._whole, page.critic, page.publication)
        return self._whole

    def _quote(self, zone: Zone) -> ReviewNode:
        if zone not in self._quoted:
            page = self._nodes.page
            words = zone.span.words(page.text)
            iri = self._nodes.iris.review(page.id, zone.start, words)
            review = self._quoted[zone] = self._new(iri, date=zone.date)
            self._attribute(review, zone.critic, zone.publication)
            if zone.rating:
                review.ratings.append(zone.rating)
        return self._quoted[zone]

    def _grade(self, rating: Rating) -> None:
        """Give a grade that stands outside snippets to the review that it is the grade of."""
        page = self._nodes.page
        who = (fold(rating.critic), fold(rating.publication))
        if not any(who) or who == (fold(page.critic), fold(page.publication)):
            self._page().ratings.append(rating)
            return
        for zone, review in self._quoted.items():
            if (fold(zone.critic), fold(zone.publication)) == who and not review.ratings:
                review.ratings.append(rating)
                return
        if who not in self._graded:
            iri = self._nodes.iris.review(page.id, "grade", *who)
            self._graded[who] = self._new(iri)
            self._attribute(self._graded[who], rating.critic, rating.publication)
        self._graded[who].ratings.append(rating)

    def _loose_ratings(self) -> list[Rating]:
        """The page's grades, each once, without those that a snippet carries."""
        carried = {zone.rating for zone in self._nodes.snippets() if zone.rating}
        places = {rating.evidence for rating in carried if rating.evidence}
        loose: dict[Rating, None] = {}
        zones = self._nodes.page.zones
        lying = (z.rating for z in zones if z.rating and z.kind is not ZoneKind.SNIPPET)
        for rating in (*self._nodes.page.ratings, *lying):
            if rating not in carried and (not rating.evidence or rating.evidence not in places):
                loose[rating] = None
        return list(loose)

    def _new(self, iri: str, *, date: str = "") -> ReviewNode:
        return ReviewNode(iri, film=self._nodes.node(self._nodes.topic), date=date)

    def _attribute(self, review: ReviewNode, critic: str, publication: str) -> None:
        if fold(critic):
            review.authors.append(self._nodes.called(Kind.PERSON, critic))
        if fold(publication):
            review.publishers.append(self._nodes.called(Kind.ORGANISATION, publication))


def review_triples(review: ReviewNode, nodes: PageNodes) -> Iterator[Triple]:
    """The review as RDF; its grades are written where their words are."""
    yield Triple(review.iri, RDF.type, SCHEMA.Review)
    yield Triple(review.iri, RDFS.label, text(_label(review, nodes)))
    yield Triple(review.iri, SCHEMA.itemReviewed, review.film)
    yield Triple(review.iri, SCHEMA.isPartOf, nodes.source)
    if review.date:
        yield Triple(review.iri, SCHEMA.datePublished, moment(review.date))
    for author in review.authors:
        yield Triple(review.iri, SCHEMA.author, author)
    for publisher in review.publishers:
        yield Triple(review.iri, SCHEMA.publisher, publisher)
    for film in review.mentions:
        yield Triple(review.iri, SCHEMA.mentions, film)
    for thing in review.names:
        yield Triple(review.iri, FK.names, thing)


def _label(review: ReviewNode, nodes: PageNodes) -> str:
    """`Review of Backstage by Aaron Hillis, Premiere`, as far as the page tells."""
    label = f"Review of {nodes.used[review.film].name}"
    if review.authors:
        label += " by " + ", ".join(nodes.used[author].name for author in review.authors)
    if review.publishers:
        label += ", " + ", ".join(nodes.used[publisher].name for publisher in review.publishers)
    return label
