import zlib

from kg.extract.wording import ROWS, wording
from kg.model import Kind, Mention

TEXT = "The Cave is a remake of Old Cave. It has nothing of Nora Finn."


def mention(words: str, kind: Kind = Kind.FILM, text: str = TEXT) -> Mention:
    start = text.index(words)
    return Mention(start, start + len(words), kind, 0.9)


MENTIONS = [mention("The Cave"), mention("Old Cave"), mention("Nora Finn", Kind.PERSON)]


def says(name: str) -> int:
    return zlib.crc32(name.encode()) % ROWS


def test_films_and_works_but_the_topic_are_read() -> None:
    assert set(wording(TEXT, MENTIONS, [0, 1, 2], 0)) == {1}


def test_the_turn_of_phrase_before_a_title_is_read_with_the_topic_as_such() -> None:
    rows = wording(TEXT, MENTIONS, [0, 1, 2], 0)[1]
    assert says("before remake of") in rows
    assert says("before <FILM!>") in rows
    assert says("cue version before near") in rows


def test_the_next_sentence_is_not_read() -> None:
    rows = wording(TEXT, MENTIONS, [0, 1, 2], 0)[1]
    assert says("behind nothing") not in rows


def test_titles_that_share_a_word_tell_so() -> None:
    rows = wording(TEXT, MENTIONS, [0, 1, 2], 0)[1]
    assert rows[says("shared")] == 1.0
    assert rows[says("within")] == 1.0


def test_the_order_in_which_mentions_are_given_does_not_matter() -> None:
    turned = wording(TEXT, MENTIONS[::-1], [2, 1, 0], 0)
    assert turned == wording(TEXT, MENTIONS, [0, 1, 2], 0)


def test_a_page_without_its_film_is_read_too() -> None:
    assert set(wording(TEXT, MENTIONS[1:], [1, 2], None)) == {1}
