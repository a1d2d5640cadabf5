import pytest

from kg.extract.names import best_spelling, fold, part_of, same_full, slip, tidy, title_tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [("bercot", "bercort"), ("islid", "isild"), ("schiffer", "shiffer"), ("noemie", "noemie")],
)
def test_a_slip_of_the_pen_is_forgiven(one: str, other: str) -> None:
    assert slip(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("coen", "coens"), ("mike", "mark"), ("man1", "man2"), ("scott", "stott1"), ("ron", "rob")],
)
def test_another_word_is_no_slip_of_the_pen(one: str, other: str) -> None:
    assert not slip(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("emmanuelle bercot", "emmanuelle bercort"),
        ("isild le besco", "islid le besco"),
        ("samuel jackson", "samuel l jackson"),
        ("j lawrence", "jennifer lawrence"),
        ("rob reiner", "robert reiner"),
        ("jean paul belmondo", "jeanpaul belmondo"),
    ],
)
def test_spellings_of_one_full_name_are_the_same(one: str, other: str) -> None:
    assert same_full(one.split(), other.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("joel coen", "ethan coen"),
        ("frank darabont", "francis ford coppola"),
        ("burt reynolds", "debbie reynolds"),
        ("david lynch", "david lean"),
    ],
)
def test_two_people_with_a_name_in_common_are_two(one: str, other: str) -> None:
    assert not same_full(one.split(), other.split())


def test_a_surname_fits_better_than_a_first_name() -> None:
    full = ("isild", "le", "besco")
    assert part_of(("besco",), full) == part_of(("le", "besco"), full) == 3
    assert part_of(("isild",), full) == 2
    assert part_of(("lucie",), full) == 0


def test_accents_and_typographic_marks_fold_away() -> None:
    assert fold("Noémie Łukasz’s Ærø") == "noemie lukasz's aero"


def test_numerals_of_a_title_are_alike() -> None:
    assert title_tokens("The Godfather Part II") == title_tokens("Godfather, part two")


def test_the_fullest_spelling_names_the_thing() -> None:
    assert best_spelling([("le Besco", 9), ("Isild le Besco", 1), ("Islid", 2)]) == "Isild le Besco"


def test_of_equally_full_spellings_the_most_frequent_wins() -> None:
    spellings = [("Emmanuelle Bercort", 1), ("Emmanuelle Bercot", 2)]
    assert best_spelling(spellings) == "Emmanuelle Bercot"


@pytest.mark.parametrize(
    ("written", "tidied"),
    [
        ("john williams", "John Williams"),
        ("isild le besco", "Isild le Besco"),
        ("THE RETURN OF THE KING", "The Return of the King"),
        ("schindler's list", "Schindler's List"),
        ("jean-luc godard", "Jean-Luc Godard"),
        ("PSYCHO", "Psycho"),
        ("JFK", "JFK"),
        ("M*A*S*H", "M*A*S*H"),
        ("Lord of\n the  Rings", "Lord of the Rings"),
    ],
)
def test_a_name_without_proper_case_gets_it(written: str, tidied: str) -> None:
    assert tidy(written) == tidied
