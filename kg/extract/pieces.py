"""Text to word pieces, with what the uncased vocabulary loses: case, line breaks, known names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.extract.known_names import NONE, STATES, KnownNames

(SPECIAL, LOWER, TITLE, UPPER, LETTER, MIXED, DIGITS, CODE, PUNCTUATION, OTHER) = range(10)
CASES = 10
JOINED, SPACED, NEW_LINE = range(3)
GAPS = 3
FEATURES = CASES * GAPS * STATES

_LONGEST = 64  # characters of a word that are looked at: what is longer is no word

Integers = NDArray[np.int64]


@lru_cache(maxsize=1 << 15)
def case_of(word: str) -> int:
    """How a word is written, one of this module's cases."""
    if word.isalpha():
        if word.islower():
            return LOWER
        if word.isupper():
            return LETTER if len(word) == 1 else UPPER
        if word[0].isupper() and word[1:].islower():
            return TITLE
        # scripts without case are neither upper nor lower
        return MIXED if word.lower() != word.upper() else OTHER
    if word.isdigit():
        return DIGITS
    if word.isalnum():
        return CODE
    return PUNCTUATION if len(word) == 1 and word.isprintable() else OTHER


Row = TypeVar("Row", int, Integers)


def feature(case: Row, gap: Row | int, known: Row | int) -> Row:
    """The row of the encoder's feature table for a word, or for each of many."""
    return (case * GAPS + gap) * STATES + known


def _gaps(text: str, starts: Integers, ends: Integers) -> Integers:
    """What stands before each word: nothing, spaces, or the end of a line (or the text's edge)."""
    before = np.concatenate(([0], ends[:-1]))
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    breaks = np.flatnonzero(codes == ord("\n"))
    broken = np.searchsorted(breaks, before) < np.searchsorted(breaks, starts)
    gaps = np.where(broken | (starts == 0), NEW_LINE, SPACED)
    return np.where((starts == before) & (starts > 0), JOINED, gaps)


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text as the encoder reads it.

    `ids`, `features`, `starts`, `ends` [pieces]: vocabulary index, row of the feature table, and
    the piece's characters. `first` [words]: each word's first piece. `word_starts`, `word_ends`
    [words]: its characters. A word is what stands between spaces and punctuation.
    """

    ids: Integers
    features: Integers
    starts: Integers
    ends: Integers
    first: Integers
    word_starts: Integers
    word_ends: Integers

    def __len__(self) -> int:
        return len(self.ids)


def cut(text: str, tokenizer: Tokenizer, known: KnownNames | None) -> Pieces:
    """Cut a text into pieces. Characters that the vocabulary lacks become the unknown piece."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    ids = np.array(encoding.ids, dtype=np.int64)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    word_of = np.array(encoding.word_ids, dtype=np.int64)
    if not len(ids):
        none = np.zeros(0, dtype=np.int64)
        return Pieces(none, none, none, none, none, none, none)
    new = np.concatenate(([True], word_of[1:] != word_of[:-1]))
    first = np.flatnonzero(new)
    last = np.concatenate((first[1:], [len(ids)])) - 1
    word_starts, word_ends = offsets[first, 0], offsets[last, 1]
    shown = np.minimum(word_ends, word_starts + _LONGEST)
    words = [
        text[start:end] for start, end in zip(word_starts.tolist(), shown.tolist(), strict=True)
    ]
    states = np.array(known.states(words), dtype=np.int64) if known else NONE
    cases = np.array([case_of(word) for word in words], dtype=np.int64)
    gaps = _gaps(text, word_starts, word_ends)
    begins, goes_on = feature(cases, gaps, states), feature(cases, JOINED, states)
    number = np.cumsum(new) - 1
    features = np.where(new, begins[number], goes_on[number])
    return Pieces(ids, features, offsets[:, 0], offsets[:, 1], first, word_starts, word_ends)
