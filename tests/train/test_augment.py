import random
from dataclasses import replace

from kg.train.augment import augmented, rewritten
from kg.train.documents import parse
from kg.train.options import Options

DOCUMENT = parse(
    "one",
    'See "[F1|The Piano]" and [F2|Raising Arizona] with [P1|Holly Hunter].\n---\n'
    "F1 = The Piano (1993) topic\nF2 = Raising Arizona (1987)\nP1 = Holly Hunter\n",
)
STILL = replace(
    Options(),
    lower_cased=0,
    upper_titles=0,
    quotes_dropped=0,
    quotes_added=0,
    titles_swapped=0,
)


def words(options: Options, titles: tuple[str, ...] = ()) -> tuple[str, list[str]]:
    changed = augmented(DOCUMENT, options, titles, random.Random(1))
    return changed.text, [changed.text[mark.start : mark.end] for mark in changed.marks]


NAMES = ["The Piano", "Raising Arizona", "Holly Hunter"]


def test_with_every_share_at_nought_nothing_changes() -> None:
    assert words(STILL) == (DOCUMENT.text, NAMES)


def test_quotation_marks_go_and_the_marks_stay_in_place() -> None:
    text, names = words(replace(STILL, quotes_dropped=1))
    assert (text, names) == ("See The Piano and Raising Arizona with Holly Hunter.", NAMES)


def test_quotation_marks_come_outside_the_marks() -> None:
    text, names = words(replace(STILL, quotes_added=1))
    assert (text, names) == ('See "The Piano" and "Raising Arizona" with Holly Hunter.', NAMES)


def test_another_films_title_takes_the_place_of_one_that_is_not_the_topic() -> None:
    _, names = words(replace(STILL, titles_swapped=1, swapped_each=1), ("Jaws",))
    assert names == ["The Piano", "Jaws", "Holly Hunter"]


def test_lower_case_keeps_every_place() -> None:
    _, names = words(replace(STILL, lower_cased=1))
    assert names == [name.lower() for name in NAMES]


def test_stretches_of_which_nothing_is_known_move_along() -> None:
    document = replace(DOCUMENT, unknown=((0, 3), (53, 58)))
    changed = rewritten(document, [(4, 5, ""), (14, 15, "")])
    assert changed.unknown == ((0, 3), (51, 56))
