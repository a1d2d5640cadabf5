"""What the zone recogniser says of a page: its zones and all that its lists and headings state."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Rating, Stated, Zone


@dataclass(frozen=True, slots=True)
class Zoning:
    """The zones of a layout and what its headings, labels and lists state.

    `zones` are ascending, disjoint and cover every block. `title` is the one film that the page is
    about, "" where it is about none or several; `other_titles` are its further names. `critic`,
    `publication` and `date` belong to the page's own review, not to the reviews that it quotes.
    """

    zones: tuple[Zone, ...] = ()
    stated: tuple[Stated, ...] = ()
    ratings: tuple[Rating, ...] = ()
    title: str = ""
    year: int | None = None
    critic: str = ""
    publication: str = ""
    date: str = ""
    other_titles: tuple[str, ...] = ()
