"""The one film that a page is about: its title, year and other titles, from headings.

A heading counts where the document's own title bears it out. Headlines of articles, lists and
pages of several films name no single film, and then the right answer is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from kg.read.dates import YEAR_IN_PARENS
from kg.read.labels import fold, heading_topic, label_of
from kg.read.layout import Layout
from kg.read.names import is_person
from kg.read.shape import Shape

SEPARATOR: Final = re.compile(r"\s+[-–—|•·»«>]+\s+|\s*[|•»]\s*|\s::\s|\s+~\s+")
_BACKWARD: Final = re.compile(r"»|::|\s>\s")
_BEFORE: Final = re.compile(
    r"^(?:(?:movie|film|dvd|blu-ray|cinema|capsule)?\s?reviews?(?:\s(?:of|for))?\s?[:–—-]?\s+|"
    r"(?:movie|film|dvd) of the (?:week|month|day)\s?:\s*|(?:filmkritik|kritik|critique|recensione|"
    r"recenze|crítica)(?:\s(?:zu|de|di|du film))?\s?:?\s+|(?:buy |book )?(?:cinema |movie )?"
    r"tickets (?:for|to)\s+|watch\s+(?=[A-Z])(?=.*\b(?:online|streaming)\b)|"
    r"[^:]{2,40}?\bpresents?\s?[:–-]?\s+|(?:film|movie)\s?:\s+)",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"(?:\s*[-–—:|,(]?\s*\b(?:(?:the )?(?:movie|film|dvd|blu-ray|critic|critics'?|user|parents)\s)?"
    r"(?:reviews?|critique|filmkritik|kritik|recenze|recensione|crítica|movie trailers?|showtimes|"
    r"cast (?:and|&) crew|full cast|movie info|movie synopsis|review and ratings?|reviewed)\b.*|"
    r"\s+(?:directed|written) by\s.*|\s+now (?:showing|playing)\b.*|\s*\((?:film|movie)\)|"
    r"\s+(?:movie|film)$)$",
    re.IGNORECASE,
)
_REVIEW_WORD: Final = re.compile(
    r"\b(?:reviews?|filmkritik|kritik|critique|recenze|recensione|crítica|rezension|movie|film)\b",
    re.IGNORECASE,
)
_REVIEW_LINE: Final = re.compile(
    r"(?:(?:film |movie |dvd )?review\s?[:–—-]\s+\S.{0,60}|\S.{0,60}?[\s–—:-]+"
    r"(?:film |movie |dvd )?review)\s*$",
    re.IGNORECASE,
)
ON: Final = re.compile(r"(?P<name>[^\W\d_]\S+(?:\s\S+){1,2})\son\s(?P<title>[A-ZÀ-Þ0-9].{0,60})$")
_PARENS: Final = re.compile(r"\s*\(([^()]{2,60})\)\s*$")
_QUOTES: Final = "\"“”„‘’'«»‹›"
_QUOTED_START: Final = re.compile(
    r"^[\"“„‘'«]([^\"“”„»]{2,60}?)[\"”“’'»]\s*(?:review\b|[:–—-]\s|$)", re.IGNORECASE
)
_QUOTED_INSIDE: Final = re.compile(r"\s[‘“\"«„][^’”\"»]{2,}[’”\"»]|^[‘“\"«„][^’”\"»]{2,}[’”\"»]\s")
_AUXILIARY: Final = re.compile(
    r"\b(?:how|why|what's|who|is|are|was|were|will|won't|gets?|has|have|best|worst|top|list of|"
    r"things|reasons|ways|films to|movies to|search results|award for)\b",
    re.IGNORECASE,
)
_SITE: Final = re.compile(
    r"\.(?:com|net|org|co\.uk|de|fr)$|^(?:home|index|welcome)\b", re.IGNORECASE
)
_LONGEST: Final = 110


@dataclass(frozen=True, slots=True)
class Title:
    """A page's film by its headings.

    `block` is the heading's block, None where only the document's title names it; `sure` tells
    whether a year stands beside it or it says that it is a review; `weak` whether it is but a
    later piece of the document's title, or the quoted part of a headline.
    """

    words: str = ""
    year: int | None = None
    block: int | None = None
    others: tuple[str, ...] = ()
    sure: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class _Cleaned:
    """A heading without years, "Review" and the like."""

    words: str
    year: int | None
    others: tuple[str, ...]
    sure: bool


def title_of(
    layout: Layout,
    shapes: tuple[Shape, ...],
    *,
    title: str = "",
    html_title: str = "",
    facts: frozenset[int] = frozenset(),
) -> Title:
    """The page's film by its headings; `title` from outside wins, its heading is still looked for.

    `facts` are the numbers of the blocks with credits and facts of a film, or its review's byline:
    in plain text the short line above the first of them is the film's title.
    """
    headings = _headings(layout, shapes)
    if title:
        known = clean(title)
        for number, heading in headings:
            if fold(heading.words) == fold(known.words):
                return Title(known.words, heading.year or known.year, number, heading.others, True)
        return Title(known.words, known.year, None, (), True)
    if html_title:
        return _of_document(layout, headings, html_title)
    return _of_text(layout, shapes, headings, facts)


def clean(words: str) -> _Cleaned:
    """A heading reduced to the title in it, with the year and other titles in its parentheses."""
    words = " ".join(words.replace("\u200e", "").replace("\xa0", " ").split("\t")[0].split())
    year: int | None = None
    sure = False
    others: list[str] = []
    quoted = _QUOTED_START.match(words)
    if quoted is not None:
        return _Cleaned(quoted[1].strip(), None, (), "review" in words.lower())
    for _ in range(3):
        before = words
        match = YEAR_IN_PARENS.search(words)
        if match is not None and match.start() > 0:
            year = year or int(match[1])
            sure = True
            words = f"{words[: match.start()]} {words[match.end() :]}".strip()
        for pattern in (_BEFORE, _AFTER):
            found = pattern.search(words)
            if found is not None and found.end() - found.start() < len(words):
                sure = sure or bool(_REVIEW_WORD.search(found[0]))
                words = words[: found.start()] + words[found.end() :]
        parens = _PARENS.search(words)
        if parens is not None and parens.start() > 0:
            if re.search(r"[^\W\d_]", parens[1]) and not label_of(parens[1]):
                others.append(parens[1].strip())
            words = words[: parens.start()]
        words = words.strip(" \t,:;–—-|")
        if words == before:
            break
    if len(words) > 2 and words[0] in _QUOTES and words[-1] in _QUOTES:
        words = words[1:-1].strip()
    return _Cleaned(words, year, tuple(others), sure)


def _headings(layout: Layout, shapes: tuple[Shape, ...]) -> list[tuple[int, _Cleaned]]:
    found = []
    for number, block in enumerate(layout.blocks):
        words = layout.words(block)
        if shapes[number].rank not in (1, 2, 3) or len(words) > _LONGEST or shapes[number].outside:
            continue
        heading = clean(words)
        if len(heading.words) < 1 or heading_topic(heading.words) is not None:
            continue
        found.append((number, heading))
    return found


def _is_link(layout: Layout, number: int) -> bool:
    """Whether a heading is a link, as a site's name is that leads home."""
    return layout.blocks[number].link_share > 0.5


