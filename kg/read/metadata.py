"""What a page's markup says beside its text: structured data, OpenGraph, <meta>, canonical URL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from lxml import html

from kg.model import Evidence, Field, Rating, Stated
from kg.read.document import title_and_year
from kg.read.filmchoice import agrees, main_films
from kg.read.filmdata import stated, title_of
from kg.read.filmratings import ratings, review_ratings, reviews
from kg.read.repair import mend
from kg.read.structured import Node, Structured, structured_data

_AUTHOR: Final = (
    *("author", "article:author", "article.author", "parsely-author", "dc.creator"),
    *("dcterms.creator", "byl", "sailthru.author", "cxenseparse:author"),
)
_DATE: Final = (
    *("article:published_time", "datepublished", "parsely-pub-date", "pubdate", "publish-date"),
    *("dc.date", "dc.date.issued", "dcterms.date", "published_at", "sailthru.date", "date"),
)
_SITE: Final = ("og:site_name", "dc.publisher")
_BYLINE: Final = re.compile(
    r"written by|author|by|verfasst von|escrito por|écrit par|scritto da|geschreven door",
    re.IGNORECASE,
)
_ISO_DATE: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?$")
_ENTITY: Final = re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q\d+)$")
_FILM_OF: Final = re.compile(r"((?:18|19|20)\d\d)\b.*\bfilm\b", re.IGNORECASE)
_IN_PARENTHESES: Final = re.compile(r"\s*\([^()]*\)$")
_ARTICLES: Final = frozenset(
    (
        "article",
        "newsarticle",
        "blogposting",
        "reportagenewsarticle",
        "webpage",
        "opinionnewsarticle",
    )
)
_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the markup says. `title` is the film that it is plainly about, "" where it isn't plain.

    `notes` tell what was there and could not be read.
    """

    title: str = ""
    year: int | None = None
    url: str = ""
    critic: str = ""
    publication: str = ""
    date: str = ""
    stated: tuple[Stated, ...] = ()
    ratings: tuple[Rating, ...] = ()
    notes: tuple[str, ...] = ()


def metadata(tree: html.HtmlElement, *, html_title: str = "", url: str = "") -> Metadata:
    """The metadata of a page whose address is `url`, where that is known."""
    meta = _meta(tree)
    own = [address for address in (url, _canonical(tree), meta.get("og:url", "")) if address]
    headings = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
    titles = [mend(words) for words in (*headings, meta.get("og:title", ""), html_title) if words]
    found = structured_data(tree)
    films = main_films(found, titles=titles, urls=own)
    title, year, facts = _film(films, titles)
    if not title:
        title, year, facts = _article_on_film(found)
    if not title and meta.get("og:type", "").lower() in ("video.movie", "movie", "video.tv_show"):
        title, year = title_and_year(_without_site(meta.get("og:title", ""), meta, html_title))
    review = next((node for node in reviews(found) if _fits(node, title)), None)
    if review and not title:
        title, year = title_and_year(mend(review.first("itemreviewed")))
    article = review or next(
        (node for node in found.top if node.is_a(_ARTICLES) and not _is_encyclopedic(node)), None
    )
    given = chain(
        (rating for film in films for rating in ratings(film, site=_name(_first(meta, _SITE)))),
        review_ratings(review) if review else (),
    )
    critic = _person(article, review) or _author(meta)
    return Metadata(
        title=title,
        year=year,
        url=next((address for address in own if address.startswith("http")), ""),
        critic=critic,
        # a cinema's page has a site name too; only where somebody writes does it publish
        publication=_publisher(article) or (_name(_first(meta, _SITE)) if critic else ""),
        date=_date((article.first("datepublished", "datecreated") if article else ""), meta),
        stated=facts,
        ratings=tuple(_distinct(given)),
        notes=tuple(found.notes),
    )


def _film(films: list[Node], titles: list[str]) -> tuple[str, int | None, tuple[Stated, ...]]:
    """Title, year and facts of the nodes that describe one film."""
    if not films:
        return "", None, ()
    title = title_of(films[0])[0]
    year = _printed_year(title, titles)
    facts: dict[tuple[Field, str, str], Stated] = {}
    for film in films:
        year = year or title_of(film)[1]
        for fact in stated(film):
            facts.setdefault((fact.field, fact.value.casefold(), fact.part), fact)
    # a date in the markup may be a re-release; the year printed beside the title is the film's
    kept = (
        fact
        for fact in facts.values()
        if fact.field is not Field.YEAR or year is None or fact.value == str(year)
    )
    return title, year, tuple(kept)


