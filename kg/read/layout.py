"""A page's text with its shape: what the zone recogniser works from, whatever the format was."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table row or line: `text[start:end]` of its layout.

    Plain text gives one block for each line that isn't blank (one for a hard-wrapped paragraph,
    whose line ends have become blanks); HTML one for each block element that holds text of its own,
    and for each line within it. `tag` is the element's name in lower case ("" for plain text; "li"
    for a line with a bullet, "h2" for a Markdown heading). `level` is the depth of list nesting or
    the heading's rank. `link_share` is the share of the block's characters that are link text.
    `main` tells whether the boilerplate remover kept it, None where there was none. `path` names
    the enclosing elements with id and class ("div#cast.list li"), "" for plain text. `gap` counts
    the blank lines before it. `cells` are the spans of a table row's cells or of a line's parts,
    where only the markup separates them (a tab stands between them) or tabs and wide gaps do;
    `attributes` are (start, end, name, value) of title, alt, datetime, itemprop and class
    attributes that may hold a fact (a part, a grade); "src" is the bare file name of a picture
    that has no words (a label may be one).
    """

    start: int
    end: int
    tag: str = ""
    level: int = 0
    link_share: float = 0.0
    main: bool | None = None
    path: str = ""
    gap: int = 0
    cells: tuple[tuple[int, int], ...] = ()
    attributes: tuple[tuple[int, int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A page's repaired text and its blocks, ascending and disjoint.

    `marked` are the spans in italics, emphasis or <cite>, where titles mostly stand; ascending by
    end, empty for plain text.
    """

    text: str
    blocks: tuple[Block, ...]
    marked: tuple[tuple[int, int], ...] = ()

    def words(self, block: Block) -> str:
        """The block's text."""
        return self.text[block.start : block.end]
