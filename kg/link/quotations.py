"""Words that two pages share: a sentence quoted on another page, a review printed twice.

Every page's running words are hashed in runs of six, of which winnowing (Schleimer, Wilkerson and
Aiken, 2003) keeps enough that any eight words in common share one; a run on more than twenty pages
is boilerplate. Where two pages share a run, the words on both sides are compared as far as they
agree. Case, quotation marks and white space don't count.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from kg.link.scratch import page_number
from kg.link.slug import plain
from kg.model import Page, Quotation, Span

SHORTEST = 8  # words
_RUN = 6
_WINDOW = 3
_MOST_PAGES = 20
_CLAUSE = 15  # words that are a quotation whether or not they make up a sentence
_SHARE = 0.6  # of a sentence on either page
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s|\n\s*\n")
_FACTORS = np.array([0x9E3779B97F4A7C15 * (2 * at + 1) & (2**64 - 1) for at in range(_RUN)], "u8")


class Words(NamedTuple):
    """A page's words in its speaking zones: hash, start, end and number of the sentence."""

    hashes: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    sentences: np.ndarray


class Quotations:
    """Finds shared words through tables beside the names'."""

    def __init__(self, rows: sqlite3.Connection) -> None:
        self._rows = rows
        self.boilerplate = 0
        rows.execute("CREATE TABLE run (hash INTEGER, page INTEGER, place INTEGER)")
        rows.execute("CREATE TABLE words (page INTEGER PRIMARY KEY, packed BLOB)")

    def gather(self, page: Page) -> None:
        """Write down a page's runs of words."""
        words = words_of(page)
        if len(words.hashes) < SHORTEST:
            return
        number = page_number(page.id)
        places, hashes = fingerprints(words.hashes)
        self._rows.executemany(
            "INSERT INTO run VALUES (?, ?, ?)",
            ((run, number, place) for run, place in zip(hashes, places, strict=True)),
        )
        packed = np.stack([column.astype("u4") for column in words]).tobytes()
        self._rows.execute("INSERT INTO words VALUES (?, ?)", (number, packed))

    def meet(self) -> None:
        """Find the runs that stand on two to twenty pages."""
        execute = self._rows.execute
        execute("CREATE INDEX run_hash ON run (hash, page)")
        execute(
            "CREATE TABLE shared AS SELECT hash, count(DISTINCT page) AS pages FROM run "
            "GROUP BY hash HAVING pages > 1"
        )
        (self.boilerplate,) = execute(
            "SELECT count(*) FROM shared WHERE pages > ?", (_MOST_PAGES,)
        ).fetchone()
        execute(
            "CREATE TABLE pair AS SELECT one.page AS page, other.page AS other, "
            "one.place AS place, other.place AS other_place FROM shared "
            "JOIN run AS one ON one.hash = shared.hash JOIN run AS other "
            "ON other.hash = shared.hash AND other.page <> one.page WHERE pages <= ?",
            (_MOST_PAGES,),
        )
        execute("CREATE INDEX pair_page ON pair (page, other, place)")
        execute("DROP TABLE run")

    def of(self, page: Page) -> Iterator[Quotation]:
        """The page's words that other pages have too, by page and place."""
        number = page_number(page.id)
        pairs = self._rows.execute(
            "SELECT other, place, other_place, id FROM pair JOIN page ON page.number = other "
            "WHERE pair.page = ? ORDER BY id, place, other_place",
            (number,),
        ).fetchall()
        mine = self._words(number) if pairs else None
        theirs: Words | None = None
        last = -1
        reached: dict[int, int] = {}  # by distance of the two places: how far words agree
        for other, place, other_place, other_id in pairs:
            if other != last:
                theirs, last, reached = self._words(other), other, {}
            if mine is None or theirs is None or reached.get(other_place - place, -1) >= place:
                continue
            start, end = _agreement(mine, theirs, place, other_place)
            shift = other_place - place
            reached[shift] = end
            if not is_quotation(mine, theirs, start, end, shift):
                continue
            span = Span(int(mine.starts[start]), int(mine.ends[end - 1]))
            other_span = Span(int(theirs.starts[start + shift]), int(theirs.ends[end + shift - 1]))
            yield Quotation(span, other_id, other_span, span.words(page.text))

    def _words(self, number: int) -> Words:
        (packed,) = self._rows.execute(
            "SELECT packed FROM words WHERE page = ?", (number,)
        ).fetchone()
        return Words(*np.frombuffer(packed, "u4").reshape(4, -1))


