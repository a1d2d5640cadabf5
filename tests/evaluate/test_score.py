import importlib.util
import random
import re
from pathlib import Path

import pytest

from kg.errors import ReadError, UsageError
from kg.evaluate.annotation import parse, read
from kg.evaluate.score import score, score_all

GOLD = """\
In [F1|Vertigo] [P1|James Stewart] is [C1|Scottie]; [P2|Hitchcock] outdoes [F2|Rear Window].
---
F1 = Vertigo (1958) topic
F2 = Rear Window (1954)
P1 = James Stewart
P2 = Alfred Hitchcock
C1 = Scottie Ferguson
director F1 P2
cast F1 P1 C1
refers F1 F2 comparison
"""


def test_marks_are_taken_away_and_their_places_kept() -> None:
    annotation = parse(GOLD)
    assert annotation.text.startswith("In Vertigo James Stewart is Scottie;")
    words = [annotation.text[start:end] for start, end, _ in annotation.mentions]
    assert words == ["Vertigo", "James Stewart", "Scottie", "Hitchcock", "Rear Window"]
    assert annotation.topic == "F1"
    assert annotation.year("F2") == 1954
    assert annotation.name("F1") == "Vertigo"


def test_gold_against_itself_is_perfect() -> None:
    rows = score_all([(parse(GOLD), parse(GOLD))]).rows()
    for name in ("mentions", "films named", "relations", "references with kind", "clusters B3"):
        row = rows[name]
        assert isinstance(row, dict)
        assert row["f1"] == 1.0


def test_a_wrong_kind_of_reference_counts_in_the_measure_with_kind_only() -> None:
    found = parse(GOLD.replace("comparison", "remake"))
    rows = score_all([(parse(GOLD), found)]).rows()
    assert rows["references"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "n": 1}
    assert rows["references with kind"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "n": 1}


def test_a_split_name_lowers_the_clusters() -> None:
    text = "[P1|Hitchcock] is [P1|Hitchcock].\n---\nF1 = Vertigo (1958) topic\nP1 = Hitchcock\n"
    split = text.replace("is [P1", "is [P2") + "P2 = Hitchcock\n"
    rows = score_all([(parse(text), parse(split))]).rows()
    assert rows["clusters B3"] == {"p": 1.0, "r": 0.5, "f1": 0.6667, "n": 2}


def test_a_year_off_is_a_right_link_and_two_are_not() -> None:
    for year, right in (("1955", 1.0), ("1956", 0.5)):
        found = parse(GOLD.replace("1954", year))
        assert score_all([(parse(GOLD), found)]).rows()["links"] == {"right": right, "n": 2}


def test_a_document_without_prediction_counts_as_predicted_empty(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.ann").write_text(GOLD, encoding="utf-8")
    rows = score(tmp_path / "gold", tmp_path).rows()
    assert rows["mentions"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "n": 5}


def test_a_folder_without_gold_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="found none"):
        score(tmp_path, tmp_path)


def test_a_file_without_the_line_is_no_annotation(tmp_path: Path) -> None:
    path = tmp_path / "a.ann"
    path.write_text("just words", encoding="utf-8")
    with pytest.raises(ReadError, match="---"):
        read(path)


@pytest.mark.shared
def test_the_figures_agree_with_the_reference_scorer_to_the_last_digit(
    shared: Path, tmp_path: Path
) -> None:
    spec = importlib.util.spec_from_file_location("scorer", shared / "annotation" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    gold = shared / "annotation" / "dev"
    chance = random.Random(1)
    for path in sorted(gold.glob("*.ann")):
        body, _, tail = path.read_text(encoding="utf-8").rpartition("\n---\n")
        body = re.sub(
            r"\[([FWPCOA]\d+)\|([^\[\]|]+)\]",
            lambda mark: mark[0] if chance.random() < 0.8 else mark[2],
            body,
        )
        lines = [line for line in tail.splitlines() if "=" in line or chance.random() < 0.8]
        if chance.random() < 0.95:
            content = body + "\n---\n" + "\n".join(lines)
            (tmp_path / path.name).write_text(content, encoding="utf-8")
    assert score(gold, tmp_path).rows() == scorer.score(gold, tmp_path)
