"""How the words around a title bring it in: "a remake of", "better than", "the director of".

The encoder's head for references has seen few examples, and learns them by heart; a softmax over
plain words and turns of phrase errs elsewhere, so the two are asked together. Its features are
hashed (Weinberger et al. 2009) into `ROWS` rows.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Sequence
from itertools import pairwise

from kg.extract.known_names import key, split
from kg.model import Kind, Mention

ROWS = 1 << 14
Features = dict[int, float]

_TITLED = (Kind.FILM, Kind.WORK)
_BEFORE, _BEHIND = 160, 120  # characters
_WORD = re.compile(r"\d+|[^\W\d_]+(?:['’][a-z]+)?|[^\w\s]")
_SENTENCE = re.compile(r"[.!?]\s|\n")
_NUMBER = re.compile(r"\b(?:II|III|IV|[2-9]|Part)\b")
_ARTICLES = frozenset(("the", "a", "an", "of", "and"))
_DECAY = 15  # characters over which a cue loses most of its say

CUES = {
    "version": re.compile(
        r"\b(?:re-?makes?|remade|re-?mak\w+|versions?|adaptations?|adapted|original|filmed|"
        r"re-?imagin\w+|reboot)\b",
        re.IGNORECASE,
    ),
    "series": re.compile(
        r"\b(?:sequels?|prequels?|franchise|series|trilogy|parts?|install?ments?|first|previous|"
        r"predecessor|follow-?up|original|entry|entries|episodes?|spin-?off)\b",
        re.IGNORECASE,
    ),
    "career": re.compile(
        r"\b(?:directors?|directed|who (?:made|gave|did|brought|wrote|played|starred)|star of|"
        r"starred|known for|fame|later|earlier|before|after|career|played in|roles?|last|next|"
        r"previous|also in|seen (?:him|her|in)|from)\b",
        re.IGNORECASE,
    ),
    "likeness": re.compile(
        r"\b(?:like|similar\w*|reminiscent|remind\w*|than|better|worse|compar\w+|unlike|recalls?|"
        r"cross between|meets|same|as good|rank\w*|best|vein|along the lines|up there with|not|"
        r"closer?|favou?rite|if you (?:like|enjoy)\w*|level|style|ala|à la|sort of|kind of|think|"
        r"equal)\b",
        re.IGNORECASE,
    ),
    "borrowing": re.compile(
        r"\b(?:homages?|tributes?|parod\w+|spoof\w*|rip-?offs?|ripp\w+|steal\w*|stole\w*|borrow\w*|"
        r"inspir\w+|influenc\w+|cop(?:y|ies|ied)|nods?|referenc\w+|allu\w+|quot\w+|based|"
        r"scenes? (?:from|of)|takes?|clips?|winks?|lift\w*|imitat\w+|send-?up|pastiche|satir\w+|"
        r"knock-?off|wannabe|pokes? fun)\b",
        re.IGNORECASE,
    ),
}


def wording(
    text: str, mentions: Sequence[Mention], clusters: Sequence[int], topic: int | None
) -> dict[int, Features]:
    """For each cluster of films or works but the topic: the rows that speak, and how loud.

    `clusters` gives each mention's cluster number, `topic` the reviewed film's.
    """
    order = sorted(range(len(mentions)), key=lambda index: mentions[index].start)
    spans = [
        (
            mentions[index].start,
            mentions[index].end,
            f"<{mentions[index].kind}{'!' if clusters[index] == topic else ''}>",
        )
        for index in order
    ]
    own: dict[int, list[int]] = {}
    for place, index in enumerate(order):
        if mentions[index].kind in _TITLED or clusters[index] == topic:
            own.setdefault(clusters[index], []).append(place)
    words_of = {
        number: max((text[spans[place][0] : spans[place][1]] for place in places), key=len)
        for number, places in own.items()
    }
    others = sum(number != topic for number in own)
    found = {}
    for number, places in own.items():
        if number == topic:
            continue
        named = _of_titles(words_of[number], words_of.get(topic) if topic is not None else None)
        named["work"] = float(mentions[order[places[0]]].kind is Kind.WORK)
        named["mentions"] = min(len(places), 4) / 4
        named["others"] = min(others, 12) / 12
        for place in places:
            _around(text, spans, place, 1 / math.sqrt(len(places)), named)
        rows: Features = {}
        for name, value in named.items():
            row = zlib.crc32(name.encode()) % ROWS
            rows[row] = rows.get(row, 0.0) + value
        found[number] = rows
    return found


def _of_titles(title: str, topic: str | None) -> dict[str, float]:
    """What the two titles have in common, and whether the one is numbered."""
    named: dict[str, float] = {}
    if _NUMBER.search(title):
        named["numbered"] = 1.0
    if topic is not None:
        ours = set(key(split(title))) - _ARTICLES
        theirs = set(key(split(topic))) - _ARTICLES
        if shared := ours & theirs:
            named["shared"] = 2 * len(shared) / len(ours)
            named["same"] = float(ours == theirs)
            named["within"] = float(ours <= theirs or theirs <= ours)
    return named


def _around(
    text: str,
    spans: Sequence[tuple[int, int, str]],
    place: int,
    weight: float,
    named: dict[str, float],
) -> None:
    """Add what one mention's sentence says before and behind it."""
    start, end, _ = spans[place]
    first = max(0, start - _BEFORE)
    for stop in _SENTENCE.finditer(text, first, start):
        first = stop.end()
    found = _SENTENCE.search(text, end, end + _BEHIND)
    last = found.start() + 1 if found else min(len(text), end + _BEHIND)
    before = _words(text, spans, place, first, start)
    behind = _words(text, spans, place, end, last)

    def add(name: str, value: float) -> None:
        named[name] = named.get(name, 0.0) + value

    for word in set(before):
        add(f"before {word}", weight / 2)
    for word in set(behind):
        add(f"behind {word}", weight / 2)
    near = before[-6:]
    for one, other in pairwise(near):
        add(f"before {one} {other}", weight)
    if len(before) > 2:
        add(f"before {' '.join(before[-3:])}", weight)
    near = behind[:4]
    for one, other in pairwise(near):
        add(f"behind {one} {other}", weight)
    for cue, pattern in CUES.items():
        for side, words in (("before", text[first:start]), ("behind", text[end:last])):
            hits = list(pattern.finditer(words))
            if hits:
                away = len(words) - hits[-1].end() if side == "before" else hits[0].start()
                name = f"cue {cue} {side}"
                named[name] = 1.0
                close = 1.5 * math.exp(-away / _DECAY)
                named[f"{name} near"] = max(named.get(f"{name} near", 0.0), close)


def _words(
    text: str, spans: Sequence[tuple[int, int, str]], place: int, first: int, last: int
) -> list[str]:
    """The words of a stretch on one side of a mention, with other mentions as their kinds."""
    inside = []
    step = 1 if first >= spans[place][1] else -1
    at = place + step
    while 0 <= at < len(spans) and first <= spans[at][0] and spans[at][1] <= last:
        inside.append(spans[at])
        at += step
    words: list[str] = []
    done = first
    for start, end, kind in sorted(inside):
        words += _plain(text[done:start])
        words.append(kind)
        done = end
    return words + _plain(text[done:last])


def _plain(text: str) -> list[str]:
    return [
        ("<year>" if len(word) == 4 else "<number>") if word.isdigit() else word.lower()
        for word in _WORD.findall(text)
    ]