def words_of(page: Page) -> Words:
    """The words of the page's speaking zones, all its words where it has no zones."""
    spans = [zone.span for zone in page.zones if zone.kind.speaks]
    if not page.zones:
        spans = [Span(0, len(page.text))]
    hashes: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[int] = []
    sentence = 0
    for span in spans:
        text = span.words(page.text)
        breaks = [match.start() for match in _SENTENCE_END.finditer(text)]
        at = 0
        sentence += 1
        for word in _WORD.finditer(text):
            while at < len(breaks) and breaks[at] < word.start():
                at += 1
                sentence += 1
            hashes.append(_hash(word[0]))
            starts.append(span.start + word.start())
            ends.append(span.start + word.end())
            sentences.append(sentence)
    return Words(np.array(hashes, "u4"), np.array(starts), np.array(ends), np.array(sentences))


@lru_cache(maxsize=1 << 16)
def _hash(word: str) -> int:
    """A word's number, whatever its case and apostrophes; most words of a page came before."""
    return zlib.crc32(plain(word).replace("'", "").replace("’", "").encode())


def fingerprints(hashes: np.ndarray) -> tuple[list[int], list[int]]:
    """Places and hashes of the runs that winnowing keeps, ascending by place."""
    runs = (sliding_window_view(hashes.astype("u8") + 1, _RUN) * _FACTORS).sum(axis=1)
    runs ^= runs >> np.uint64(29)
    runs = (runs * np.uint64(0xBF58476D1CE4E5B9)) >> np.uint64(1)
    windows = sliding_window_view(runs, min(_WINDOW, len(runs)))
    places = np.unique(windows.argmin(axis=1) + np.arange(len(windows)))
    return places.tolist(), runs[places].astype("i8").tolist()


def _agreement(mine: Words, theirs: Words, place: int, other_place: int) -> tuple[int, int]:
    """The widest stretch of equal words around two places, as places in `mine`."""
    before = min(place, other_place)
    same = mine.hashes[place - before : place] == theirs.hashes[other_place - before : other_place]
    back = before - int(np.flatnonzero(~same)[-1]) - 1 if not same.all() else before
    length = min(len(mine.hashes) - place, len(theirs.hashes) - other_place)
    same = mine.hashes[place : place + length] == theirs.hashes[other_place : other_place + length]
    ahead = int(np.flatnonzero(~same)[0]) if not same.all() else length
    return place - back, place + ahead


def is_quotation(mine: Words, theirs: Words, start: int, end: int, shift: int) -> bool:
    """Whether a stretch of equal words is long enough and makes up a sentence on either page."""
    if end - start < SHORTEST:
        return False
    if end - start >= _CLAUSE:
        return True
    return any(
        _share(words.sentences, start + by, end + by) >= _SHARE
        for words, by in ((mine, 0), (theirs, shift))
    )


def _share(sentences: np.ndarray, start: int, end: int) -> float:
    """The largest share of a sentence that the stretch covers."""
    numbers, counts = np.unique(sentences[start:end], return_counts=True)
    sizes = [int((sentences == number).sum()) for number in numbers]
    return (
        max(
            count / size for count, size in zip(counts, sizes, strict=True) if count >= SHORTEST - 2
        )
        if (counts >= SHORTEST - 2).any()
        else 0.0
    )
