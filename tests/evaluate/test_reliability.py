from evaluate_examples import GOLD

from kg.evaluate.annotation import parse
from kg.evaluate.reliability import Guess, guesses, reliability
from kg.model import (
    Cluster,
    Evidence,
    Extraction,
    Kind,
    Mention,
    OffsetMap,
    Page,
    Reference,
    ReferenceKind,
    Relation,
    RelationName,
)

TEXT = parse(GOLD).text
NO_EVIDENCE = Evidence("")


def mention(words: str, kind: Kind, score: float) -> Mention:
    start = TEXT.index(words)
    return Mention(start, start + len(words), kind, score)


def extraction(page: Page | None = None) -> Extraction:
    clusters = (
        Cluster("F1", Kind.FILM, "Vertigo", (mention("Vertigo", Kind.FILM, 0.9),)),
        Cluster("F2", Kind.FILM, "Rear Window", (mention("Window", Kind.FILM, 0.4),)),
        Cluster("P1", Kind.PERSON, "Hitchcock", (mention("Hitchcock", Kind.PERSON, 0.8),)),
        Cluster("P2", Kind.PERSON, "James Stewart", (mention("James Stewart", Kind.PERSON, 0.7),)),
    )
    relations = (
        Relation(RelationName.DIRECTOR, "F1", "P1", NO_EVIDENCE, 0.85),
        Relation(RelationName.WRITER, "F1", "P1", NO_EVIDENCE, 0.35),
        Relation(RelationName.CAST, "F1", "P2", NO_EVIDENCE, 0.75),
        Relation(RelationName.EDITOR, "F1", "P2", NO_EVIDENCE, 0.99, stated=True),
    )
    references = (Reference("F1", "F2", ReferenceKind.COMPARISON, NO_EVIDENCE, 0.6),)
    page = page or Page("one", "one", TEXT)
    return Extraction(page, clusters, relations, references, "F1", "fake")


def test_each_prediction_is_held_against_the_gold() -> None:
    told = [(guess.what, guess.score, guess.right) for guess in guesses(parse(GOLD), extraction())]
    assert told == [
        ("mention", 0.9, True),
        ("mention", 0.4, False),
        ("mention", 0.8, True),
        ("mention", 0.7, True),
        ("relation", 0.85, True),
        ("relation", 0.35, False),
        ("relation", 0.75, True),
        ("reference", 0.6, True),
    ]


def test_places_are_led_back_through_the_repairs() -> None:
    # two characters were cut off the front of the original
    gold = parse("xx" + GOLD)
    page = Page("one", "one", TEXT, offsets=OffsetMap(((0, 2, len(TEXT), len(TEXT)),)))
    assert [guess.right for guess in guesses(gold, extraction(page))][:4] == [
        True, False, True, True,
    ]  # fmt: skip


def test_the_error_is_the_mean_distance_of_confidence_and_share_right() -> None:
    told = [Guess("mention", 0.9, True)] * 3 + [Guess("mention", 0.9, False)]
    told += [Guess("mention", 0.25, False)] * 4
    (found,) = reliability(told)
    assert found.as_json() == {
        "n": 8,
        "confidence": 0.575,
        "right": 0.375,
        "ece": 0.2,
        "bins": [[4, 0.25, 0.0], [4, 0.9, 0.75]],
    }


def test_what_was_never_predicted_has_no_reliability() -> None:
    assert reliability([]) == []
