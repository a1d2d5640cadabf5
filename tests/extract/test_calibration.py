import pytest
from extract_fakes import FakePair, FakeRecogniser, read

from kg.errors import ModelError
from kg.extract.calibration import Calibration, Curve
from kg.model import Evidence, Field, Kind, Mention, RelationName, Span, Stated

HALVED = Curve((0.5, 1.0), (0.25, 0.5))
TEXT = "Alien stars Sigourney Weaver."


def test_between_its_points_a_curve_is_straight() -> None:
    curve = Curve((0.5, 0.9), (0.4, 0.8))
    assert [curve(score) for score in (0.0, 0.25, 0.5, 0.7, 0.9, 1.0)] == [
        0.0, 0.2, 0.4, 0.6, 0.8, 0.8,
    ]  # fmt: skip


def test_a_curve_changes_no_order() -> None:
    curve = Curve((0.2, 0.3, 0.9), (0.1, 0.1, 0.95))
    values = [curve(step / 100) for step in range(101)]
    assert values == sorted(values)


@pytest.mark.parametrize(
    "points",
    [[], [[0.5]], [[0.5], []], [[0.5, 0.4], [0.1, 0.2]], [[0.4, 0.5], [0.3, 0.2]], [[0.5], [2]], 3],
)
def test_what_is_no_curve_is_refused(points: object) -> None:
    with pytest.raises(ModelError, match="calibration curve"):
        Calibration.of({"calibration": {"mention": points}})


def test_weights_without_curves_keep_their_scores() -> None:
    assert Calibration.of({}) == Calibration()


def test_scores_are_calibrated_at_the_end_of_the_pipeline() -> None:
    fake = FakeRecogniser(
        scores={"Alien": 0.9},
        relations=[FakePair(RelationName.CAST, 0, 1, score=0.9, evidence=(0, 1))],
        calibration=Calibration(HALVED, HALVED, HALVED),
    )
    fake.known[TEXT] = [Mention(0, 5, Kind.FILM, 1.0), Mention(12, 28, Kind.PERSON, 1.0)]
    found = read(TEXT, fake=fake)
    assert [m.score for cluster in found.clusters for m in cluster.mentions] == [0.5, 0.5]
    assert [relation.score for relation in found.relations] == [0.45]


def test_what_the_page_states_keeps_its_score() -> None:
    fake = FakeRecogniser(calibration=Calibration(HALVED, HALVED, HALVED))
    fake.known[TEXT] = []
    stated = Stated(Field.CAST, "Sigourney Weaver", Evidence(TEXT), value_span=Span(12, 28))
    found = read(TEXT, fake=fake, title="Alien", stated=(stated,))
    people = [cluster for cluster in found.clusters if cluster.kind is Kind.PERSON]
    assert people[0].mentions[0].score == 0.99
    assert found.relations[0].stated