def _printed_year(title: str, titles: list[str]) -> int | None:
    for words in titles:
        match = re.search(
            re.escape(title) + r"\s*[(\[]((?:18|19|20)\d\d)[)\]]", words, re.IGNORECASE
        )
        if match:
            return int(match[1])
    return None


def _article_on_film(found: Structured) -> tuple[str, int | None, tuple[Stated, ...]]:
    """An encyclopedia's article on a film: its identifier, and a headline such as "2001 film"."""
    for node in found.top:
        entity = next(
            (match for words in node.words("mainentity") if (match := _ENTITY.match(words))), None
        )
        headline = node.first("headline", "description")
        match = _FILM_OF.match(headline)
        if entity and match and node.first("name"):
            title = _IN_PARENTHESES.sub("", mend(node.first("name")))
            value = f"http://www.wikidata.org/entity/{entity[1]}"
            identifier = Evidence(f'"mainEntity": "{entity[0]}"', None, node.where)
            year = Evidence(f'"headline": "{headline}"', None, node.where)
            facts = (
                Stated(Field.IDENTIFIER, value, identifier, origin=node.where),
                Stated(Field.YEAR, match[1], year, origin=node.where),
            )
            return title, int(match[1]), facts
    return "", None, ()


def _is_encyclopedic(node: Node) -> bool:
    """Whether an article is about an entity, by nobody and of no day in particular."""
    return any(_ENTITY.match(words) for words in node.words("mainentity"))


def _fits(review: Node, title: str) -> bool:
    """Whether a review is of the page's film, or of the only one that it names."""
    name = review.first("itemreviewed")
    return not title or not name or agrees(name, [title])


def _person(article: Node | None, review: Node | None) -> str:
    """The writer: a person, or a plain name; for an article never an organisation."""
    if article is None:
        return ""
    for value in article.values("author", "creator"):
        if isinstance(value, Node) and (value.is_a(frozenset(("person",))) or review is not None):
            name = _name(value.first("name"))
        else:
            name = _name(value) if isinstance(value, str) else ""
        if name:
            return name
    return ""


def _publisher(article: Node | None) -> str:
    return _name(article.first("publisher")) if article is not None else ""


def _name(words: str) -> str:
    name = mend(" ".join(words.split()))
    is_address = name.startswith(("http", "/", "@", "www."))
    return "" if is_address or len(name) > _LONGEST_NAME else name


def _meta(tree: html.HtmlElement) -> dict[str, str]:
    """The first value of each <meta>, by its name or property in lower case."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        words = " ".join((element.get("content") or "").split())
        if name and words:
            found.setdefault(name.strip().lower(), words)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _author(meta: dict[str, str]) -> str:
    for name in _AUTHOR:
        author = _name(meta.get(name, ""))
        if author:
            return re.sub(r"^by\s+", "", author, flags=re.IGNORECASE)
    for number in ("1", "2"):
        if _BYLINE.fullmatch(meta.get(f"twitter:label{number}", "").strip()):
            return _name(meta.get(f"twitter:data{number}", ""))
    return ""


def _date(words: str, meta: dict[str, str]) -> str:
    """The day of publication as YYYY-MM-DD."""
    for candidate in (words, *(meta.get(name, "") for name in _DATE)):
        match = _ISO_DATE.match(candidate)
        if match:
            return match[1]
    return ""


def _canonical(tree: html.HtmlElement) -> str:
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            return (element.get("href") or "").strip()
    return ""


def _without_site(title: str, meta: dict[str, str], html_title: str) -> str:
    """An OpenGraph title without the site's name behind a sign."""
    site = _first(meta, _SITE) or re.split(r"\s[-–—|•·]\s", html_title)[-1]
    pieces = re.split(r"(\s+[-–—|•·]\s+)", mend(title))
    if len(pieces) > 2 and pieces[-1].casefold() == site.casefold():
        pieces = pieces[:-2]
    return "".join(pieces)


def _distinct(given: Iterator[Rating] | chain[Rating]) -> Iterator[Rating]:
    seen: set[tuple[str, str, float | None]] = set()
    for rating in given:
        key = (rating.critic, rating.publication, rating.score)
        if key not in seen:
            seen.add(key)
            yield rating