def _of_document(layout: Layout, headings: list[tuple[int, _Cleaned]], html_title: str) -> Title:
    """The piece of the document's title that a heading bears out, the site's name left out."""
    pieces = [piece for piece in SEPARATOR.split(html_title.strip()) if piece.strip()]
    if _BACKWARD.search(html_title):
        pieces.reverse()
    repeated = {
        fold(one.words)
        for _, one in headings
        if sum(fold(one.words) == fold(other.words) for _, other in headings) > 2
    }
    for position, piece in enumerate(pieces[:3]):
        cleaned = clean(piece)
        if fold(cleaned.words) in repeated and not cleaned.sure:
            continue
        for number, heading in headings:
            words = _shared(cleaned, heading)
            if words and not (position and (_SITE.search(words) or _is_link(layout, number))):
                return Title(
                    words,
                    heading.year or cleaned.year,
                    number,
                    heading.others or cleaned.others,
                    (heading.sure or cleaned.sure) and not position,
                    weak=position > 0 or bool(_QUOTED_START.match(piece)),
                )
        if position == 0 and cleaned.year and not headings:
            return Title(cleaned.words, cleaned.year, None, cleaned.others, True)
    first = clean(pieces[0]) if pieces else None
    if first is not None and first.year and not _is_headline(first.words):
        return Title(first.words, first.year, None, first.others, True)
    return Title()


