"""Names compared as a reader does: without case, accents, articles or a slip of the pen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA


def word_set(line: str) -> frozenset[str]:
    """The words of a line as a set."""
    return frozenset(line.split())


_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
    | dict.fromkeys("’‘ʼ`´", "'")
    | {"&": " and "}
)
_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_ARTICLES = word_set("the a an")
_HONORIFICS = word_set(
    "mr mrs ms miss mister dr doctor sir dame lady lord capt captain col colonel gen general sgt "
    "sergeant lt lieutenant maj major cpl officer agent detective inspector prof professor rev "
    "reverend father sister brother uncle aunt auntie king queen prince princess president "
    "director dir the"
)
_SUFFIXES = word_set("jr sr ii iii iv esq")
_PARTICLES = word_set(
    "de da do dos del della di du des la le les van von der den ter ten zu af av bin ibn el al y e"
)
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_NUMBER_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10",
}  # fmt: skip


@lru_cache(maxsize=65536)
def fold(words: str) -> str:
    """`words` in small letters, without accents and typographic variants."""
    small = words.lower().translate(_LETTERS)
    if small.isascii():
        return small
    decomposed = unicodedata.normalize("NFKD", small)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=65536)
def tokens(words: str) -> tuple[str, ...]:
    """The words of a name, folded; apostrophes bind ("O'Brien" is one word, obrien)."""
    folded = fold(words).removesuffix("'s")
    return tuple(_WORD.findall(folded.replace("'", "").replace(".", " ")))


@lru_cache(maxsize=65536)
def title_tokens(words: str) -> tuple[str, ...]:
    """The words of a title: folded, no leading article, numerals alike ("Part II" is part 2)."""
    found = list(tokens(words))
    if len(found) > 1 and found[0] in _ARTICLES:
        del found[0]
    if len(found) > 1:
        found = [found[0], *(_ROMAN.get(word, _NUMBER_WORDS.get(word, word)) for word in found[1:])]
    return tuple(found)


@lru_cache(maxsize=65536)
def person_tokens(words: str) -> tuple[str, ...]:
    """The words of a person's or character's name, honorifics and generation suffixes left out."""
    found = list(tokens(words))
    while len(found) > 1 and found[0] in _HONORIFICS:
        del found[0]
    while len(found) > 1 and found[-1] in _SUFFIXES:
        del found[-1]
    return tuple(found)


def is_particle(word: str) -> bool:
    """Whether a word links the parts of a name: "de", "van", "le"."""
    return fold(word) in _PARTICLES


def slip(one: str, other: str, most: int = 2) -> bool:
    """Whether two words are the same but for a slip of the pen (never for a plural s).

    One letter wrong, missing, extra or swapped in words of five letters and more, two from nine
    (but never more than `most`); the first letter holds.
    """
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter < 4 or one[0] != other[0] or _DIGIT.search(one) or _DIGIT.search(other):
        return False
    if one + "s" == other or other + "s" == one:
        return False
    limit = min(most, 2 if shorter >= 9 else 1)
    if abs(len(one) - len(other)) > limit:
        return False
    distance = OSA.distance(one, other, score_cutoff=limit)
    if distance > limit:
        return False
    # four letters forgive only letters that changed places
    return shorter >= 5 or sorted(one) == sorted(other)


def same_given(one: str, other: str) -> bool:
    """Whether two first names may be one person's: equal, misspelt, initial, or cut short."""
    if slip(one, other):
        return True
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and (len(short) == 1 or len(short) >= 3)


def same_full(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two full names (two words and more each) are spellings of one person's name."""
    if "".join(one) == "".join(other):
        return True
    if len(one) != len(other):
        short, long = sorted((one, other), key=len)
        if not (slip(short[-1], long[-1]) and same_given(short[0], long[0])):
            return _inside(short, long)
        middle = [word[0] for word in long[1:-1] if word not in _PARTICLES]
        return all(word[0] in middle or word in _PARTICLES for word in short[1:-1])
    if not same_given(one[0], other[0]):
        return False
    slips = sum(a != b for a, b in zip(one[1:], other[1:], strict=True))
    if one[0] != other[0] and slips:
        # both the first name and another word differ: only two honest slips of the pen
        return slip(one[0], other[0]) and slips == 1 and slip(one[-1], other[-1])
    return all(
        slip(a, b) or (a[0] == b[0] and 1 in (len(a), len(b)))
        for a, b in zip(one[1:], other[1:], strict=True)
    )


def _inside(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the longer name begins or ends with the shorter one's words."""
    size = len(short)
    return tuple(long[:size]) == tuple(short) or tuple(long[-size:]) == tuple(short)


def part_of(short: Sequence[str], full: Sequence[str]) -> int:
    """How well a bare name fits a full one: 3 surname, 2 first name, 1 misspelt either, 0 not."""
    size = len(short)
    if size >= len(full):
        return 0
    if tuple(full[-size:]) == tuple(short):
        return 3
    if tuple(full[:size]) == tuple(short):
        return 2
    if size == 1 and (slip(short[0], full[-1]) or slip(short[0], full[0])) and len(short[0]) >= 5:
        return 1
    return 0


def best_spelling(spellings: Iterable[tuple[str, int]]) -> str:
    """The fullest, best-cased, most frequent of (words, count), tidied; "" of none."""
    ranked = sorted(
        spellings,
        key=lambda item: (-len(tokens(item[0])), -_case_quality(item[0]), -item[1], item[0]),
    )
    return tidy(ranked[0][0]) if ranked else ""


def _case_quality(words: str) -> int:
    """2 for mixed case, 1 for capitals throughout, 0 for small letters throughout."""
    if words == words.lower():
        return 0
    return 1 if words == words.upper() and len(words) > 4 else 2


def tidy(words: str) -> str:
    """A name on one line, capitalised where it was written in small letters or capitals only."""
    line = " ".join(words.split())
    if line and _case_quality(line) < 2 and any(letter.isalpha() for letter in line):
        return " ".join(
            _capital(word, first=not i) for i, word in enumerate(line.lower().split(" "))
        )
    return line


_SMALL = _PARTICLES | word_set("the a an of and in on at to for with from by or nor but as is")
_PIECE = re.compile(r"(^|[-'’.(\"“:/*])(\w)")


def _capital(word: str, *, first: bool) -> str:
    if not first and word in _SMALL:
        return word
    if word in ("ii", "iii", "iv", "vi", "vii", "viii"):
        return word.upper()
    capital = _PIECE.sub(lambda match: match[1] + match[2].upper(), word)
    # 's and n't keep their small letter
    return re.sub(r"(?<=\w)(['’])([A-Z])\b", lambda match: match[1] + match[2].lower(), capital)
