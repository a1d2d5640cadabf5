"""Structured data gives the facts of the page's own film, and of no other."""

from __future__ import annotations

import json

import pytest

from kg.model import Field
from kg.read import html
from kg.read.metadata import Metadata, metadata


def read(*blocks: object, head: str = "", body: str = "<h1>Backstage</h1>") -> Metadata:
    written = [block if isinstance(block, str) else json.dumps(block) for block in blocks]
    scripts = "".join(f'<script type="application/ld+json">{block}</script>' for block in written)
    tree = html.parse(f"<html><head>{head}{scripts}</head><body>{body}</body></html>")
    return metadata(tree, html_title=html.title_of(tree))


def facts(found: Metadata, field: Field) -> list[tuple[str, str]]:
    return [(fact.value, fact.part) for fact in found.stated if fact.field is field]


MOVIE = {
    "@context": "https://schema.org",
    "@type": "Movie",
    "name": "Backstage",
    "alternateName": "En coulisses",
    "dateCreated": "2005",
    "duration": "PT1H52M",
    "inLanguage": "fr",
    "countryOfOrigin": {"@type": "Country", "name": "France"},
    "genre": ["Drama", "Music"],
    "sameAs": "https://www.imdb.com/title/tt0442933/",
    "director": {"@type": "Person", "name": "Emmanuelle Bercot"},
    "author": [{"@type": "Person", "name": "Emmanuelle Bercot"}, {"name": "Jérôme Tonnerre"}],
    "creator": {"@type": "Organization", "name": "Haut et Court"},
    "musicBy": "Laurent Marimbert",
    "producer": "Caroline Benjo, Carole Scotta",
    "actor": [
        {
            "@type": "PerformanceRole",
            "actor": {"@type": "Person", "name": "Isild Le Besco"},
            "characterName": "Lucie",
        },
        {"@type": "Person", "name": "Emmanuelle Seigner"},
    ],
    "aggregateRating": {"@type": "aggregateRating", "ratingValue": "3,5", "bestRating": 5},
}


def test_a_film_gives_title_year_people_and_values() -> None:
    found = read(MOVIE)
    assert (found.title, found.year) == ("Backstage", 2005)
    assert facts(found, Field.DIRECTOR) == [("Emmanuelle Bercot", "")]
    assert facts(found, Field.WRITER) == [("Emmanuelle Bercot", ""), ("Jérôme Tonnerre", "")]
    assert facts(found, Field.PRODUCER) == [("Caroline Benjo", ""), ("Carole Scotta", "")]
    assert facts(found, Field.CAST) == [("Isild Le Besco", "Lucie"), ("Emmanuelle Seigner", "")]
    assert facts(found, Field.COMPOSER) == [("Laurent Marimbert", "")]
    assert facts(found, Field.COMPANY) == [("Haut et Court", "")]
    assert facts(found, Field.COUNTRY) == [("France", "")]
    assert facts(found, Field.LANGUAGE) == [("French", "")]
    assert facts(found, Field.DURATION) == [("112", "")]
    assert facts(found, Field.GENRE) == [("Drama", ""), ("Music", "")]
    assert facts(found, Field.OTHER_TITLE) == [("En coulisses", "")]
    assert facts(found, Field.IDENTIFIER) == [("https://www.imdb.com/title/tt0442933/", "")]


def test_facts_carry_the_markups_own_words() -> None:
    director = next(fact for fact in read(MOVIE).stated if fact.field is Field.DIRECTOR)
    assert director.evidence.exact == (
        '"director": {"@type": "Person", "name": "Emmanuelle Bercot"}'
    )
    assert (director.evidence.span, director.evidence.where) == (None, "json-ld")
    assert director.origin == "json-ld"


def test_an_aggregate_rating_is_on_one_scale_whatever_its_spelling() -> None:
    (rating,) = read(MOVIE).ratings
    assert (rating.value, rating.best, rating.score) == (3.5, 5.0, 0.7)


