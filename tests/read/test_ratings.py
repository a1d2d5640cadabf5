"""Grades as critics print them, on one scale."""

from __future__ import annotations

import pytest

from kg.read.ratings import find_ratings, grade_value, parse_rating, rating_from_class


@pytest.mark.parametrize(
    ("words", "value", "best"),
    [
        ("★★★★½", 4.5, 5),
        ("★★☆☆☆", 2, 5),
        ("★★★☆", 3, 4),
        ("***1/2", 3.5, 4),
        ("*** out of ****", 3, 4),
        ("3½/4", 3.5, 4),
        ("3 1/2 stars out of 4", 3.5, 4),
        ("two and a half stars out of four", 2.5, 4),
        ("four out of four stars", 4, 4),
        ("2.5 out of 5", 2.5, 5),
        ("75/100", 75, 100),
        ("8.6/10", 8.6, 10),
        ("3,5/5", 3.5, 5),
        ("15/20", 15, 20),
        ("92%", 92, 100),
        ("82% liked it", 82, 100),
        ("4.26 out of 5", 4.26, 5),
        ("7 out of 10.", 7, 10),
        ("8.9/10 (298,638 votes)", 8.9, 10),
        ("4 of 5 stars", 4, 5),
        ("Rated 3.5 out of 5 stars", 3.5, 5),
        ("Two thumbs up", 2, 2),
        ("Thumbs down", 0, 1),
    ],
)
def test_a_printed_grade_is_its_value_divided_by_its_best(
    words: str, value: float, best: float
) -> None:
    rating = parse_rating(words)
    assert rating is not None
    assert (rating.value, rating.best) == (value, best)
    assert rating.score == pytest.approx(value / best, abs=1e-4)


def test_letters_run_in_twelve_even_steps_from_f_to_a_plus() -> None:
    assert [grade_value(letter) for letter in ("F", "D-", "C+", "B", "A", "A+")] == [
        0,
        1,
        6,
        8,
        11,
        12,
    ]
    for words in ("B-", "Grade: B-", "B minus", "Our grade: B-"):
        rating = parse_rating(words)
        assert rating is not None
        assert rating.score == pytest.approx(7 / 12, abs=1e-4)


def test_a_grade_that_is_repeated_for_screen_readers_counts_once() -> None:
    found = list(find_ratings("2.5 out of 52.5 out of 52.5 out of 5 2.5", strict=False))
    assert [one.rating.as_printed for one in found] == ["2.5 out of 5"]


def test_a_bare_number_counts_only_in_a_list_of_scores_and_its_scale_is_inferred() -> None:
    assert parse_rating("75") is None
    listed = parse_rating("75", listed=True)
    assert listed is not None
    assert (listed.score, listed.inferred) == (0.75, True)
    ten = parse_rating("8.6", listed=True)
    assert ten is not None
    assert (ten.score, ten.inferred) == (0.86, True)


def test_stars_in_words_without_a_scale_have_no_score() -> None:
    rating = parse_rating("3 1/2 stars")
    assert rating is not None
    assert (rating.value, rating.score) == (3.5, None)


@pytest.mark.parametrize(
    "words",
    [
        "A A- B+ B B- C+ C",
        "1 2 3 4 5",
        "4 out of 11",
        "No rating available",
        "9/11",
        "24/7",
        "6/21/2007",
        "No user score yet",
        "1/2 hour",
        "N/A",
    ],
)
def test_choices_counts_and_dates_are_no_grades(words: str) -> None:
    rating = parse_rating(words, listed=True)
    assert rating is None or rating.score is None


def test_prose_gives_a_letter_only_after_a_word_for_grades() -> None:
    said = "A bad film. I gave it a B- at the time; my grade: C+. Plan B failed."
    assert [one.rating.as_printed for one in find_ratings(said)] == ["C+"]


def test_a_class_hints_at_a_grade() -> None:
    nine, four = rating_from_class("rating rated-9"), rating_from_class("stars stars-4")
    assert nine is not None
    assert four is not None
    assert (nine.score, four.score, four.inferred) == (0.9, 0.8, True)
    assert rating_from_class("icon-fill-star3") is None
