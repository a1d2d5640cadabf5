"""The boilerplate remover's opinion: which blocks of a layout trafilatura keeps as main text."""

from __future__ import annotations

import copy
import logging
import re
from dataclasses import replace
from typing import Final

from lxml import html
from trafilatura import bare_extraction

from kg.read.layout import Layout

_SHORT: Final = 24  # shorter words are matched as whole lines only
_WORD: Final = re.compile(r"\w+")

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its complaints are not our errors


def with_main(layout: Layout, tree: html.HtmlElement) -> Layout:
    """The layout with `Block.main` set: True where trafilatura kept the block's words.

    The tree isn't changed. Where trafilatura finds no main text at all, `main` stays None: that
    says nothing about the page.
    """
    kept = _kept_lines(tree)
    if not kept:
        return layout
    lines = {_normal(line) for line in kept}
    whole = "\n".join(lines)
    blocks = []
    for block in layout.blocks:
        words = _normal(layout.words(block))
        found = words in lines or (len(words) > _SHORT and words in whole)
        blocks.append(replace(block, main=found))
    return replace(layout, blocks=tuple(blocks))


def _kept_lines(tree: html.HtmlElement) -> list[str]:
    document = bare_extraction(
        copy.deepcopy(tree),
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
    )
    if document is None:
        return []
    text = document.text if hasattr(document, "text") else document.get("text")
    return [line for line in (text or "").split("\n") if line.strip()]


def _normal(text: str) -> str:
    """The words alone: trafilatura writes list signs and table bars of its own."""
    return " ".join(_WORD.findall(text))
