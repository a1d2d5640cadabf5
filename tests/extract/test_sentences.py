import time

import pytest

from kg.extract.sentences import sentence_starts


def sentences(text: str) -> list[str]:
    starts = sentence_starts(text)
    return [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        "I saw Dr. Strangelove with Mr. Smith.",
        "Samuel L. Jackson and J. Edgar Hoover meet.",
        "It goes on... and on.",
        '"What a film!" he cried.',
        "Well, Airplane! is funny.",
        "The U.S. release was cut.",
        "A film by Sammy Davis Jr. and others.",
        "A line that was wrapped by hand in the middle of the title Breaking\nthe Waves is one.",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It ends. The next begins.", ["It ends.", "The next begins."]),
        ('He said "No." Then he left.', ['He said "No."', "Then he left."]),
        ("It stars Robert Downey Jr. He is good.", ["It stars Robert Downey Jr.", "He is good."]),
        ("a bad film. the acting is worse.", ["a bad film.", "the acting is worse."]),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ("A heading\n\nand a paragraph", ["A heading", "and a paragraph"]),
        ("Drama\nComedy\nWestern", ["Drama", "Comedy", "Western"]),
        ("  1. First thing\n  2. Second thing", ["1. First thing", "2. Second thing"]),
        ("Too long… It drags.", ["Too long…", "It drags."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_an_empty_text_has_no_sentence() -> None:
    assert sentence_starts("") == []


@pytest.mark.parametrize("unit", ["A. ", "\n", "word ", "?! ", "x"])
def test_a_long_text_takes_linear_time(unit: str) -> None:
    started = time.process_time()
    sentence_starts(unit * (1_000_000 // len(unit)))
    assert time.process_time() - started < 8
