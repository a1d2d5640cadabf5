import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from extract_fakes import FakePair, FakeRecogniser, read

from kg.extract.annotate import annotation_of
from kg.model import Entity, Kind, Mention, OffsetMap, ReferenceKind, RelationName


@pytest.fixture
def check(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("check", shared / "annotation" / "check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_extraction_is_written_as_the_guidelines_say() -> None:
    fake = FakeRecogniser(kinds={1: (ReferenceKind.ALLUSION, 0.8, 1)})
    text = "[F|Backstage] rips [F|About Eve].\n[C|Lucie] ([P|Isild le Besco]) cries.\n"
    extraction = read(text, fake=fake, title="Backstage")
    links = {
        "F1": Entity("film/backstage-2005", Kind.FILM, "Backstage", 2005, linked=True),
        "F2": Entity("film/all-about-eve-1950", Kind.FILM, "All About Eve", 1950, linked=True),
        "P1": Entity("person/isild-le-besco", Kind.PERSON, "Isild Le Besco", linked=True),
    }
    written, left_out = annotation_of(extraction, links, extraction.page.text)
    assert left_out == {}
    assert written == (
        "[F1|Backstage] rips [F2|About Eve].\n[C1|Lucie] ([P1|Isild le Besco]) cries.\n\n---\n"
        "F1 = Backstage (2005) topic\n"
        "F2 = All About Eve (1950)\n"
        "C1 = Lucie\n"
        "P1 = Isild Le Besco\n"
        "cast F1 P1 C1\n"
        "refers F1 F2 allusion\n"
    )


def test_what_is_linked_to_nothing_has_no_year() -> None:
    extraction = read("[F|Backstage] is sad.", title="Backstage")
    written, _ = annotation_of(extraction, None, extraction.page.text)
    assert "F1 = Backstage (?) topic\n" in written


def test_a_page_without_a_topic_has_an_unknown_one() -> None:
    extraction = read("It is sad.")
    written, _ = annotation_of(extraction, None, extraction.page.text)
    assert written == "It is sad.\n---\nF1 = Unknown (?) topic\n"


def test_a_mention_that_holds_a_bracket_is_left_unmarked_and_counted() -> None:
    fake = FakeRecogniser()
    text = "See Movie [sic] now, Ann."
    fake.known[text] = [Mention(4, 15, Kind.FILM), Mention(21, 24, Kind.PERSON)]
    extraction = read(text, fake=fake)
    written, left_out = annotation_of(extraction, None, text)
    assert written.startswith("See Movie [sic] now, [P1|Ann].\n---\n")
    assert left_out["a mention that holds [, ] or |"] == 1


def test_offsets_lead_back_into_the_original_text() -> None:
    fake = FakeRecogniser()
    text = fake.marked("cliché by [P|Ann One]")
    original = "clich├ęd by Ann One".replace("d by", " by")
    runs = ((0, 0, 5, 5), (5, 5, 1, 2), (6, 7, len(text) - 6, len(original) - 7))
    extraction = read("cliché by [P|Ann One]", fake=fake, offsets=OffsetMap(runs))
    written, _ = annotation_of(extraction, None, original)
    assert written.startswith("clich├ę by [P1|Ann One]\n---\n")


def test_ids_that_the_text_itself_holds_are_not_given_again() -> None:
    extraction = read("As [F1|he] says. [F|Psycho] is good.", title="Psycho")
    written, left_out = annotation_of(extraction, None, extraction.page.text)
    assert written == "As [F1|he] says. [F2|Psycho] is good.\n---\nF2 = Psycho (?) topic\n"
    assert left_out == {"a mark that the text itself holds": 1}


def test_each_file_passes_the_checker(check: ModuleType, tmp_path: Path) -> None:
    pair = FakePair(RelationName.SPOUSE, 1, 2, evidence=(1,))
    fake = FakeRecogniser(relations=[pair])
    text = "\n[F|Backstage] and [P|Ann One], wife of [P|Bob Two], and [F|Psycho].\n---\nend\n"
    extraction = read(text, fake=fake, title="Backstage")
    written, _ = annotation_of(extraction, None, extraction.page.text)
    (tmp_path / "a.ann").write_text(written, encoding="utf-8")
    (tmp_path / "a.txt").write_text(extraction.page.text, encoding="utf-8")
    assert list(check.faults(tmp_path / "a.ann")) == []
