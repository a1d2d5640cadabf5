"""A document becomes a page: what names the film, what states facts, what the digest covers."""

from __future__ import annotations

import pickle
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.model import Field, Page, Refusal, Span
from kg.read import Document, Fields, Format, documents, page_of
from kg.read.document import make_document

PROSE = (
    "Isild Le Besco plays a fan who moves in with the singer that she adores, and the film never "
    "quite decides what it thinks of her. It is a strange and often funny piece of work."
)
JSON_LD = (
    '<script type="application/ld+json">{"@type": "Movie", "name": "Backstage", "dateCreated":'
    ' "2005", "director": "Emmanuelle Bercot"}</script>'
)


def page(
    content: str, written: Format = Format.TEXT, fields: Fields | None = None, name: str = "x"
) -> Page:
    return page_of(make_document(name, content, written, fields=fields))


def test_a_text_keeps_its_words_and_leads_back_to_the_original() -> None:
    document = make_document("x.txt", f"A clich├ęd film.\r\n\r\n{PROSE}".encode(), Format.TEXT)
    found = page_of(document)
    assert found.text == f"A clichéd film.\n\n{PROSE}"
    start = found.text.index("Le Besco")
    span = found.offsets.original(Span(start, start + 8))
    assert span.words(document.original) == "Le Besco"


def test_zones_lie_within_the_text() -> None:
    found = page(f"Backstage\n\nDirector: Emmanuelle Bercot\n\n{PROSE}")
    assert found.zones
    assert all(0 <= zone.start <= zone.end <= len(found.text) for zone in found.zones)


def test_a_sidecar_overrules_the_structured_data() -> None:
    given = Fields(title="En coulisses", year=2006, origin="sidecar")
    found = page(f"{JSON_LD}<h1>Backstage</h1><p>{PROSE}</p>", Format.HTML, given)
    assert (found.title, found.year) == ("En coulisses", 2006)


def test_the_structured_data_overrules_the_heading() -> None:
    found = page(
        f"{JSON_LD}<title>Backstage | Site</title><h1>Backstage: a fan</h1><p>{PROSE}</p>",
        Format.HTML,
    )
    assert (found.title, found.year) == ("Backstage", 2005)
    assert "Emmanuelle Bercot" in [f.value for f in found.stated if f.field is Field.DIRECTOR]


def test_a_fact_that_the_text_states_too_comes_once_with_its_place() -> None:
    found = page(
        f"{JSON_LD}<h1>Backstage</h1><p>Director: Emmanuelle Bercot</p><p>{PROSE}</p>", Format.HTML
    )
    directors = [fact for fact in found.stated if fact.field is Field.DIRECTOR]
    assert [fact.value for fact in directors] == ["Emmanuelle Bercot"]
    assert directors[0].evidence.span is not None


def test_columns_give_critic_publication_date_address_and_rating() -> None:
    given = Fields(
        title="Backstage",
        author="Ken Fox",
        publication="TV Guide",
        date="2006",
        url="https://example.org/r",
        rating="3/4",
        origin="column",
    )
    found = page(PROSE, fields=given)
    assert (found.critic, found.publication, found.date) == ("Ken Fox", "TV Guide", "2006")
    assert found.url == "https://example.org/r"
    (rating,) = found.ratings
    assert (rating.score, rating.critic) == (0.75, "Ken Fox")
    assert rating.evidence is not None
    assert (rating.evidence.exact, rating.evidence.where) == ("3/4", "column")


def test_front_matter_is_read_and_no_part_of_the_text() -> None:
    found = page(
        f"---\nfilm: The Fan (1981)\ndirector: Edward Bianchi\nrating: B+\n---\n{PROSE}",
        Format.MARKDOWN,
    )
    assert (found.title, found.year, found.text) == ("The Fan", 1981, PROSE)
    assert [(fact.field, fact.value) for fact in found.stated] == [
        (Field.DIRECTOR, "Edward Bianchi")
    ]
    assert len(found.ratings) == 1


def test_an_html_file_without_any_element_is_plain_text() -> None:
    found = page(f"One paragraph.\n\n{PROSE}", Format.HTML)
    assert found.text.startswith("One paragraph.\n\n")


def test_an_html_fragment_of_inline_elements_keeps_its_paragraphs() -> None:
    found = page(f"One <i>line</i>.\n\n{PROSE}", Format.HTML)
    assert found.text == f"One line.\n\n{PROSE}"


def test_unreadable_markup_is_noted() -> None:
    found = page(f'<script type="application/ld+json">{{x</script><p>{PROSE}</p>', Format.HTML)
    assert found.notes == ("a JSON-LD block that is no JSON",)


@pytest.mark.parametrize("empty", ["<script>x</script>", "<p> </p>", "<img src=x>"])
def test_a_document_without_visible_text_is_refused(empty: str) -> None:
    with pytest.raises(ReadError, match="found none that can be seen"):
        page(empty, Format.HTML)


def test_the_digest_follows_the_content_and_the_fields() -> None:
    document = make_document("x", PROSE, Format.TEXT)
    same = make_document("x", PROSE, Format.TEXT)
    other = make_document("x", PROSE, Format.TEXT, fields=Fields(title="Backstage"))
    assert page_of(document).digest == page_of(same).digest != page_of(other).digest


def test_a_page_is_the_same_each_time_and_can_be_sent_to_another_process() -> None:
    document = make_document("x", f"{JSON_LD}<h1>Backstage</h1><p>{PROSE}</p>", Format.HTML)
    found = page_of(document)
    assert found == page_of(document)
    assert pickle.loads(pickle.dumps(found)) == found
    assert replace(found, text="") != found


@pytest.mark.shared
def test_every_real_page_is_read(shared: Path) -> None:
    outcomes: Counter[str] = Counter()
    for item in documents([str(shared / "pages")]):
        assert not isinstance(item, Refusal), item
        assert isinstance(item, Document)
        found = page_of(item)
        outcomes[item.format] += 1
        assert found.text.strip()
        ends = 0
        for zone in found.zones:
            assert ends <= zone.start <= zone.end <= len(found.text)
            ends = zone.end
        for fact in found.stated:
            assert fact.value
            if fact.evidence.span is not None:
                assert fact.evidence.span.words(found.text) == fact.evidence.exact
            if fact.value_span is not None:
                assert 0 <= fact.value_span.start < fact.value_span.end <= len(found.text)
        for rating in found.ratings:
            assert rating.score is None or 0 <= rating.score <= 1
    assert outcomes["html"] > 40
    assert outcomes["text"] >= 8


@pytest.mark.shared
def test_the_offsets_of_every_real_text_lead_back(shared: Path) -> None:
    for item in documents([str(shared / "pages"), str(shared / "annotation" / "dev")]):
        if not isinstance(item, Document) or item.format is not Format.TEXT:
            continue
        found, original = page_of(item), item.original
        position = 0
        for word in found.text.split():
            start = found.text.index(word, position)
            position = start + len(word)
            span = found.offsets.original(Span(start, position))
            if word.isascii():
                assert span.words(original) == word
