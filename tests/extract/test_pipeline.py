import subprocess
import sys
import time
from pathlib import Path

import pytest
import spacy
from extract_fakes import FakeRecogniser, facts, read
from spacy.tokens import Doc, DocBin

from kg.errors import ModelError
from kg.extract import extract, extract_pages, load, to_extraction
from kg.extract.components import NAMES
from kg.extract.extensions import register
from kg.extract.pipeline import assemble
from kg.model import Kind, Mention, Page

MARKED = '[F|Backstage]: [C|Lucie] ([P|Isild le Besco]) loves [P|Seigner]’s "[F|About Eve]".'


@pytest.fixture
def fake() -> FakeRecogniser:
    return FakeRecogniser()


def test_the_components_are_known_to_spacy_without_importing_kg() -> None:
    code = (
        "import sys, spacy\n"
        "nlp = spacy.blank('en')\n"
        f"for name in {NAMES!r}: nlp.add_pipe(name)\n"
        "print(nlp.pipe_names)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == repr(list(NAMES))


def test_entities_have_the_exact_span_even_inside_a_token(fake: FakeRecogniser) -> None:
    text = "a Romero-style film; Tom/Jerry; Blondie-like"
    fake.known[text] = [
        Mention(2, 8, Kind.PERSON),
        Mention(21, 24, Kind.CHARACTER),
        Mention(25, 30, Kind.CHARACTER),
        Mention(32, 39, Kind.ORGANISATION),
    ]
    doc = assemble(recogniser=fake)(text)
    assert [(ent.text, ent.label_) for ent in doc.ents] == [
        ("Romero", "PERSON"),
        ("Tom", "CHARACTER"),
        ("Jerry", "CHARACTER"),
        ("Blondie", "ORGANISATION"),
    ]
    assert doc.text == text


def test_many_tokens_are_split_as_few_are(fake: FakeRecogniser) -> None:
    text = "One sentence. Tom/Jerry ran. " * 100
    fake.known[text] = [
        Mention(at + start, at + end, Kind.CHARACTER)
        for at in range(0, len(text), 29)
        for start, end in ((14, 17), (18, 23))
    ]
    doc = assemble(recogniser=fake)(text)
    assert {ent.text for ent in doc.ents} == {"Tom", "Jerry"}
    assert len(list(doc.sents)) == 200
    assert doc.text == text


def test_entities_carry_the_id_of_their_cluster(fake: FakeRecogniser) -> None:
    text = fake.marked("[P|Isild le Besco] and [P|Besco]")
    doc = assemble(recogniser=fake)(text)
    assert [ent.id_ for ent in doc.ents] == ["P1", "P1"]


def test_one_text_and_a_stream_give_the_same(fake: FakeRecogniser) -> None:
    texts = [fake.marked(MARKED), fake.marked("[P|Ann One] is good."), ""]
    nlp = assemble(recogniser=fake)
    streamed = [to_extraction(doc) for doc in nlp.pipe(texts, batch_size=2)]
    assert streamed == [to_extraction(nlp(text)) for text in texts]


def test_worker_processes_of_spacy_give_the_same(fake: FakeRecogniser) -> None:
    texts = [fake.marked(MARKED), fake.marked("[P|Ann One] is good.")]
    nlp = assemble(recogniser=fake)
    streamed = [to_extraction(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=1)]
    assert streamed == [to_extraction(nlp(text)) for text in texts]


def test_a_doc_keeps_what_was_found_when_it_is_stored(fake: FakeRecogniser) -> None:
    nlp = assemble(recogniser=fake)
    doc = nlp(fake.marked(MARKED))
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (again,) = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert to_extraction(again) == to_extraction(doc)


def test_pages_come_out_in_their_order(fake: FakeRecogniser) -> None:
    pages = [Page(str(at), "", fake.marked(f"[P|Ann {at}].")) for at in range(3)]
    assert [x.page.id for x in extract_pages(assemble(recogniser=fake), pages)] == ["0", "1", "2"]


def test_a_component_without_the_encoder_says_what_is_missing() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("film_ner")
    with pytest.raises(ModelError, match="film_encoder before film_ner"):
        nlp("Some text.")


def test_a_pipeline_that_is_not_there_is_named() -> None:
    with pytest.raises(ModelError, match="no_such_pipeline"):
        load("no_such_pipeline")


def test_registering_twice_changes_nothing() -> None:
    register()
    register()
    assert Doc.has_extension("clusters")


def test_another_language_is_noted() -> None:
    text = (
        "Le film raconte la vie d'une chanteuse et de son admiratrice, dans un Paris froid où "
        "rien ne semble vrai. Les deux actrices sont magnifiques, mais le récit se perd vite "
        "dans les couloirs de l'hôtel où elles vivent depuis des mois."
    )
    assert "in French, not in English: the model reads English only" in read(text).notes


def test_english_is_not_noted() -> None:
    text = "It is a film about the life of a singer and her fan. " * 5
    assert not any("English" in note for note in read(text).notes)


def test_the_reading_is_let_go(fake: FakeRecogniser) -> None:
    assert assemble(recogniser=fake)("Some text.")._.reading is None


BAD = {
    "nothing": "",
    "white space": " \n\t \r\n ",
    "one long word": "x" * 100_000,
    "one long row of stops": "." * 100_000,
    "emoji": "🎬🍿👩‍👩‍👧" * 500,
    "right to left": "הסרט הזה נפלא. " * 200,
    "control characters": "".join(map(chr, range(32))) * 50 + "\x7f\x85\u2028\ufeff",
    "half a surrogate pair": "a \ud83d b",
    "brackets": "[[[F1|x]]]|||" * 200,
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_bad_input_is_read_to_its_last_character(fake: FakeRecogniser, text: str) -> None:
    extraction = extract(assemble(recogniser=fake), Page("bad", "bad", text))
    assert extraction.page.text == text
    assert extraction.relations == ()


@pytest.mark.parametrize("unit", ["It is good. ", "word", "((", "Mr. "])
def test_five_megabytes_are_read_in_linear_time(fake: FakeRecogniser, unit: str) -> None:
    nlp = assemble(recogniser=fake)

    def seconds(size: int) -> float:
        started = time.process_time()
        assert len(nlp(unit * (size // len(unit)))) > 0
        return time.process_time() - started

    seconds(1000)
    assert seconds(1_000_000) < 12


def test_the_vocabulary_does_not_grow_with_the_pages(
    fake: FakeRecogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    nlp = assemble(recogniser=fake)
    before = extract(nlp, Page("first", "", fake.marked(MARKED)))
    monkeypatch.setattr("kg.extract.extraction._VOCABULARY", 0)
    held = len(nlp.vocab.strings)
    for number in range(50):
        extract(nlp, Page("page", "", f"Word{number} another{number}x."))
    assert len(nlp.vocab.strings) == held
    assert extract(nlp, before.page) == before


def test_relations_are_the_same_on_every_run(fake: FakeRecogniser) -> None:
    assert facts(read(MARKED, fake=fake)) == facts(read(MARKED, fake=fake))


@pytest.mark.skipif(
    not (Path(__file__).parents[2] / "kg/extract/weights/meta.json").is_file(),
    reason="the weights are trained apart",
)
def test_a_saved_pipeline_is_whole(tmp_path: Path) -> None:
    nlp = load()
    nlp.to_disk(tmp_path / "saved")
    again = load(tmp_path / "saved")
    text = "Emmanuelle Bercot's Backstage stars Isild Le Besco as Lucie."
    assert to_extraction(again(text)) == to_extraction(nlp(text))
    assert to_extraction(spacy.load(tmp_path / "saved")(text)) == to_extraction(nlp(text))
