import re
import shlex
import shutil
from pathlib import Path

import pytest

from kg.cli import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with some of the sample corpus, and with rows like those of the tour."""
    folder = tmp_path_factory.mktemp("clone")
    for page in ("magazine/eve-lantern-review.txt", "magazine/vertigo-celluloid-letters.txt"):
        target = folder / "corpus" / "pages" / page
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "corpus" / "pages" / page, target)
    (folder / "reviews.jsonl").write_text(
        '{"body": "Hitchcock never dreamt better.", "film": "Vertigo"}\n', encoding="utf-8"
    )
    return folder


def test_every_command_of_the_readme_runs(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(clone)
    lines = [line for block in blocks("sh") for line in re.split(r"\n|&&", block)]
    ran = 0
    for line in lines:
        words = shlex.split(line, comments=True)
        if words[:1] == ["kg"]:
            assert main(words[1:]) == 0, line
            ran += 1
    assert ran >= 12


def test_the_python_of_the_readme_runs(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(clone)
    for block in blocks("python"):
        names: dict[str, object] = {}
        exec(block, names)  # what the README tells its readers to type
        assert names["doc"].ents  # type: ignore[attr-defined]
