"""HTML's elements: which are blocks, which say what a block is, which attributes hold facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from lxml import html

from kg.read.repair import mend


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


UNSEEN: Final = _names(
    "script style template noscript head title meta link iframe object embed svg math canvas audio "
    "video map select datalist textarea"
)
SHAPED: Final = _names(
    "li p h1 h2 h3 h4 h5 h6 td th tr dt dd blockquote pre figcaption caption summary legend button "
    "address"
)
BLOCKS: Final = SHAPED | _names(
    "html body main article section aside nav header footer hgroup search div center form fieldset "
    "details dialog figure hr dl ul ol menu dir table thead tbody tfoot option optgroup frameset "
    "noframes xmp listing plaintext marquee"
)
TIGHT: Final = frozenset(("li", "tr", "td", "th", "dt", "dd", "br"))  # no blank line around these
MARKED: Final = frozenset(("i", "em", "cite"))
_FORMATS: Final = _names("i em cite b strong u s small big font tt code sup sub mark q abbr span")
LISTS: Final = frozenset(("ul", "ol", "menu", "dir", "dl"))
PREFORMATTED: Final = frozenset(("pre", "xmp", "listing", "plaintext"))
PLAIN: Final = re.compile(r"[\t\n\r\x0c\x20-\x25\x27-\x7e]*")  # text with nothing to repair
_FACT_ATTRIBUTES: Final = ("title", "alt", "aria-label", "datetime", "itemprop", "content", "class")
_DATA_ATTRIBUTE: Final = re.compile(r"^data-.*(?:rating|scor|star|grade|date|role|character)")
_OWN_ATTRIBUTE: Final = re.compile(r"score|rating|grade|date")
_SPOKEN: Final = re.compile(r"quote|text|body|content|comment|review")
_NO_WORDS: Final = re.compile(r"[{}<>]|\w/\w+/|://")
_PICTURE: Final = re.compile(r"([A-Za-z][A-Za-z _-]{3,30})\.(?:gif|png|jpe?g|svg|webp)$")
_LONGEST_CELL: Final = 160
_LONGEST_ATTRIBUTE: Final = 300
_LONGEST_PATH: Final = 1500


def path_below(above: str, element: html.HtmlElement) -> str:
    """The path of an element, given its parent's; the outermost steps of a very long one go."""
    return f"{above[-_LONGEST_PATH:]} {_step(element)}".lstrip()


def _step(element: html.HtmlElement) -> str:
    identity = element.get("id")
    classes = (element.get("class") or "").split()[:6]
    return "".join(
        [str(element.tag), f"#{identity}" if identity else "", *(f".{c}" for c in classes)]
    )


def facts(element: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """The attributes of an element that may hold a fact."""
    own_making = "-" in str(element.tag)
    for name, value in element.attrib.items():
        own = own_making and _OWN_ATTRIBUTE.search(name)
        if name in _FACT_ATTRIBUTES or own or _DATA_ATTRIBUTE.match(name):
            words = " ".join((value if PLAIN.fullmatch(value) else mend(value)).split())
            if words and len(words) <= _LONGEST_ATTRIBUTE:
                yield name, words
    if element.tag == "img" and not (element.get("alt") or element.get("title")):
        name = _PICTURE.search(element.get("src") or "")
        if name:
            yield "src", name[1]


def spoken(element: html.HtmlElement) -> Iterator[str]:
    """The words that an element of the page's own making ("<review-quote>") shows from attributes.

    A script turns such an attribute into text; only running words count, and only where the
    element holds none of its own.
    """
    if "-" not in str(element.tag) or element.text_content().strip():
        return
    for name, value in element.attrib.items():
        if _SPOKEN.search(name) and len(value.split()) > 2 and not _NO_WORDS.search(value):
            yield mend(value)


def holder(element: html.HtmlElement | None) -> html.HtmlElement | None:
    """The element whose words these are: italics amid a link's own words belong to the link."""
    while element is not None and element.tag in _FORMATS:
        parent = element.getparent()
        if parent is None or parent.tag in BLOCKS:
            break
        own = chain((parent.text,), (child.tail for child in parent))
        if not any(words and words.strip() for words in own):
            break
        element = parent
    return element


def is_data_row(row: html.HtmlElement) -> bool:
    """Whether a table row holds short values side by side, and not the page's columns."""
    filled = 0
    for cell in row:
        if cell.tag not in ("td", "th"):
            continue
        if cell.find(".//table") is not None:
            return False
        length = len(" ".join(cell.text_content().split()))
        pieces = 1 + sum(1 for _ in cell.iter("br", "li", "p", "div"))
        if length > _LONGEST_CELL and length / pieces > _LONGEST_CELL / 4:
            return False
        filled += length > 0
    return filled >= 2
