"""Where sentences begin, by rule: reviews hold titles, initials, quotations and lists."""

from __future__ import annotations

import re

from kg.extract.names import word_set

# never the end of a sentence
_TITLES = word_set(
    "mr mrs ms dr st prof rev hon gov sen rep lt col gen capt cpl sgt maj mt ft vs viz cf messrs "
    "mme mlle sr sra dir feat ca approx pvt det insp supt fr"
)
# the end of a sentence only before a word that begins one
_ABBREVIATIONS = word_set(
    "jr sr etc inc ltd co corp bros dept est min mins hr hrs no nos vol pt ep eps op ed eds al jan "
    "feb mar apr jun jul aug sep sept oct nov dec esq phd md a.m p.m i.e e.g u.s u.k"
)
_STARTERS = word_set(
    "the a an this that these those it its he she they we i you his her their our my but and so or "
    "yet there here if when while as at in on for with from after before although though because "
    "then now still even what who why how where which not no some many most all one two both each "
    "however also thus overall is was are do does did don't"
)
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]*_]*+(?=\s)|\n")
_LAST_WORD = re.compile(r"([\w.'’-]*)\Z")
_NEXT = re.compile(r"\s*([\"'“‘«(\[*_-]*)([\w'’]*)")
_LIST_ITEM = re.compile(r"[ \t]*(?:[•·*►–—-]|\d{1,2}[.)])\s")
_NUMBER = re.compile(r"\s*\d{1,2}")  # of a list's item
_VISIBLE = re.compile(r"\S")
_SHORT_LINE = 45  # characters; a line that ends before is an item, not a wrapped sentence


def sentence_starts(text: str) -> list[int]:
    """Offsets at which a sentence begins, ascending; the first is 0 unless the text is empty."""
    starts = [0] if text else []
    line = 0  # where the present line began
    reached = 0  # the end of the white space behind the last sentence
    for match in _END.finditer(text):
        end = match.end()
        is_line = match[0] == "\n"
        if end > reached:
            if is_line:
                ends = _line_ends(text, line, match.start())
            else:
                ends = not _NUMBER.fullmatch(text, line, match.start()) and _stop_ends(
                    text, match.start(), match[0], end
                )
            if ends:
                found = _VISIBLE.search(text, end)
                reached = found.start() if found else len(text)
                if starts[-1] < reached < len(text):
                    starts.append(reached)
        if is_line:
            line = end
    return starts


def _line_ends(text: str, line: int, end: int) -> bool:
    """Whether the sentence ends with the line from `line` to `end`."""
    following = text[end + 1 : end + 40]
    stripped = following.lstrip(" \t")
    if not stripped or stripped[0] in "\r\n" or not text[line:end].strip():
        return True
    if _LIST_ITEM.match(following):
        return True
    return end - line < _SHORT_LINE and not stripped[0].islower()


def _stop_ends(text: str, start: int, stop: str, end: int) -> bool:
    """Whether the sentence ends with the stops (and closing marks) from `start` to `end`."""
    found = _NEXT.match(text[end : end + 40])
    opening, word = (found[1], found[2]) if found else ("", "")
    if not word and not opening:
        return True
    lower = word[:1].islower() and not opening
    if stop[0] != "." or stop.startswith(".."):
        return not word[:1].islower()
    before = _LAST_WORD.search(text[max(0, start - 30) : start])
    last = before[1] if before else ""
    key = last.lower()
    if len(stop) == 1:
        if key in _TITLES:
            return False
        if (len(last) == 1 and last.isupper() and last != "I") or re.fullmatch(
            r"(?:\w\.)+\w", last
        ):
            return word.lower() in _STARTERS and not lower and len(word) > 1
        if key in _ABBREVIATIONS:
            return word.lower() in _STARTERS and not lower
    if lower:
        # reviews in small letters throughout still end their sentences
        return len(last) > 2 and last.isalpha() and len(stop) == 1
    return True
