"""Damaged text put right, with the way back to the original.

In this order, until nothing changes: ftfy (UTF-8 read in a Windows or Mac code page, HTML
entities in plain text, control characters, C1 controls, ligatures, wide Latin letters, NFC), then
what it lacks: UTF-8 read in a DOS code page (`dos.py`), accents typed as apostrophes, zero-width
signs and soft hyphens, the many kinds of blank. Curly quotes stay curly: they are what the author
wrote, and the words of a passage must be found in its source. Line ends become LF.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from ftfy import TextFixerConfig, fix_and_explain

from kg.model import OffsetMap
from kg.read.dos import mend_dos

_CONFIG: Final = TextFixerConfig(
    unescape_html=True, uncurl_quotes=False, fix_line_breaks=False, explain=False
)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")  # in text with tags an entity stays what it is
_LINE_END: Final = re.compile(r"\r*\n|\r|[\u2028\u2029\x0b\x0c]")
_LONGEST: Final = 2000  # characters that are looked at together; longer lines are cut at a blank
_SOUND: Final = re.compile(
    # ASCII without entities, and single signs of Western text: damage comes in twos at least
    r"(?:[\t\x20-\x25\x27-\x7e]|&(?![#\w])|[‘’“”–—…•éèêëàáäåçñöóôòøüûúùîïíìßæœÉÈÀÁÄÅÇÑÖÓÔØÜÚ°£€★½]"
    r"(?=[\t\x20-\x7e]|$|[‘’“”–—…]))*"
)
_INVISIBLE: Final = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    # joiners shape Arabic and Indic letters; between Latin ones they do nothing
    "|(?<![^\x00-\u024f])[\u200c\u200d](?![^\x00-\u024f])"
)
_BLANK: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_ACCENT: Final = re.compile(r"(?<=[^\W\d_])[`´](?=[^\W\d_])")
_LOST_QUOTE: Final = "â€\ufffd"  # the one quotation mark whose last byte Windows-1252 lacks
_FOREIGN: Final = re.compile("[\u0250-\u1dff\u2c00-\ud7ff]")
_STRAY: Final = 2
_ROUNDS: Final = 8
_WORD: Final = re.compile(r"\S+|\s+")
_ANCHOR: Final = 4  # characters that must agree for two texts to be in step again
_WINDOW: Final = 48


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text and the map from its offsets to the original's.

    `marked` are spans that the rendering took emphasis from.
    """

    text: str
    offsets: OffsetMap
    marked: tuple[tuple[int, int], ...] = ()


Rendering = tuple[str, list[tuple[int, int]]]


def repair(original: str, *, render: Callable[[str], Rendering] | None = None) -> Repaired:
    """The text put right; takes time linear in its length.

    `render` takes further signs out of each mended line (inline markup) and says which spans of
    what it gives back were emphasised.
    """
    recorder = _Recorder()
    for start, end, line_end in _chunks(original):
        chunk = original[start:end]
        mended = mend(chunk)
        if render:
            mended, marked = render(mended)
            recorder.mark(marked)
        if mended == chunk:
            recorder.same(chunk)
        else:
            _align_words(chunk, mended, recorder)
        if line_end == "\n":
            recorder.same(line_end)
        elif line_end:
            recorder.changed("\n", len(line_end))
    return recorder.repaired()


def mend(text: str) -> str:
    """A short text put right, where no way back is needed (a text node of a page, a column)."""
    if _SOUND.fullmatch(text):
        return text
    for _ in range(_ROUNDS):
        before = text
        text = text.replace(_LOST_QUOTE, "”")
        text = mend_dos(_by_ftfy(text))
        text = _INVISIBLE.sub("", text)
        text = _BLANK.sub(" ", text)
        text = _ACCENT.sub("'", text)
        if text == before:
            break
    return text


def _by_ftfy(text: str) -> str:
    """Read as ftfy does, without its change of encoding where that gives a stray letter.

    A quotation mark before an accented letter ("”è") looks like one letter of another script; a
    text that really is of another script has many of them.
    """
    config = _CONFIG._replace(unescape_html=not _TAG.search(text))
    mended = fix_and_explain(text, config).text
    foreign = len(_FOREIGN.findall(mended)) - len(_FOREIGN.findall(text))
    if 0 < foreign <= _STRAY:
        return fix_and_explain(text, config._replace(fix_encoding=False)).text
    return mended


