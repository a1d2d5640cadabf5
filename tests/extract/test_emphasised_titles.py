"""Titles in emphasis: the page's own habit decides."""

from __future__ import annotations

from kg.extract.emphasis import with_emphasised
from kg.model import Kind, Mention

TEXT = "_Night Ferry_ has none of the dread of _Harbour_. Ann Example (_very_ good) is no _Lola_."


def _found(text: str, mentions: list[Mention]) -> list[tuple[str, Kind]]:
    return [(m.words(text), m.kind) for m in with_emphasised(text, mentions)]


def _mention(words: str, kind: Kind) -> Mention:
    return Mention(TEXT.index(words), TEXT.index(words) + len(words), kind)


def test_where_titles_stand_in_emphasis_the_others_in_emphasis_are_titles_too() -> None:
    mentions = [_mention("Night Ferry", Kind.FILM), _mention("Harbour", Kind.FILM)]
    assert ("Lola", Kind.FILM) in _found(TEXT, mentions)


def test_a_person_within_the_emphasis_gives_way_to_the_title() -> None:
    mentions = [_mention(w, Kind.FILM) for w in ("Night Ferry", "Harbour")]
    found = _found(TEXT, [*mentions, _mention("Lola", Kind.PERSON)])
    assert ("Lola", Kind.FILM) in found
    assert ("Lola", Kind.PERSON) not in found


def test_a_page_whose_emphasis_means_something_else_is_left_as_it_is() -> None:
    text = "_Really_ dull. _Never_ again. _Why_ was it made? _Night Ferry_ sank."
    mention = Mention(text.index("Night"), text.index(" sank") - 1, Kind.FILM)
    assert with_emphasised(text, [mention]) == [mention]


def test_words_written_small_are_no_title() -> None:
    assert ("very", Kind.FILM) not in _found(TEXT, [_mention("Night Ferry", Kind.FILM)])


def test_a_possessive_and_a_stop_are_left_outside() -> None:
    text = "_Night Ferry_ is better than _Lola\u2019s_ or _Harbour,_ they say."
    found = _found(text, [Mention(1, 12, Kind.FILM), Mention(29, 33, Kind.FILM)])
    assert ("Harbour", Kind.FILM) in found
