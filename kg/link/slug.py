"""Readable, stable paths for things with an IRI: `film/all-about-eve-1950`."""

from __future__ import annotations

import re
import unicodedata

from kg.model import Kind

FOLDERS = {
    Kind.FILM: "film",
    Kind.WORK: "work",
    Kind.PERSON: "person",
    Kind.CHARACTER: "character",
    Kind.ORGANISATION: "organisation",
    Kind.AWARD: "award",
}

_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ı": "i",
        "ħ": "h",
        "½": " 1/2",
        "&": " and ",
    }
)
_DROPPED = re.compile("['’‘`ʼ´.·]")
_GAP = re.compile(r"[\W_]+")
_LONGEST = 80


def plain(text: str) -> str:
    """Fold case and Latin accents, keeping words and punctuation: `Noémie` -> `noemie`.

    Letters of other scripts stay as they are.
    """
    lowered = text.casefold().translate(_LETTERS)
    if lowered.isascii():
        return lowered
    split = unicodedata.normalize("NFKD", lowered)
    bare = "".join(char for char in split if not "\u0300" <= char <= "\u036f")
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


def slug(text: str) -> str:
    """The words of `text` as a path segment, at most 80 characters, never empty.

    A text without a letter or digit gives its code points (`$` -> `u24`).
    """
    words = _GAP.sub("-", _DROPPED.sub("", plain(text))).strip("-")
    if not words:
        return "-".join(f"u{ord(char):x}" for char in text.strip()[:8]) or "unnamed"
    if len(words) <= _LONGEST:
        return words
    return words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]


def path(kind: Kind, name: str, *rest: str | int | None) -> str:
    """The IRI path of a thing: its folder, its name and whatever tells it apart, if anything."""
    parts = [slug(name), *(slug(str(part)) for part in rest if part is not None and part != "")]
    return f"{FOLDERS[kind]}/{'-'.join(parts)}"


def tail(entity_id: str) -> str:
    """The last segment of an IRI path: `film/backstage` -> `backstage`."""
    return entity_id.rpartition("/")[2]
