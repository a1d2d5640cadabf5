"""A document made a page: clean text, zones, what its markup states."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final

from kg.errors import ReadError
from kg.model import OffsetMap, Page
from kg.read import html, text
from kg.read.boilerplate import with_main
from kg.read.document import Document
from kg.read.layout import Layout
from kg.read.options import Format
from kg.read.repair import repair

READ_VERSION: Final = "1"


@dataclass(frozen=True, slots=True)
class _Laid:
    """A document's layout with what its own markup says beside the text."""

    layout: Layout
    offsets: OffsetMap = field(default_factory=OffsetMap)
    html_title: str = ""


def page_of(document: Document) -> Page:
    """The document's page. ReadError where it holds no text. The costly part of reading; pure."""
    original = document.original
    laid = _laid(document, original)
    if not laid.layout.text.strip():
        raise ReadError("expected text, found none that can be seen")
    from kg.read.zones import zone

    fields = document.fields
    zoning = zone(laid.layout, title=fields.title, html_title=laid.html_title)
    return Page(
        id=document.id,
        source=document.source,
        text=laid.layout.text,
        zones=zoning.zones,
        stated=zoning.stated,
        ratings=zoning.ratings,
        title=fields.title or zoning.title,
        year=fields.year if fields.title else zoning.year,
        url=fields.url,
        critic=fields.author or zoning.critic,
        publication=fields.publication or zoning.publication,
        date=fields.date or zoning.date,
        offsets=laid.offsets,
        digest=hashlib.sha256(f"{READ_VERSION}:{document.digest}".encode()).hexdigest(),
    )


def _laid(document: Document, original: str) -> _Laid:
    if document.format is Format.HTML and html.is_html(original):
        tree = html.parse(original)
        layout = with_main(html.layout_of(tree), tree)
        return _Laid(layout, html_title=html.title_of(tree))
    repaired = repair(original)
    return _Laid(text.layout_of(text.unwrapped(repaired.text)), repaired.offsets)
