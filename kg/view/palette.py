"""Colours, with a light and a dark value each, and the words that stand for them in a legend.

Kinds of reference differ in dash as well as in colour, so that nobody needs to tell hues apart.
Decades run from sepia over sage to blue, as film stock did.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from kg.model import ReferenceKind


@dataclass(frozen=True, slots=True)
class Ink:
    """How one sort of line is drawn. `forwards` reads "A ... B", `backwards` reads "B ... A"."""

    light: str
    dark: str
    dash: tuple[int, ...]
    label: str
    forwards: str
    backwards: str


KINDS: Final = MappingProxyType(
    {
        ReferenceKind.REMAKE: Ink("#b3372b", "#f08a78", (), "Remake", "remakes", "is remade by"),
        ReferenceKind.SEQUEL: Ink(
            "#b8740a", "#e8b04e", (), "Sequel", "is in a series with", "is in a series with"
        ),
        ReferenceKind.ALLUSION: Ink(
            "#6a4fb3", "#b3a0f2", (7, 4), "Allusion", "alludes to", "is alluded to by"
        ),
        ReferenceKind.COMPARISON: Ink(
            "#1b7b86", "#63c4cd", (2, 4), "Comparison", "is compared with", "is compared with"
        ),
        ReferenceKind.FILMOGRAPHY: Ink(
            "#5c7a33",
            "#a5c476",
            (10, 4, 2, 4),
            "Filmography",
            "shares people with",
            "shares people with",
        ),
        ReferenceKind.MENTION: Ink(
            "#85807a",
            "#a39d94",
            (1, 5),
            "Mention",
            "has a review that mentions",
            "is mentioned in a review of",
        ),
    }
)

ROLES: Final = MappingProxyType(
    {
        "director": Ink("#b3372b", "#f08a78", (), "Director", "directed", "directed by"),
        "writer": Ink("#6a4fb3", "#b3a0f2", (7, 4), "Writer", "wrote", "written by"),
        "cast": Ink("#1b7b86", "#63c4cd", (), "Cast", "appears in", "with"),
        "producer": Ink("#b8740a", "#e8b04e", (2, 4), "Producer", "produced", "produced by"),
        "cinematographer": Ink(
            "#5c7a33",
            "#a5c476",
            (10, 4, 2, 4),
            "Cinematographer",
            "photographed",
            "photographed by",
        ),
        "composer": Ink("#9c3f78", "#e295c4", (7, 4), "Music", "wrote music for", "music by"),
        "editor": Ink("#56708a", "#9db7d1", (2, 4), "Editor", "edited", "edited by"),
    }
)


def ink(key: str) -> Ink:
    """The ink of an edge by its key: a kind of reference or a role."""
    return ROLES[key] if key in ROLES else KINDS[ReferenceKind(key)]


GROUPS_LIGHT: Final = (
    "#4e79a7", "#c9853a", "#5f9a6b", "#b5566a", "#8268a8", "#8a6d52", "#3f9aa0", "#a9953b",
)  # fmt: skip
GROUPS_DARK: Final = (
    "#82aedd", "#e8b06e", "#8fcb9b", "#e58fa1", "#b7a0dd", "#c3a587", "#74cdd3", "#d8c56b",
)  # fmt: skip
OTHER_GROUP: Final = ("#a8a39b", "#77726b")
"""For groups beyond the largest eight."""

UNKNOWN_YEAR: Final = ("#c9c4bb", "#5d5953")

DECADES: Final = (
    (1890, (104, 66, 36)),
    (1925, (163, 110, 58)),
    (1950, (205, 164, 98)),
    (1970, (150, 171, 141)),
    (1990, (76, 142, 147)),
    (2010, (45, 97, 135)),
    (2030, (44, 58, 110)),
)
DECADES_DARK: Final = (
    (1890, (166, 116, 78)),
    (1925, (203, 150, 94)),
    (1950, (231, 197, 136)),
    (1970, (176, 201, 166)),
    (1990, (112, 186, 190)),
    (2010, (94, 156, 205)),
    (2030, (122, 139, 214)),
)


def decade_colour(year: int | None, *, dark: bool = False) -> str:
    """The colour of a year's decade as #rrggbb; a neutral one where the year is unknown."""
    if year is None:
        return UNKNOWN_YEAR[dark]
    stops = DECADES_DARK if dark else DECADES
    middle = min(max(year // 10 * 10 + 5, stops[0][0]), stops[-1][0])
    for (low, first), (high, second) in pairwise(stops):
        if middle <= high:
            share = (middle - low) / (high - low)
            channels = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
            return "#" + "".join(f"{channel:02x}" for channel in channels)
    return UNKNOWN_YEAR[dark]
