"""How the review brings in other films and works: one reference for each that its prose names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.extract.places import Places
from kg.model import Cluster, Kind, Mention, Reference, ReferenceKind

Opinion = tuple[ReferenceKind, float, int]  # kind, score, the mention that says it best

_QUOTE = r"[\"'“”‘’«»*_]*"
_JOINT = re.compile(
    rf"{_QUOTE}\s*(?:\(\d{{4}}\)\s*)?(?:,|and|or|&|/|,\s*(?:and|or|&))\s*(?:the\s+)?{_QUOTE}",
    re.IGNORECASE,
)
_BORROWED = re.compile(
    r"\b(?:(?:borrow(?:s|ed|ing)?|st(?:eals?|ole|olen)|lift(?:s|ed|ing)?|rip(?:s|ped|ping)?|"
    r"crib(?:s|bed|bing)?|pages?|cues?|inspiration|leaf)\s+(?:\w+\s+){0,6}(?:from|out of)|"
    r"(?:homage|tribute|nod)s?\s+to|(?:spin|riff|twist)s?\s+on)\s+"
    rf"(?:[^\W\d_]\S*\s+){{0,7}}{_QUOTE}$",
    re.IGNORECASE,
)
_STRONGER = (ReferenceKind.REMAKE, ReferenceKind.SEQUEL)  # they take from their models anyway
_SAID = 0.7  # the score of a kind that a phrase says outright
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
    given = {
        number: kinds.get(number, (ReferenceKind.MENTION, _UNSURE, index))
        for number, index in first.items()
    }
    given = _in_one_breath(_by_phrase(given, mentions, numbers, places), mentions, numbers, places)
    found = []
    for number in first:
        kind, score, best = given[number]
        evidence = places.evidence(mentions[best].span)
        found.append(
            Reference(clusters[0].id, clusters[number].id, kind, evidence, round(score, 3))
        )
    return found


def _by_phrase(
    given: Mapping[int, Opinion],
    mentions: Sequence[Mention],
    numbers: Sequence[int],
    places: Places,
) -> dict[int, Opinion]:
    """What the film takes from, in so many words, it alludes to."""
    said = dict(given)
    for index, number in enumerate(numbers):
        if number in given and given[number][0] not in _STRONGER:
            start = mentions[index].start
            before = places.text[max(0, start - 80) : start]
            if _BORROWED.search(before):
                said[number] = (ReferenceKind.ALLUSION, _SAID, index)
    return said


def _in_one_breath(
    given: Mapping[int, Opinion],
    mentions: Sequence[Mention],
    numbers: Sequence[int],
    places: Places,
) -> dict[int, Opinion]:
    """Titles that are enumerated are brought in alike: the kinds of an enumeration agree."""
    leader = {number: number for number in given}

    def find(number: int) -> int:
        while leader[number] != number:
            number = leader[number]
        return number

    for index in range(len(numbers) - 1):
        one, other = numbers[index], numbers[index + 1]
        if one in leader and other in leader:
            words = places.text[mentions[index].end : mentions[index + 1].start]
            if len(words) < 20 and _JOINT.fullmatch(words):
                leader[max(find(one), find(other))] = min(find(one), find(other))
    votes: dict[int, dict[ReferenceKind, float]] = defaultdict(dict)
    for number, (kind, score, _) in given.items():
        ballot = votes[find(number)]
        ballot[kind] = ballot.get(kind, 0.0) + score
    agreed = {}
    for number, (kind, score, best) in given.items():
        ballot = votes[find(number)]
        chosen = max(ballot, key=lambda kind: ballot[kind])
        agreed[number] = (chosen, score if chosen is kind else score / 2, best)
    return agreed
