"""The page of an evaluation: whole, closed to the outside, and true to what it shows."""

import re
from base64 import b64encode
from hashlib import sha256

from evaluate_examples import FOUND, GOLD, judged
from lxml import html as parser

from kg.evaluate.evaluation import evaluation
from kg.evaluate.reliability import Guess, reliability
from kg.evaluate.webpage import html


def page(*names: str) -> str:
    told = [Guess("mention", 0.9, True), Guess("mention", 0.3, False)]
    documents = [judged(name) for name in names or ("im_one", "ml_two")]
    return html(evaluation(documents, reliability=reliability(told)), title="A & B").decode()


def test_the_page_needs_nothing_from_outside() -> None:
    text = page()
    assert not re.search(r"(?:src|href)=[\"'](?!#)", text)
    assert "<script" not in text
    assert not re.search(r"\sstyle=", text)


def test_its_own_style_and_nothing_else_is_allowed() -> None:
    text = page()
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in text


def test_gold_and_prediction_stand_side_by_side() -> None:
    tree = parser.fromstring(page())
    sides = tree.xpath("//details[1]//section")
    assert [side.xpath("string(h3)") for side in sides] == ["Gold", "Prediction"]
    marks = [
        [(mark.get("class"), mark.xpath("string(text())")) for mark in side.xpath(".//mark")]
        for side in sides
    ]
    assert marks[0][:3] == [("F wrong", "Vertigo"), ("P", "James Stewart"), ("C wrong", "Scottie")]
    assert marks[1][0] == ("W wrong", "Vertigo")


def test_an_error_is_told_in_words_too() -> None:
    tree = parser.fromstring(page())
    said = tree.xpath("//details[1]//mark/span[@class='said']/text()")
    assert " (film, wrong kind)" in said
    assert " (character, missed)" in said


def test_the_words_of_reviews_are_escaped() -> None:
    gold = GOLD.replace("<Jaws>", "<script>alert(1)</script>")
    found = FOUND.replace("<[F3|Jaws]>", "<script>[F3|alert](1)</script>")
    documents = [judged('"><b>', gold, found)]
    text = html(evaluation(documents), title="</title><b>").decode()
    assert "<script" not in text
    assert "</title><b>" not in text
    assert '"><b>' not in text.replace("<q><b>", "")


def test_every_link_has_its_target() -> None:
    tree = parser.fromstring(page("im_one", "ml_two & <three>", "käse"))
    targets = set(tree.xpath("//@id"))
    assert {link[1:] for link in tree.xpath("//a/@href")} <= targets


def test_tables_name_their_rows_and_columns() -> None:
    tree = parser.fromstring(page())
    for table in tree.xpath("//table"):
        assert table.xpath(".//th[@scope='col']")
        assert table.xpath(".//th[@scope='row']")


def test_parts_without_content_are_left_out() -> None:
    text = html(evaluation([judged("im_one")])).decode()
    assert 'id="sources"' not in text
    assert 'id="reliability"' not in text
