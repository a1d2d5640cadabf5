"""The reviewed film's title, where something outside the prose gives it, found in the prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.titles import clean_title, is_series
from kg.model import Kind, Mention

SCORE = 0.95
_WORD = re.compile(r"\w+")
_ARTICLES = ("the", "a", "an")
_QUOTES = "\"'“”‘’«»*_"
_TITLED = (Kind.FILM, Kind.WORK)
_LIKELY = 0.8
_DOUBTFUL = 0.9  # below it, a mention of another kind gives way to the title


def with_title(text: str, mentions: Sequence[Mention], titles: Sequence[str]) -> list[Mention]:
    """The mentions, and the given titles wherever they stand written as titles.

    A title of three words and more is one unless it is written small; one of two words if its
    capitals are right or it is quoted; one word only if both. A mention that covers another
    stretch of the title gives way; so does one of another kind, where it is doubtful.
    """
    kept = list(mentions)
    for title in titles:
        for start, end in _occurrences(text, clean_title(title)):
            inside = [m for m in kept if m.start < end and start < m.end]
            if any(
                (m.start < start or end < m.end)
                or (
                    m.kind not in _TITLED
                    and m.score >= _DOUBTFUL
                    and (m.start, m.end) == (start, end)
                )
                for m in inside
            ):
                continue
            same = [m for m in inside if m.kind in _TITLED]
            if len(inside) == 1 and same and (same[0].start, same[0].end) == (start, end):
                continue
            kind = same[0].kind if same else Kind.WORK if is_series(title) else Kind.FILM
            kept = [m for m in kept if m not in inside]
            kept.append(Mention(start, end, kind, SCORE))
    return sorted(kept, key=lambda mention: mention.start)


def _occurrences(text: str, title: str) -> Iterator[tuple[int, int]]:
    words = _WORD.findall(title)
    core = words[1:] if len(words) > 1 and words[0].lower() in _ARTICLES else words
    if not core or not any(len(word) > 1 for word in core):
        return
    article = rf"(?:{re.escape(words[0])}\s+)?" if core is not words else ""
    joined = r"\W{1,3}".join(map(re.escape, core))
    for found in re.finditer(rf"(?<!\w){article}{joined}(?!\w)", text, re.IGNORECASE):
        own = _WORD.findall(found[0])
        small = found[0] == found[0].lower()
        exact = own[-len(core) :] == core and not small
        quoted = found.start() > 0 and text[found.start() - 1] in _QUOTES
        if (
            (len(core) > 2 and not small)
            or (len(core) == 2 and (exact or quoted or found[0].isupper()))
            or (len(core) == 1 and exact and quoted)
        ):
            yield found.start(), found.end()


_RUN = (
    r"((?:[A-Z][\w’'-]*?)(?:\s+(?:(?:of|the|and|in|a|to|for|on|with|from|at)\s+)*[A-Z0-9][\w’-]*)*)"
    r"(?!\w)"
)


def with_directors_film(
    text: str, mentions: Sequence[Mention], directors: Sequence[str]
) -> list[Mention]:
    """The mentions, and the film that the prose calls its director's, where the page names none.

    `directors` are the names that the page's credits give. "Ann Example's Midnight never settles":
    what follows the director's name in capitals and comes back elsewhere on the page is the title,
    even if it is an ordinary word.
    """
    for director in directors:
        last = director.split()[-1] if director.split() else ""
        owner = re.compile(rf"(?<!\w){re.escape(last)}['’]s\s+{_RUN}")
        for found in owner.finditer(text) if len(last) > 2 else ():
            title = re.sub(r"['’]s$", "", found[1])
            places = [
                (place.start(), place.end())
                for place in re.finditer(rf"(?<!\w){re.escape(title)}(?!\w)", text)
            ]
            free = [
                place
                for place in places
                if not any(m.start < place[1] and place[0] < m.end for m in mentions)
            ]
            if len(free) > 1 and len(free) == len(places):
                added = [Mention(start, end, Kind.FILM, _LIKELY) for start, end in free]
                return sorted([*mentions, *added], key=lambda mention: mention.start)
    return list(mentions)
