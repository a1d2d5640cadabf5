from pathlib import Path

import pytest

from kg.cli import main
from kg.errors import UsageError
from kg.train.options import Options
from kg.train.plan import read_plan

PLAN = """
data = "annotated"
facts = "facts"
out = "weights"
seeds = [1, 2]

[options]
gold_epochs = 3
dropout = 0
"""
YAML = "data: annotated\nfacts: facts\nout: weights\noptions: {gold_epochs: 3}\n"


def written(folder: Path, content: str = PLAN, name: str = "plan.toml") -> Path:
    for child in ("annotated", "facts"):
        (folder / child).mkdir(exist_ok=True)
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_a_plan_tells_data_seeds_and_options(tmp_path: Path) -> None:
    plan = read_plan(written(tmp_path))
    assert (plan.data, plan.out) == (tmp_path / "annotated", tmp_path / "weights")
    assert plan.seeds == (1, 2)
    assert plan.options == Options(gold_epochs=3, dropout=0.0)


def test_yaml_tells_the_same(tmp_path: Path) -> None:
    assert read_plan(written(tmp_path, YAML, "plan.yaml")).options.gold_epochs == 3


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("data =", "dada ="), "dada"),
        (('data = "annotated"', ""), "'data'"),
        (('"annotated"', '"nowhere"'), "nowhere"),
        (("seeds = [1, 2]", "seeds = 1"), "seeds"),
        (("seeds = [1, 2]", "seeds = [1, 1]"), "seeds"),
        (("gold_epochs = 3", "gold_epoch = 3"), "gold_epoch"),
        (("gold_epochs = 3", 'gold_epochs = "three"'), "int"),
        (("gold_epochs = 3", "gold_epochs = true"), "int"),
        (("gold_epochs = 3", "seed = 3"), "options.seed"),
        (("[options]", "[options"), "TOML"),
        (('facts = "facts"', 'facts = "facts"\nsilver = "none.jsonl"'), "none.jsonl"),
    ],
)
def test_what_is_wrong_with_a_plan_is_named(
    tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        read_plan(written(tmp_path, PLAN.replace(*change)))


def test_another_option_makes_another_plan_and_another_folder_does_not(tmp_path: Path) -> None:
    digest = read_plan(written(tmp_path)).digest()
    changed = read_plan(written(tmp_path, PLAN.replace("= 3", "= 4"))).digest()
    elsewhere = read_plan(written(tmp_path, PLAN.replace('"weights"', '"other"'))).digest()
    assert changed != digest
    assert elsewhere == digest


def test_a_missing_plan_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", str(tmp_path / "plan.toml")]) == 2
    assert "plan.toml" in capsys.readouterr().err


def test_without_the_extra_it_is_said_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    for name in [name for name in sys.modules if name.startswith(("kg.train.", "torch"))]:
        if name not in ("kg.train.plan", "kg.train.options"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "torch", None)
    assert main(["train", str(written(tmp_path))]) == 3
    assert "pip install 'film-kg[train]'" in capsys.readouterr().err
