"""What a page's lists and markup state of its film, as mentions, names and relations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.model import Evidence, Field, Kind, Mention, Page, Relation, RelationName, Span, Stated

SCORE = 0.99  # a labelled list can still be misread

KINDS: dict[Field, Kind] = {
    Field.TITLE: Kind.FILM,
    Field.OTHER_TITLE: Kind.FILM,
    Field.DIRECTOR: Kind.PERSON,
    Field.WRITER: Kind.PERSON,
    Field.PRODUCER: Kind.PERSON,
    Field.CINEMATOGRAPHER: Kind.PERSON,
    Field.COMPOSER: Kind.PERSON,
    Field.EDITOR: Kind.PERSON,
    Field.CAST: Kind.PERSON,
    Field.COMPANY: Kind.ORGANISATION,
    Field.DISTRIBUTOR: Kind.ORGANISATION,
    Field.BASED_ON: Kind.WORK,
}
RELATIONS: dict[Field, RelationName] = {
    Field.DIRECTOR: RelationName.DIRECTOR,
    Field.WRITER: RelationName.WRITER,
    Field.PRODUCER: RelationName.PRODUCER,
    Field.CINEMATOGRAPHER: RelationName.CINEMATOGRAPHER,
    Field.COMPOSER: RelationName.COMPOSER,
    Field.EDITOR: RelationName.EDITOR,
    Field.CAST: RelationName.CAST,
    Field.COMPANY: RelationName.COMPANY,
    Field.DISTRIBUTOR: RelationName.COMPANY,
    Field.BASED_ON: RelationName.BASED_ON,
}


@dataclass(frozen=True, slots=True)
class StatedName:
    """A name that a stated fact gives; `span` is where it stands in the text, if it does."""

    words: str
    kind: Kind
    span: Span | None
    title: bool = False  # it names the page's film


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A stated relation by its names' places in `stated_names`."""

    name: RelationName
    value: int
    part: int | None
    evidence: Evidence


def stated_names(page: Page) -> tuple[list[StatedName], list[StatedFact]]:
    """The names that the page states, and the facts that join them to its film."""
    names: list[StatedName] = []
    facts: list[StatedFact] = []

    def add(words: str, kind: Kind, span: Span | None, *, title: bool = False) -> int:
        inside = span if span and 0 <= span.start < span.end <= len(page.text) else None
        names.append(StatedName(words, kind, inside, title))
        return len(names) - 1

    for stated in page.stated:
        kind = KINDS.get(stated.field)
        if kind is None or not stated.value.strip():
            continue
        title = stated.field in (Field.TITLE, Field.OTHER_TITLE)
        value = add(stated.value, kind, stated.value_span, title=title)
        part = add(stated.part, Kind.CHARACTER, stated.part_span) if stated.part.strip() else None
        if stated.field in RELATIONS:
            facts.append(StatedFact(RELATIONS[stated.field], value, part, _evidence(stated)))
    for words, kind, name in (
        (page.critic, Kind.PERSON, RelationName.CRITIC),
        (page.publication, Kind.ORGANISATION, RelationName.PUBLICATION),
    ):
        if words.strip():
            value = add(words.strip(), kind, None)
            facts.append(StatedFact(name, value, None, Evidence(words.strip(), None, "byline")))
    return names, facts


def _evidence(stated: Stated) -> Evidence:
    if stated.evidence.span is None and stated.evidence.where == "text":
        return Evidence(stated.evidence.exact, None, stated.origin)
    return stated.evidence


def with_stated(mentions: Iterable[Mention], names: Sequence[StatedName]) -> list[Mention]:
    """The mentions in order, those that the page states put in place of what overlaps them."""
    own: dict[tuple[int, int], Mention] = {}
    for name in names:
        if name.span is not None:
            span = (name.span.start, name.span.end)
            own.setdefault(span, Mention(*span, name.kind, SCORE))
    kept: list[Mention] = []
    for mention in sorted(own.values(), key=lambda mention: (mention.start, -mention.end)):
        if not kept or kept[-1].end <= mention.start:
            kept.append(mention)
    stated = list(kept)
    at = 0
    for mention in sorted(mentions, key=lambda mention: (mention.start, -mention.end)):
        while at < len(stated) and stated[at].end <= mention.start:
            at += 1
        if at < len(stated) and stated[at].start < mention.end:
            continue
        kept.append(mention)
    kept.sort(key=lambda mention: mention.start)
    return kept


def relations(facts: Sequence[StatedFact], ids: Sequence[str], topic: str) -> list[Relation]:
    """The stated facts as relations of the topic; `ids` are the cluster ids of the names.

    Each fact is given once, however many lists state it; the one in the text is preferred.
    """
    best: dict[tuple[RelationName, str, str], StatedFact] = {}
    for fact in facts:
        key = (fact.name, ids[fact.value], ids[fact.part] if fact.part is not None else "")
        kept = best.get(key)
        if kept is None or (kept.evidence.span is None and fact.evidence.span is not None):
            best[key] = fact
    parted = {(name, value) for name, value, part in best if part}
    return [
        Relation(name, topic, value, fact.evidence, SCORE, part, stated=True)
        for (name, value, part), fact in best.items()
        if value != topic and (part or (name, value) not in parted)
    ]
