"""Markdown loses its marks and keeps its structure, and front matter becomes fields."""

from __future__ import annotations

import pytest

from kg.model import Field, Span
from kg.read import frontmatter, markdown

REVIEW = """---
title: Not what I hoped
film: The Fan (1981)
cast:
  - Lauren Bacall as Sally Ross
  - {actor: Michael Biehn, role: Douglas}
director: Edward Bianchi
runtime: 95 min
author: A. Critic
date: 2001-02-03
rating: 2/4
---
# A _mild_ shock

Like *All About
Eve*, it has a [star](http://example.org/x) -- **** -- and snake_case_words.

- one *item*
  that goes on
* two

> a quotation
> that goes on

| Actor | Part |
|---|---|
| Bacall | *Sally* |
"""


def test_front_matter_names_the_film_and_the_review() -> None:
    words, start = markdown.front_matter(REVIEW)
    fields = frontmatter.read(words).fields
    assert REVIEW[start:].startswith("# A")
    assert (fields.title, fields.year, fields.origin) == ("The Fan", 1981, "front matter")
    assert (fields.author, fields.date, fields.rating) == ("A. Critic", "2001-02-03", "2/4")


def test_credits_in_front_matter_are_stated_facts() -> None:
    words, _ = markdown.front_matter(REVIEW)
    facts = [(fact.field, fact.value, fact.part) for fact in frontmatter.read(words).stated]
    assert facts == [
        (Field.CAST, "Lauren Bacall", "Sally Ross"),
        (Field.CAST, "Michael Biehn", "Douglas"),
        (Field.DIRECTOR, "Edward Bianchi", ""),
        (Field.DURATION, "95", ""),
    ]


def test_yaml_that_is_wrong_is_read_line_by_line() -> None:
    fields = frontmatter.read("title: Star Wars: A New Hope\nyear: 1977\n").fields
    assert (fields.title, fields.year) == ("Star Wars: A New Hope", 1977)


@pytest.mark.parametrize("text", ["---\nJust a line\n---\nText", "Text\n---\nmore", "---", ""])
def test_a_rule_is_no_front_matter(text: str) -> None:
    assert markdown.front_matter(text) == ("", 0)


def test_blocks_have_their_tags_and_clean_words() -> None:
    layout, _ = markdown.read(REVIEW, markdown.front_matter(REVIEW)[1])
    assert [(block.tag, layout.words(block)) for block in layout.blocks] == [
        ("h1", "A mild shock"),
        ("p", "Like All About Eve, it has a star -- **** -- and snake_case_words."),
        ("li", "one item that goes on"),
        ("li", "two"),
        ("blockquote", "a quotation that goes on"),
        ("tr", "Actor | Part"),
        ("tr", "Bacall | Sally"),
    ]
    row = layout.blocks[-1]
    assert [layout.text[start:end] for start, end in row.cells] == ["Bacall", "Sally"]


def test_words_in_italics_are_marked() -> None:
    layout, _ = markdown.read("See *All About\nEve* and _The **big** Fan_.")
    assert [layout.text[start:end] for start, end in layout.marked] == [
        "All About Eve",
        "The big Fan",
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_offsets_lead_back_to_the_file(line_end: str) -> None:
    original = REVIEW.replace("\n", line_end)
    layout, offsets = markdown.read(original, markdown.front_matter(original)[1])
    for words in ("mild", "star", "snake_case_words", "goes on", "Bacall", "Sally"):
        start = layout.text.index(words)
        span = offsets.original(Span(start, start + len(words)))
        assert span.words(original) == words
    start = layout.text.index("All About Eve")
    span = offsets.original(Span(start, start + 13))
    assert span.words(original) == f"All About{line_end}Eve"


def test_code_comments_pictures_and_tags_go() -> None:
    layout, _ = markdown.read("A `b` <!-- c --><b>f</b> \\*g\\* ~~h~~ [i][j]\n\n[j]: k")
    assert [layout.words(block) for block in layout.blocks] == ["A b f *g* h i"]


def test_fenced_code_keeps_its_lines() -> None:
    layout, _ = markdown.read("```\none\ntwo\n```\nthree\nfour")
    assert [(block.tag, layout.words(block)) for block in layout.blocks] == [
        ("pre", "one"),
        ("pre", "two"),
        ("p", "three four"),
    ]
