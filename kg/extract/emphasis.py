"""Titles that a page sets in emphasis: `_The Third Man_`, as plain text and Markdown do.

Whether emphasis means a title is the page's own habit, so the page is asked: where most of its
capitalised words in emphasis were read as titles, the others are titles too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Kind, Mention

SCORE = 0.8
_RUN = re.compile(r"(?<![\w*_])([*_])(?![\s*_])([^*_\n]{1,80}?)(?<!\s)\1(?![*_])")
_POSSESSIVE = re.compile(r"['’]s?$")
_TITLED = (Kind.FILM, Kind.WORK)
_LONGEST = 10  # words
_HABIT = 0.5  # share of the capitalised runs that must be titles already


def with_emphasised(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, and what stands in emphasis where the page has the habit of titles there.

    A name of another kind gives way where it lies wholly within the emphasis.
    """
    runs = list(_runs(text))
    titled = [
        any(m.kind in _TITLED and m.start < end and start < m.end for m in mentions)
        for start, end in runs
    ]
    if not any(titled) or sum(titled) < _HABIT * len(runs):
        return list(mentions)
    kept = list(mentions)
    for (start, end), known in zip(runs, titled, strict=True):
        inside = [m for m in kept if m.start < end and start < m.end]
        if known or any(m.start < start or end < m.end for m in inside):
            continue
        kept = [m for m in kept if m not in inside]
        kept.append(Mention(start, end, Kind.FILM, SCORE))
    return sorted(kept, key=lambda mention: mention.start)


def _runs(text: str) -> list[tuple[int, int]]:
    """Where emphasis covers what may be a title: few words, the first in capitals or a number."""
    found = []
    for run in _RUN.finditer(text):
        words = _POSSESSIVE.sub("", run[2].rstrip(" ,.;:"))
        first = words.lstrip("\"'“‘(")[:1]
        if len(words.split()) <= _LONGEST and (first.isupper() or first.isdigit()):
            found.append((run.start(2), run.start(2) + len(words)))
    return found
