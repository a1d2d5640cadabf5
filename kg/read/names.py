"""Lists of names: cut into names with their places, each name judged by its form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.model import Span
from kg.read.labels import label_of

_PARTICLES: Final = frozenset(
    [
        *("de", "da", "do", "dos", "das", "del", "della", "di", "du", "des", "la", "le", "les"),
        *("van", "von", "der", "den", "ter", "ten", "zu", "zum", "af", "av", "al", "el", "y", "e"),
        *("bin", "ibn", "ben", "st.", "of", "the", "d'", "dit"),
    ]
)
_AND: Final = r"and|et|und|y|e|og|och|i|a|en|és|és|ja|ve|и|та|και|with|mit|avec|con|com"
_SEPARATOR: Final = re.compile(
    rf"\s*[;|•·\t\n]+\s*|\s*[,、，]\s*(?:(?:{_AND})\s+)?|\s+(?:{_AND})\s+|\s*&\s*|\s+/\s+|\s+\+\s+"
)
_COARSE: Final = re.compile(r"\s*[;|•·\t\n、，]+\s*|\s*,\s*|\s+/\s+")
_SUFFIX: Final = re.compile(r"(?:jr|sr|ii|iii|iv|phd|m\.?d)\.?", re.IGNORECASE)
_NOTE: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_MORE: Final = re.compile(
    r"(?:(?<!\w)[\[(]?\s*(?:see |show |view |and )?(?:more|all|full|others?)\b.*"
    r"|\.\.\.|…|\betc\.?)$",
    re.IGNORECASE,
)
_LEAD: Final = re.compile(
    r"\s*(?:(?:based (?:up)?on|adapted from|from|after|original|screenplay|story|script|written)\b"
    r"[^,;]*?\s)?by\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_EDGE: Final = " \t\xa0.,;:–—-*«»“”\"'‘’|/"
_SENTENCE: Final = re.compile(r"[.!?]\s+[^\W\d_]|[!?]$")
LONGEST_NAME: Final = 48


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a list, with the words in parentheses that follow it ("stories", "as Max")."""

    words: str
    span: Span
    note: str = ""
    note_span: Span | None = None


def is_name(words: str) -> bool:
    """Whether `words` have the form of a name: few words, a capital, no sentence."""
    words = words.strip()
    if not words or len(words) > LONGEST_NAME or _SENTENCE.search(re.sub(r"\b\w+\. ", "", words)):
        return False
    pieces = words.split()
    if len(pieces) > 6 or any(sign in words for sign in "@%$€£=<>{}_#…"):
        return False
    if len(pieces) > 1 and label_of(words) is not None:
        return False  # a lone word may be both: "Game", "Star"
    if sum(letter.isdigit() for letter in words) > 2 or re.search(r"\d{3}", words):
        return False
    letters = [letter for letter in words if letter.isalpha()]
    if len(letters) < 2:
        return False
    lower = [piece for piece in pieces if piece[0].islower() and piece not in _PARTICLES]
    if any(letter.isupper() or not (letter.islower() or letter.isupper()) for letter in letters):
        return len(lower) == 0 or (len(lower) == 1 and len(pieces) >= 3 and pieces[0] not in lower)
    return False


def is_person(words: str) -> bool:
    """Whether `words` have the form of a person's full name: two to five words in capitals."""
    return is_name(words) and 2 <= len(words.split()) <= 5 and not any(map(str.isdigit, words))


def split_names(text: str, start: int, end: int, *, organisations: bool = False) -> list[Name]:
    """The names of the list `text[start:end]`, in order; pieces that are no names are left out.

    `organisations` keeps "and" and "&" inside a name. A suffix ("Jr.") stays with its name, a note
    in parentheses is kept beside it, and what follows a name that was cut off ("...", "more") ends
    the list.
    """
    return list(_names(text, start, end, _COARSE if organisations else _SEPARATOR))


def _names(text: str, start: int, end: int, separator: re.Pattern[str]) -> Iterator[Name]:
    previous: Name | None = None
    for first, last in _pieces(text, start, end, separator):
        name = _name(text, first, last)
        if name is None:
            continue
        if previous is not None and _SUFFIX.fullmatch(name.words):
            span = Span(previous.span.start, name.span.end)
            previous = Name(span.words(text), span, name.note, name.note_span)
            continue
        if previous is not None and is_name(previous.words):
            yield previous
        previous = name
    if previous is not None and is_name(previous.words):
        yield previous


def _pieces(
    text: str, start: int, end: int, separator: re.Pattern[str]
) -> Iterator[tuple[int, int]]:
    """The stretches between separators; one inside parentheses doesn't count."""
    depth_at = _depths(text, start, end)
    first = start
    for match in separator.finditer(text, start, end):
        if depth_at[match.start() - start] > 0:
            continue
        yield first, match.start()
        first = match.end()
    yield first, end


def _depths(text: str, start: int, end: int) -> list[int]:
    depths, depth = [], 0
    for letter in text[start:end]:
        if letter in "([":
            depth += 1
        depths.append(depth)
        if letter in ")]":
            depth = max(0, depth - 1)
    return [*depths, 0]


def _name(text: str, first: int, last: int) -> Name | None:
    note, note_span = "", None
    lead = _LEAD.match(text, first, last)
    if lead is not None:
        first = lead.end()
    opened = _NOTE.search(text, first, last)
    if opened is not None and opened.start() > first:
        inner = Span(opened.start(), opened.end()).words(text).strip()[1:-1].strip()
        at = text.index(inner, opened.start()) if inner else opened.start()
        note, note_span = inner, Span(at, at + len(inner))
        last = opened.start()
    elif "(" in text[first:last] and ")" not in text[first:last]:
        last = text.index("(", first)  # cut off inside a note
    more = _MORE.search(text[first:last])
    if more is not None:
        last = first + more.start()
    while first < last and text[first] in _EDGE:
        first += 1
    while last > first and text[last - 1] in _EDGE:
        if text[last - 1] == "." and re.search(r"(?:\b\w|\b[JS]r|\bSt)\.$", text[first:last]):
            break  # the dot of an initial or of "Jr." belongs to the name
        last -= 1
    if last <= first:
        return None
    return Name(text[first:last], Span(first, last), note, note_span)
