import pytest

from kg.extract.names import title_tokens
from kg.extract.titles import clean_title, is_series, partly, title_forms, title_year


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("Mummy's Tomb;The (1942)", "The Mummy's Tomb"),
        ("Best Friend, The", "The Best Friend"),
        ("Moustache;La (2005)", "La Moustache"),
        ("Jacob&apos;s Ladder", "Jacob's Ladder"),
        ("Top Gun ()", "Top Gun"),
        ("Baby Reindeer (TV) (2024)", "Baby Reindeer"),
        ("Her Majesty;Love (1931)", "Her Majesty, Love"),
        ("The Knick Season 1 ()", "The Knick"),
        ("(500) Days of Summer", "(500) Days of Summer"),
    ],
)
def test_a_printed_title_is_cleaned(printed: str, clean: str) -> None:
    assert clean_title(printed) == clean


def test_alternatives_in_brackets_name_the_film_too() -> None:
    sure, _ = title_forms("Fourth Man;The (Vierde man;De) (a.k.a. The 4th Man) (1983)")
    for name in ("The Fourth Man", "De Vierde man", "4th Man"):
        assert title_tokens(name) in sure


def test_a_subtitle_may_name_the_film() -> None:
    _, likely = title_forms("Star Wars: Episode VI - Return of the Jedi")
    assert title_tokens("Return of the Jedi") in likely


def test_the_beginning_of_a_numbered_title_is_another_film() -> None:
    assert not partly(title_tokens("Phantasm"), {title_tokens("Phantasm II")})
    assert partly(title_tokens("Darjeeling"), {title_tokens("Darjeeling Limited")})


def test_year_and_series_are_read_from_the_brackets() -> None:
    assert title_year("Fallout (TV) (2024)") == 2024
    assert title_year("1984") is None
    assert is_series("Fallout (TV) (2024)")
    assert not is_series("Fallout")
