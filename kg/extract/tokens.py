"""English tokens, in linear time whatever the text holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

LONGEST = 80  # characters; spaCy takes affixes off one at a time, which is quadratic in a word
_RUN = re.compile(rf"\S{{{LONGEST + 1},}}")


@spacy.registry.tokenizers("film_kg.LinearTokenizer.v1")
def make_tokenizer() -> Callable[[Language], LinearTokenizer]:
    """The tokenizer as a spaCy configuration names it."""

    def make(nlp: Language) -> LinearTokenizer:
        return LinearTokenizer(spacy.registry.tokenizers.get("spacy.Tokenizer.v1")()(nlp))

    return make


class LinearTokenizer:
    """spaCy's English tokenizer, with words of absurd length cut into pieces beforehand."""

    def __init__(self, english: Tokenizer) -> None:
        self.english = english

    def __call__(self, text: str) -> Doc:
        """The tokens of `text`, which they cover to the last character."""
        if _RUN.search(text) is None:
            return self.english(text)
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for run in _RUN.finditer(text):
            self._add(text[at : run.start()], words, spaces)
            for start in range(run.start(), run.end(), LONGEST):
                words.append(text[start : min(start + LONGEST, run.end())])
                spaces.append(False)
            at = run.end()
        self._add(text[at:], words, spaces)
        return Doc(self.english.vocab, words=words, spaces=spaces)

    def _add(self, text: str, words: list[str], spaces: list[bool]) -> None:
        if not text:
            return
        for token in self.english(text):
            words.append(token.text)
            spaces.append(bool(token.whitespace_))

    # spaCy saves and loads a pipeline through these

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Save the English tokenizer's rules."""
        self.english.to_disk(path, exclude=exclude)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> LinearTokenizer:
        """Load the English tokenizer's rules."""
        self.english.from_disk(path, exclude=exclude)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The English tokenizer's rules as bytes."""
        data: bytes = self.english.to_bytes(exclude=exclude)
        return data

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> LinearTokenizer:
        """Take the English tokenizer's rules from bytes."""
        self.english.from_bytes(data, exclude=exclude)
        return self
