"""Where a mention stands: in which zone, in which sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from kg.model import Evidence, Page, Span, Zone, ZoneKind

_LONGEST = 700  # characters of a sentence that are shown as evidence
_AROUND = 240  # characters on either side where it is longer


class Places:
    """The zones and sentences of one page, found by offset."""

    def __init__(self, page: Page, sentence_starts: Sequence[int]) -> None:
        self.text = page.text
        self._sentences = list(sentence_starts) or [0]
        self._zones = sorted(page.zones, key=lambda zone: zone.start)
        self._starts = [zone.start for zone in self._zones]
        self.speaks = not page.zones or any(zone.kind.speaks for zone in page.zones)

    def zone(self, offset: int) -> Zone | None:
        """The zone that holds the character at `offset`, None between zones."""
        at = bisect_right(self._starts, offset) - 1
        if at >= 0 and offset < self._zones[at].end:
            return self._zones[at]
        return None

    def zone_kind(self, offset: int) -> ZoneKind:
        """The kind of the zone at `offset`; what no zone claims is prose."""
        zone = self.zone(offset)
        return ZoneKind.PROSE if zone is None else zone.kind

    def sentence(self, span: Span) -> Span:
        """The sentence, or the run of sentences, that holds `span`; never beyond its zone."""
        first = bisect_right(self._sentences, span.start) - 1
        after = bisect_right(self._sentences, max(span.start, span.end - 1))
        start = self._sentences[max(0, first)]
        end = self._sentences[after] if after < len(self._sentences) else len(self.text)
        zone = self.zone(span.start)
        if zone is not None and span.end <= zone.end:
            start, end = max(start, zone.start), min(end, zone.end)
        if end - start > _LONGEST:
            start = self._word_edge(max(start, span.start - _AROUND), start)
            end = self._word_edge(min(end, span.end + _AROUND), end)
        while end > start and self.text[end - 1].isspace():
            end -= 1
        while start < end and self.text[start].isspace():
            start += 1
        return Span(start, max(start, end))

    def _word_edge(self, offset: int, limit: int) -> int:
        """The nearest space on the way to `limit`, at most 40 characters off."""
        step = 1 if limit > offset else -1
        for at in range(offset, offset + 40 * step, step):
            if at == limit or not 0 < at < len(self.text):
                return limit
            if self.text[at - 1].isspace():
                return at
        return offset

    def evidence(self, *spans: Span) -> Evidence:
        """The sentence of the given mentions; where they lie far apart, that of the last one."""
        whole = Span(min(span.start for span in spans), max(span.end for span in spans))
        if whole.end - whole.start > _LONGEST:
            whole = spans[-1]
        sentence = self.sentence(whole)
        return Evidence(sentence.words(self.text), sentence)
