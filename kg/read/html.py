"""HTML to a `Layout`: the visible text in reading order, with the shape that its markup gives.

Our own walk over lxml's tree: a text extractor gives words, but zones, cast lists and grades need
to know where they stood. Nothing visible is thrown away here; the boilerplate remover's opinion is
kept in `Block.main`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree, html

from kg.errors import ReadError
from kg.read.hidden import hidden_in
from kg.read.layout import Block, Layout
from kg.read.line import Line
from kg.read.repair import mend
from kg.read.text import unwrapped


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_UNSEEN: Final = _names(
    "script style template noscript head title meta link iframe object embed svg math canvas audio "
    "video map select datalist textarea"
)
_SHAPED: Final = _names(
    "li p h1 h2 h3 h4 h5 h6 td th tr dt dd blockquote pre figcaption caption summary legend button "
    "address"
)
_BLOCKS: Final = _SHAPED | _names(
    "html body main article section aside nav header footer hgroup search div center form fieldset "
    "details dialog figure hr dl ul ol menu dir table thead tbody tfoot option optgroup frameset "
    "noframes xmp listing plaintext marquee"
)
_TIGHT: Final = frozenset(("li", "tr", "td", "th", "dt", "dd", "br"))  # no blank line around these
_MARKED: Final = frozenset(("i", "em", "cite"))
_FORMATS: Final = _names("i em cite b strong u s small big font tt code sup sub mark q abbr span")
_LISTS: Final = frozenset(("ul", "ol", "menu", "dir", "dl"))
_FACT_ATTRIBUTES: Final = ("title", "alt", "aria-label", "datetime", "itemprop", "content", "class")
_DATA_ATTRIBUTE: Final = re.compile(r"^data-.*(?:rating|scor|star|grade|date|role|character)")
_TAG: Final = re.compile(r"<(?:!doctype|/?[a-z][a-z0-9]*)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BLOCK_TAG: Final = re.compile(
    r"<(?:!doctype|/?(?:html|head|body|title|br|hr|div|section|article|main|table|ul|ol|dl|p|pre|"
    r"h[1-6]|li|tr|td|blockquote|center|form|frameset)\b)",
    re.IGNORECASE,
)
_FORMAT_TAG: Final = re.compile(
    r"</?(?:font|span|center|b|i|u|s|em|strong|big|small|tt|blink|nobr)\b[^<>]*>", re.IGNORECASE
)
_ANY_TAG: Final = re.compile(r"<[^<>]*>")
_PREFORMATTED: Final = frozenset(("pre", "xmp", "listing", "plaintext"))
_PLAIN: Final = re.compile(r"[\t\n\r\x0c\x20-\x25\x27-\x7e]*")  # nothing to repair in it
_COLUMNS: Final = re.compile(r"\t+| {3,}")
_PICTURE: Final = re.compile(r"([A-Za-z][A-Za-z _-]{3,30})\.(?:gif|png|jpe?g|svg|webp)$")
_LONGEST_COLUMNS: Final = 160
_LONGEST_ROW_CELL: Final = 160
_LONGEST_ATTRIBUTE: Final = 300


@dataclass(slots=True)
class _Open:
    """An inline element that has started and not ended."""

    element: html.HtmlElement
    line: int
    start: int


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
    what follows would be lost; such a page is parsed again with less of its markup.
    """
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
    walk = _Walk()
    walk.run(tree)
    return walk.layout()


