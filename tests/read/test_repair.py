"""Damaged text is put right, and every offset leads back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Span
from kg.read.dos import mend_dos
from kg.read.repair import mend, repair

WORDS = st.text(
    st.characters(
        codec="utf-8",
        categories=["L", "N", "P", "Zs", "Cf", "Cc", "So"],
    ),
    max_size=60,
)
CLEAN = st.text("abcdefghij XYZ.,'\"-()éèüñ’“”—\n", max_size=200)


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("clich├ęd", "clichéd"),  # UTF-8 as CP852
        ("clich├®s", "clichés"),  # as CP850
        ("clich├⌐s", "clichés"),  # as CP437
        ("donÔÇÖt", "don’t"),
        ("donΓÇÖt", "don’t"),
        ("ÔÇ£ReadyÔÇØ", "“Ready”"),
        ("donâ€™t", "don’t"),
        ("Ã©tÃ©", "été"),
        ("Agn├Ęs ’ok’", "Agnès ’ok’"),
        ("ðƒÐÇð©ð▓ðÁÐé", "Привет"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("no\u00admal \u200bwords\ufeff", "nomal words"),
        ("one\u00a0two\u2003three", "one two three"),
        ("e\u0301te\u0301", "été"),
        ("ﬁlm", "film"),
        ("it`s isn´t", "it's isn't"),
        ("a\x00b\x1bc", "abc"),
    ],
)
def test_damaged_words_are_put_right(damaged: str, right: str) -> None:
    assert mend(damaged) == right
    assert repair(damaged).text == right


@pytest.mark.parametrize(
    "sound",
    [
        "‘curly’ “quotes” stay curly—and dashes…",
        "þjóðóður góðár",
        "ÊÉ Ô Ç Ö",
        "Größe über Äpfel, 2½ stars, 50 €",
        "A ├── B",
        "¿Qué? ¡Ándale! naïve São Tomé",
        "Привет, мир",
    ],
)
def test_sound_words_stay_as_they_are(sound: str) -> None:
    assert mend(sound) == sound
    assert not repair(sound).offsets.runs


def test_damaged_and_sound_words_of_one_line_are_told_apart() -> None:
    text = "The clich├ęd caf├ę of Noémie’s “fan”"
    assert repair(text).text == "The clichéd café of Noémie’s “fan”"


def test_every_line_end_becomes_a_line_feed() -> None:
    repaired = repair("a\r\nb\rc\nd\r\r\ne\u2028f")
    assert repaired.text == "a\nb\nc\nd\ne\nf"


def test_the_offsets_of_a_word_after_damage_lead_to_it_in_the_original() -> None:
    original = "clich├ęd \u200bline\r\nThe F\u00adan\r\nof Agn├Ęs Godard"
    repaired = repair(original)
    for words, old in (("clichéd", "clich├ęd"), ("Fan", "F\u00adan"), ("Agnès", "Agn├Ęs")):
        start = repaired.text.index(words)
        assert repaired.offsets.original(Span(start, start + len(words))).words(original) == old
    start = repaired.text.index("Godard")
    assert repaired.offsets.original(Span(start, start + 6)).words(original) == "Godard"


def test_a_wholly_damaged_line_is_mapped_word_by_word() -> None:
    right = "Привет другой большой красивый мир"
    damaged = right.encode().decode("cp850")
    repaired = repair(damaged)
    start = right.index("большой")
    assert repaired.text == right
    span = repaired.offsets.original(Span(start, start + 7))
    assert span.words(damaged) == "большой".encode().decode("cp850")


@given(CLEAN)
@settings(deadline=None)
def test_clean_text_is_left_alone(text: str) -> None:
    repaired = repair(text)
    assert repaired.text == text
    assert not repaired.offsets.runs


@given(WORDS)
@settings(max_examples=300, deadline=None)
def test_runs_are_gapless_and_cover_both_texts(text: str) -> None:
    repaired = repair(text)
    new = old = 0
    for run_new, run_old, length, width in repaired.offsets.runs:
        assert (run_new, run_old) == (new, old)
        new, old = new + length, old + width
    if repaired.offsets.runs:
        assert (new, old) == (len(repaired.text), len(text))
    else:
        assert repaired.text == text


@given(WORDS, st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=300, deadline=None)
def test_spans_lead_to_ordered_offsets_within_the_original(text: str, one: int, two: int) -> None:
    repaired = repair(text)
    start, end = sorted((min(one, len(repaired.text)), min(two, len(repaired.text))))
    span = repaired.offsets.original(Span(start, end))
    assert 0 <= span.start <= len(text)
    assert 0 <= span.end <= len(text)
    if start < end:
        assert span.start <= span.end


@given(WORDS)
@settings(max_examples=300, deadline=None)
def test_repairing_twice_changes_nothing_more(text: str) -> None:
    once = repair(text).text
    assert repair(once).text == once


@given(st.lists(st.sampled_from(["word", "clich├ęd", "donâ€™t", "\u200b", "Ann", "x\u00ady"])))
@settings(deadline=None)
def test_unchanged_words_lead_to_the_same_words(words: list[str]) -> None:
    original = "\r\n".join(words)
    repaired = repair(original)
    for name in ("word", "Ann"):
        at = repaired.text.find(name)
        while at >= 0:
            span = repaired.offsets.original(Span(at, at + len(name)))
            assert span.words(original) == name
            at = repaired.text.find(name, at + 1)


@given(
    st.text("éèàüößçñ’“”–…", min_size=1, max_size=8), st.sampled_from(["cp850", "cp852", "cp437"])
)
def test_western_signs_survive_every_dos_code_page(words: str, code_page: str) -> None:
    assert mend_dos(words.encode().decode(code_page)) == words


def test_time_grows_in_line_with_the_text() -> None:
    text = "A long line of clich├ęd words, some of them donâ€™t matter. " * 1_500
    started = time.process_time()
    assert "clichéd" in repair(text).text
    first = time.process_time() - started
    started = time.process_time()
    repair(text * 4)
    assert time.process_time() - started < 12 * first
