"""The cells of a line: from markup, or in plain text the columns that wide gaps set apart."""

from __future__ import annotations

import re
from typing import Final

from kg.read.layout import Block, Layout

_GAP: Final = re.compile(r"[ \xa0]{3,}|\t+")


def cells_of(layout: Layout, block: Block) -> tuple[tuple[int, int], ...]:
    """The places of a block's cells; () where it is one piece."""
    if block.cells or block.path:
        return block.cells
    gaps = list(_GAP.finditer(layout.text, block.start, block.end))
    if not gaps or len(gaps) > 5:
        return ()
    starts = [block.start, *(gap.end() for gap in gaps)]
    ends = [*(gap.start() for gap in gaps), block.end]
    return tuple((start, end) for start, end in zip(starts, ends, strict=True) if end > start)