def test_a_verdict_between_minus_one_and_one_is_no_rating() -> None:
    review = {
        "@type": "Review",
        "author": "A",
        "reviewRating": {"ratingValue": 1, "bestRating": 1, "worstRating": -1},
    }
    assert not read({**MOVIE, "aggregateRating": None, "review": [review]}).ratings


@pytest.mark.parametrize(
    "block",
    [
        "/* <![CDATA[ */\n%s\n/* ]]> */",
        "<![CDATA[ %s ]]>",
        "<!-- %s -->",
        "// comment\n%s",
        "%s;",
        "[%s]",
        '{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Site"}, %s]}',
    ],
)
def test_json_in_comments_lists_and_graphs_is_read(block: str) -> None:
    words = json.dumps({key: value for key, value in MOVIE.items() if key != "@context"})
    assert read(block % words).title == "Backstage"


def test_a_trailing_comma_and_a_line_break_in_a_string_are_forgiven() -> None:
    found = read('{"@type": "Movie", "name": "Backstage", "genre": ["Dra\nma",],}')
    assert found.title == "Backstage"


def test_broken_json_is_noted_and_the_other_blocks_are_read() -> None:
    found = read("{broken", MOVIE)
    assert found.title == "Backstage"
    assert found.notes == ("a JSON-LD block that is no JSON",)


@pytest.mark.parametrize(
    "odd", ["null", "3", '"words"', "[[]]", '{"@graph": 3}', '{"@type": ["Movie"], "name": {}}']
)
def test_json_of_another_shape_gives_nothing(odd: str) -> None:
    assert read(odd).stated == ()


def test_an_event_gives_the_film_only_where_it_is_the_pages_own() -> None:
    event = {
        "@type": "ScreeningEvent",
        "workPresented": {"@type": "Movie", "name": "Backstage", "director": "Emmanuelle Bercot"},
    }
    assert read(event).title == "Backstage"
    assert read(event, body="<h1>What’s on</h1>").title == ""


def test_of_several_films_the_one_that_agrees_with_the_heading_counts() -> None:
    other = {"@type": "Movie", "name": "The Fan", "director": "Edward Bianchi"}
    found = read(other, MOVIE)
    assert found.title == "Backstage"
    assert ("Edward Bianchi", "") not in facts(found, Field.DIRECTOR)
    assert read(other, MOVIE, body="<h1>Two films</h1>").title == ""


def test_a_film_of_a_list_is_not_the_pages_film() -> None:
    items = {
        "@type": "ItemList",
        "itemListElement": [{"@type": "ListItem", "item": {"@type": "Movie", "name": "The Fan"}}],
    }
    assert read(items, body="<h1>Best films</h1>").title == ""


def test_a_film_whose_address_is_the_pages_counts_whatever_the_heading_says() -> None:
    head = '<link rel="canonical" href="https://example.org/film/backstage/">'
    found = read(
        {**MOVIE, "url": "/film/backstage"},
        {"@type": "Movie", "name": "The Fan", "url": "/film/the-fan"},
        head=head,
        body="<h1>Review</h1>",
    )
    assert (found.title, found.url) == ("Backstage", "https://example.org/film/backstage/")


def test_a_date_with_a_time_of_day_is_no_year_of_release() -> None:
    found = read({**MOVIE, "dateCreated": "2015-04-30T12:04:31-07:00"})
    assert found.year is None
    assert facts(found, Field.YEAR) == []


def test_the_year_printed_beside_the_title_overrules_the_markups() -> None:
    found = read(
        {**MOVIE, "dateCreated": None, "datePublished": "2019-03-01"},
        body="<h1>Backstage (2005)</h1>",
    )
    assert found.year == 2005
    assert facts(found, Field.YEAR) == []


def test_a_review_gives_film_critic_publication_date_and_rating() -> None:
    found = read(
        {
            "@type": "Review",
            "itemReviewed": {"@type": "Movie", "name": "Backstage", "director": "E. Bercot"},
            "author": {"@type": "Person", "name": "Ken Fox"},
            "publisher": {"@type": "Organization", "name": "TV Guide"},
            "datePublished": "2006-11-10T08:00:00Z",
            "reviewRating": {"@type": "Rating", "ratingValue": 3, "bestRating": 4},
        },
        body="<h1>Star struck</h1>",
    )
    assert (found.title, found.critic, found.publication) == ("Backstage", "Ken Fox", "TV Guide")
    assert found.date == "2006-11-10"
    assert facts(found, Field.DIRECTOR) == [("E. Bercot", "")]
    (rating,) = found.ratings
    assert (rating.score, rating.critic, rating.publication) == (0.75, "Ken Fox", "TV Guide")