@dataclass(slots=True)
class _Walk:
    """The state of one walk: the line being filled and the elements that are open around it."""

    line: Line = field(default_factory=Line)
    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    marked: list[tuple[int, int]] = field(default_factory=list)
    _line_number: int = 0
    _open_inline: list[_Open] = field(default_factory=list)
    _block_stack: list[html.HtmlElement] = field(default_factory=list)
    _paths: dict[html.HtmlElement, str] = field(default_factory=dict)
    _links: int = 0
    _lists: int = 0
    _row: html.HtmlElement | None = None
    _apart: bool = False  # a blank line stands before the next block
    _waiting: list[tuple[str, str]] = field(default_factory=list)  # attributes met before any text

    def run(self, root: html.HtmlElement) -> None:
        """Walk the tree; iterative, since old pages nest unclosed elements by the thousand."""
        hidden = hidden_in(root)
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        left_out: html.HtmlElement | None = None
        for event, element in walker:
            if event in ("comment", "pi"):
                self._text(element.tail, element.getparent())
            elif event == "start":
                if element.tag in _UNSEEN or hidden.leaves_out(element):
                    walker.skip_subtree()
                    left_out = element  # its end still comes, and its tail is seen
                else:
                    self._start(element)
            else:
                if element is not left_out:
                    self._end(element)
                if element is not root:
                    self._text(element.tail, element.getparent())
        self._flush()

    def layout(self) -> Layout:
        """What has been collected."""
        return Layout("".join(self.parts), tuple(self.blocks), tuple(self.marked))

    def _text(self, text: str | None, owner: html.HtmlElement | None) -> None:
        if not text:
            return
        if not _PLAIN.fullmatch(text):
            text = mend(text)
        owner = _holder(owner)
        bare = owner is None or owner.tag in _BLOCKS
        if "\n" in text and self._preformatted():
            self._lines(text, owner, bare)
        else:
            self.line.add(text, owner, bare=bare, link=self._links > 0)

    def _preformatted(self) -> bool:
        return any(element.tag in _PREFORMATTED for element in self._block_stack[-3:])

    def _lines(self, text: str, owner: html.HtmlElement | None, bare: bool) -> None:
        """Preformatted text: each line is a block, its columns are cells."""
        for number, part in enumerate(unwrapped(text).split("\n")):
            if number:
                self._flush()
                self._apart |= not part.strip()
            columns = _COLUMNS.split(part.strip()) if len(part) <= _LONGEST_COLUMNS else [part]
            self.line.row = len(columns) > 1
            for column in columns:
                self.line.add(column, owner, bare=bare, link=self._links > 0)
                if len(columns) > 1:
                    self.line.cut()

    def _start(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if tag == "br":
            self._break(element)
            return
        if tag in _BLOCKS:
            self._break(element)
            self._block_stack.append(element)
            self._lists += tag in _LISTS
            if tag == "tr" and self._row is None and _is_data_row(element):
                self._row = element
                self.line.row = True
            self._waiting += [pair for pair in _facts(element) if pair[0] != "class"]
        else:
            if tag == "a" and "href" in element.attrib:
                self._links += 1
            self._open_inline.append(_Open(element, self._line_number, self.line.position))
        self._text(element.text, element)

    def _end(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if tag == "br":
            return
        if tag in _BLOCKS:
            if element is self._row:
                self._flush()
                self._row = None
            self._break(element)
            if self._block_stack and self._block_stack[-1] is element:
                self._block_stack.pop()
            self._lists -= tag in _LISTS
            return
        opened = self._open_inline.pop()
        if tag == "a" and "href" in element.attrib:
            self._links -= 1
        start = opened.start if opened.line == self._line_number else 0
        end = self.line.length
        for name, value in _facts(element):
            self.line.attributes.append((start, end, name, value))
        if tag in _MARKED and end > start:
            self.line.marked.append((start, end))
        self.line.seam = True

    def _break(self, element: html.HtmlElement) -> None:
        if self._row is not None and element is not self._row:
            self.line.cut()
            return
        self._flush()
        if element.tag not in _TIGHT:
            self._apart = True

    def _flush(self) -> None:
        line, self.line = self.line, Line(row=self._row is not None)
        self._line_number += 1
        if not line.length:
            self._waiting += [(name, value) for _, _, name, value in line.attributes]
            return
        text, cells, share = line.finish()
        gap = 1 if self._apart and self.blocks else 0
        separator = "\n" * (gap + 1) if self.blocks else ""
        start = self.length + len(separator)
        self.parts += [separator, text]
        self.length = start + len(text)
        attributes = [(start, self.length, name, value) for name, value in self._waiting]
        attributes += [
            (start + _skip(text, first, last), start + max(first, last), name, value)
            for first, last, name, value in line.attributes
        ]
        self.marked += [
            (start + _skip(text, first, last), start + last) for first, last in line.marked
        ]
        self._waiting = []
        self._apart = False
        tag, level = self._shape()
        self.blocks.append(
            Block(
                start=start,
                end=self.length,
                tag=tag,
                level=level,
                link_share=round(share, 3),
                path=self._path(self._block_stack[-1]) if self._block_stack else "",
                gap=gap,
                cells=tuple((start + first, start + last) for first, last in cells),
                attributes=tuple(attributes),
            )
        )

    def _shape(self) -> tuple[str, int]:
        """The tag that tells most of the open block elements, and its level."""
        tag = self._block_stack[-1].tag if self._block_stack else ""
        if self._row is not None:
            return "tr", self._lists
        for element in reversed(self._block_stack):
            if element.tag in _SHAPED:
                tag = element.tag
                break
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            return tag, int(tag[1])
        return tag, self._lists

    def _path(self, element: html.HtmlElement) -> str:
        known = self._paths.get(element)
        if known is None:
            parent = element.getparent()
            above = self._path_above(parent)
            known = self._paths[element] = f"{above} {_step(element)}".lstrip()
        return known

    def _path_above(self, element: html.HtmlElement | None) -> str:
        missing = []
        while element is not None and element.tag not in ("body", "html"):
            if element in self._paths:
                break
            missing.append(element)
            element = element.getparent()
        path = self._paths.get(element, "") if element is not None else ""
        for step in reversed(missing):
            path = self._paths[step] = f"{path} {_step(step)}".lstrip()
        return path


def _step(element: html.HtmlElement) -> str:
    identity = element.get("id")
    classes = (element.get("class") or "").split()[:6]
    return "".join(
        [str(element.tag), f"#{identity}" if identity else "", *(f".{c}" for c in classes)]
    )


def _facts(element: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """The attributes of an element that may hold a fact."""
    for name, value in element.attrib.items():
        if name in _FACT_ATTRIBUTES or _DATA_ATTRIBUTE.match(name):
            words = " ".join((value if _PLAIN.fullmatch(value) else mend(value)).split())
            if words and len(words) <= _LONGEST_ATTRIBUTE:
                yield name, words
    if element.tag == "img" and not (element.get("alt") or element.get("title")):
        name = _PICTURE.search(element.get("src") or "")
        if name:
            yield "src", name[1]


def _holder(element: html.HtmlElement | None) -> html.HtmlElement | None:
    """The element whose words these are: italics amid a link's own words belong to the link."""
    while element is not None and element.tag in _FORMATS:
        parent = element.getparent()
        if parent is None or parent.tag in _BLOCKS:
            break
        own = [parent.text, *(child.tail for child in parent)]
        if not any(words and words.strip() for words in own):
            break
        element = parent
    return element


def _skip(text: str, start: int, end: int) -> int:
    """`start`, moved past the white space that came between an element's start and its words."""
    while start < end and text[start].isspace():
        start += 1
    return start


def _is_data_row(row: html.HtmlElement) -> bool:
    """Whether a table row holds short values side by side, and not the page's columns."""
    filled = 0
    for cell in row:
        if cell.tag not in ("td", "th"):
            continue
        if cell.find(".//table") is not None:
            return False
        length = len(" ".join(cell.text_content().split()))
        pieces = 1 + sum(1 for _ in cell.iter("br", "li", "p", "div"))
        if length > _LONGEST_ROW_CELL and length / pieces > _LONGEST_ROW_CELL / 4:
            return False
        filled += length > 0
    return filled >= 2
