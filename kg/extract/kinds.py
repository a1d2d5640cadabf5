"""One name, one kind: what the mentions of a page say together of the doubtful ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.names import person_tokens, title_tokens, tokens
from kg.model import Kind, Mention

_TITLED = (Kind.FILM, Kind.WORK)
_NAMED = (Kind.PERSON, Kind.CHARACTER)
_ARTICLES = (("the",), ("a",), ("an",))
_QUOTES = "\"'“”‘’«»*_"
_SURE = 0.7  # the score from which a title keeps its kind whatever its other mentions have

Ballot = dict[Kind, float]


def is_name(words: str) -> bool:
    """Whether the words can be a name at all: signs or a bare article are none."""
    found = tokens(words)
    return bool(found) and found not in _ARTICLES


def settle_kinds(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with their kinds made to agree.

    A name taken now for a person, now for a character is what it mostly is. A bare name that ends
    or begins a full name of the page is of that name's kind, unless it stands in quotation marks
    as a title. Before a person in brackets stands the part ("Lauren Waks (Emmanuelle Seigner)"). A
    title of doubtful kind is a film or another work as its other mentions are. What can't be a name
    is left out.
    """
    people = _alike(text, _parts(text, [m for m in mentions if is_name(m.words(text))]))
    return _titles(text, _bare_names(text, people))


def _most(ballot: Ballot) -> Kind:
    return max(ballot, key=lambda kind: ballot[kind])


def _parts(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    ordered = sorted(mentions, key=lambda mention: mention.start)
    played = {
        part.start
        for part, actor in pairwise(ordered)
        if part.kind is Kind.PERSON
        and actor.kind is Kind.PERSON
        and text[part.end : actor.start] in (" (", "(")
        and text[actor.end : actor.end + 1] in (")", ",")
    }
    return [
        replace(mention, kind=Kind.CHARACTER) if mention.start in played else mention
        for mention in mentions
    ]


def _alike(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    votes: dict[tuple[str, ...], Ballot] = defaultdict(dict)
    for mention in mentions:
        if mention.kind in _NAMED:
            ballot = votes[tokens(mention.words(text))]
            ballot[mention.kind] = ballot.get(mention.kind, 0.0) + mention.score
    return [
        replace(mention, kind=_most(votes[tokens(mention.words(text))]))
        if mention.kind in _NAMED
        else mention
        for mention in mentions
    ]


def _bare_names(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    # the kinds of the full names with this beginning or end
    owners: dict[tuple[str, ...], set[Kind]] = defaultdict(set)
    for mention in mentions:
        form = person_tokens(mention.words(text))
        if mention.kind in _NAMED and len(form) > 1:
            for size in range(1, len(form)):
                owners[form[:size]].add(mention.kind)
                owners[form[-size:]].add(mention.kind)
    settled = []
    for mention in mentions:
        form = person_tokens(mention.words(text))
        kinds = owners.get(form, set())
        quoted = mention.start > 0 and text[mention.start - 1] in _QUOTES
        if (
            len(kinds) == 1
            and mention.kind is not Kind.AWARD
            and not (quoted and mention.kind in _TITLED)
        ):
            settled.append(replace(mention, kind=next(iter(kinds))))
        else:
            settled.append(mention)
    return settled


def _titles(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    votes: dict[tuple[str, ...], Ballot] = defaultdict(dict)
    for mention in mentions:
        if mention.kind in _TITLED:
            ballot = votes[title_tokens(mention.words(text))]
            ballot[mention.kind] = ballot.get(mention.kind, 0.0) + mention.score
    return [
        replace(mention, kind=_most(votes[title_tokens(mention.words(text))]))
        if mention.kind in _TITLED and mention.score < _SURE
        else mention
        for mention in mentions
    ]
