from pathlib import Path

from kg.extract.known_names import (
    CHARACTER,
    CHARACTER_INSIDE,
    GROUP,
    GROUP_INSIDE,
    NONE,
    PERSON,
    PERSON_INSIDE,
    SEVERAL,
    TITLE,
    TITLE_INSIDE,
    TITLE_WORD,
    WORK,
    WORK_INSIDE,
    KnownNames,
    key,
    split,
)
from kg.train.lists import Lists


def keys(*names: str) -> list[tuple[str, ...]]:
    return [key(split(name)) for name in names]


KNOWN = KnownNames(
    {
        TITLE: keys("The Fan", "Jaws", "Full Metal Jacket", "Fan Club", "Batman", "Marie Curie"),
        PERSON: keys("Penélope Cruz", "Marie Curie"),
        WORK: keys("South Park", "Batman"),
        CHARACTER: keys("Michael Myers"),
        GROUP: keys("Monty Python"),
    }
)


def states(text: str) -> list[int]:
    return KNOWN.states(split(text))


def test_the_words_of_a_known_title_are_told_from_its_first() -> None:
    assert states("in Full Metal Jacket") == [NONE, TITLE, TITLE_INSIDE, TITLE_INSIDE]


def test_a_title_of_one_word_is_of_a_kind_of_its_own() -> None:
    assert states("like Jaws") == [NONE, TITLE_WORD]


def test_works_characters_and_groups_are_told_apart() -> None:
    assert states("South Park") == [WORK, WORK_INSIDE]
    assert states("Michael Myers") == [CHARACTER, CHARACTER_INSIDE]
    assert states("Monty Python") == [GROUP, GROUP_INSIDE]


def test_a_name_that_is_a_films_and_a_programmes_is_several() -> None:
    assert states("Batman") == [SEVERAL]
    assert KNOWN.is_title("Batman")


def test_a_person_whom_a_film_is_named_after_is_a_person() -> None:
    assert states("Marie Curie") == [PERSON, PERSON_INSIDE]


def test_a_short_title_in_lower_case_is_no_title() -> None:
    assert states("the fan of jaws") == [NONE] * 4


def test_a_long_title_in_lower_case_is_one() -> None:
    assert states("full metal jacket") == [TITLE, TITLE_INSIDE, TITLE_INSIDE]


def test_accents_case_and_hyphens_are_no_hindrance() -> None:
    assert states("PENELOPE CRUZ") == [PERSON, PERSON_INSIDE]
    assert states("Full-Metal Jacket") == [TITLE, *[TITLE_INSIDE] * 3]


def test_the_longest_name_from_the_left_wins() -> None:
    assert states("The Fan Club") == [TITLE, TITLE_INSIDE, NONE]


def test_the_list_written_is_the_list_read(tmp_path: Path) -> None:
    lists = Lists(("The Fan", "Jaws"), ("Penélope Cruz",))
    lists.save(tmp_path / "names.txt.gz")
    read = KnownNames.load(tmp_path / "names.txt.gz")
    words = split("Jaws and The Fan with Penélope Cruz")
    assert read.states(words) == lists.known().states(words)


def test_the_same_list_is_written_with_the_same_bytes(tmp_path: Path) -> None:
    for name, titles in (("a", ("The Fan", "Jaws")), ("b", ("Jaws", "The Fan"))):
        Lists(titles, ()).save(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
