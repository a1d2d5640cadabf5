"""Documents as arrays: what the network reads, and what it should have said."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.extract.decode import KINDS, LABELS
from kg.extract.heads import REFERENCE_KINDS
from kg.extract.instances import FITS, Pairs, Places, near_pairs, nearest_topic
from kg.extract.known_names import KnownNames
from kg.extract.network import located
from kg.extract.pieces import Pieces, cut
from kg.extract.signatures import BOTH_WAYS, OUTPUTS, PLAYS, SCORED
from kg.model import Kind, Mention, RelationName
from kg.train.documents import Document, kind_of

Integers = NDArray[np.int64]
Floats = NDArray[np.float32]

_TITLED = (KINDS.index(Kind.FILM), KINDS.index(Kind.WORK))
NAMES = (*SCORED, "plays")


@dataclass(frozen=True, slots=True)
class Example:
    """One document. M mentions, I instances of G groups (ordered pairs of things).

    `allowed` [words, labels]: the labels that a word may bear. `group` [I]: each instance's group,
    the instances being all `pairs` and then all mentions against the topic, -1 where it joins a
    thing to itself. `wanted`, `asked` [G, OUTPUTS]: the truth, and where it counts.
    `reference` [M]: each mention's number among the things referred to, -1 for none;
    `reference_kinds`: their kinds. `topics` [M]: 1 names the topic, 0 not, -1 isn't asked.
    """

    pieces: Pieces
    allowed: NDArray[np.bool_]
    places: Places
    pairs: Pairs
    topic: Integers
    nearest: Integers
    group: Integers
    wanted: Floats
    asked: NDArray[np.bool_]
    reference: Integers
    reference_kinds: Integers
    topics: Integers


def mentions_of(document: Document) -> tuple[list[Mention], list[str]]:
    """The marks as mentions, and the things that they name."""
    mentions = [Mention(mark.start, mark.end, kind_of(mark.thing)) for mark in document.marks]
    return mentions, [mark.thing for mark in document.marks]


def example(document: Document, tokenizer: Tokenizer, known: KnownNames | None) -> Example:
    """Turn a document into arrays."""
    pieces = cut(document.text, tokenizer, known)
    mentions, named = mentions_of(document)
    order, places = located(pieces, mentions)
    things = [named[index] for index in order]
    numbers = {thing: number for number, thing in enumerate(document.things)}
    clusters = np.array([numbers[thing] for thing in things], dtype=np.int64)
    topic = np.zeros(0, dtype=np.int64)
    if document.topic is not None:
        topic = np.flatnonzero(clusters == numbers[document.topic])
    pairs = near_pairs(places)
    group, wanted, asked = _relations(document, numbers, clusters, pairs)
    reference, reference_kinds = _references(document, things)
    topics = np.full(len(things), -1, dtype=np.int64)
    if document.topic is not None:
        titled = np.isin(places.kind, _TITLED)
        topics[titled] = (clusters == numbers[document.topic])[titled]
    return Example(
        pieces,
        _allowed(document, pieces, mentions),
        places,
        pairs,
        topic,
        nearest_topic(places, topic),
        group,
        wanted,
        asked,
        reference,
        reference_kinds,
        topics,
    )


def _allowed(document: Document, pieces: Pieces, mentions: list[Mention]) -> NDArray[np.bool_]:
    labels = np.zeros(len(pieces.first), dtype=np.int64)
    allowed = np.zeros((len(pieces.first), len(LABELS)), dtype=np.bool_)

    def words(start: int, end: int) -> tuple[int, int]:
        first = int(np.searchsorted(pieces.word_ends, start, side="right"))
        return first, int(np.searchsorted(pieces.word_starts, end, side="left"))

    for mention in mentions:
        first, last = words(mention.start, mention.end)
        begin = 1 + 2 * KINDS.index(mention.kind)
        labels[first:last] = begin + 1
        labels[first : first + 1] = begin
    allowed[np.arange(len(labels)), labels] = True
    for start, end in document.unknown:
        first, last = words(start, end)
        for word in range(first, last):
            if labels[word] == 0:
                allowed[word] = True
    return allowed


def _relations(
    document: Document, numbers: dict[str, int], clusters: Integers, pairs: Pairs
) -> tuple[Integers, Floats, NDArray[np.bool_]]:
    subjects, objects = clusters[pairs.subject], clusters[pairs.object]
    topic = -1 if document.topic is None else numbers[document.topic]
    subjects = np.concatenate((subjects, np.full(len(clusters), topic)))
    objects = np.concatenate((objects, clusters))
    usable = (subjects != objects) & (subjects >= 0)
    keys = subjects * len(numbers) + objects
    unique, inverse = np.unique(keys[usable], return_inverse=True)
    group = np.full(len(keys), -1, dtype=np.int64)
    group[usable] = inverse.reshape(-1)
    index = {int(value): number for number, value in enumerate(unique)}
    kinds = np.array([KINDS.index(kind_of(thing)) for thing in numbers], dtype=np.int64)
    asked = FITS[kinds[unique // len(numbers)], kinds[unique % len(numbers)]].copy()
    if document.outputs is not None:
        asked &= np.array([name in document.outputs for name in NAMES])
    wanted = np.zeros((len(unique), OUTPUTS), dtype=np.float32)

    def want(output: int, subject: str, thing: str) -> None:
        at = index.get(numbers.get(subject, 0) * len(numbers) + numbers.get(thing, 0))
        if at is not None and subject in numbers and thing in numbers:
            wanted[at, output] = 1

    for name, subject, thing, *more in document.relations:
        relation = RelationName(name)
        if relation not in SCORED:
            continue
        want(SCORED.index(relation), subject, thing)
        if relation in BOTH_WAYS:
            want(SCORED.index(relation), thing, subject)
        if relation is RelationName.CAST and more:
            want(PLAYS, thing, more[0])
            # a part is a character of its film, whether or not an actor is named
            want(SCORED.index(RelationName.CHARACTER), subject, more[0])
    return group, wanted, asked


def _references(document: Document, things: list[str]) -> tuple[Integers, Integers]:
    present = [thing for thing in document.references if thing in set(things)]
    place = {thing: number for number, thing in enumerate(present)}
    reference = np.array([place.get(thing, -1) for thing in things], dtype=np.int64)
    kinds = [REFERENCE_KINDS.index(document.references[thing]) for thing in present]
    return reference, np.array(kinds, dtype=np.int64)
