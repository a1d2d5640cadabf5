"""Labels of the field: the words with which pages of many languages head a credit, a fact, a list.

"Director", "Directed by", "Réalisateur", "Regie", "Režie" all say the same. A label is compared
without case, accents, colons and repetition, as a whole; words of one site are not in here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Final

from kg.model import Field


class Topic(StrEnum):
    """What stands under a label that is not a credit."""

    CREW = "crew"  # a credit that the model has no place for: its names are nobody's director
    FACT = "fact"  # certificate, box office, format, tickets
    RELEASED = "released"  # a date of which only the year counts, and only the first release's
    RERELEASED = "re-released"  # home video, television, a return to the cinemas
    SCORE = "score"  # a grade or average follows
    BLURB = "blurb"  # the publisher's description follows
    REVIEWS = "reviews"  # critics' or users' words follow
    ASIDE = "aside"  # what follows is about other films or other things
    LINKS = "links"  # likewise, but running text below it may still be about the film


@dataclass(frozen=True, slots=True)
class Label:
    """What a label announces: credits of these fields, or a topic."""

    fields: tuple[Field, ...] = ()
    topic: Topic | None = None

    @property
    def is_credit(self) -> bool:
        """Whether names of persons follow."""
        return bool(_PERSONAL.intersection(self.fields)) or self.topic is Topic.CREW


_PERSONAL: Final = frozenset(
    (
        Field.DIRECTOR,
        Field.WRITER,
        Field.PRODUCER,
        Field.CINEMATOGRAPHER,
        Field.COMPOSER,
        Field.EDITOR,
        Field.CAST,
    )
)

_PAREN: Final = re.compile(r"\s*\(\s*(?:\d[\d.,  ]*|s|en|es|in|/in|/innen|a|e)\s*\)\s*$")
_EDGE: Final = ' \t\xa0:：;,.…•·|–—-*»›>[]"“”'
_SPLIT: Final = re.compile(
    r"\s*(?:/|&|\+|,|;|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ba\b|\bog\b|\boch\b)\s*"
)


def fold(words: str) -> str:
    """The words without case, accents, and with one blank between them."""
    decomposed = unicodedata.normalize("NFKD", words.replace("’", "'").replace("‘", "'"))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.casefold().replace("ł", "l").replace("ø", "o").replace("đ", "d").split())


def _entries() -> Iterator[tuple[str, Label]]:
    label = Label()
    source = resources.files("kg.read").joinpath("labels.txt").read_text(encoding="utf-8")
    for line in source.splitlines():
        if line.startswith("["):
            what, _, name = line.strip("[]").partition(" ")
            label = Label((Field(name),)) if what == "field" else Label(topic=Topic(name))
        elif line and not line.startswith("#"):
            for words in filter(None, map(str.strip, line.split("|"))):
                yield fold(words), label


def _table(wanted: tuple[Topic, ...] = ()) -> dict[str, Label]:
    """All labels, or those of the topics wanted; the first of two that share a word counts."""
    table: dict[str, Label] = {}
    for words, label in _entries():
        if not wanted or label.topic in wanted:
            table.setdefault(words, label)
    return table


_TABLE: Final = _table()
LONGEST: Final = 60


@lru_cache(maxsize=4096)
def label_of(words: str) -> Label | None:
    """What `words` as a whole announce, None if they are no label.

    Joint labels give all their fields ("Writer/Director", "Written and directed by"), and a label
    that is printed twice (a long and a short form side by side) counts once.
    """
    if len(words) > LONGEST or not words.strip():
        return None
    plain = _PAREN.sub("", fold(words).strip(_EDGE)).strip(_EDGE)
    if not plain:
        return None
    found = _TABLE.get(plain) or _twice(plain)
    if found is not None:
        return found
    pieces = [piece for piece in _SPLIT.split(plain) if piece]
    if not 2 <= len(pieces) <= 4:
        return None
    if plain.endswith(" by"):
        pieces = [piece if piece.endswith(" by") else f"{piece} by" for piece in pieces]
    labels = [_TABLE.get(piece) for piece in pieces]
    fields = tuple(dict.fromkeys(name for one in labels if one for name in one.fields))
    if all(one is not None and one.is_credit for one in labels):
        return Label(fields) if fields else Label(topic=Topic.CREW)
    if labels[0] is not None and all(one == labels[0] for one in labels):
        return labels[0]
    return None


def _twice(plain: str) -> Label | None:
    words = plain.split()
    for cut in range(1, len(words)):
        first, second = " ".join(words[:cut]), " ".join(words[cut:])
        one, other = _TABLE.get(first.strip(_EDGE)), _TABLE.get(second.strip(_EDGE))
        if one is not None and one == other:
            return one
    half = len(plain) // 2
    if len(plain) % 2 == 0 and plain[:half] == plain[half:]:
        return _TABLE.get(plain[:half])
    return None


# Labels that need no colon: the form itself says that names follow.
_BARE_LABELS: Final = (
    r"(?:(?:written|produced|directed|edited|photographed|adapted|scripted|composed|created|"
    r"distributed|released)(?:(?:,| and|,? &| /) )?)+ ?by|starring|screenplay by|music by|"
    r"cinematography by|story by|réalisé par|avec|dirigida por|diretto da|mit|featuring|with|"
    r"regie(?: und buch)?|director|cast|with the voices of|a film by|un film de"
)
BARE: Final = re.compile(rf"(?:{_BARE_LABELS})(?=\s)", re.IGNORECASE)


# as a heading, "Trailers" or "Reviews" opens a section, whatever it labels in a list of facts
_OVER: Final = {
    words: label.topic
    for words, label in _table((Topic.ASIDE, Topic.LINKS, Topic.REVIEWS, Topic.BLURB)).items()
    if label.topic is not None and not _TABLE[words].fields
}
_ABOUT: Final = re.compile(r"\s+(?:for|of|from|on|in|about|pour|zu|für|von|sur|di|de|o|k)\s+")
_ARTICLE: Final = re.compile(r"^(?:the|our|all|les|die|unsere|last|latest|user|their)\s+")


def is_heading_label(words: str) -> bool:
    """Whether `words` as a whole are a label, or a heading of the table, with nothing besides."""
    plain = _PAREN.sub("", fold(words).strip(_EDGE)).strip(_EDGE)
    return plain in _OVER or plain in _TABLE


def heading_topic(words: str) -> Topic | Field | None:
    """What a heading announces: a topic, or a field such as `Field.CAST`; None if neither.

    A heading may say more than its label: "Reviews for Waist Deep", "Trailers...", "The Cast".
    """
    plain = _PAREN.sub("", fold(words).strip(_EDGE)).strip(_EDGE)
    if not plain or len(plain) > LONGEST + 20:
        return None
    over = _OVER.get(plain)
    if over is not None:
        return over
    label = label_of(words)
    if label is not None:
        return label.topic or label.fields[0]
    head = _ABOUT.split(plain, maxsplit=1)[0].strip(_EDGE)
    for piece in (head, _ARTICLE.sub("", head)):
        if piece in _OVER:
            return _OVER[piece]
        if piece in _TABLE and Field.CAST in _TABLE[piece].fields:
            return Field.CAST
    tail = plain.split()[-1] if len(plain.split()) <= 5 else ""
    return _OVER.get(tail)
