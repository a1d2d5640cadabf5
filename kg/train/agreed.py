"""What many reviews of one film say together of a name that one of them leaves in doubt.

A network that reads one review takes now an actor, now a part for the other. Read over all the
reviews of a film, and held against its published cast, most such doubts go: the marks that
self-training learns from are the agreed ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kg.extract.known_names import key, split
from kg.model import Kind, Mention

_MOST = 0.8  # the share of the votes from which a kind is agreed
_VOTES = 2.5  # the sum of scores below which nothing is agreed
_SURE = 0.9
_NAMED = (Kind.PERSON, Kind.CHARACTER)

Key = tuple[str, ...]


@dataclass(slots=True)
class Opinions:
    """What is known of the names in the reviews of one film, by the key of their words."""

    votes: dict[Key, dict[Kind, float]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(float))
    )
    people: set[Key] = field(default_factory=set)
    parts: set[Key] = field(default_factory=set)

    def count(self, mentions: Iterable[tuple[str, Mention]]) -> None:
        """Take the votes of one review: words and mention each."""
        for words, mention in mentions:
            self.votes[key(split(words))][mention.kind] += mention.score

    def know(self, film: Mapping[str, Any]) -> None:
        """Take the published cast and crew, the surnames and the first names of parts with them."""
        for role in ("performers", "directors", "writers"):
            for person in film.get(role) or ():
                words = key(split(person["name"]))
                self.people.update((words, words[-1:]))
        for person in film.get("performers") or ():
            for part in person.get("roles") or ():
                words = key(split(part))
                if part[:1].isupper() and 0 < len(words) < 4:
                    self.parts.update((words, words[-1:], words[:1]))

    def kind_of(self, words: str) -> Kind | None:
        """The kind that is agreed on for these words, None where there is no agreement."""
        name = key(split(words))
        if name in self.people and name not in self.parts:
            return Kind.PERSON
        if name in self.parts and name not in self.people:
            return Kind.CHARACTER
        ballot = self.votes.get(name, {})
        total = sum(ballot.values())
        if total < _VOTES:
            return None
        best = max(ballot, key=lambda kind: ballot[kind])
        return best if ballot[best] >= _MOST * total else None


def agreed(
    text: str, mentions: Sequence[Mention], opinions: Opinions
) -> tuple[list[Mention], list[Mention]]:
    """The mentions that are taken for true, and those of which nothing is known.

    A person is made a part, or a part a person, where that is agreed; what is agreed and not
    outright doubtful is taken for true even if its own review is not sure of it.
    """
    true, doubtful = [], []
    for mention in mentions:
        kind = opinions.kind_of(mention.words(text))
        if kind is not None and kind is not mention.kind:
            if kind in _NAMED and mention.kind in _NAMED:
                true.append(replace(mention, kind=kind))
            else:
                doubtful.append(mention)
        elif mention.score >= _SURE or (kind is mention.kind and mention.score >= _SURE - 0.4):
            true.append(mention)
        else:
            doubtful.append(mention)
    return true, doubtful
