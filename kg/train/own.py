"""Self-training: unannotated reviews with the marks that a trained network gives them.

Only what the network is sure of is taken for true; where it doubts, nothing is known. Its student
learns from changed copies, so it must find the same names with less help (Xie et al. 2020).
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterator
from pathlib import Path

import numpy as np

from kg.extract.decode import OUTSIDE
from kg.extract.network import Network
from kg.train.documents import Document, Mark
from kg.train.lists import json_lines

_SURE = 0.9
_BREAK = re.compile(r"\s*<br\s*/?>\s*(?:<br\s*/?>\s*)*")
_LONG = 6000


def read(
    paths: Collection[Path], number: int, network: Network, seen: Collection[str], seed: int
) -> Iterator[Document]:
    """`number` reviews drawn from the files of JSON lines, marked by the network.

    `seen` holds the letters with which reviews begin that must not be among them.
    """
    texts = [_BREAK.sub("\n\n", row["text"]) for path in paths for row in json_lines(path)]
    random.Random(seed).shuffle(texts)  # noqa: S311  # nothing secret
    taken = 0
    for text in texts:
        if taken == number:
            return
        if len(text) > _LONG or beginning(text) in seen:
            continue
        taken += 1
        yield marked(f"own {taken}", text, network)


def beginning(text: str) -> str:
    """The letters with which a review begins; the same in all its editions."""
    return "".join(filter(str.isalnum, text))[:150]


def marked(name: str, text: str, network: Network) -> Document:
    """One text with the network's own marks."""
    encoded = network.encode(text)
    marks: list[Mark] = []
    things: dict[str, str] = {}
    unknown: list[tuple[int, int]] = []
    for number, mention in enumerate(network.mentions(encoded)):
        if mention.score < _SURE:
            unknown.append((mention.start, mention.end))
            continue
        thing = f"{mention.kind.letter}{number + 1}"
        things[thing] = mention.words(text)
        marks.append(Mark(mention.start, mention.end, thing))
    if len(encoded.emissions):
        scores = encoded.emissions.astype(np.float64)
        share = np.exp(scores - scores.max(axis=1, keepdims=True))
        outside = share[:, OUTSIDE] / share.sum(axis=1)
        pieces = encoded.pieces
        unknown += [
            (int(pieces.word_starts[word]), int(pieces.word_ends[word]))
            for word in np.flatnonzero((outside > 1 - _SURE) & (outside < _SURE))
        ]
    return Document(
        name, text, tuple(marks), things, None, (), {}, tuple(sorted(unknown)), frozenset()
    )
