"""English tokens, in linear time whatever the text holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry

LONGEST = 80  # characters; spaCy takes affixes off one at a time, which is quadratic in a word
_MANY = 64  # splits in one text; each moves all the tokens behind it
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


def token_starts(doc: Doc) -> NDArray[np.int64]:
    """The offset of each token in the text, ascending."""
    return np.asarray(doc.to_array(["IDX"])).reshape(-1).astype(np.int64)


def split_at(doc: Doc, edges: Iterable[int]) -> Doc:
    """Split tokens so that each character offset of `edges` lies between two tokens.

    The doc returned is `doc` itself unless there is much to split.
    """
    wanted = np.unique(np.fromiter(edges, dtype=np.int64))
    starts = token_starts(doc)
    if not len(wanted) or not len(starts):
        return doc
    owners = np.searchsorted(starts, wanted, side="right") - 1
    inside: dict[int, list[int]] = {}
    for edge, owner in zip(wanted.tolist(), owners.tolist(), strict=True):
        offset = edge - int(starts[owner])
        if 0 < offset < len(doc[owner]):
            inside.setdefault(owner, []).append(offset)
    if len(inside) > _MANY:
        return _rebuilt(doc, inside)
    with doc.retokenize() as retokenizer:
        for index, cuts in inside.items():
            token = doc[index]
            pieces = _pieces(token.text, cuts)
            retokenizer.split(token, pieces, heads=[(token, 0) for _ in pieces])
    return doc


def _pieces(word: str, cuts: Sequence[int]) -> list[str]:
    return [word[start:end] for start, end in pairwise([0, *cuts, len(word)])]


def _rebuilt(doc: Doc, inside: Mapping[int, Sequence[int]]) -> Doc:
    """A doc of the split tokens, with the sentences and the extensions of the old one."""
    words: list[str] = []
    spaces: list[bool] = []
    begins: list[bool | int | None] = []
    for index, token in enumerate(doc):
        pieces = _pieces(token.text, inside.get(index, ()))
        words += pieces
        spaces += [False] * (len(pieces) - 1) + [bool(token.whitespace_)]
        begins += [bool(token.is_sent_start)] + [False] * (len(pieces) - 1)
    return Doc(doc.vocab, words=words, spaces=spaces, sent_starts=begins, user_data=doc.user_data)
