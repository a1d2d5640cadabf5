"""Pages for the tests of zoning, laid out as the reader lays them out."""

from __future__ import annotations

from kg.model import Field, ZoneKind
from kg.read import html, text
from kg.read.boilerplate import with_main
from kg.read.layout import Layout
from kg.read.shape import Shape, shapes_of
from kg.read.zones import zone
from kg.read.zoning import Zoning


def plain(words: str) -> Layout:
    """The layout of plain text."""
    return text.layout_of(words.strip("\n"))


def markup(words: str) -> Layout:
    """The layout of HTML."""
    tree = html.parse(words)
    return with_main(html.layout_of(tree), tree)


def shaped(layout: Layout) -> tuple[Layout, tuple[Shape, ...]]:
    """A layout with the shapes of its blocks."""
    return layout, shapes_of(layout)


def zoned(words: str, *, title: str = "") -> Zoning:
    """The zoning of plain text."""
    return zone(plain(words), title=title)


def zoned_html(words: str) -> Zoning:
    """The zoning of an HTML page."""
    return zone(markup(words), html_title=html.title_of(html.parse(words)))


def values(zoning: Zoning, field: Field) -> list[str]:
    """The values stated of a field."""
    return [one.value for one in zoning.stated if one.field is field]


def cast(zoning: Zoning) -> list[tuple[str, str]]:
    """The actors with their parts."""
    return [(one.value, one.part) for one in zoning.stated if one.field is Field.CAST]


def zones(layout: Layout, zoning: Zoning, kind: ZoneKind) -> list[str]:
    """The words of the zones of a kind."""
    return [layout.text[one.start : one.end] for one in zoning.zones if one.kind is kind]


PROSE = (
    "Nobody in this film says what he means, and that is the beauty of it. The camera waits in the "
    "doorway like a guest who came too early, and we wait with it until somebody turns on a lamp."
)
MORE = (
    "Halfway through, the story changes hands and we follow the sister instead. It is a risk, and "
    "for an hour it pays off better than anything that I have seen in a cinema this year."
)
