"""Which of the films that a page's structured data describes is the page's own.

JSON-LD often describes something else: screenings, articles, the site, other films of a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg.read.document import title_and_year
from kg.read.repair import mend
from kg.read.structured import Node, Structured

FILMS: Final = frozenset(
    ("movie", "film", "tvseries", "tvminiseries", "tvseason", "tvepisode", "movieseries")
)
_LISTS: Final = frozenset(
    ("itemlist", "listitem", "collectionpage", "searchresultspage", "offercatalog")
)
_ABOUT: Final = frozenset(("mainentity", "itemreviewed", "about"))
_SCREENINGS: Final = frozenset(("workpresented", "workfeatured", "subjectof"))
_PARTS: Final = frozenset(("ispartof", "partofseries", "haspart", "isrelatedto", "issimilarto"))
_WORD: Final = re.compile(r"\w+")
_PIECES: Final = re.compile(r"\s+[-–—|•·:»«]+\s+|[()\[\]]|:\s")


def main_films(found: Structured, *, titles: Sequence[str], urls: Sequence[str]) -> list[Node]:
    """The nodes that describe the film which the page is about; [] where none plainly does.

    In this order: what a page or review says it is about; the film whose address is the page's; the
    only film there is, or the only one that agrees with the page's `titles` (heading, <title>,
    OpenGraph). A film in a list, or one that a screening shows, must agree with the titles.
    """
    films = [node for node in found.nodes if node.is_a(FILMS) and node.first("name")]
    films = [film for film in films if film.role not in _PARTS]
    agreed = [film for film in films if agrees(film.first("name"), titles)]
    about = [film for film in films if film.role in _ABOUT and _is_top_page(film.parent)]
    addressed = [film for film in films if film.parent is None and _addressed(film, urls)]
    loose = [
        film for film in films if film.parent is None or film.role in ("mainentityofpage", "video")
    ]
    for group in (
        [film for film in about if film in agreed],
        addressed,
        _only(about),
        [film for film in loose if film in agreed],
        _only(loose) if not _has_list(found) else [],
        _only([film for film in agreed if film.role in _SCREENINGS or _in_list(film)]),
    ):
        if group:
            name = _key(group[0].first("name"))
            return [film for film in films if _key(film.first("name")) == name and film in group]
    return []


def _is_top_page(node: Node | None) -> bool:
    return (
        node is not None
        and not _in_list(node)
        and (node.parent is None or node.role == "mainentity")
    )


def _has_list(found: Structured) -> bool:
    return any(node.is_a(_LISTS) for node in found.nodes)


def _in_list(node: Node) -> bool:
    above: Node | None = node
    while above is not None:
        if above.is_a(_LISTS):
            return True
        above = above.parent
    return False


def _only(films: list[Node]) -> list[Node]:
    """The films, if all are one."""
    return films if len({_key(film.first("name")) for film in films}) == 1 else []


def _addressed(film: Node, urls: Sequence[str]) -> bool:
    """Whether the film's address, whole or from the site's root, is the page's."""
    own = {_address(words) for words in film.words("url", "@id", "mainentityofpage")} - {""}
    pages = {_address(url) for url in urls if url}
    rooted = [path for path in own if path.startswith("/")]
    return bool(own & pages) or any(page.endswith(path) for page in pages for path in rooted)


def _address(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[?#].*$", "", url.strip().lower()).rstrip("/")


def agrees(name: str, titles: Sequence[str]) -> bool:
    """Whether one of the titles is the name, or begins or ends with it at a sign."""
    key = _key(title_and_year(name)[0])
    if not key:
        return False
    for title in titles:
        pieces = _PIECES.split(title)
        if any(_key(piece) == key for piece in pieces) or _key(title) == key:
            return True
        if len(key) > 3 and f" {_key(title)} ".startswith(f" {key} "):
            return True
    return False


def _key(words: str) -> str:
    return " ".join(_WORD.findall(mend(words).casefold()))
