"""What a page says of its film and what merely surrounds it, read apart.

A menu or a row of grades before a review is no context to read the review in: the network would
take a heading for the film and miss the film's own name. So each is read with blanks in place of
the other; offsets stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.model import Mention, Page, Span, ZoneKind

_VISIBLE = re.compile(r"[^\s]")
_EDGES = " \t\r\n\"'“”‘’«»`´_*()[]{},;:.–—-"


def apart(page: Page) -> tuple[str, str]:
    """The page's text without what surrounds the review, and with nothing but that.

    Both have the text's own length; the second is empty where nothing surrounds the review.
    """
    around = [zone.span for zone in page.zones if zone.kind.silent or zone.kind is ZoneKind.SCORE]
    if not around:
        return page.text, ""
    rest = _between(around, len(page.text))
    return _blanked(page.text, around), _blanked(page.text, rest)


def _between(spans: Iterable[Span], end: int) -> list[Span]:
    found = []
    at = 0
    for span in sorted(spans, key=lambda span: span.start):
        if span.start > at:
            found.append(Span(at, span.start))
        at = max(at, span.end)
    return [*found, Span(at, end)] if at < end else found


def _blanked(text: str, spans: Iterable[Span]) -> str:
    parts = []
    at = 0
    for span in sorted(spans, key=lambda span: span.start):
        start = max(at, span.start)
        if start < span.end:
            parts += [text[at:start], _VISIBLE.sub(" ", text[start : span.end])]
            at = span.end
    return "".join([*parts, text[at:]])


def within_zones(page: Page, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, each cut off at the edge of the zone that it begins in, or before the next."""
    edges = sorted({edge for zone in page.zones for edge in (zone.start, zone.end)})
    if not edges:
        return list(mentions)
    kept = []
    at = 0
    for mention in sorted(mentions, key=lambda mention: mention.start):
        while at < len(edges) and edges[at] <= mention.start:
            at += 1
        end = mention.end
        if at < len(edges) and edges[at] < end:
            end = edges[at]
            while end > mention.start and page.text[end - 1] in _EDGES:
                end -= 1
        if end > mention.start:
            kept.append(Mention(mention.start, end, mention.kind, mention.score))
    return kept
