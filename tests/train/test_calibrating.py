import json
from pathlib import Path

import pytest

from kg.evaluate.reliability import Guess
from kg.extract.version import FOLDER
from kg.train import calibrating
from kg.train.calibrating import calibrate, fitted


def told(score: float, right: int, of: int) -> list[Guess]:
    return [Guess("mention", score, at < right) for at in range(of)]


def test_a_curve_gives_each_confidence_its_share_of_right_ones() -> None:
    curve = fitted(told(0.3, 10, 100) + told(0.9, 50, 100))
    assert curve is not None
    assert curve(0.3) == pytest.approx(0.11, abs=0.02)
    assert curve(0.9) == pytest.approx(0.5, abs=0.02)


def test_a_curve_never_descends() -> None:
    curve = fitted(told(0.3, 80, 100) + told(0.6, 20, 100) + told(0.9, 90, 100))
    assert curve is not None
    assert list(curve.rights) == sorted(curve.rights)


def test_too_few_predictions_give_no_curve() -> None:
    assert fitted(told(0.5, 10, 30)) is None


def _calibrated(
    monkeypatch: pytest.MonkeyPatch, folder: Path, reviews: list[list[Guess]]
) -> dict[str, tuple[float, float]]:
    (folder / "meta.json").write_text((FOLDER / "meta.json").read_text(encoding="utf-8"), "utf-8")
    monkeypatch.setattr(calibrating, "_guesses", lambda *_: iter(reviews))
    return calibrate(folder, folder)


def test_curves_that_help_are_kept_beside_the_thresholds(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    reviews = [told(0.9, 5, 10) + told(0.4, 1, 10) for _ in range(20)]
    before, after = _calibrated(monkeypatch, tmp_path, reviews)["mention"]
    assert before > 0.3
    assert after < 0.05
    meta = json.loads((tmp_path / "meta.json").read_text(encoding="utf-8"))
    assert set(meta["calibration"]) == {"mention"}
    shipped = json.loads((FOLDER / "meta.json").read_text(encoding="utf-8"))
    assert meta["version"] != shipped["version"]
    assert meta["thresholds"] == shipped["thresholds"]


def test_a_curve_that_does_not_help_is_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    reviews = [told(0.9, 9, 10) + told(0.4, 4, 10) for _ in range(20)]
    before, after = _calibrated(monkeypatch, tmp_path, reviews)["mention"]
    assert before == after
    assert json.loads((tmp_path / "meta.json").read_text("utf-8"))["calibration"] == {}
