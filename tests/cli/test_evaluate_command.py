"""`kg evaluate` on annotations that were made before: no model is needed."""

import json
from pathlib import Path

import pytest

from kg.cli import main

GOLD = """\
[F1|Vertigo] is by [P1|Hitchcock].
---
F1 = Vertigo (1958) topic
P1 = Alfred Hitchcock
director F1 P1
"""


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str]:
    for folder, content in (("gold", GOLD), ("found", GOLD.replace("[P1|Hitchcock]", "Hitchcock"))):
        (tmp_path / folder).mkdir()
        for name in ("im_a", "ml_b"):
            (tmp_path / folder / f"{name}.ann").write_text(content, encoding="utf-8")
    return str(tmp_path / "gold"), str(tmp_path / "found")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["evaluate", *words])
    out, err = capsys.readouterr()
    return code, out, err


def test_the_table_shows_scores_and_sources(
    folders: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    gold, found = folders
    code, out, _ = run(capsys, gold, "--pred", found)
    assert code == 0
    assert "0.6667" in out
    assert "F1 by source" in out
    assert "Worst errors" not in out


def test_details_show_errors_in_their_words(
    folders: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    gold, found = folders
    _, out, _ = run(capsys, gold, "--pred", found, "--details")
    assert "im_a: missed: gold P Hitchcock, found nothing" in out


def test_json_is_the_scorers_rows_and_details_only_when_asked_for(
    folders: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    gold, found = folders
    rows = json.loads(run(capsys, gold, "--pred", found, "--json")[1])
    whole = json.loads(run(capsys, gold, "--pred", found, "--json", "--details")[1])
    assert rows["mentions"] == {"p": 1.0, "r": 0.5, "f1": 0.6667, "n": 4}
    assert rows == {key: value for key, value in whole.items() if key != "details"}
    assert whole["details"]["confusion"]["P"] == {"missed": 2}


def test_the_page_is_written(
    folders: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, found = folders
    page = tmp_path / "page.html"
    code, _, err = run(capsys, gold, "--pred", found, "--html", str(page))
    assert code == 0
    assert "page.html" in err
    assert "im_a" in page.read_text(encoding="utf-8")


def test_annotation_files_have_no_confidences_to_judge(
    folders: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    gold, found = folders
    code, _, err = run(capsys, gold, "--pred", found, "--reliability")
    assert code == 2
    assert "--pred" in err


@pytest.mark.parametrize("share", ["-0.1", "1.5", "much"])
def test_a_confidence_is_a_share(share: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["annotate", "x", "--out", "y", "--min-confidence", share])
    assert ended.value.code == 2
    assert "0 to 1" in capsys.readouterr().err
