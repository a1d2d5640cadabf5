"""Titles that a film is said to take from: "rips most of its pages from About Eve"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kg.extract.known_names import KnownNames
from kg.model import Kind, Mention

_SCORE = 0.6  # a phrase and a list agree, and the network doesn't
_TAKES = re.compile(
    r"\b(?:(?:borrow|steal|stole|lift|rip|crib|page|cue|inspiration|leaf)\w*\s+(?:\w+\s+){0,6}?"
    r"(?:from|out of)|(?:homage|tribute|nod)s?\s+to|"
    r"(?:spin|riff|twist|variation|remake|rehash|retread|reworking|update)s?\s+(?:on|of))\s+"
    r"[\"“'‘*_]*"
    r"(?P<title>[A-Z][\w'’]*(?:\s+(?:[A-Z][\w'’]*|of|the|and|in|a|on|to|for|with)){1,5})"
)
_END_OF_WORD = re.compile(r"(?<=\w)\b")


def with_borrowed(text: str, mentions: Sequence[Mention], known: KnownNames) -> list[Mention]:
    """The mentions, and those titles behind such a phrase that the network has passed over.

    `mentions` don't overlap. Only a known film's title or the end of one counts, of two words at
    least.
    """
    found = sorted(mentions, key=lambda mention: mention.start)
    for phrase in _TAKES.finditer(text):
        start, last = phrase.span("title")
        # none overlaps another, so the last that begins before the title's end ends last too
        at = bisect_left(found, last, key=lambda mention: mention.start)
        if at and found[at - 1].end > start:
            continue
        ends = [place.end() for place in _END_OF_WORD.finditer(text, start, last)]
        for end in reversed(ends):
            words = text[start:end]
            if " " in words and (known.is_title(words) or known.is_end_of_title(words)):
                found.insert(at, Mention(start, end, Kind.FILM, _SCORE))
                break
    return found
