"""Text to word pieces, with what the uncased vocabulary loses: case, line breaks, known names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.extract.known_names import NONE, STATES, KnownNames

(SPECIAL, LOWER, TITLE, UPPER, LETTER, MIXED, DIGITS, CODE, PUNCTUATION, OTHER) = range(10)
CASES = 10
JOINED, SPACED, NEW_LINE = range(3)
GAPS = 3
FEATURES = CASES * GAPS * STATES

Integers = NDArray[np.int64]


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


def feature(case: int, gap: int, known: int) -> int:
    """The row of the encoder's feature table for a word."""
    return (case * GAPS + gap) * STATES + known


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
    spans = list(zip(word_starts.tolist(), word_ends.tolist(), strict=True))
    words = [text[start:end] for start, end in spans]
    states = known.states(words) if known else [NONE] * len(words)
    rows = []
    before = 0
    for (start, end), word, state in zip(spans, words, states, strict=True):
        if start == before and start:
            gap = JOINED
        elif not start or "\n" in text[before:start]:
            gap = NEW_LINE
        else:
            gap = SPACED
        rows.append((feature(case := case_of(word), gap, state), feature(case, JOINED, state)))
        before = end
    table = np.array(rows, dtype=np.int64)
    number = np.cumsum(new) - 1
    features = np.where(new, table[number, 0], table[number, 1])
    return Pieces(ids, features, offsets[:, 0], offsets[:, 1], first, word_starts, word_ends)
