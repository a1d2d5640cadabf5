"""Who wrote a page's own review, where it appeared, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.read.dates import find_date
from kg.read.heading import ON, SEPARATOR
from kg.read.labels import fold, label_of
from kg.read.layout import Layout
from kg.read.names import is_name, is_person
from kg.read.ratings import parse_rating
from kg.read.shape import Shape

_BY: Final = re.compile(
    r"^(?:[-–—~]{1,3}\s*|(?:(?:a |full )?(?:film |movie |dvd )?(?:review(?:ed)?|written|posted|"
    r"words|text|critique|kritik|recensione|recenze)?\s?(?:by|von|par|por|di)|author|critic|"
    r"reviewer|autor|auteur)\s?:?\s+)(?P<name>.+)$",
    re.IGNORECASE,
)
_PIECE: Final = re.compile(r"\s*[|/•,(\t\n]\s*|\s+(?:on|in|for|at|[-–—])\s+|\.\s+")
_ABOVE: Final = 4
_BELOW: Final = 8
_LONGEST: Final = 120


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
    """The lines around the title, or at the review's end, that sign it, and the site's name."""
    critic = publication = date = ""
    blocks: list[int] = []
    for number in _places(layout, shapes, title_block):
        words = layout.words(layout.blocks[number])
        if number == title_block or len(words) > _LONGEST:
            continue
        if shapes[number].prose and not _BY.match(words):
            continue
        name, paper = _signed(layout, number)
        dated = find_date(words)
        if (name and not critic) or (dated and not date):
            blocks.append(number)
        if name and not critic:
            critic, publication = name, paper
        date = date or (dated[0] if dated else "")
    if critic and not publication:
        publication = _site(layout, html_title)
    return Byline(critic, publication, date, tuple(blocks))


def _places(layout: Layout, shapes: tuple[Shape, ...], title_block: int | None) -> list[int]:
    """The blocks that may sign the review: those around its title, then those that close it."""
    count = len(layout.blocks)
    centre = title_block if title_block is not None else 0
    near = list(range(max(0, centre - _ABOVE), min(centre + _BELOW + 1, count)))
    prose = [number for number, shape in enumerate(shapes) if shape.prose and not shape.legal]
    after = list(range(prose[-1] + 1, min(prose[-1] + 4, count))) if prose else []
    return near + [number for number in after if number not in near]


def _signed(layout: Layout, number: int) -> tuple[str, str]:
    """Critic and publication of "By Ann Lee, The Post", "Ann Lee / 18 May 2016", "-- Ann Lee"."""
    words = layout.words(layout.blocks[number])
    match = _BY.match(words)
    if match is not None:
        return _names(match["name"])
    on = ON.match(words)
    if on is not None and is_person(on["name"]):
        return on["name"], ""
    dated = find_date(words)
    if dated is not None:
        return _names(words[: dated[1]].strip(" \t/|•,-–—·"))
    graded = any(
        0 <= other < len(layout.blocks) and _is_grade(layout, other)
        for other in (number - 1, number + 1)
    )
    return (
        _names(words)
        if graded or re.search(r"[.,]\s+grade\s?:", words, re.IGNORECASE)
        else ("", "")
    )


def _is_grade(layout: Layout, number: int) -> bool:
    words = layout.words(layout.blocks[number])
    rating = parse_rating(words) if len(words) <= 40 else None
    return rating is not None and rating.score is not None


def _names(words: str) -> tuple[str, str]:
    """A person's name and, after it, a publication's; both "" where no person comes first."""
    pieces = [piece.strip(" .") for piece in _PIECE.split(words) if piece and piece.strip(" .")]
    if not pieces or not is_person(pieces[0]) or label_of(pieces[0]) is not None:
        return "", ""
    second = pieces[1] if len(pieces) > 1 else ""
    paper = second if is_name(second) and ":" not in second and not label_of(second) else ""
    return pieces[0], "" if find_date(paper) else paper


def _site(layout: Layout, html_title: str) -> str:
    """The last piece of the document's title, where the page itself carries that name too."""
    pieces = [piece.strip() for piece in SEPARATOR.split(html_title) if piece.strip()]
    if len(pieces) < 2 or len(pieces[-1].split()) > 5:
        return ""
    site = fold(pieces[-1])
    headed = any(fold(layout.words(block)) == site for block in layout.blocks)
    return pieces[-1] if headed else ""
