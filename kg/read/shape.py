"""The shape of a block: running text, a heading, an entry of a menu.

Judged by length, punctuation, the share of words in lower case and of link text, and by where in
the markup it stands; never by the words of one site.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.read.layout import Block, Layout

_TERMINAL: Final = re.compile(r"(?:[.!?…。！？]|\.\.\.)[\"'”’»)\]]*$")
_INNER: Final = re.compile(
    r"[^\W\d_]{2,}[\"'”’»)\]]*[.!?…][\"'”’»)\]]*\s+[\"'“‘«(\[]*[A-ZÀ-ÞА-Я0-9]"
)
_LEGAL: Final = re.compile(
    r"©|\(c\)\s?(?:19|20)\d\d|all rights reserved|alle rechte vorbehalten|tous droits réservés|"
    r"todos los derechos|copyright|\bcookies?\b|privacy policy|terms of (?:use|service)|"
    r"datenschutz|user agreement|agree to (?:be bound|the|our)|"
    r"javascript|your browser|\bsubscrib(?:e|ing)\b.*\bnewsletter|sign up (?:for|to) ",
    re.IGNORECASE,
)
_SURELY_LEGAL: Final = re.compile(
    r"©|all rights reserved|alle rechte vorbehalten|tous droits réservés|privacy policy|"
    r"terms of (?:use|service)|user agreement",
    re.IGNORECASE,
)
_OUTSIDE: Final = frozenset(("nav", "footer", "menu", "button", "select"))
_OUTSIDE_NAME: Final = re.compile(
    r"^(?:(?:site|page|main|global|top|bottom|sub)[-_]?)?(?:footer|nav|navbar|navigation|menu|"
    r"breadcrumbs?|sitemap)$|^(?:cookie|copyright|newsletter|social|share)(?:[-_].*)?$",
    re.IGNORECASE,
)
_INSIDE_NAME: Final = re.compile(r"content|article|\bmain\b", re.IGNORECASE)
_NAME_END: Final = re.compile(r"[.#]")
_HEADING: Final = re.compile(r"h[1-6]$")
_LIST_STEP: Final = re.compile(r"^(?:li|option)\b")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a block looks like.

    `prose` marks running text, `sentence` a short line that is at least a sentence, `legal` a line
    of the kind that pages carry at their foot, `outside` a block in navigation markup. `rank` is
    the heading's rank, 0 for none. `lower` is the share of words that start in lower case.
    """

    words: int
    lower: float
    prose: bool
    sentence: bool
    legal: bool
    outside: bool
    rank: int
    linked: bool  # running text that is a link as a whole, as quotations on some pages are
    steps: tuple[str, ...]

    @property
    def short(self) -> bool:
        """Whether it is a line of few words that is no sentence."""
        return self.words <= 12 and not self.prose and not self.sentence


def is_running(text: str) -> tuple[bool, bool, float]:
    """Whether `text` is running text, whether a sentence, and its share of lower-case words."""
    tokens = [token for token in text.split() if any(map(str.isalpha, token))]
    if not tokens:
        return False, False, 0.0
    heads = [next(letter for letter in token if letter.isalpha()) for token in tokens]
    lower = sum(head.islower() for head in heads) / len(heads)
    caseless = sum(not head.islower() and not head.isupper() for head in heads) / len(heads)
    if caseless > 0.5:
        full = len(text) >= 30 and bool(re.search(r"[。！？؟.!?]", text))
        return full, full, lower
    ends = bool(_TERMINAL.search(text.rstrip()))
    inner = bool(_INNER.search(text))
    count = len(tokens)
    sentence = lower >= 0.4 and count >= 3 and (ends or inner)
    prose = (
        (count >= 9 and lower >= 0.4 and (ends or inner))
        or (count >= 14 and lower >= 0.6)
        or (count >= 30 and lower >= 0.4)
    )
    return prose, sentence or prose, lower


@lru_cache(maxsize=20_000)
def _steps(path: str) -> tuple[tuple[str, ...], bool]:
    """The elements of a path, and whether one of them is for navigation."""
    steps = tuple(path.split())
    outside = False
    for step in steps:
        tag, *names = _NAME_END.split(step)
        if tag in _OUTSIDE or any(_OUTSIDE_NAME.match(name) for name in names):
            outside = True
        elif tag in ("main", "article") or any(_INSIDE_NAME.search(name) for name in names):
            outside = False  # the page's own part, inside a wrapper that only sounds like a menu
    return steps, outside


def shape_of(layout: Layout, block: Block, text: str | None = None) -> Shape:
    """The shape of a block; `text` is the whole paragraph where the block is one line of it."""
    words = layout.words(block) if text is None else text
    prose, sentence, lower = is_running(words)
    steps, outside = _steps(block.path)
    mostly_links = block.link_share > 0.6
    count = len(words.split())
    return Shape(
        words=count,
        lower=lower,
        prose=prose and not (mostly_links and count < 40) and not _is_row(block),
        sentence=sentence and not mostly_links,
        legal=count < 120 and bool((_LEGAL if count < 40 else _SURELY_LEGAL).search(words)),
        outside=outside,
        linked=prose and mostly_links and lower >= 0.5 and count >= 10,
        rank=block.level if _HEADING.fullmatch(block.tag) else 0,
        steps=steps,
    )


def _is_row(block: Block) -> bool:
    """Whether short pieces side by side make up the block: keywords, tags, cells."""
    return len(block.cells) >= 4 and block.link_share > 0.5


def shapes_of(layout: Layout) -> tuple[Shape, ...]:
    """The shape of every block; lines that are wrapped inside a paragraph share the paragraph's."""
    shapes: list[Shape] = []
    for group in paragraphs(layout):
        first, last = layout.blocks[group[0]], layout.blocks[group[-1]]
        joined = layout.text[first.start : last.end] if len(group) > 1 else None
        shapes += [shape_of(layout, layout.blocks[number], joined) for number in group]
    return tuple(shapes)


def paragraphs(layout: Layout) -> list[list[int]]:
    """The numbers of the blocks, those together that are lines of one hard-wrapped paragraph."""
    groups: list[list[int]] = []
    for number in range(len(layout.blocks)):
        if groups and _continues(layout, groups[-1][-1], number):
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def _continues(layout: Layout, before: int, number: int) -> bool:
    """Whether a line of plain text goes on with the sentence of the line before it."""
    first, second = layout.blocks[before], layout.blocks[number]
    if first.path or second.path or second.gap or second.tag:
        return False
    one, other = layout.words(first), layout.words(second)
    if not 40 <= len(one) <= 130:
        return False
    if is_running(one)[2] < 0.3:
        return False
    open_ended = not _TERMINAL.search(one)
    return open_ended or (len(one) > 55 and other[:1].isalpha())
