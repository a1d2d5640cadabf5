"""Where a text holds the words of a known film title or a known person's name.

The lists are frozen and belong to the model: what they say is one input of the network, which has
learnt how far to trust it. A title of one ordinary word says little, a title of five words a lot.
"""

from __future__ import annotations

import gzip
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Self

NONE, TITLE, TITLE_INSIDE, TITLE_WORD, PERSON, PERSON_INSIDE = range(6)
WORK, WORK_INSIDE, CHARACTER, CHARACTER_INSIDE, GROUP, GROUP_INSIDE = range(6, 12)
SEVERAL, SEVERAL_INSIDE = range(12, 14)
STATES = 14

# what a list's letter stands for in the file of names
LETTERS = {"T": TITLE, "P": PERSON, "W": WORK, "C": CHARACTER, "O": GROUP}

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
    """Sets of names of several kinds, looked up at every word of a text, the longest first."""

    def __init__(self, names: Mapping[int, Iterable[Sequence[str]]]) -> None:
        """`names` maps a state that begins a name, such as `TITLE`, to the keys of that kind."""
        self._kind: dict[tuple[str, ...], int] = {}
        # how long names can be that begin with these one or two words
        self._longest: dict[str, int] = {}
        self._titles: set[tuple[str, ...]] = set()
        self._ends: set[tuple[str, ...]] = set()  # made when first asked for
        for kind in sorted(names):
            for name in names[kind]:
                words = tuple(name)
                if not words or len(words) > _LONGEST:
                    continue
                if kind == TITLE:
                    self._titles.add(words)
                self._kind[words] = _together(self._kind.get(words), kind)
                start = " ".join(words[:2])
                self._longest[start] = max(self._longest.get(start, 0), len(words))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a gzipped list: a line each, a letter, a tab, the key's words; OSError if none."""
        names: dict[int, list[list[str]]] = {kind: [] for kind in LETTERS.values()}
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                letter, _, words = line.rstrip("\n").partition("\t")
                names[LETTERS[letter]].append(words.split(" "))
        return cls(names)

    def is_title(self, name: str) -> bool:
        """Whether the list of films holds exactly this title."""
        return key(split(name)) in self._titles

    def is_end_of_title(self, name: str) -> bool:
        """Whether the name, two words at least, is the end of a film's title in the list."""
        if not self._ends:
            self._ends = {words[at:] for words in self._titles for at in range(1, len(words) - 1)}
        return key(split(name)) in self._ends

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
                found[first] = TITLE_WORD if length == 1 and kind == TITLE else kind
                for index in range(first + 1, last + 1):
                    found[index] = kind + 1
                at += length - 1
                break
            at += 1
        return found

    @staticmethod
    def _counts(first: str, length: int, kind: int) -> bool:
        if first[0].isupper() or first[0].isdigit():
            return True
        return kind == PERSON or length >= _LONG_ENOUGH_IN_LOWER_CASE


def _together(before: int | None, kind: int) -> int:
    """The state of a name that stands in two lists; a person of a title is a person."""
    if before is None or before == kind:
        return kind
    return PERSON if {before, kind} == {TITLE, PERSON} else SEVERAL
