"""Labels of the field in many languages."""

from __future__ import annotations

import pytest

from kg.model import Field
from kg.read.labels import Topic, heading_topic, label_of


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("Director:", Field.DIRECTOR),
        ("DIRECTED BY", Field.DIRECTOR),
        ("Réalisateur", Field.DIRECTOR),
        ("Regie", Field.DIRECTOR),
        ("Režie:", Field.DIRECTOR),
        ("Dirección", Field.DIRECTOR),
        ("Scénář:", Field.WRITER),
        ("Drehbuch", Field.WRITER),
        ("Sceneggiatura", Field.WRITER),
        ("Guion", Field.WRITER),
        ("Hrají:", Field.CAST),
        ("Reparto", Field.CAST),
        ("Avec", Field.CAST),
        ("Kamera", Field.CINEMATOGRAPHER),
        ("Musique", Field.COMPOSER),
        ("Schnitt", Field.EDITOR),
        ("Durée", Field.DURATION),
        ("Laufzeit:", Field.DURATION),
        ("Verleih", Field.DISTRIBUTOR),
        ("Country of origin", Field.COUNTRY),
    ],
)
def test_a_label_is_known_without_case_accents_and_colon(words: str, field: Field) -> None:
    label = label_of(words)
    assert label is not None
    assert label.fields == (field,)


def test_a_joint_label_gives_all_its_fields() -> None:
    for words in ("Writer/Director", "Written and directed by", "Director, Writer"):
        label = label_of(words)
        assert label is not None
        assert set(label.fields) == {Field.DIRECTOR, Field.WRITER}


def test_a_label_that_is_printed_twice_counts_once() -> None:
    label = label_of("Director Director")
    assert label is not None
    assert label.fields == (Field.DIRECTOR,)
    crew = label_of("Assistant Directors Asst. Directors")
    assert crew is not None
    assert crew.topic is Topic.CREW


def test_crew_without_a_place_in_the_model_is_nobodys_director() -> None:
    label = label_of("Art Director")
    assert label is not None
    assert (label.fields, label.topic) == ((), Topic.CREW)


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("Reviews for Solaris", Topic.REVIEWS),
        ("Trailers...", Topic.LINKS),
        ("You might also like", Topic.ASIDE),
        ("Latest News for Solaris", Topic.ASIDE),
        ("The(ir) Blurb...", Topic.BLURB),
        ("Cast & Characters", Field.CAST),
        ("The players", Field.CAST),
        ("Recenze (503)", Topic.REVIEWS),
        ("Solaris", None),
    ],
)
def test_a_heading_announces_what_stands_below_it(words: str, topic: Topic | Field | None) -> None:
    assert heading_topic(words) == topic
