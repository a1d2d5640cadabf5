"""Names made fit for a place: XML, one line of a picture, a cell of a table.

What a review says is hostile until shown otherwise: control characters, marks that turn the
direction of the text that follows, names of ten thousand characters.
"""

from __future__ import annotations

import re
import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_FORBIDDEN_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARKS = re.compile('["“”«»]')
_LOOSE_MARK = re.compile('^["“«]\\s*|\\s*["”»]$')
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def xml_text(text: str) -> str:
    """`text` with each character that XML 1.0 forbids replaced by U+FFFD (section 2.2, Char)."""
    return _FORBIDDEN_IN_XML.sub(REPLACEMENT, text)


def one_line(text: str, limit: int) -> str:
    """`text` on one line of at most `limit` characters, without marks of direction."""
    words = " ".join(_DIRECTION_MARKS.sub("", xml_text(text[: limit * 8])).split())
    cut = len(words) > limit or len(text) > limit * 8
    return words[: limit - 1].rstrip() + "…" if cut else words


def quotable(text: str) -> str:
    """`text` to be set in quotation marks: without a lone mark at its beginning or end.

    Such a mark opens or closes beyond the sentence, and would look like one of ours.
    """
    text = text.strip()
    if len(_MARKS.findall(text)) == 1:
        text = _LOOSE_MARK.sub("", text)
    return text


def cell(text: str) -> str:
    """`text` for a CSV cell: one that a spreadsheet would run as a formula gets an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def width(text: str) -> float:
    """About how wide `text` is set in a serif italic, in ems; never less than it is by much."""
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character in "iljtfI.,:;'’|!() ":
        return 0.3
    if character in "mwMW—…":
        return 0.85
    return 0.68 if character.isupper() else 0.49
