"""Authors' links held against what names were linked to."""

from __future__ import annotations

from kg.evaluate.known_films import KnownFilm
from kg.evaluate.linking import AuthorLink, LinkScore, score_links
from kg.model import Cluster, Entity, Extraction, Kind, Link, LinkedPage, Mention, Page, Span

TEXT = "Better than _Crash_."
KNOWN = {115964: KnownFilm(1996, ["Crash"])}


def _score(entity: Entity | None, *, imdb: int = 115964) -> LinkScore:
    clusters = (Cluster("F1", Kind.FILM, "Crash", (Mention(13, 18, Kind.FILM),)),)
    page = Page("p", "p.txt", TEXT)
    extraction = Extraction(page, clusters if entity else (), (), (), "", "hand-made")
    links = (Link("F1", entity, 0.9),) if entity else ()
    return score_links(
        [(LinkedPage(extraction, links), [AuthorLink(Span(12, 19), imdb, "_Crash_")])], KNOWN
    )


def _film(year: int, *same_as: str, linked: bool = True) -> Entity:
    return Entity(f"film/crash-{year}", Kind.FILM, "Crash", year, same_as, linked=linked)


def test_a_film_of_the_same_number_is_right() -> None:
    assert _score(_film(1996, "https://www.imdb.com/title/tt0115964/")).right == 1


def test_a_film_of_another_number_is_wrong() -> None:
    assert _score(_film(2004, "https://www.imdb.com/title/tt0375679/")).wrong == 1


def test_a_film_without_a_number_is_judged_by_title_and_year() -> None:
    assert _score(_film(1995)).right == 1
    assert _score(_film(2004)).wrong == 1


def test_a_name_given_no_film_is_neither_right_nor_wrong() -> None:
    score = _score(_film(1996, linked=False))
    assert (score.unknown, score.found_right, score.given_wrong) == (1, 0.0, 0.0)


def test_a_link_whose_words_are_no_film_was_not_found() -> None:
    assert _score(None).missed == 1
