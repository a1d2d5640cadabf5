"""The part that a line of a cast list gives: its words as printed, or cut to the name."""

from __future__ import annotations

import re
from typing import Final

from kg.model import Span

EDGE: Final = " \t\xa0;,.•*|"
_NOTE: Final = re.compile(
    r"\s*\((?:voice|uncredited|as [^)]*|credit only|archive footage)\)", re.IGNORECASE
)
_SENTENCE: Final = re.compile(
    r"(?<=[a-zà-ÿ]{3})\.\s+[A-Z]|\.\s+(?:The|In|He|She|It)\s|\s+[-–—]\s+|:\s+(?=[A-Z])"
)
LONGEST_PART: Final = 90


def explains_parts(told: list[str]) -> bool:
    """Whether the list's parts go on to say who that is: "Elsie, head-housemaid, his mistress"."""
    long = [part for part in told if "," in part and _tail_start(part) is not None]
    return len(long) >= 2 and 3 * len(long) >= len(told)


def _tail_start(part: str) -> int | None:
    """Where an explanation starts: at the first comma that no further name or title follows."""
    for comma in re.finditer(r",\s+", part):
        tail = re.split(r",\s+", part[comma.end() :])[0]
        words = [word for word in tail.split() if word not in ("of", "the", "de", "von", "and")]
        named = (
            words and all(word[0].isupper() for word in words) and not re.search(r"['’]s\b", tail)
        )
        if not named:
            return comma.start()
    return None


def part_of(text: str, part: Span | None, *, explains: bool) -> Span | None:
    """The words of a line that name the part; notes and explanations are left out."""
    if part is None:
        return None
    words = part.words(text)
    end = len(words)
    note = _NOTE.search(words)
    if note is not None:
        end = note.start()
    if explains:
        tail = _tail_start(words[:end])
        if tail is not None:
            end = tail
    foot = re.search(r"\s?\[\w{1,3}\]|:\s+(?:The|A|An|His|Her|One)\s", words[:end])
    if foot is not None:
        end = foot.start()
    sentence = _SENTENCE.search(words[:end])
    if sentence is not None and (explains or end > LONGEST_PART):
        end = sentence.start()
    if end > LONGEST_PART and not explains:
        comma = words.find(",")
        end = comma if 0 < comma <= LONGEST_PART else end
    return clean(text, part.start, part.start + end)


def clean(text: str, start: int, end: int) -> Span | None:
    """The stretch without blanks, bullets and closing points; notes on the actor left out."""
    note = _NOTE.search(text, start, end)
    if note is not None and note.start() > start:
        end = note.start()
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        initial = text[end - 1] == "." and re.search(r"(?:\b\w|\b[JS]r)\.$", text[start:end])
        if initial:
            break
        end -= 1
    return Span(start, end) if end > start else None
