"""Lists of names, lengths of time, dates and countries."""

from __future__ import annotations

import pytest

from kg.read.dates import find_date, find_minutes, labelled_minutes
from kg.read.names import is_name, is_person, split_names
from kg.read.places import countries_in


def names(words: str) -> list[str]:
    return [name.words for name in split_names(words, 0, len(words))]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Ann Lee; Jérôme Dufour", ["Ann Lee", "Jérôme Dufour"]),
        ("Robert Downey, Jr., Ann B. Lee and Maria de Sousa", None),
        ("Ann Lee (stories) &", ["Ann Lee"]),
        ("Ann Lee, Bob Ray... more", ["Ann Lee", "Bob Ray"]),
        ("Vondie Curtis-Hall", ["Vondie Curtis-Hall"]),
        ("Ann Lee und Bob Ray", ["Ann Lee", "Bob Ray"]),
        ("Ann Lee; from the story by Bob Ray", ["Ann Lee", "Bob Ray"]),
        ("see full cast", []),
    ],
)
def test_a_list_is_cut_into_names(words: str, expected: list[str] | None) -> None:
    wanted = expected or ["Robert Downey, Jr.", "Ann B. Lee", "Maria de Sousa"]
    assert names(words) == (wanted if expected != [] else [])


def test_the_words_in_parentheses_are_kept_beside_the_name() -> None:
    found = split_names("Ann Lee (Max), Bob Ray", 0, 22)
    assert [(name.words, name.note) for name in found] == [("Ann Lee", "Max"), ("Bob Ray", "")]


def test_names_have_capitals_and_sentences_are_none() -> None:
    assert is_name("Game")
    assert is_person("Maria de Sousa")
    assert not is_name("the best film of the year")
    assert not is_name("He came. He saw.")
    assert not is_person("Game")


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("112 min", 112),
        ("1 hr 52 mins", 112),
        ("1h 52m", 112),
        ("2 hours 46 minutes", 166),
        ("PT112M", 112),
        ("France 2006. 79min", 79),
        ("112'", 112),
        ("112 Min.", 112),
        ("1 h 52", 112),
        ("ninety-odd minutes", None),
        ("$112,000", None),
    ],
)
def test_lengths_of_time_are_read_as_minutes(words: str, minutes: int | None) -> None:
    found = find_minutes(words)
    assert (found[0] if found else None) == minutes


def test_a_label_lets_a_clock_time_and_a_bare_number_count_as_a_length() -> None:
    assert labelled_minutes("1:52") == (112, 0, 4)
    assert labelled_minutes("112") == (112, 0, 3)


@pytest.mark.parametrize(
    "words", ["August 4, 2008", "08/07/08", "9 January 2005", "24.11.2025", "2 days ago"]
)
def test_dates_are_found_as_printed(words: str) -> None:
    found = find_date(f"{words} | more")
    assert found is not None
    assert found[0] == words


def test_a_list_of_countries_holds_nothing_else() -> None:
    assert countries_in("USA / Kanada") == [(0, 3), (6, 12)]
    assert countries_in("France, Belgium and Italy") == [(0, 6), (8, 15), (20, 25)]
    assert countries_in("France, Ann Lee") == []
