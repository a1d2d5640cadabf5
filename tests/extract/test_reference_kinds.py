import pytest
from extract_fakes import FakeRecogniser, read

from kg.model import ReferenceKind


@pytest.mark.parametrize(
    "words",
    [
        "steals its best scene from [F|Vertigo]",
        "takes its cue from the opening of [F|Vertigo]",
        "is a riff on [F|Vertigo]",
        "pays homage to [F|Vertigo]",
    ],
)
def test_a_film_that_takes_from_another_alludes_to_it(words: str) -> None:
    extraction = read(f"[F|Late Ferry] {words}.", fake=FakeRecogniser(), title="Late Ferry")
    assert [reference.kind for reference in extraction.references] == [ReferenceKind.ALLUSION]


def test_a_film_that_is_only_named_is_mentioned() -> None:
    extraction = read("[F|Late Ferry] opened with [F|Vertigo].", title="Late Ferry")
    assert [reference.kind for reference in extraction.references] == [ReferenceKind.MENTION]
