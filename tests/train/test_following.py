"""Following a plan, without the training itself."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the extra `train` is not installed")

from kg.errors import ModelError, UsageError  # noqa: E402
from kg.train import run  # noqa: E402
from kg.train.export import SHIPPED  # noqa: E402
from kg.train.measure import Scores  # noqa: E402
from kg.train.options import Options  # noqa: E402
from kg.train.plan import Plan  # noqa: E402


def plan(folder: Path, *seeds: int, options: Options | None = None) -> Plan:
    return Plan(
        data=folder / "data",
        facts=folder / "facts",
        out=folder / "out",
        seeds=seeds or (1,),
        options=options or Options(),
    )


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, int, bool]]:
    """Runs in the place of training: they leave a checkpoint and weights; seed 2 does best."""
    runs: list[tuple[Path, int, bool]] = []

    def main(*_: object, **asked: object) -> Scores:
        options, out = asked["options"], _[2]
        assert isinstance(options, Options)
        assert isinstance(out, Path)
        out.mkdir(parents=True, exist_ok=True)
        (out / "checkpoint.pt").write_bytes(b"")
        for name in SHIPPED:
            (out / name).write_text(str(options.seed), encoding="utf-8")
        runs.append((out, options.seed, bool(asked["resume"])))
        scores = Scores()
        scores.counts["mentions"].add({1, 2, 3}, {1, 2, 3} if options.seed == 2 else {1})
        return scores

    monkeypatch.setattr(run, "main", main)
    return runs


def test_one_seed_trains_where_the_plan_says(
    tmp_path: Path, trained: list[tuple[Path, int, bool]]
) -> None:
    run.follow(plan(tmp_path))
    assert trained == [(tmp_path / "out", 1, True)]


def test_of_several_seeds_the_best_is_shipped(
    tmp_path: Path, trained: list[tuple[Path, int, bool]]
) -> None:
    scores = run.follow(plan(tmp_path, 1, 2, 3))
    assert [seed for _, seed, _ in trained] == [1, 2, 3]
    assert scores.counts["mentions"].f1 == 1.0
    assert {(tmp_path / "out" / name).read_text(encoding="utf-8") for name in SHIPPED} == {"2"}


def test_the_same_plan_goes_on_where_it_was_cut_off(
    tmp_path: Path, trained: list[tuple[Path, int, bool]]
) -> None:
    run.follow(plan(tmp_path))
    run.follow(plan(tmp_path))
    assert len(trained) == 2


def test_another_plans_checkpoints_are_not_gone_on_from(
    tmp_path: Path, trained: list[tuple[Path, int, bool]]
) -> None:
    run.follow(plan(tmp_path))
    with pytest.raises(UsageError, match="--fresh"):
        run.follow(plan(tmp_path, options=Options(gold_epochs=1)))
    assert len(trained) == 1
    run.follow(plan(tmp_path, options=Options(gold_epochs=1)), fresh=True)
    assert len(trained) == 2


def test_eight_bits_that_lose_too_much_are_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scored(right: int) -> Scores:
        scores = Scores()
        scores.counts["mentions"].add(set(range(1000)), set(range(right)))
        return scores

    def exported(*_: object, **__: object) -> None:
        (tmp_path / "meta.json").write_text('{"version": "1"}', encoding="utf-8")

    reached = iter([scored(900), scored(890)])
    monkeypatch.setattr(run, "measure", lambda *_: next(reached))
    monkeypatch.setattr(run, "thresholds", lambda *_: {})
    monkeypatch.setattr(run, "in_memory", lambda *_: None)
    monkeypatch.setattr(run, "export", exported)
    monkeypatch.setattr(run.Network, "load", lambda *_: None)
    with pytest.raises(ModelError, match=r"lose at most 0\.003 F1, found 0\.00"):
        run.finish(None, None, [], [], tmp_path, Options(), {})  # type: ignore[arg-type]
