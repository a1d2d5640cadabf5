import pytest

from kg.errors import ReadError
from kg.model import ReferenceKind
from kg.train.documents import Mark, parse

ANNOTATION = """[P1|Holly Hunter] in [F1|The Piano], after [F2|Raising Arizona].
---
F1 = The Piano (1993) topic
F2 = Raising Arizona (1987)
P1 = Holly Hunter
cast F1 P1
refers F1 F2 filmography
"""


def test_taking_the_marks_away_gives_the_text() -> None:
    document = parse("one", ANNOTATION)
    assert document.text == "Holly Hunter in The Piano, after Raising Arizona."
    assert document.marks[1] == Mark(16, 25, "F1")


def test_names_lose_their_year_and_the_topic_is_known() -> None:
    document = parse("one", ANNOTATION)
    assert document.things == {"F1": "The Piano", "F2": "Raising Arizona", "P1": "Holly Hunter"}
    assert document.topic == "F1"


def test_relations_and_references_are_kept_apart() -> None:
    document = parse("one", ANNOTATION)
    assert document.relations == (("cast", "F1", "P1"),)
    assert document.references == {"F2": ReferenceKind.FILMOGRAPHY}


def test_a_line_of_no_kind_is_named() -> None:
    with pytest.raises(ReadError, match="one: expected a relation"):
        parse("one", "text\n---\nnonsense")


def test_an_annotation_without_its_rule_is_refused() -> None:
    with pytest.raises(ReadError, match="found none"):
        parse("one", "text only")
