"""Names without case, accents and punctuation, so that two ways of typing one name are equal."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
)
_DROPPED = re.compile("['’‘`ʼ´.·]")
_GAP = re.compile(r"[\W_]+")
_LONGEST_SEGMENT = 80


def fold(text: str) -> str:
    """The words of `text` in plain small letters, one space between: `L'Été, 1975` -> `lete 1975`.

    Letters of other scripts stay as they are. A text without any letter or digit gives "".
    """
    lowered = text.casefold().translate(_LETTERS)
    if not lowered.isascii():
        split = unicodedata.normalize("NFKD", lowered)
        bare = "".join(char for char in split if not "\u0300" <= char <= "\u036f")
        lowered = unicodedata.normalize("NFC", bare).translate(_LETTERS)
    return _GAP.sub(" ", _DROPPED.sub("", lowered.replace("&", " and "))).strip()


def segment(name: str) -> str:
    """`name` as the last part of an IRI path, at most 80 characters and never empty."""
    words = fold(name).replace(" ", "-")
    if not words:
        return "-".join(f"u{ord(char):x}" for char in name.strip()[:8]) or "unnamed"
    if len(words) <= _LONGEST_SEGMENT:
        return words
    return words[: _LONGEST_SEGMENT + 1].rpartition("-")[0] or words[:_LONGEST_SEGMENT]
