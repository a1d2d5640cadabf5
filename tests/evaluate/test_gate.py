import json
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.evaluate.gate import falls, raised

ROWS = {"mentions": {"p": 0.9, "r": 0.8, "f1": 0.85, "n": 1000}, "documents": 3}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "a.ann").write_text("a\n---\n", encoding="utf-8")
    return folder


def with_f1(f1: float) -> dict[str, dict[str, float] | int]:
    return {"mentions": {"p": 0.9, "r": 0.8, "f1": f1, "n": 1000}, "documents": 3}


def test_the_same_scores_pass(gold: Path, tmp_path: Path) -> None:
    raised(ROWS, tmp_path / "baseline", gold)
    assert falls(ROWS, tmp_path / "baseline", gold) == []


def test_a_lower_score_is_named_with_its_floor(gold: Path, tmp_path: Path) -> None:
    raised(ROWS, tmp_path / "baseline", gold)
    (fall,) = falls(with_f1(0.7), tmp_path / "baseline", gold)
    assert (fall.measure, fall.figure, fall.floor, fall.found) == ("mentions", "f1", 0.85, 0.7)


def test_a_measure_that_vanished_has_fallen(gold: Path, tmp_path: Path) -> None:
    raised(ROWS, tmp_path / "baseline", gold)
    assert len(falls({}, tmp_path / "baseline", gold)) == 3


def test_changed_gold_is_refused(gold: Path, tmp_path: Path) -> None:
    raised(ROWS, tmp_path / "baseline", gold)
    (gold / "a.ann").write_text("b\n---\n", encoding="utf-8")
    with pytest.raises(UsageError, match="--update"):
        falls(ROWS, tmp_path / "baseline", gold)


def test_lowering_the_baseline_takes_a_flag(gold: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline"
    raised(ROWS, baseline, gold)
    with pytest.raises(UsageError, match="--lower"):
        raised(with_f1(0.7), baseline, gold)
    raised(with_f1(0.7), baseline, gold, lower=True)
    assert json.loads(baseline.read_text())["scores"]["mentions"]["f1"] == 0.7


def test_a_few_items_of_a_small_measure_are_no_fall(gold: Path, tmp_path: Path) -> None:
    small: dict[str, dict[str, float] | int] = {"mentions": {"f1": 0.85, "n": 14}}
    raised(small, tmp_path / "baseline", gold)
    assert falls({"mentions": {"f1": 0.75, "n": 14}}, tmp_path / "baseline", gold) == []
    assert len(falls({"mentions": {"f1": 0.5, "n": 14}}, tmp_path / "baseline", gold)) == 1
