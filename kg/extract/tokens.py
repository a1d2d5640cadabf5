"""English tokens, in linear time whatever the text holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry

LONGEST = 80  # characters; spaCy takes affixes off one at a time, which is quadratic in a word
_RUN = re.compile(rf"\S{{{LONGEST + 1},}}")


@registry.tokenizers("film_kg.LinearTokenizer.v1")  # type: ignore[untyped-decorator]  # spaCy's
def make_tokenizer() -> Callable[[Language], LinearTokenizer]:
    """The tokenizer as a spaCy configuration names it."""

    def make(nlp: Language) -> LinearTokenizer:
        return LinearTokenizer(registry.tokenizers.get("spacy.Tokenizer.v1")()(nlp))

    return make


class LinearTokenizer:
    """spaCy's English tokenizer, with words of absurd length cut into pieces beforehand."""

    def __init__(self, english: Any) -> None:  # noqa: ANN401 - Cython, which types can't see
        self.english = english

    def __call__(self, text: str) -> Doc:
        """The tokens of `text`, which they cover to the last character."""
        if _RUN.search(text) is None:
            doc: Doc = self.english(text)
            return doc
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


def split_at(doc: Doc, edges: Iterable[int]) -> None:
    """Split tokens so that each character offset of `edges` lies between two tokens."""
    inside: dict[int, list[int]] = {}
    wanted = sorted(set(edges))
    at = 0
    for token in doc:
        end = token.idx + len(token)
        while at < len(wanted) and wanted[at] <= token.idx:
            at += 1
        while at < len(wanted) and wanted[at] < end:
            inside.setdefault(token.i, []).append(wanted[at] - token.idx)
            at += 1
    if not inside:
        return
    with doc.retokenize() as retokenizer:
        for index, cuts in inside.items():
            token = doc[index]
            bounds = [0, *cuts, len(token)]
            pieces = [token.text[a:b] for a, b in pairwise(bounds)]
            retokenizer.split(token, pieces, heads=[(token, 0) for _ in pieces])