def test_an_article_on_a_film_gives_its_identifier_and_year() -> None:
    article = {
        "@type": "Article",
        "name": "Backstage (2005 film)",
        "headline": "2005 film directed by Emmanuelle Bercot",
        "mainEntity": "http://www.wikidata.org/entity/Q1234567",
        "author": {"@type": "Organization", "name": "Contributors"},
    }
    found = read(article)
    assert (found.title, found.year, found.critic) == ("Backstage", 2005, "")
    assert facts(found, Field.IDENTIFIER) == [("http://www.wikidata.org/entity/Q1234567", "")]
    assert read({**article, "headline": "Award presented for films"}).title == ""


def test_microdata_is_read_like_json() -> None:
    body = """
    <div itemscope itemtype="http://schema.org/Movie"><h1 itemprop="name">Backstage</h1>
    <a itemprop="director" href="/p/1">Emmanuelle Bercot</a>
    <div itemprop="actor" itemscope itemtype="http://schema.org/Person">
      <a href="/p/2" itemprop="url"><span itemprop="name">Isild Le Besco</span></a></div>
    <meta itemprop="duration" content="PT112M">
    <div itemprop="aggregateRating" itemscope itemtype="http://schema.org/AggregateRating">
      <span itemprop="ratingValue">7.5</span>/<span itemprop="bestRating">10</span></div></div>"""
    found = read(body=body)
    assert found.title == "Backstage"
    assert facts(found, Field.DIRECTOR) == [("Emmanuelle Bercot", "")]
    assert facts(found, Field.CAST) == [("Isild Le Besco", "")]
    assert facts(found, Field.DURATION) == [("112", "")]
    assert [rating.score for rating in found.ratings] == [0.75]
    assert {fact.origin for fact in found.stated} == {"microdata"}


def test_meta_elements_give_author_site_date_and_address() -> None:
    head = (
        '<meta name="author" content="By Nick Schager">'
        '<meta property="og:site_name" content="Slant">'
        '<meta property="article:published_time" content="2006-11-09T05:00:00+00:00">'
        '<link rel="canonical" href="https://example.org/r">'
    )
    found = read(head=head)
    assert (found.critic, found.publication) == ("Nick Schager", "Slant")
    assert (found.date, found.url) == ("2006-11-09", "https://example.org/r")


def test_a_site_where_nobody_writes_publishes_nothing() -> None:
    assert read(head='<meta property="og:site_name" content="The Picture House">').publication == ""


def test_an_open_graph_film_names_the_title_without_the_site() -> None:
    head = (
        '<meta property="og:type" content="video.movie"><meta property="og:site_name" content="DB">'
        '<meta property="og:title" content="Backstage (2005) | DB">'
    )
    found = read(head=head, body="<p>x</p>")
    assert (found.title, found.year) == ("Backstage", 2005)


def test_damaged_and_escaped_names_are_put_right() -> None:
    found = read({**MOVIE, "director": "Agn├Ęs Varda", "actor": "Tom &amp; Ann O&#39;Hara"})
    assert facts(found, Field.DIRECTOR) == [("Agnès Varda", "")]
    assert facts(found, Field.CAST) == [("Tom & Ann O'Hara", "")]


def test_references_that_lead_in_a_circle_come_to_an_end() -> None:
    found = read(
        {
            "@graph": [
                {"@type": "Movie", "@id": "#m", "name": "Backstage", "review": {"@id": "#r"}},
                {
                    "@type": "Review",
                    "@id": "#r",
                    "itemReviewed": {"@id": "#m"},
                    "author": "Ken Fox",
                },
            ]
        }
    )
    assert (found.title, found.critic) == ("Backstage", "Ken Fox")
