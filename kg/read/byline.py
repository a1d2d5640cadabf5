"""Who wrote a page's own review, where it appeared, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.read.dates import find_date
from kg.read.heading import SEPARATOR
from kg.read.labels import fold, label_of
from kg.read.layout import Layout
from kg.read.names import is_person
from kg.read.shape import Shape

_BY: Final = re.compile(
    r"^(?:(?:a )?(?:film |movie )?(?:review(?:ed)?|written|posted|words|text)?\s?"
    r"(?:by|von|par|por|di)|author|critic|reviewer|autor|auteur)\s?:?\s+(?P<name>.+)$",
    re.IGNORECASE,
)
_ABOVE: Final = 4
_BELOW: Final = 8


@dataclass(frozen=True, slots=True)
class Byline:
    """The page's own critic, publication and date, each "" where none is given."""

    critic: str = ""
    publication: str = ""
    date: str = ""
    blocks: tuple[int, ...] = ()


def byline_of(
    layout: Layout, shapes: tuple[Shape, ...], title_block: int | None, html_title: str
) -> Byline:
    """The lines around the title that sign the review, and the site in the document's title."""
    critic = date = ""
    blocks: list[int] = []
    centre = title_block if title_block is not None else 0
    for number in range(max(0, centre - _ABOVE), min(centre + _BELOW + 1, len(layout.blocks))):
        words = layout.words(layout.blocks[number])
        if number == title_block or shapes[number].prose or len(words) > 120:
            continue
        name = _signed(words)
        dated = find_date(words)
        if (name and not critic) or (dated and not date):
            blocks.append(number)
        critic = critic or name
        date = date or (dated[0] if dated else "")
    return Byline(critic, _site(layout, html_title) if critic else "", date, tuple(blocks))


def _signed(words: str) -> str:
    """The name in a line such as "By Ann Lee", or "Ann Lee / November 18, 2016"."""
    match = _BY.match(words)
    if match is not None:
        name = re.split(r"\s*[|/•,(\t\n]\s*|\s+(?:on|in|for|at|[-–—])\s+", match["name"])[0]
        return name.strip(" .") if is_person(name.strip(" .")) else ""
    dated = find_date(words)
    if dated is not None:
        name = words[: dated[1]].strip(" \t/|•,-–—·")
        return name if is_person(name) and label_of(name) is None else ""
    return ""


def _site(layout: Layout, html_title: str) -> str:
    """The last piece of the document's title, where the page itself carries that name too."""
    pieces = [piece.strip() for piece in SEPARATOR.split(html_title) if piece.strip()]
    if len(pieces) < 2 or len(pieces[-1].split()) > 5:
        return ""
    site = fold(pieces[-1])
    headed = any(fold(layout.words(block)) == site for block in layout.blocks)
    return pieces[-1] if headed else ""