def _chunks(text: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each line, or of each piece of a long one, and the line end that follows."""
    start = 0
    while start < len(text):
        match = _LINE_END.search(text, start)
        stop = match.start() if match else len(text)
        while stop - start > _LONGEST:
            cut = text.rfind(" ", start + 1, start + _LONGEST)
            cut = cut + 1 if cut > 0 else start + _LONGEST
            yield start, cut, ""
            start = cut
        yield start, stop, match[0] if match else ""
        start = match.end() if match else stop


def _align_words(old: str, new: str, recorder: _Recorder) -> None:
    """Record how `new` came from `old`: word by word where both have as many, else as a whole."""
    old_words, new_words = _WORD.findall(old), _WORD.findall(new)
    if [word.isspace() for word in old_words] != [word.isspace() for word in new_words]:
        _align(old, new, recorder)
        return
    agreed: list[str] = []
    for old_word, new_word in zip(old_words, new_words, strict=True):
        if old_word == new_word:
            agreed.append(new_word)
        else:
            recorder.same("".join(agreed))
            agreed = []
            _align(old_word, new_word, recorder, anchor=_ANCHOR // 2)
    recorder.same("".join(agreed))


def _align(old: str, new: str, recorder: _Recorder, *, anchor: int = _ANCHOR) -> None:
    """Record how `new` came from `old`: in step wherever they agree, changed between.

    `anchor` is how many characters must agree again after a change.
    """
    at_old = at_new = 0
    while at_old < len(old) or at_new < len(new):
        step = _agreement(old, at_old, new, at_new)
        if step:
            recorder.same(new[at_new : at_new + step])
            at_old, at_new = at_old + step, at_new + step
            continue
        skip_old, skip_new = _resume(old, at_old, new, at_new, anchor)
        recorder.changed(new[at_new : at_new + skip_new], skip_old)
        at_old, at_new = at_old + skip_old, at_new + skip_new


def _agreement(old: str, at_old: int, new: str, at_new: int) -> int:
    most = min(len(old) - at_old, len(new) - at_new)
    step = 0
    while step < most and old[at_old + step] == new[at_new + step]:
        step += 1
    return step


def _resume(old: str, at_old: int, new: str, at_new: int, most: int) -> tuple[int, int]:
    """The least that must be passed over in both texts until they agree again."""
    rest_old, rest_new = len(old) - at_old, len(new) - at_new
    for distance in range(1, _WINDOW):
        for skip_new in range(min(distance, rest_new) + 1):
            skip_old = distance - skip_new
            if skip_old > rest_old:
                continue
            anchor = min(most, rest_old - skip_old, rest_new - skip_new)
            ahead = old[at_old + skip_old : at_old + skip_old + anchor]
            if ahead == new[at_new + skip_new : at_new + skip_new + anchor] and (
                anchor or (skip_old == rest_old and skip_new == rest_new)
            ):
                return skip_old, skip_new
    return rest_old, rest_new


@dataclass(slots=True)
class _Recorder:
    """Collects the repaired text and its runs (see `OffsetMap`)."""

    _marked: list[tuple[int, int]] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _runs: list[tuple[int, int, int, int]] = field(default_factory=list)
    _new: int = 0
    _old: int = 0
    _identity: bool = True
    _in_step: bool = False  # the last run is one of agreement

    def mark(self, spans: list[tuple[int, int]]) -> None:
        """Keep spans of the next words."""
        self._marked += [(self._new + start, self._new + end) for start, end in spans]

    def same(self, words: str) -> None:
        """The next words are the original's."""
        if words:
            self._add(words, len(words), joins=True)

    def changed(self, words: str, length: int) -> None:
        """The next words stand for `length` characters of the original."""
        if words or length:
            self._identity = False
            self._add(words, length, joins=False)

    def _add(self, words: str, length: int, *, joins: bool) -> None:
        last = self._runs[-1] if self._runs else None
        if joins and last and last[2] == last[3] and self._in_step:
            self._runs[-1] = (last[0], last[1], last[2] + length, last[3] + length)
        else:
            self._runs.append((self._new, self._old, len(words), length))
        self._in_step = joins
        self._parts.append(words)
        self._new += len(words)
        self._old += length

    def repaired(self) -> Repaired:
        """The whole."""
        runs = () if self._identity else tuple(self._runs)
        return Repaired("".join(self._parts), OffsetMap(runs), tuple(self._marked))
