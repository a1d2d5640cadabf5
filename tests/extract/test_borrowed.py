import pytest

from kg.extract.borrowed import with_borrowed
from kg.extract.known_names import TITLE, KnownNames, key, split
from kg.model import Kind, Mention

KNOWN = KnownNames({TITLE: [key(split("The Long Grey Evening")), key(split("Salt Road"))]})


def found(text: str, *mentions: Mention) -> list[str]:
    return [mention.words(text) for mention in with_borrowed(text, mentions, KNOWN)]


@pytest.mark.parametrize(
    "text",
    [
        "It borrows a good deal from Grey Evening.",
        "A shameless spin on Grey Evening that goes nowhere",
        "The ending is a nod to “Grey Evening”.",
    ],
)
def test_the_end_of_a_known_title_that_is_taken_from_is_a_film(text: str) -> None:
    assert found(text) == ["Grey Evening"]


def test_a_whole_known_title_is_one_too() -> None:
    assert found("It steals from Salt Road and bores.") == ["Salt Road"]


def test_what_no_list_holds_is_none() -> None:
    assert found("It borrows money from Aunt Agatha.") == []


def test_a_known_title_without_such_a_phrase_is_left_to_the_network() -> None:
    assert found("We walked on Salt Road.") == []


def test_what_the_network_has_marked_stays_as_it_is() -> None:
    text = "It borrows from Salt Road."
    marked = Mention(text.index("Road"), text.index("Road") + 4, Kind.WORK, 0.9)
    assert found(text, marked) == ["Road"]