def _shared(piece: _Cleaned, heading: _Cleaned) -> str:
    """The title that a piece of the document's title and a heading share, "" if they don't."""
    one, other = fold(piece.words), fold(heading.words)
    if not one or not other:
        return ""
    if one == other:
        words = piece.words if heading.words.isupper() else heading.words
    elif re.search(rf"(?:^|\W){re.escape(other)}(?:\W|$)", one) and len(other) >= 0.4 * len(one):
        words = heading.words
    elif re.match(rf"{re.escape(one)}\W", other) and len(one) >= 0.3 * len(other):
        words = piece.words
    else:
        return ""
    if _is_headline(words) and not (piece.year or heading.year):
        return ""
    return words


def _is_headline(words: str) -> bool:
    """Whether the words are an article's headline or a list's name, and no film's title."""
    if _QUOTED_INSIDE.search(words):
        return True
    tokens = words.split()
    lower = sum(token[0].islower() for token in tokens)
    if len(tokens) >= 9 or (len(tokens) >= 6 and lower >= 0.4 * len(tokens)):
        return True
    return len(tokens) >= 5 and bool(_AUXILIARY.search(words))


def in_full(layout: Layout, title: Title) -> Title:
    """The title of a headline in full, where the text goes on with it: "Title and Its Sequel"."""
    if not title.weak or not title.words:
        return title
    longer = re.compile(
        re.escape(title.words) + r"(?:[:,]?\s(?:(?:and|of|the|in|on|to|for|a|an|with|from|&)\s)*"
        r"[A-ZÀ-Þ0-9][\w’'-]*){1,8}(?=[,.;:!?)”\"]|\s[a-z(])"
    )
    spans = {layout.text[start:end] for start, end in layout.marked}
    for block in layout.blocks:
        for match in longer.finditer(layout.text, block.start, block.end):
            whole = match[0]
            closed = layout.text[match.end() : match.end() + 1] in ',”"'
            if whole in spans or (closed and len(whole.split()) - len(title.words.split()) >= 2):
                return replace(title, words=whole)
    return title


def _follows(layout: Layout, number: int) -> bool:
    """Whether a blank line stands before the block."""
    return number < len(layout.blocks) and layout.blocks[number].gap > 0


def _of_text(
    layout: Layout,
    shapes: tuple[Shape, ...],
    headings: list[tuple[int, _Cleaned]],
    facts: frozenset[int],
) -> Title:
    """The title of a page without markup: its first line with a year, or the line above credits."""
    for number in range(min(3, len(layout.blocks))):
        block = layout.blocks[number]
        words = layout.words(block)
        found = clean(words)
        if shapes[number].prose or len(words) > _LONGEST:
            break
        dated = found.year is not None and words.rstrip().endswith((")", "]"))
        review = number == 0 and _follows(layout, 1) and bool(_REVIEW_LINE.match(words))
        on = ON.match(words)
        if on is not None and is_person(on["name"]) and not _is_headline(on["title"]):
            return Title(clean(on["title"]).words, found.year, number, weak=True)
        if found.words and (dated or review):
            return Title(found.words, found.year, number, found.others, True)
    first = min(facts, default=None)
    if first is not None and not layout.blocks[first].path:
        for number in range(first - 1, max(-1, first - 4), -1):
            block = layout.blocks[number]
            words = layout.words(block)
            alone = block.gap > 0 or number == 0 or shapes[number].rank > 0
            if shapes[number].prose or len(words) > _LONGEST or block.tag == "li":
                break
            if alone and label_of(words) is None and heading_topic(words) is None:
                found = clean(words)
                named = any(map(str.isalpha, found.words))
                if named and not shapes[number].sentence:
                    signed = first == number + 1 and not _is_headline(found.words)
                    certain = found.sure or signed
                    return Title(found.words, found.year, number, found.others, certain)
    sure = [(number, heading) for number, heading in headings if heading.year is not None]
    for number, heading in sure[:1]:
        if len(sure) == 1 and any(map(str.isalpha, heading.words)):
            return Title(heading.words, heading.year, number, heading.others, True)
    return Title()
