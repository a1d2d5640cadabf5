"""A film's title as sites write it, and the ways in which its review may name it."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from kg.extract.names import slip, title_tokens

Form = tuple[str, ...]

_ARTICLE_LAST = re.compile(
    r"^(?P<title>.+?)\s*[;,]\s*(?P<article>The|An?|Les?|La|L'|L’|Un|Une|Der|Die|Das|Ein|Eine|Il|Lo|"
    r"Gli|El|Los|Las|De|Het|O|Os|Den|Det)$",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_ALSO = re.compile(r"^(?:a\.?\s?k\.?\s?a\.?|also known as|alias|or)[\s:]+", re.IGNORECASE)
_SEASON = re.compile(
    r"[\s:,-]+(?:season|series|episode)\s+(?:\d+|one|two|three|four|five)$", re.IGNORECASE
)
_JOINT = re.compile(r"\s*(?::|\s[-–—]\s|;)\s*")


def clean_title(title: str) -> str:
    """The title alone, in its natural order: "Mummy's Tomb;The (1942)" is The Mummy's Tomb."""
    return _parts(title)[0]


def title_year(title: str) -> int | None:
    """The year that stands in brackets behind a title, if one does."""
    found = _TAIL.search(html.unescape(title))
    year = _YEAR.search(found[1]) if found else None
    return int(year[1]) if year else None


def is_series(title: str) -> bool:
    """Whether a title as printed says that it names a television series: "(TV)", "Season 1"."""
    text = html.unescape(title)
    while found := _TAIL.search(text):
        if re.search(r"\b(?:TV|series|miniseries)\b", found[1], re.IGNORECASE):
            return True
        text = text[: found.start()]
    return _SEASON.search(text) is not None


def title_forms(title: str) -> tuple[set[Form], set[Form]]:
    """The forms that surely name the film, and the parts of them that may name it.

    The first are the whole title and its alternatives in brackets, the second what stands before
    and behind a colon.
    """
    sure: set[Form] = set()
    likely: set[Form] = set()
    for name in _parts(title):
        sure.add(title_tokens(name))
        pieces = [piece for piece in _JOINT.split(name) if piece]
        if len(pieces) > 1:
            likely.update(title_tokens(piece) for piece in pieces)
            likely.add(title_tokens(pieces[-1]))
    sure.discard(())
    likely.discard(())
    return sure, likely - sure


def _parts(title: str) -> list[str]:
    """The title without brackets, then the alternatives that stood in them."""
    text = " ".join(html.unescape(title).split())
    alternatives: list[str] = []
    while (found := _TAIL.search(text)) and found.start() > 0:
        inside = _ALSO.sub("", found[1]).strip()
        if inside and not _YEAR.search(inside) and inside.lower() not in ("tv", "video", "vg"):
            alternatives.append(_natural(inside))
        text = text[: found.start()]
    return [_natural(_SEASON.sub("", text)), *alternatives]


def _natural(title: str) -> str:
    found = _ARTICLE_LAST.match(title)
    if found:
        gap = "" if found["article"][-1] in "'’" else " "
        return f"{found['article']}{gap}{found['title']}".replace(";", ",")
    return re.sub(r";(?=\S)", ", ", title)


def alike(form: Form, other: Form) -> bool:
    """Whether two titles are one but for spelling and spaces."""
    if "".join(form) == "".join(other):
        return True
    return len(form) == len(other) and all(
        slip(one, two) for one, two in zip(form, other, strict=True)
    )


def partly(form: Sequence[str], titles: set[Form]) -> bool:
    """Whether `form` is the beginning or end of one of the titles, in words or in initials.

    The beginning of a numbered title ("Phantasm" of Phantasm II) is another film.
    """
    size = len(form)
    for title in titles:
        if 0 < size < len(title) and tuple(form) == title[-size:]:
            return True
        if 0 < size < len(title) and tuple(form) == title[:size] and not _numbered(title[size:]):
            return True
        if size == 1 and len(title) > 1 and form[0] == "".join(word[0] for word in title):
            return True
    return False


def _numbered(rest: Sequence[str]) -> bool:
    return any(word.isdigit() or word in ("part", "chapter", "volume", "vol") for word in rest)
