"""Where a text holds the words of a known film title or a known person's name.

The lists are frozen and belong to the model: what they say is one input of the network, which has
learnt how far to trust it. A title of one ordinary word says little, a title of five words a lot.
"""

from __future__ import annotations

import gzip
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Self

NONE, TITLE, TITLE_INSIDE, TITLE_WORD, PERSON, PERSON_INSIDE = range(6)
STATES = 6

_LONGEST = 10
_SKIPPED = frozenset("-'’‘`,:!")
_LONG_ENOUGH_IN_LOWER_CASE = 3


@lru_cache(maxsize=1 << 15)
def folded(word: str) -> str:
    """The word without case and accents, as the lists hold it."""
    if word.isascii():
        return word.lower()
    kept = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in kept if not unicodedata.combining(letter))


def split(name: str) -> list[str]:
    """The words of a name: runs of letters and digits; each other sign is a word of its own."""
    words: list[str] = []
    running = False
    for letter in name:
        if letter.isalnum():
            if running:
                words[-1] += letter
            else:
                words.append(letter)
            running = True
        else:
            running = False
            if not letter.isspace():
                words.append(letter)
    return words


def key(words: Iterable[str]) -> tuple[str, ...]:
    """What the lists hold for these words: folded, hyphens, apostrophes and commas left out."""
    return tuple("and" if word == "&" else folded(word) for word in words if word not in _SKIPPED)


class KnownNames:
    """Two sets of names, looked up at every word of a text, the longest first."""

    def __init__(self, titles: Iterable[Sequence[str]], people: Iterable[Sequence[str]]) -> None:
        self._kind: dict[tuple[str, ...], int] = {}
        # how long names can be that begin with these one or two words
        self._longest: dict[str, int] = {}
        for kind, names in ((PERSON, people), (TITLE, titles)):
            for name in names:
                words = tuple(name)
                if not words or len(words) > _LONGEST:
                    continue
                self._kind.setdefault(words, kind)
                start = " ".join(words[:2])
                self._longest[start] = max(self._longest.get(start, 0), len(words))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a gzipped list: a line each, `T` or `P`, a tab, the key's words; OSError if none."""
        titles: list[list[str]] = []
        people: list[list[str]] = []
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                letter, _, words = line.rstrip("\n").partition("\t")
                (titles if letter == "T" else people).append(words.split(" "))
        return cls(titles, people)

    def is_title(self, name: str) -> bool:
        """Whether the list of films holds exactly this title."""
        return self._kind.get(key(split(name))) == TITLE

    def states(self, words: Sequence[str]) -> list[int]:
        """For each word, one of this module's states: outside, or where in which kind of name.

        A name that starts in lower case counts only if it is long, for reviews in lower case.
        """
        found = [NONE] * len(words)
        plain = [index for index, word in enumerate(words) if word not in _SKIPPED]
        keys = ["and" if words[index] == "&" else folded(words[index]) for index in plain]
        longest_at = [
            self._longest.get(f"{one} {other}") or self._longest.get(one, 0)
            for one, other in zip(keys, [*keys[1:], ""], strict=True)
        ]
        at = 0
        while at < len(plain):
            longest = longest_at[at]
            for length in range(min(longest, len(plain) - at), 0, -1):
                kind = self._kind.get(tuple(keys[at : at + length]))
                if kind is None or not self._counts(words[plain[at]], length, kind):
                    continue
                first, last = plain[at], plain[at + length - 1]
                if length == 1:
                    found[first] = TITLE_WORD
                else:
                    found[first] = kind
                    for index in range(first + 1, last + 1):
                        found[index] = kind + 1 if kind == PERSON else TITLE_INSIDE
                at += length - 1
                break
            at += 1
        return found

    @staticmethod
    def _counts(first: str, length: int, kind: int) -> bool:
        if first[0].isupper() or first[0].isdigit():
            return True
        return kind == PERSON or length >= _LONG_ENOUGH_IN_LOWER_CASE
