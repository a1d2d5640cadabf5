"""A document made a page: clean text, zones, and what its lists and its markup state."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from kg.errors import ReadError
from kg.model import Evidence, OffsetMap, Page, Rating, Stated
from kg.read import frontmatter, html, markdown, text
from kg.read.boilerplate import with_main
from kg.read.document import Document, Fields
from kg.read.layout import Layout
from kg.read.metadata import Metadata, metadata
from kg.read.options import Format
from kg.read.ratings import parse_rating
from kg.read.repair import mend, repair
from kg.read.zones import zone
from kg.read.zoning import Zoning

READ_VERSION: Final = "1"  # changes when the same document may give another page


@dataclass(frozen=True, slots=True)
class _Laid:
    """A document's layout with what its own markup says beside the text."""

    layout: Layout
    offsets: OffsetMap = field(default_factory=OffsetMap)
    html_title: str = ""
    fields: Fields = field(default_factory=Fields)  # of its front matter
    stated: tuple[Stated, ...] = ()
    markup: Metadata = field(default_factory=Metadata)


def page_of(document: Document) -> Page:
    """The document's page. ReadError where it holds no text. The costly part of reading; pure."""
    laid = _laid(document)
    if not laid.layout.text.strip():
        raise ReadError("expected text, found none that can be seen")
    given = _mended(document.fields)
    named = given if given.title else laid.fields
    markup = laid.markup
    title, year = (named.title, named.year) if named.title else (markup.title, markup.year)
    zoning = zone(laid.layout, title=title, html_title=laid.html_title)
    if not title:
        title, year = zoning.title, zoning.year
    elif year is None and zoning.title.casefold() == title.casefold():
        year = zoning.year
    return Page(
        id=document.id,
        source=document.source,
        text=laid.layout.text,
        zones=zoning.zones,
        stated=tuple(_stated(zoning, (*laid.stated, *markup.stated))),
        ratings=tuple(_ratings(zoning, (*_printed(given), *_printed(laid.fields)), markup)),
        title=title,
        year=year,
        url=given.url or laid.fields.url or markup.url,
        critic=given.author or laid.fields.author or zoning.critic or markup.critic,
        publication=_publication(given, laid, zoning),
        date=given.date or laid.fields.date or zoning.date or markup.date,
        offsets=laid.offsets,
        digest=hashlib.sha256(f"{READ_VERSION}:{document.digest}".encode()).hexdigest(),
        notes=markup.notes,
    )


def _publication(given: Fields, laid: _Laid, zoning: Zoning) -> str:
    written = given.publication or laid.fields.publication
    return written or zoning.publication or laid.markup.publication


def _laid(document: Document) -> _Laid:
    original = document.original
    if document.format is Format.HTML and html.is_html(original):
        tree = html.parse(html.with_paragraphs(original))
        layout = with_main(html.layout_of(tree), tree)
        title = mend(html.title_of(tree))
        markup = metadata(tree, html_title=title, url=document.fields.url)
        return _Laid(layout, html_title=title, markup=markup)
    if document.format is Format.MARKDOWN:
        words, start = markdown.front_matter(original)
        front = frontmatter.read(words)
        layout, offsets = markdown.read(original, start)
        return _Laid(layout, offsets, fields=front.fields, stated=front.stated)
    repaired = repair(original)
    return _Laid(text.layout_of(text.unwrapped(repaired.text)), repaired.offsets)


def _mended(fields: Fields) -> Fields:
    return replace(
        fields,
        title=mend(fields.title),
        author=mend(fields.author),
        publication=mend(fields.publication),
        date=mend(fields.date),
    )


def _stated(zoning: Zoning, more: tuple[Stated, ...]) -> Iterator[Stated]:
    """What the text states, and of the markup's facts those that it doesn't state.

    A fact of the text has its words in the page, so the markup's double of it goes; an actor whose
    part only the text gives is no other actor.
    """
    known = {(fact.field, fact.value.casefold(), fact.part.casefold()) for fact in zoning.stated}
    known |= {(fact.field, fact.value.casefold(), "") for fact in zoning.stated}
    yield from zoning.stated
    for fact in more:
        key = (fact.field, fact.value.casefold(), fact.part.casefold())
        if key not in known:
            known.add(key)
            yield fact


def _printed(fields: Fields) -> Iterator[Rating]:
    """The rating that stands in a column or the front matter."""
    rating = parse_rating(fields.rating, listed=True) if fields.rating else None
    if rating is not None:
        evidence = Evidence(fields.rating, None, fields.origin or "column")
        yield replace(
            rating, critic=fields.author, publication=fields.publication, evidence=evidence
        )


def _ratings(zoning: Zoning, printed: tuple[Rating, ...], markup: Metadata) -> Iterator[Rating]:
    """All ratings of the page; one that the text prints as well comes from the text alone."""
    yield from printed
    yield from zoning.ratings
    for rating in markup.ratings:
        if not any(_same(rating, other) for other in zoning.ratings):
            yield rating


def _same(rating: Rating, other: Rating) -> bool:
    if rating.score is None or other.score is None or abs(rating.score - other.score) > 0.006:
        return False
    return not rating.critic or rating.critic.casefold() == other.critic.casefold()
