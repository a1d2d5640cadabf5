"""Gold annotations with what was predicted for the same texts, document by document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError
from kg.evaluate.annotation import Annotation, read
from kg.evaluate.score import Scores, score_all


@dataclass(frozen=True, slots=True)
class Judged:
    """One document. `found` is empty where nothing was predicted; `name` is the file's stem."""

    name: str
    gold: Annotation
    found: Annotation
    scores: Scores

    @property
    def source(self) -> str:
        """Where the document comes from: what its name begins with, up to the first `_`."""
        prefix, rule, _ = self.name.partition("_")
        return prefix if rule else ""

    @property
    def same_text(self) -> bool:
        """Whether the prediction is of the gold's text; an empty one is of any."""
        return not self.found.text or self.found.text.strip() == self.gold.text.strip()


def judge(gold: Path, predicted: Path) -> list[Judged]:
    """Every `.ann` of the folder `gold` with its namesake in `predicted`, scored.

    UsageError where there is no gold; a document without a prediction counts as predicted empty.
    """
    paths = sorted(gold.glob("*.ann"))
    if not paths:
        raise UsageError(f"expected gold annotations (*.ann) in {gold}, found none")
    documents = []
    for path in paths:
        right = read(path)
        guess = predicted / path.name
        found = read(guess) if guess.exists() else Annotation()
        documents.append(Judged(path.stem, right, found, score_all([(right, found)])))
    return documents


def together(documents: Iterable[Judged]) -> Scores:
    """The scores of many documents, micro-averaged."""
    return score_all((document.gold, document.found) for document in documents)
