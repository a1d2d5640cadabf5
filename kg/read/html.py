"""HTML to a `Layout`: the visible text in reading order, with the shape that its markup gives.

Our own walk over lxml's tree: a text extractor gives words, but zones, cast lists and grades need
to know where they stood. Nothing visible is thrown away here; the boilerplate remover's opinion is
kept in `Block.main`.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from lxml import etree, html

from kg.errors import ReadError
from kg.read.layout import Layout
from kg.read.walk import Walk

_TAG: Final = re.compile(r"<(?:!doctype|/?[a-z][a-z0-9]*)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_SOURCE: Final = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_BLOCK_TAG: Final = re.compile(
    r"<(?:!doctype|/?(?:html|head|body|title|br|hr|div|section|article|main|table|ul|ol|dl|p|pre|"
    r"h[1-6]|li|tr|td|blockquote|center|form|frameset)\b)",
    re.IGNORECASE,
)
_FORMAT_TAG: Final = re.compile(
    r"</?(?:font|span|center|b|i|u|s|em|strong|big|small|tt|blink|nobr)\b[^<>]*>", re.IGNORECASE
)
_ANY_TAG: Final = re.compile(r"<[^<>]*>")


def is_html(markup: str) -> bool:
    """Whether there is an element in it; files named .html may hold bare text."""
    return bool(_TAG.search(markup))


def with_paragraphs(markup: str) -> str:
    """A fragment of inline elements alone, whose paragraphs only blank lines part, as HTML."""
    if _BLOCK_TAG.search(markup):
        return markup
    paragraphs = re.split(r"\r?\n[ \t]*(?:\r?\n)+", markup)
    broken = (re.sub(r"\r?\n", "<br>", paragraph) for paragraph in paragraphs)
    return "".join(f"<p>{paragraph}</p>" for paragraph in broken)


def parse(markup: str) -> html.HtmlElement:
    """The document's tree. ReadError where not even lxml's lenient parser finds one element.

    The parser gives up on what is nested too deep (font elements that are never closed, say), and
    what follows would be lost; such a page is parsed again with less of its markup. A page that
    lists another page's source (a saved "view source") gives the tree of that page.
    """
    tree = _tree(markup)
    listed = _listed_source(tree)
    return _tree(listed) if listed else tree


def _listed_source(tree: html.HtmlElement) -> str:
    """The HTML that a page shows as text in a table or block of lines, "" where it shows none."""
    for path in (".//table", ".//pre"):
        listing = tree.find(path)
        if listing is None or not _SOURCE.match("".join(islice(listing.itertext(), 40))):
            continue
        rows = [row.text_content() for row in listing.iter("tr")]
        return "\n".join(rows) if rows else str(listing.text_content())
    return ""


def _tree(markup: str) -> html.HtmlElement:
    cleaned = markup.replace("\x00", "")
    tree, whole = _parsed(cleaned)
    for superfluous in (_FORMAT_TAG, _ANY_TAG):
        if whole:
            break
        cleaned = superfluous.sub("" if superfluous is _FORMAT_TAG else "\n", cleaned)
        tree, whole = _parsed(cleaned if superfluous is _FORMAT_TAG else f"<pre>{cleaned}</pre>")
    return tree


def _parsed(markup: str) -> tuple[html.HtmlElement, bool]:
    """The tree, and whether it holds the whole document."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ReadError(
            f"expected HTML, found nothing that can be parsed as it: {error}"
        ) from error
    return tree, not any("depth" in entry.message for entry in parser.error_log)


def title_of(tree: html.HtmlElement) -> str:
    """The text of the document's <title>, white space collapsed, "" where there is none."""
    found = tree.find(".//title")
    return " ".join((found.text or "").split()) if found is not None else ""


def layout_of(tree: html.HtmlElement) -> Layout:
    """The visible text of the tree in reading order, as blocks."""
    walk = Walk()
    walk.run(tree)
    return walk.layout()
