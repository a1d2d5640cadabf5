"""Whether a page is written in English, by the small words that no English page lacks."""

from __future__ import annotations

import re

from kg.extract.names import word_set

_ENGLISH = word_set(
    "the of and to is that it in was for with as his her he she this but are on by an be not have "
    "has you who from at one they all so i its if about like or we what there when which their"
)
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20000  # characters
_ENOUGH = 30  # words; fewer tell nothing
_SHARE = 0.12  # English prose has about 0.4 of these words, lists of names some 0.1


def is_english(text: str) -> bool | None:
    """Whether the text is English; None where it is too short to tell, or holds hardly a word."""
    words = _WORD.findall(text[:_SAMPLE].lower())
    if len(words) < _ENOUGH:
        return None
    return sum(word in _ENGLISH for word in words) / len(words) >= _SHARE
