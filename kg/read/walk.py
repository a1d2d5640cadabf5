"""The walk over a page's tree that lays its visible text out in blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree, html

from kg.read.elements import (
    BLOCKS,
    LISTS,
    MARKED,
    PLAIN,
    PREFORMATTED,
    SHAPED,
    TIGHT,
    UNSEEN,
    facts,
    holder,
    is_data_row,
    path_below,
    spoken,
)
from kg.read.hidden import hidden_in
from kg.read.layout import Block, Layout
from kg.read.line import Line
from kg.read.repair import mend
from kg.read.text import COLUMN_GAP, unwrapped

# blanks that the author forced; after a sentence they are only spacing
_WIDE_GAP: Final = re.compile(r"(?<=[^\s.!?,;”\"'’])(?=\s*\xa0)\s{3,}")
_LONGEST_COLUMNS: Final = 160


@dataclass(slots=True)
class _Open:
    """An inline element that has started and not ended."""

    element: html.HtmlElement
    line: int
    start: int


@dataclass(slots=True)
class Walk:
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
                if element.tag in UNSEEN or hidden.leaves_out(element):
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
        owner = holder(owner)
        bare = owner is None or owner.tag in BLOCKS
        for number, part in enumerate(_WIDE_GAP.split(text)):
            if number:
                self.line.cut()
            words = part if PLAIN.fullmatch(part) else mend(part)
            if "\n" in words and self._preformatted():
                self._lines(words, owner, bare)
            else:
                self.line.add(words, owner, bare=bare, link=self._links > 0)

    def _preformatted(self) -> bool:
        return any(element.tag in PREFORMATTED for element in self._block_stack[-3:])

    def _lines(self, text: str, owner: html.HtmlElement | None, bare: bool) -> None:
        """Preformatted text: each line is a block, its columns are cells."""
        for number, part in enumerate(unwrapped(text).split("\n")):
            if number:
                self._flush()
                self._apart |= not part.strip()
            columns = COLUMN_GAP.split(part.strip()) if len(part) <= _LONGEST_COLUMNS else [part]
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
        if tag in BLOCKS:
            self._break(element)
            self._block_stack.append(element)
            self._lists += tag in LISTS
            if tag == "tr" and self._row is None and is_data_row(element):
                self._row = element
                self.line.row = True
            self._waiting += [pair for pair in facts(element) if pair[0] != "class"]
        else:
            if tag == "a" and "href" in element.attrib:
                self._links += 1
            self._open_inline.append(_Open(element, self._line_number, self.line.position))
            for words in spoken(element):
                self.line.add(words, element, bare=False, link=self._links > 0)
                self.line.space()
        self._text(element.text, element)

    def _end(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if tag == "br":
            return
        if tag in BLOCKS:
            if element is self._row:
                self._flush()
                self._row = None
            self._break(element)
            if self._block_stack and self._block_stack[-1] is element:
                self._block_stack.pop()
            self._lists -= tag in LISTS
            return
        opened = self._open_inline.pop()
        if tag == "a" and "href" in element.attrib:
            self._links -= 1
        start = opened.start if opened.line == self._line_number else 0
        end = self.line.length
        for name, value in facts(element):
            self.line.attributes.append((start, end, name, value))
        if tag in MARKED and end > start:
            self.line.marked.append((start, end))
        self.line.seam = True

    def _break(self, element: html.HtmlElement) -> None:
        if self._row is not None and element is not self._row:
            self.line.cut()
            return
        self._flush()
        if element.tag not in TIGHT:
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
                path=self._path(self._block_stack[-1] if self._block_stack else None),
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
            if element.tag in SHAPED:
                tag = element.tag
                break
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            return tag, int(tag[1])
        return tag, self._lists

    def _path(self, element: html.HtmlElement | None) -> str:
        """The path of an element; each one's is put together once."""
        missing = []
        while element is not None and element.tag not in ("body", "html"):
            if element in self._paths:
                break
            missing.append(element)
            element = element.getparent()
        path = self._paths.get(element, "") if element is not None else ""
        for step in reversed(missing):
            path = self._paths[step] = path_below(path, step)
        return path


def _skip(text: str, start: int, end: int) -> int:
    """`start`, moved past the white space that came between an element's start and its words."""
    while start < end and text[start].isspace():
        start += 1
    return start
