"""Names made comparable: case, accents, articles, "&", punctuation and numerals folded away.

`fold` keeps words apart ("all about eve"); `key` runs them together ("allabouteve"), so that
Spider-Man, Spiderman and Spider Man are one. Both are for comparing only, never for showing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.link.slug import plain

_NUMBERS = "one two three four five six seven eight nine ten eleven twelve"
_ROMAN = "ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
_TOKENS = {
    **{word: str(at) for at, word in enumerate(_NUMBERS.split(), start=1)},
    **{word: str(at) for at, word in enumerate(_ROMAN.split(), start=2)},
    "mister": "mr",
    "missus": "mrs",
    "doctor": "dr",
    "saint": "st",
    "sainte": "st",
    "ste": "st",
    "blvd": "boulevard",
    "versus": "vs",
    "mount": "mt",
    "jr": "junior",
    "sr": "senior",
    "pt": "part",
    "vol": "volume",
}
_NUMBERED = {"part", "volume", "chapter", "episode"}
_ARTICLES = {"the", "a", "an"}
_TRAILING = re.compile(
    r"^(?P<title>.+?)\s*(?:[,;]\s*|\()(?P<article>the|an?|l[eao]s?|l'|der|die|das|el|il)\)?\s*$",
    re.IGNORECASE,
)
_PARTICLES = {
    "al",
    "bin",
    "da",
    "de",
    "del",
    "della",
    "den",
    "der",
    "di",
    "du",
    "la",
    "le",
    "van",
    "von",
}
_INITIAL_STOP = re.compile(r"\.(?=\w\w|\d)")
_DROPPED = re.compile(r"['’‘`ʼ´.·*!?]")
_GAP = re.compile(r"[\W_]+")

_SMALL_WORDS = (
    "a an the of and in on to for at by from with is it my your his her de la le les du des et un "
    "une der die das und el los las il"
)
STOPWORDS = frozenset(_SMALL_WORDS.split())


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The folded words of a title or name, a space apart; "" where it has no letter or digit."""
    text = _front_article(name)
    text = _DROPPED.sub("", _INITIAL_STOP.sub(" ", plain(text))).replace("+", " and ")
    words = [_TOKENS.get(word, word) for word in _GAP.sub(" ", text).split()]
    if len(words) > 1 and words[0] in _ARTICLES:
        del words[0]
    kept = [
        word
        for at, word in enumerate(words)
        if not (at and word in _NUMBERED and words[at + 1 : at + 2] and words[at + 1].isdigit())
    ]
    return " ".join(kept)


def key(name: str) -> str:
    """The folded words run together, for look-ups; a name of signs alone (`$`) is its own key."""
    return fold(name).replace(" ", "") or name.strip()


def content_words(folded: str) -> list[str]:
    """The words of a folded name that say something."""
    return [word for word in folded.split() if word not in STOPWORDS]


def surname(folded: str) -> str:
    """The last word of a folded personal name, "junior" and "senior" left out."""
    words = [word for word in folded.split() if word not in ("junior", "senior", "3")]
    return words[-1] if words else ""


def lone_surname(folded: str) -> str:
    """The surname of a name that gives no more (`ford`, `von trier`), else ""."""
    *before, last = folded.split() or [""]
    return last if all(word in _PARTICLES for word in before) else ""


def _front_article(name: str) -> str:
    if not name or name[-1] not in ")'eEaAnNsSrRlLoO":
        return name
    match = _TRAILING.match(name)
    if match is None:
        return name
    article = match["article"]
    return f"{article}{'' if article.endswith(chr(39)) else ' '}{match['title']}"


def name_key(name: str) -> str:
    """The key under which a person is found: surname first, so that near names stand together."""
    words = fold(name)
    last = surname(words)
    return f"{last} {words.removesuffix(last).replace(' ', '')}".rstrip()
