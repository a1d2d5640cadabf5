"""Dates, years and lengths of time as pages print them."""

from __future__ import annotations

import re
from typing import Final

_MONTHS: Final = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|fevr|mars|avr|mai|juin|juil|"
    r"août|aout|sept|okt|dez|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|out|led|úno|bře|dub|kvě|čer|"
    r"srp|zář|říj|lis|pro)[^\W\d_]{0,9}\.?"
)
_YEAR: Final = r"(?:18[89]\d|19\d\d|20[0-4]\d)"
DATE: Final = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s+(?:de\s+|di\s+)?{_MONTHS}(?:\s+de)?,?\s+{_YEAR}"
    rf"|{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+{_YEAR}"
    rf"|{_YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}(?:T[\d:.+Z-]+)?"
    rf"|\d{{1,2}}[-./]\s?\d{{1,2}}[-./]\s?(?:{_YEAR}|\d\d)"
    rf"|{_MONTHS}\s+{_YEAR})(?!\d)",
    re.IGNORECASE,
)
AGO: Final = re.compile(
    r"\b(?:\d+|an?|one|last)\s(?:second|minute|hour|day|week|month|year)s?(?:\sago)\b"
    r"|\b(?:vor|il y a|hace|před)\s\d+\s\w+",
    re.IGNORECASE,
)
YEAR: Final = re.compile(rf"(?<![\d,.$€£-])({_YEAR})(?![\d%]|[.,]\d|\s?(?:min|votes))")
YEAR_IN_PARENS: Final = re.compile(
    rf"[(\[]\s*(?:\w+[,.]?\s){{0,2}}({_YEAR})(?:[,;]?\s(?:[\w./-]+\s?){{1,3}}|\.)?\s*[)\]]"
)

_HOURS: Final = re.compile(
    r"(?<![\d:.,])(?P<hours>\d{1,2})\s?(?:h(?:ou)?rs?\.?|h\.?|hr\.?|std\.?|stunden?|heures?|horas?|"
    r"ore?|hod\.?|godz\.?|ч\.?|час\w*)(?![^\W\d_])[\s,]*(?:(?:and|et|und|y|e)\s)?"
    r"(?:(?P<minutes>\d{1,2})\s?(?:m(?:in(?:s|utes?|uti|utos|uten|ut)?)?\.?|′|'|м\w*)?(?!\w))?",
    re.IGNORECASE,
)
_MINUTES: Final = re.compile(
    r"(?<![\d:.,])(?P<minutes>\d{1,3})[\s-]?(?:min(?:s|utes?|uti|utos|uten|uter|utter|ut|uut|út|"
    r"utt)?\b\.?|mn\b|мин\w*|хв\w*|perc\b|dakika|dk\b|分|λεπτ\w*|′|'(?![\w'])|m(?=$|[\s,;|)]))",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"(?<![\d:])(\d{1,2}):(\d\d)(?::\d\d)?(?![\d:])")
_ISO: Final = re.compile(r"\bP(?:T?(\d+)H)?T?(?:(\d+)M)(?:\d+S)?\b|\bPT?(\d+)H\b")
_BARE_MINUTES: Final = re.compile(r"\d{2,3}")


def find_minutes(words: str) -> tuple[int, int, int] | None:
    """The first length of time in `words`, as (minutes, start, end); None if there is none."""
    found: list[tuple[int, int, int]] = []
    for match in _HOURS.finditer(words):
        minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
        found.append((minutes, match.start(), match.end()))
    for match in _MINUTES.finditer(words):
        if not any(start <= match.start() < end for _, start, end in found):
            found.append((int(match["minutes"]), match.start(), match.end()))
    for match in _ISO.finditer(words):
        minutes = int(match[1] or match[3] or 0) * 60 + int(match[2] or 0)
        found.append((minutes, match.start(), match.end()))
    found = [one for one in found if 1 <= one[0] <= 900]
    return min(found, key=lambda one: one[1]) if found else None


def labelled_minutes(words: str) -> tuple[int, int, int] | None:
    """Likewise after a label such as "Running time", where "1:52" and "112" count as well."""
    found = find_minutes(words)
    if found is not None:
        return found
    clock = _CLOCK.search(words)
    if clock:
        return int(clock[1]) * 60 + int(clock[2]), clock.start(), clock.end()
    bare = _BARE_MINUTES.fullmatch(words.strip())
    if bare and 1 <= int(bare[0]) <= 900:
        return int(bare[0]), words.index(bare[0]), words.index(bare[0]) + len(bare[0])
    return None


def find_year(words: str) -> tuple[int, int, int] | None:
    """The first year in `words`, as (year, start, end)."""
    match = YEAR.search(words)
    return (int(match[1]), match.start(1), match.end(1)) if match else None


def find_date(words: str) -> tuple[str, int, int] | None:
    """The first date in `words` as printed, with its place; a bare year is none."""
    match = DATE.search(words) or AGO.search(words)
    return (match[0], match.start(), match.end()) if match else None
