"""Which elements a page's own markup hides, and which of them a reader opens with a click.

A style sheet's doing can't be seen. Hidden text stays out, except what a "more" button shows: the
rest of a paragraph or list, or the full version of a shortened one, which then takes its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import html

_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_INLINE: Final = frozenset(("span", "font", "i", "em", "b", "strong", "small", "ins"))
_FLOWING: Final = frozenset(("p", "li", "td", "dd", "div", "blockquote", "span", "font"))
_SHORTEST: Final = 20  # characters of a text that is cut off, or of what follows
_NEAR: Final = 3  # siblings to look through for the shortened version


@dataclass(frozen=True, slots=True)
class Hidden:
    """The hidden elements to open, and the shortened ones that they replace."""

    opened: frozenset[html.HtmlElement]
    replaced: frozenset[html.HtmlElement]

    def leaves_out(self, element: html.HtmlElement) -> bool:
        """Whether the element isn't read."""
        return element in self.replaced or (is_hidden(element) and element not in self.opened)


def is_hidden(element: html.HtmlElement) -> bool:
    """Whether the markup hides the element."""
    if "hidden" in element.attrib:
        return str(element.get("hidden")) != "until-found"
    style = element.get("style")
    if style and _STYLE.search(style):
        return True
    return str(element.tag) == "dialog" and "open" not in element.attrib


def hidden_in(tree: html.HtmlElement) -> Hidden:
    """The hidden elements of a page that a reader would open."""
    opened: set[html.HtmlElement] = set()
    replaced: set[html.HtmlElement] = set()
    for element in tree.iterfind(".//*[@style]"):
        if not is_hidden(element):
            continue
        words = _words(element)
        if len(words) < _SHORTEST:
            continue
        shortened = _shortened(element, words)
        if shortened is not None:
            replaced.add(shortened)
            opened.add(element)
        elif element.tag in _INLINE and _goes_on(element):
            opened.add(element)
    return Hidden(frozenset(opened), frozenset(replaced))


def _shortened(element: html.HtmlElement, words: str) -> html.HtmlElement | None:
    """The visible sibling that holds the beginning of an element's words."""
    for preceding in (True, False):
        for number, other in enumerate(element.itersiblings(preceding=preceding)):
            if number == _NEAR:
                break
            if not isinstance(other.tag, str) or other.tag != element.tag or is_hidden(other):
                continue
            short = _words(other)
            shared = _shared(short, words)
            if shared >= max(_SHORTEST, 0.6 * len(short)) and len(words) > len(short) - 10:
                return other
    return None


def _goes_on(element: html.HtmlElement) -> bool:
    """Whether running text, or a line of links, stands right before the element."""
    parent = element.getparent()
    if parent is None or parent.tag not in _FLOWING:
        return False
    before = element.getprevious()
    if before is None:
        return len((parent.text or "").split()) > 1
    tail = before.tail or ""
    return len(tail.split()) > 1 or (
        not tail.strip() and before.tag in ("a", *_INLINE) and not is_hidden(before)
    )


def _shared(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginnings."""
    for number, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return number
    return min(len(one), len(other))


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
