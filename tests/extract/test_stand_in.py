"""Other people's names in place of ours, without their models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import spacy
from extract_fakes import FakeRecogniser
from spacy.language import Language

from kg.errors import ModelError, UsageError
from kg.extract import load, to_extraction
from kg.extract.labels import labels_of
from kg.extract.pipeline import assemble
from kg.extract.stand_in import GlinerNames, SpacyNames, StandIn
from kg.model import Kind

TEXT = 'Jane Campion made "The Piano" for Miramax in 1993.'


def ruled(**patterns: str) -> Language:
    """A pipeline whose names are given by rule: label to words."""
    nlp = spacy.blank("en")
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": words} for label, words in patterns.items()])
    return nlp


class FakeGliner:
    """Finds given words, in windows of at most `max_len` words."""

    def __init__(self, found: dict[str, str], max_len: int = 384) -> None:
        self.found = found
        self.config = type("Config", (), {"max_len": max_len})
        self.asked: list[int] = []

    def predict_entities(
        self, text: str, labels: list[str], *, threshold: float
    ) -> list[dict[str, Any]]:
        assert threshold == 0.5
        self.asked.append(len(text.split()))
        return [
            {"start": at, "end": at + len(words), "label": label, "score": 0.87654, "text": words}
            for words, label in self.found.items()
            if label in labels and (at := text.find(words)) >= 0
        ]


def test_a_spacy_pipelines_labels_become_kinds() -> None:
    names = SpacyNames(ruled(PERSON="Jane Campion", WORK_OF_ART="The Piano", DATE="1993"))
    assert [(found.words(TEXT), found.kind) for found in names.names(TEXT)] == [
        ("Jane Campion", Kind.PERSON),
        ("The Piano", Kind.FILM),
    ]


def test_names_lose_the_marks_that_the_guidelines_leave_out() -> None:
    names = SpacyNames(ruled(WORK_OF_ART='"The Piano"'))
    assert [found.words(TEXT) for found in names.names(TEXT)] == ["The Piano"]


def test_the_user_says_what_a_label_stands_for() -> None:
    names = SpacyNames(
        ruled(STUDIO="Miramax", PERSON="Jane Campion"),
        labels_of(["STUDIO=organisation", "PERSON="]),
    )
    assert [(found.words(TEXT), found.kind) for found in names.names(TEXT)] == [
        ("Miramax", Kind.ORGANISATION)
    ]


def test_a_label_without_a_kind_is_shown() -> None:
    with pytest.raises(ModelError, match=r"STUDIO.*--label STUDIO=PERSON"):
        SpacyNames(ruled(STUDIO="Miramax"))


def test_a_pipeline_that_finds_no_names_is_refused() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    with pytest.raises(ModelError, match="sentencizer"):
        SpacyNames(nlp)


@pytest.mark.parametrize("setting", ["STUDIO", "=PERSON", "STUDIO=company"])
def test_a_setting_that_says_no_kind_is_wrong_use(setting: str) -> None:
    with pytest.raises(UsageError, match="LABEL=KIND"):
        labels_of([setting])


def test_a_long_text_is_read_to_its_end() -> None:
    text = "It goes on and on. " * 12_000 + TEXT
    names = SpacyNames(ruled(PERSON="Jane Campion"))
    assert [found.words(text) for found in names.names(text)] == ["Jane Campion"]


def test_gliner_is_asked_in_words_and_its_scores_are_kept() -> None:
    model = FakeGliner({"Jane Campion": "real person", "The Piano": "film"})
    (person, film) = GlinerNames(model, "some/model").names(TEXT)
    assert (person.words(TEXT), person.kind, person.score) == ("Jane Campion", Kind.PERSON, 0.877)
    assert (film.words(TEXT), film.kind) == ("The Piano", Kind.FILM)


def test_gliner_is_never_handed_more_than_it_reads() -> None:
    text = "It goes on and on, and on. " * 100 + TEXT
    model = FakeGliner({"Jane Campion": "real person"}, max_len=50)
    found = GlinerNames(model, "some/model").names(text)
    assert [name.words(text) for name in found] == ["Jane Campion"]
    assert max(model.asked) <= 50


def test_gliner_with_own_labels() -> None:
    model = FakeGliner({"Miramax": "studio"})
    names = GlinerNames(model, "some/model", {"studio": Kind.ORGANISATION})
    assert [found.kind for found in names.names(TEXT)] == [Kind.ORGANISATION]


@pytest.mark.parametrize("text", ["", " \n", "🎬" * 2000, "x" * 100_000])
def test_bad_input_is_survived(text: str) -> None:
    assert SpacyNames(ruled(PERSON="Jane")).names(text) == []
    assert GlinerNames(FakeGliner({}), "some/model").names(text) == []


def test_the_film_networks_heads_read_the_other_names() -> None:
    network = FakeRecogniser(scores={"The Piano": 0.9})
    names = SpacyNames(ruled(PERSON="Jane Campion", WORK_OF_ART="The Piano"))
    nlp = assemble(recogniser=StandIn(names, network))
    extraction = to_extraction(nlp(TEXT))
    assert extraction.cluster(extraction.topic).name == "The Piano"
    assert extraction.model == "en_pipeline-0.0.0+fake"


def test_a_saved_pipeline_of_spacys_is_loaded_by_its_folder(tmp_path: Path) -> None:
    ruled(PERSON="Jane Campion", WORK_OF_ART="The Piano").to_disk(tmp_path / "other")
    nlp = load(tmp_path / "other")
    assert [(ent.text, ent.label_) for ent in nlp(TEXT).ents] == [
        ("Jane Campion", "PERSON"),
        ("The Piano", "FILM"),
    ]
