"""What a linked page states, as claims: the one place where relation names become RDF terms."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.graph.corrections import NO_CORRECTIONS, Corrections
from kg.graph.entities import identity
from kg.graph.page import PageNodes
from kg.graph.passages import sentence_around
from kg.graph.reviews import Reviews
from kg.graph.terms import Term, Triple, is_year, text
from kg.model import (
    Claim,
    Cluster,
    Evidence,
    Field,
    Kind,
    Literal,
    Reference,
    ReferenceKind,
    Relation,
    RelationName,
    Stated,
)
from kg.vocab import FK, SCHEMA, XSD

CREDITS = {
    RelationName.DIRECTOR: SCHEMA.director,
    RelationName.WRITER: FK.screenwriter,
    RelationName.PRODUCER: SCHEMA.producer,
    RelationName.CINEMATOGRAPHER: FK.cinematographer,
    RelationName.COMPOSER: SCHEMA.musicBy,
    RelationName.EDITOR: SCHEMA.editor,
    RelationName.CHARACTER: SCHEMA.character,
    RelationName.AUTHOR: SCHEMA.author,
    RelationName.BASED_ON: SCHEMA.isBasedOn,
    RelationName.COMPANY: SCHEMA.productionCompany,
}
KINSHIP = {RelationName.SPOUSE: SCHEMA.spouse, RelationName.RELATIVE: SCHEMA.relatedTo}
BYLINES = {RelationName.CRITIC: SCHEMA.author, RelationName.PUBLICATION: SCHEMA.publisher}

DIRECT = {
    ReferenceKind.REMAKE: FK.remakeOf,
    ReferenceKind.SEQUEL: FK.sequelOf,
    ReferenceKind.ALLUSION: FK.alludesTo,
    ReferenceKind.COMPARISON: FK.comparedTo,
    ReferenceKind.FILMOGRAPHY: FK.sharesPeopleWith,
}
KINDS = {
    ReferenceKind.REMAKE: FK.Remake,
    ReferenceKind.SEQUEL: FK.Sequel,
    ReferenceKind.ALLUSION: FK.Allusion,
    ReferenceKind.COMPARISON: FK.Comparison,
    ReferenceKind.FILMOGRAPHY: FK.Filmography,
    ReferenceKind.MENTION: FK.Mention,
}
_LATER_FIRST = (ReferenceKind.REMAKE, ReferenceKind.SEQUEL)

_PLAIN_FACTS = {
    Field.COUNTRY: SCHEMA.countryOfOrigin,
    Field.LANGUAGE: SCHEMA.inLanguage,
    Field.GENRE: SCHEMA.genre,
    Field.OTHER_TITLE: SCHEMA.alternateName,
}
# a page's own list or markup states these outright; what is uncertain is only how it was read
_STATED_SCORE = 0.99


@dataclass(frozen=True, slots=True)
class RoleNode:
    """The part that an actor has in a film."""

    iri: str
    actor: str
    character: str
    character_name: str


@dataclass(frozen=True, slots=True)
class ReferenceNode:
    """What one review says of two films or works."""

    iri: str
    citing: str
    cited: str
    kind: str
    review: str
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(slots=True)
class PageClaims:
    """Gathers the claims of a page; several words for one statement become one claim.

    `roles` and `references` are the nodes that some of the claims speak of, by IRI. What the
    user's `corrections` call wrong is left out, with all that hangs on it.
    """

    nodes: PageNodes
    reviews: Reviews
    corrections: Corrections = NO_CORRECTIONS
    roles: dict[str, RoleNode] = field(default_factory=dict)
    references: dict[str, ReferenceNode] = field(default_factory=dict)
    _claims: dict[tuple[str, str, Term], Claim] = field(default_factory=dict)

    def gather(self) -> tuple[Claim, ...]:
        """Read the page; the claims come back sorted by what they state."""
        extraction = self.nodes.linked.extraction
        if self.nodes.topic:
            for fact in self.nodes.page.stated:
                self._stated(fact)
        for relation in extraction.relations:
            self._relation(relation)
        for reference in extraction.references:
            self._reference(reference)
        for cluster in self.nodes.clusters():
            self._named(cluster)
        return tuple(
            sorted(
                self._claims.values(), key=lambda one: (one.subject, one.predicate, str(one.object))
            )
        )

    def _refuted(self, subject: str, predicate: str, obj: Term) -> bool:
        claim = self.nodes.iris.claim(subject, predicate, obj, self.nodes.page.id)
        return self.corrections.refutes(Triple(subject, predicate, obj), claim, self.nodes.source)

    def _state(
        self, subject: str, predicate: str, obj: Term, evidence: Evidence, score: float
    ) -> bool:
        """Add one statement, or one more passage to it; False if the user has called it wrong."""
        place = (subject, predicate, obj)
        held = self._claims.get(place)
        if held is not None:
            passages = held.evidence if evidence in held.evidence else (*held.evidence, evidence)
            self._claims[place] = Claim(subject, predicate, obj, passages, max(held.score, score))
            return True
        if self._refuted(subject, predicate, obj):
            return False
        self._claims[place] = Claim(subject, predicate, obj, (evidence,), score)
        return True

    def _relation(self, relation: Relation) -> None:
        name = relation.name
        if name in BYLINES:
            self._byline(relation)
            return
        subject, obj = self.nodes.node(relation.subject), self.nodes.node(relation.object)
        sure = self.nodes.certainty(relation.subject, relation.object, relation.part)
        score = relation.score * sure
        if name is RelationName.CAST:
            self._cast(relation, score)
        elif name is RelationName.AWARD:
            # an award to a person for a film is the film's as well
            for winner in (subject, *((self.nodes.node(relation.part),) if relation.part else ())):
                self._state(winner, SCHEMA.award, obj, relation.evidence, score)
        elif name in KINSHIP:
            self._state(subject, KINSHIP[name], obj, relation.evidence, score)
            self._state(obj, KINSHIP[name], subject, relation.evidence, score)
        elif name is RelationName.COMPANY and self._distributes(relation):
            self._state(subject, FK.distributor, obj, relation.evidence, score)
        else:
            self._state(subject, CREDITS[name], obj, relation.evidence, score)

    def _cast(self, relation: Relation, score: float) -> None:
        film, actor = self.nodes.node(relation.subject), self.nodes.node(relation.object)
        acts = self._state(film, SCHEMA.actor, actor, relation.evidence, score)
        if not acts or not relation.part:
            return
        character = self.nodes.node(relation.part)
        role = RoleNode(
            iri=self.nodes.iris.role(film, actor, character),
            actor=actor,
            character=character,
            character_name=self.nodes.entity(relation.part).name,
        )
        if self._state(film, FK.part, role.iri, relation.evidence, score):
            self.roles[role.iri] = role
        self._state(film, SCHEMA.character, character, relation.evidence, score)

    def _byline(self, relation: Relation) -> None:
        review = self.reviews.by(relation.name, relation.object, relation.evidence.span)
        if review is None:
            return
        node = self.nodes.node(relation.object)
        held = review.authors if relation.name is RelationName.CRITIC else review.publishers
        predicate = BYLINES[relation.name]
        stated = self._state(review.iri, predicate, node, relation.evidence, relation.score)
        if stated and node not in held:
            held.append(node)

    def _distributes(self, relation: Relation) -> bool:
        """Whether the page's list calls the company the distributor, and nothing else."""
        if relation.subject != self.nodes.topic:
            return False
        company = self.nodes.entity(relation.object)
        fields = {
            fact.field
            for fact in self.nodes.page.stated
            if fact.field in (Field.DISTRIBUTOR, Field.COMPANY)
            and self.nodes.known(Kind.ORGANISATION, fact.value) == company
        }
        return fields == {Field.DISTRIBUTOR}

    def _stated(self, fact: Stated) -> None:
        """A fact of the page's lists or markup that is no relation between two names."""
        film = self.nodes.node(self.nodes.topic)
        score = _STATED_SCORE * self.nodes.certainty(self.nodes.topic)
        value = fact.value.strip()
        if fact.field in _PLAIN_FACTS and value:
            self._state(film, _PLAIN_FACTS[fact.field], text(value), fact.evidence, score)
        elif fact.field is Field.DURATION and value.isdecimal() and int(value):
            self._state(film, SCHEMA.duration, text(f"PT{int(value)}M"), fact.evidence, score)
        elif fact.field is Field.YEAR and is_year(value):
            self._state(film, SCHEMA.datePublished, Literal(value, XSD.gYear), fact.evidence, score)
        elif fact.field is Field.DISTRIBUTOR and value:
            company = self.nodes.called(Kind.ORGANISATION, value)
            self._state(film, FK.distributor, company, fact.evidence, score)
        elif fact.field is Field.IDENTIFIER and (same := identity(value)) is not None:
            self._state(film, *same, fact.evidence, score)

    def _reference(self, reference: Reference) -> None:
        citing, cited = self.nodes.node(reference.citing), self.nodes.node(reference.cited)
        review = self.reviews.saying(reference.evidence.span)
        if review is None or citing == cited:
            return
        score = reference.score * self.nodes.certainty(reference.citing, reference.cited)
        if not self._state(review.iri, SCHEMA.mentions, cited, reference.evidence, score):
            return
        review.mentions.add(cited)
        kind = KINDS[reference.kind]
        iri = self.nodes.iris.reference(citing, cited, kind, review.iri)
        if self.corrections.refutes_node(iri):
            return
        if reference.kind in DIRECT:
            subject, obj = self._direction(reference)
            if not self._state(subject, DIRECT[reference.kind], obj, reference.evidence, score):
                return
        held = self.references.get(iri)
        evidence = (*(held.evidence if held else ()), reference.evidence)
        score = max(score, held.score if held else 0.0)
        self.references[iri] = ReferenceNode(
            iri, citing, cited, kind, review.iri, score, tuple(dict.fromkeys(evidence))
        )

    def _direction(self, reference: Reference) -> tuple[str, str]:
        """Subject and object of the direct edge: the later film remakes or continues the other."""
        citing = self.nodes.entity(reference.citing)
        cited = self.nodes.entity(reference.cited)
        turned = (
            reference.kind in _LATER_FIRST
            and citing.year is not None
            and cited.year is not None
            and cited.year > citing.year
        )
        first, second = (cited, citing) if turned else (citing, cited)
        return self.nodes.iris.entity(first.id), self.nodes.iris.entity(second.id)

    def _named(self, cluster: Cluster) -> None:
        """Say which review names a thing; for a film or work, in which words."""
        topic = self.nodes.topic
        if not topic or cluster.id == topic:
            return
        for mention in cluster.mentions:
            if not self.nodes.speaks_at(mention.span):
                continue
            review = self.reviews.at(mention.span)
            if review is None:
                continue
            node = self.nodes.node(cluster.id)
            if node == review.film:
                continue
            if cluster.kind not in (Kind.FILM, Kind.WORK):
                review.names.add(node)
            elif node not in review.mentions:
                words = sentence_around(self.nodes.page.text, mention.span)
                score = mention.score * self.nodes.certainty(cluster.id)
                if self._state(review.iri, SCHEMA.mentions, node, words, score):
                    review.mentions.add(node)
