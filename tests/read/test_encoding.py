"""Bytes become text: by mark, by UTF-8, by declaration, by detection; never junk."""

from __future__ import annotations

import codecs
import os
import random

import pytest

from kg.errors import ReadError
from kg.read.encoding import decode

FRENCH = "Noémie — « très » étonnée, dit-elle : “ça”.  " * 3
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy; film režíruje známý tvůrce z Plzně. " * 4
RUSSIAN = "Режиссёр снял фильм о любви и смерти, и зрители его полюбили навсегда. " * 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_a_byte_order_mark_decides_and_stays_in_the_text(encoding: str) -> None:
    assert decode(f"\ufeff{FRENCH}".encode(encoding)) == f"\ufeff{FRENCH}"


def test_utf_8_comes_before_what_is_declared() -> None:
    assert decode(FRENCH.encode(), declared="iso-8859-1") == FRENCH


def test_line_ends_stay_as_they_are() -> None:
    assert decode(b"a\r\nb\rc\n") == "a\r\nb\rc\n"


def test_what_is_declared_comes_before_detection() -> None:
    markup = f'<html><head><meta charset="windows-1250"></head><body>{CZECH}'
    assert decode(markup.encode("cp1250"), html=True) == markup
    assert decode(CZECH.encode("iso8859-2"), declared="ISO-8859-2") == CZECH


def test_latin_1_means_windows_1252_as_in_browsers() -> None:
    text = "It’s “good” – they say"
    assert decode(text.encode("cp1252"), declared="iso-8859-1") == text
    assert decode(text.encode("cp1252")) == text


def test_a_foreign_code_page_is_detected() -> None:
    assert decode(RUSSIAN.encode("cp1251")) == RUSSIAN
    assert decode(CZECH.encode("cp1250")) == CZECH


def test_utf_8_with_a_few_foreign_bytes_keeps_its_words() -> None:
    data = "Noémie, Jérôme, Céline ".encode() + b"caf\xe9" + " — fin, très bien".encode()
    assert decode(data) == "Noémie, Jérôme, Céline café — fin, très bien"


def test_utf_8_that_is_cut_in_a_letter_keeps_the_rest() -> None:
    assert decode(FRENCH.encode() + "é".encode()[:1]).startswith(FRENCH)


def test_utf_16_without_a_mark_is_seen() -> None:
    assert decode("A plain English review.".encode("utf-16-le")) == "A plain English review."


def test_a_forced_encoding_overrules_all() -> None:
    assert decode("é".encode(), encoding="cp437") == "├⌐"


def test_a_forced_encoding_that_does_not_fit_or_exist_is_refused() -> None:
    with pytest.raises(ReadError, match="expected text in ascii, found byte 0xc3 at 1"):
        decode("né".encode(), encoding="ascii")
    with pytest.raises(ReadError, match="name of an encoding"):
        decode(b"x", encoding="klingon")


@pytest.mark.parametrize(
    "junk",
    [
        random.Random(7).randbytes(4000),
        b"\x00" * 500,
        b"text" + b"\x00\x01\x02" * 50,
        b"\x89PNG\r\n\x1a\n" + b"x" * 50,
        b"%PDF-1.7 some text",
        b"PK\x03\x04" + b"text " * 100,
    ],
)
def test_binary_data_is_refused_and_named(junk: bytes) -> None:
    with pytest.raises(ReadError, match="expected text, found"):
        decode(junk)


def test_a_stray_control_character_is_no_binary_data() -> None:
    assert "word" in decode(b"word \x0c page \x1a" + b"more words " * 10)


def test_an_encoding_that_is_no_encoding_is_passed_over() -> None:
    assert decode("né".encode("cp1252"), declared="x-unknown") == "né"


def test_every_byte_string_gives_text_or_a_refusal() -> None:
    for seed in range(40):
        data = random.Random(seed).randbytes(200) if seed % 2 else os.fsencode("a" * seed) + b"\xff"
        try:
            text = decode(data)
        except ReadError:
            continue
        assert isinstance(text, str)
    assert codecs.lookup_error("kg-latin-1")
