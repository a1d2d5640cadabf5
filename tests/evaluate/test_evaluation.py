import json
from pathlib import Path

import pytest
from evaluate_examples import FOUND, GOLD, judged

from kg.errors import UsageError
from kg.evaluate.annotation import Annotation
from kg.evaluate.confusion import confusion, matches
from kg.evaluate.evaluation import evaluation
from kg.evaluate.intervals import intervals
from kg.evaluate.judging import judge
from kg.evaluate.slips import slips


def test_every_mention_of_either_side_has_one_verdict() -> None:
    one = judged()
    verdicts = [match.verdict for match in matches(one.gold, one.found)]
    assert verdicts == ["wrong kind", "right", "missed", "right", "other span", "spurious"]


def test_kinds_are_counted_against_each_other() -> None:
    one = judged()
    assert confusion([(one.gold, one.found)]).as_json() == {
        "F": {"W": 1, "other span": 1},
        "W": {},
        "P": {"P": 2},
        "C": {"missed": 1},
        "O": {},
        "A": {},
        "spurious": {"F": 1},
    }


def test_an_error_is_shown_in_its_words() -> None:
    missed = next(slip for slip in slips([judged()]) if slip.what == "missed")
    assert (missed.gold, missed.found) == ("C Scottie", "")
    assert missed.before.endswith("James Stewart is ")
    assert missed.after.startswith("; Hitchcock")


def test_what_a_document_repeats_comes_first() -> None:
    gold = "[P1|Hitchcock] and [C1|Midge], [P1|Hitchcock].\n---\nP1 = Hitchcock\nC1 = Midge\n"
    found = "Hitchcock and Midge, Hitchcock.\n---\n"
    assert [slip.times for slip in slips([judged("a", gold, found)])] == [2, 1]


def test_wrong_relations_are_errors_with_names_for_ids() -> None:
    said = {(slip.what, slip.gold, slip.found) for slip in slips([judged()])}
    assert ("relation missed", "cast Vertigo, James Stewart, Scottie Ferguson", "") in said
    assert ("relation spurious", "", "refers Unknown, Jaws, mention") in said
    assert not any("director" in gold + found for _, gold, found in said)


def test_only_the_worst_are_kept() -> None:
    assert len(slips([judged()], most=2)) == 2


def test_intervals_hold_the_score_and_are_the_same_each_time() -> None:
    documents = [judged("a"), judged("b", found=GOLD), judged("c", found=GOLD)]
    scores = [document.scores for document in documents]
    found = intervals(scores)
    low, high = found["mentions"]
    rows = evaluation(documents).rows["mentions"]
    assert isinstance(rows, dict)
    assert low < rows["f1"] < high
    assert high == 1.0
    assert intervals(scores) == found


def test_one_document_tells_of_no_spread() -> None:
    assert intervals([judged().scores]) == {}


def test_the_drawn_scores_are_those_of_the_scorer() -> None:
    scores = [judged("a").scores, judged("b").scores]  # alike, so that every draw gives the same
    found = intervals(scores)
    rows = evaluation([judged("a"), judged("b")]).rows
    for measure, row in rows.items():
        if isinstance(row, dict):
            value = row.get("f1", row.get("right"))
            assert found[measure] == (value, value)


def test_sources_are_what_names_begin_with() -> None:
    documents = [judged("im_a"), judged("im_b", found=GOLD), judged("ml_c", found=GOLD)]
    sources = evaluation(documents).sources
    assert {name: rows["documents"] for name, rows in sources.items()} == {"im": 2, "ml": 1}
    assert sources["ml"]["mentions"]["f1"] == 1.0  # type: ignore[index]


def test_one_source_alone_is_not_shown_twice() -> None:
    assert evaluation([judged("im_a"), judged("im_b")]).sources == {}


def test_the_json_holds_the_scorers_rows_and_the_rest_under_details() -> None:
    found = evaluation([judged("im_a"), judged("ml_b")])
    content = json.loads(json.dumps(found.as_json()))
    details = content.pop("details")
    assert content == json.loads(json.dumps(found.rows))
    assert set(details) == {
        "intervals", "sources", "confusion", "errors", "other texts", "reliability",
    }  # fmt: skip


def test_a_prediction_of_another_text_is_told() -> None:
    found = evaluation([judged("a", found=FOUND.replace("tops", "beats"))])
    assert found.other_texts == ["a"]


def test_nothing_predicted_is_no_other_text() -> None:
    assert judged("a", found="\n---\n").same_text
    assert Annotation().text == ""


def test_a_folder_is_judged_file_by_file(tmp_path: Path) -> None:
    for folder, content in (("gold", GOLD), ("found", FOUND)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "im_a.ann").write_text(content, encoding="utf-8")
    (tmp_path / "gold" / "ml_b.ann").write_text(GOLD, encoding="utf-8")
    documents = judge(tmp_path / "gold", tmp_path / "found")
    assert [(one.name, one.source, len(one.found.mentions)) for one in documents] == [
        ("im_a", "im", 5),
        ("ml_b", "ml", 0),
    ]


def test_no_gold_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="found none"):
        judge(tmp_path, tmp_path)
