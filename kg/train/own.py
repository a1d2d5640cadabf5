"""Self-training: unannotated reviews with the marks that a trained network gives them.

Only what the network is sure of is taken for true; where it doubts, nothing is known. Its student
learns from changed copies, so it must find the same names with less help (Xie et al. 2020).
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from kg.extract.decode import OUTSIDE
from kg.extract.network import Encoded, Network
from kg.model import Mention
from kg.train.agreed import Opinions, agreed
from kg.train.documents import Document, Mark
from kg.train.lists import json_lines

_SURE = 0.9
_BREAK = re.compile(r"\s*<br\s*/?>\s*(?:<br\s*/?>\s*)*")
_LONG = 6000
_MANY = 8  # as many reviews of one film tell something together
_EACH = 12


def read(
    paths: Collection[Path],
    number: int,
    network: Network,
    seen: Collection[str],
    seed: int,
    casts: Path | None = None,
) -> Iterator[Document]:
    """About `number` reviews drawn from the files of JSON lines, marked by the network.

    Films with many reviews, or with a cast in the file `casts`, give up to a dozen each, so that
    what is agreed on in all of them corrects what the network says of one. `seen` holds the
    letters with which reviews begin that must not be among them.
    """
    facts = {film["imdbId"]: film for film in json_lines(casts)} if casts else {}
    films: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        for row in json_lines(path):
            text = _BREAK.sub("\n\n", row["text"])
            if len(text) <= _LONG and beginning(text) not in seen:
                films[row["imdb_id"]].append(text)
    dice = random.Random(seed)  # noqa: S311  # nothing secret
    order = [film for film, texts in films.items() if film in facts or len(texts) >= _MANY]
    dice.shuffle(order)
    order.sort(key=lambda film: film not in facts)
    taken = 0
    for film in order:
        if taken >= number:
            return
        dice.shuffle(films[film])
        texts = films[film][:_EACH]
        for document in _together(texts, network, facts.get(film)):
            taken += 1
            yield replace(document, name=f"own {taken}")


def _together(
    texts: Sequence[str], network: Network, film: Mapping[str, Any] | None
) -> list[Document]:
    opinions = Opinions()
    if film is not None:
        opinions.know(film)
    read = [network.encode(text) for text in texts]
    mentions = [network.mentions(encoded) for encoded in read]
    for text, found in zip(texts, mentions, strict=True):
        opinions.count((mention.words(text), mention) for mention in found)
    return [
        marked(encoded, *agreed(encoded.text, found, opinions))
        for encoded, found in zip(read, mentions, strict=True)
    ]


def beginning(text: str) -> str:
    """The letters with which a review begins; the same in all its editions."""
    return "".join(filter(str.isalnum, text))[:150]


def marked(encoded: Encoded, true: Sequence[Mention], doubtful: Sequence[Mention]) -> Document:
    """One text with those marks; where the network doubts besides, nothing is known."""
    marks: list[Mark] = []
    things: dict[str, str] = {}
    unknown = [(mention.start, mention.end) for mention in doubtful]
    for number, mention in enumerate(true):
        thing = f"{mention.kind.letter}{number + 1}"
        things[thing] = mention.words(encoded.text)
        marks.append(Mark(mention.start, mention.end, thing))
    if len(encoded.emissions):
        scores = encoded.emissions.astype(np.float64)
        share = np.exp(scores - scores.max(axis=1, keepdims=True))
        outside = share[:, OUTSIDE] / share.sum(axis=1)
        pieces = encoded.pieces
        taken = np.zeros(len(outside), dtype=np.bool_)
        for mention in true:
            first = int(np.searchsorted(pieces.word_ends, mention.start, side="right"))
            taken[first : int(np.searchsorted(pieces.word_starts, mention.end))] = True
        unknown += [
            (int(pieces.word_starts[word]), int(pieces.word_ends[word]))
            for word in np.flatnonzero((outside > 1 - _SURE) & (outside < _SURE) & ~taken)
        ]
    return Document(
        "", encoded.text, tuple(marks), things, None, (), {}, tuple(sorted(unknown)), frozenset()
    )
