"""The relations of a page: what network and patterns read in its prose, and what it states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.extract.places import Places
from kg.extract.recogniser import PairScore
from kg.extract.signatures import BOTH_WAYS, SIGNATURES
from kg.model import Cluster, Kind, Mention, Relation, RelationName, Span, ZoneKind

LEAST = 0.3


def speaking(places: Places, mentions: Sequence[Mention]) -> list[int]:
    """Which mentions stand where the page speaks of its film, by index."""
    return [
        index for index, mention in enumerate(mentions) if places.zone_kind(mention.start).speaks
    ]


def fitting(pair: PairScore, clusters: Sequence[Cluster]) -> bool:
    """Whether the relation may join things of these kinds (the guidelines' table)."""
    signature = SIGNATURES.get(pair.name)
    if signature is None or pair.subject == pair.object:
        return False
    subject, thing = clusters[pair.subject].kind, clusters[pair.object].kind
    if subject not in signature[0] or thing not in signature[1]:
        return False
    if pair.part is None:
        return True
    part = clusters[pair.part].kind
    if pair.name is RelationName.CAST:
        return part is Kind.CHARACTER
    return pair.name is RelationName.AWARD and part is Kind.FILM


def together(spans: Sequence[Span], places: Places) -> bool:
    """Whether mentions stand in one voice: two snippets of an aggregator page are two voices."""
    zones = {
        zone.span
        for zone in (places.zone(span.start) for span in spans)
        if zone is not None and zone.kind is ZoneKind.SNIPPET
    }
    return len(zones) < 2


def from_pairs(
    pairs: Iterable[PairScore],
    clusters: Sequence[Cluster],
    mentions: Sequence[Mention],
    places: Places,
) -> list[Relation]:
    """The network's and the patterns' pairs as relations with their sentences.

    A relation is as likely as its words, times its names: a credit of what may be no name at all
    is worth little, and is left out below `LEAST`. Of two pairs that say the same the likelier is
    kept; a part is kept from whichever gives it.
    """
    certain = [max((m.score for m in cluster.mentions), default=1.0) for cluster in clusters]
    pairs = _without_crew(list(pairs))
    best: dict[tuple[RelationName, int, int], PairScore] = {}
    parts: dict[tuple[RelationName, int, int], int] = {}
    for pair in pairs:
        spans = [mentions[index].span for index in pair.evidence]
        if not spans or not fitting(pair, clusters) or not together(spans, places):
            continue
        key = (pair.name, pair.subject, pair.object)
        if pair.name in BOTH_WAYS and pair.subject > pair.object:
            key = (pair.name, pair.object, pair.subject)
        if pair.part is not None:
            parts.setdefault(key, pair.part)
        if key not in best or pair.score > best[key].score:
            best[key] = pair
    played = {
        (subject, part) for (name, subject, _), part in parts.items() if name is RelationName.CAST
    }
    # a character named once, as one of another film, is not the reviewed film's besides
    elsewhere = {
        thing
        for name, subject, thing in best
        if name is RelationName.CHARACTER and subject and len(clusters[thing].mentions) == 1
    }
    found = []
    for key, pair in best.items():
        name, subject, thing = key
        score = pair.score * certain[subject] * certain[thing]
        if score < LEAST:
            continue
        if name is RelationName.CHARACTER and (
            (subject, thing) in played or (subject == 0 and thing in elsewhere)
        ):
            continue
        part = parts.get(key)
        found.append(
            Relation(
                name,
                clusters[subject].id,
                clusters[thing].id,
                places.evidence(*(mentions[index].span for index in pair.evidence)),
                round(score, 3),
                clusters[part].id if part is not None else "",
            )
        )
    return found


_WHOLE_LISTS = frozenset(
    {
        RelationName.DIRECTOR,
        RelationName.WRITER,
        RelationName.CINEMATOGRAPHER,
        RelationName.COMPOSER,
        RelationName.EDITOR,
    }
)


_CREW = (RelationName.DIRECTOR, RelationName.WRITER)
_LIKELY = 0.5


def _without_crew(pairs: Sequence[PairScore]) -> list[PairScore]:
    """The pairs without those that take a film's director or writer for an actor, or the reverse.

    Where acting is the less likely, only the other is said; who is likelier to act is a director
    besides only where that is likelier than not.
    """
    crew: dict[tuple[int, int], float] = {}
    cast: dict[tuple[int, int], float] = {}
    for pair in pairs:
        key = (pair.subject, pair.object)
        if pair.name in _CREW:
            crew[key] = max(pair.score, crew.get(key, 0.0))
        elif pair.name is RelationName.CAST:
            cast[key] = max(pair.score, cast.get(key, 0.0))

    def stands(pair: PairScore) -> bool:
        key = (pair.subject, pair.object)
        if pair.name is RelationName.CAST:
            return pair.score >= crew.get(key, 0.0)
        if pair.name in _CREW:
            return pair.score >= _LIKELY or pair.score >= cast.get(key, 0.0)
        return True

    return [pair for pair in pairs if stands(pair)]


def merged(stated: Sequence[Relation], read: Iterable[Relation]) -> list[Relation]:
    """Stated relations first; the prose's words for the same fact stay as evidence of their own.

    A character whose actor is stated needs no `character` relation. Where the page lists its film's
    director or another credit of few hands, the list is whole: prose that seems to give the credit
    to somebody else was misread.
    """
    listed = {
        (relation.name, relation.subject) for relation in stated if relation.name in _WHOLE_LISTS
    }
    played = {(relation.subject, relation.part) for relation in stated if relation.part}
    parts: Mapping[tuple[RelationName, str, str], str] = {
        (relation.name, relation.subject, relation.object): relation.part for relation in stated
    }
    rest = []
    for relation in read:
        if (
            relation.name is RelationName.CHARACTER
            and (relation.subject, relation.object) in played
        ):
            continue
        fact = (relation.name, relation.subject, relation.object)
        if fact[:2] in listed and fact not in parts:
            continue
        part = relation.part or parts.get(fact, "")
        rest.append(
            Relation(
                relation.name,
                relation.subject,
                relation.object,
                relation.evidence,
                relation.score,
                part,
            )
        )
    rest.sort(key=lambda relation: relation.evidence.span.start if relation.evidence.span else -1)
    return [*stated, *rest]
