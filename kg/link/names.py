"""What finds a film: the folded keys and the words of its titles."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.link.fold import content_words, fold, key
from kg.link.schema import NameKind, word_hash
from kg.link.settle import SPLIT

_SERIES_TAIL = re.compile(r"\s*\(?(?:film series|trilogy)\)?$", re.IGNORECASE)


def names_of(title: str, others: Iterable[str], *, series: bool) -> dict[str, NameKind]:
    """Every key that finds the film, with the best of its kinds."""
    names: dict[str, NameKind] = {}
    for at, name in enumerate((title, *others)):
        kind = NameKind.OTHER if at else NameKind.TITLE
        names.setdefault(key(name), kind)
        if series:
            names.setdefault(key(_SERIES_TAIL.sub("", name)), NameKind.OTHER)
        parts = SPLIT.split(name)
        for part in parts if len(parts) > 1 else ():
            if content_words(fold(part)) and len(key(part)) > 2 and not key(part).isdigit():
                names.setdefault(key(part), NameKind.PART)
    return names


def words_of(title: str, others: Iterable[str]) -> list[int]:
    """The hashes of the words in all its titles that say something, ascending."""
    return sorted({word_hash(w) for name in (title, *others) for w in content_words(fold(name))})
