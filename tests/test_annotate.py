"""Texts in, annotation files out, with the shipped weights."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import spacy

from kg.annotate import AnnotateOptions, AnnotateReport, annotate
from kg.evaluate.annotation import parse
from kg.model import Extraction

MARK = re.compile(r"\[[FWPCOA]\d+\|([^\[\]|]+)\]")
REVIEW = "Alien, directed by Ridley Scott, stars Sigourney Weaver as Ripley.\n"
FRENCH = "Le film est très beau, mais la fin ne me plaît pas du tout, et il est trop long. " * 3
ODD = {
    "nothing": "",
    "white": " \n\t \r\n ",
    "word": "x" * 20_000,
    "stops": "." * 5_000,
    "emoji": "🎬🍿👩‍👩‍👧" * 100,
    "hebrew": "הסרט הזה נפלא. " * 50,
    "turned": "The film \u202eAlien\u202c by Ridley Scott is good. " * 10,
    "lines": "\n" * 2_000 + REVIEW,
    "accents": ("A" + "\u0301" * 40 + "lien ") * 30,
    "rows": "Alien,by,Ridley,Scott." * 100,
    "returns": "Alien\r\nby\rRidley Scott\n",
    "torn": "NoÃ©mie Lvovsky â€” a filmâ€™s end. " * 20,
    "breaks": "Alien\u2028by\u0085Ridley Scott\x0c" * 5,
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, AnnotateReport]:
    """All odd texts and two junk files, annotated at once."""
    folder = tmp_path_factory.mktemp("odd")
    for name, text in ODD.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    (folder / "junk.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "control.txt").write_bytes(bytes(range(32)) * 50)
    return folder, annotate([str(folder)], out=folder / "out")


@pytest.mark.parametrize("name", ODD)
def test_without_its_marks_the_file_is_the_text(
    odd: tuple[Path, AnnotateReport], name: str
) -> None:
    content = (odd[0] / "out" / f"{name}.ann").read_bytes().decode("utf-8")
    body, rule, _ = content.rpartition("\n---\n")
    assert rule
    assert MARK.sub(lambda mark: mark[1], body) == ODD[name]


def test_what_is_no_text_is_refused_and_the_rest_is_done(
    odd: tuple[Path, AnnotateReport],
) -> None:
    _, report = odd
    assert len(report.written) == len(ODD)
    assert sorted(Path(refusal.source).name for refusal in report.refused) == [
        "control.txt",
        "junk.txt",
    ]


def test_another_language_is_reported_with_its_file(odd: tuple[Path, AnnotateReport]) -> None:
    noted = {(path.stem, note) for path, note in odd[1].noted}
    assert ("hebrew", "in Hebrew, not in English: the model reads English only") in noted


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    (tmp_path / "alien.txt").write_text(REVIEW, encoding="utf-8")
    (tmp_path / "alien.title").write_text("Alien (1979)", encoding="utf-8")
    (tmp_path / "french.txt").write_text(FRENCH, encoding="utf-8")
    return tmp_path


def test_the_same_texts_give_the_same_files_in_any_company(reviews: Path) -> None:
    annotate([str(reviews)], out=reviews / "all")
    annotate([str(reviews / "alien.txt")], out=reviews / "alone")
    annotate([str(reviews)], out=reviews / "two", options=AnnotateOptions(jobs=2))
    files = [(reviews / folder / "alien.ann").read_bytes() for folder in ("all", "alone", "two")]
    assert files[0] == files[1] == files[2]


def test_only_what_is_sure_is_written(reviews: Path) -> None:
    annotate([str(reviews)], out=reviews / "out", options=AnnotateOptions(least=1.0))
    annotation = parse((reviews / "out" / "alien.ann").read_text(encoding="utf-8"))
    assert annotation.mentions == ()
    assert annotation.topic is not None


def test_extractions_are_handed_out_whole(reviews: Path) -> None:
    seen: dict[str, Extraction] = {}
    annotate(
        [str(reviews)],
        out=reviews / "out",
        options=AnnotateOptions(least=1.0),
        seen=lambda name, extraction: seen.update({name: extraction}),
    )
    assert sorted(seen) == ["alien", "french"]
    assert any(cluster.mentions for cluster in seen["alien"].clusters)


def test_another_pipelines_names_are_annotated(reviews: Path) -> None:
    nlp = spacy.blank("en")
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "Ridley Scott"}])
    nlp.to_disk(reviews / "other")
    options = AnnotateOptions(jobs=2, recogniser=str(reviews / "other"))
    annotate([str(reviews / "alien.txt")], out=reviews / "out", options=options)
    annotation = parse((reviews / "out" / "alien.ann").read_text(encoding="utf-8"))
    words = {annotation.text[start:end] for start, end, _ in annotation.mentions}
    assert "Ridley Scott" in words
    assert "Sigourney Weaver" not in words
