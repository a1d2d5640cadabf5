"""Examples put together: windows padded to one length, everything else laid end to end."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kg.extract.instances import around
from kg.extract.pieces import NEW_LINE, SPECIAL, feature
from kg.extract.windows import windows
from kg.train.examples import Example

BEGIN, END, PADDING = 101, 102, 0
EDGE = feature(SPECIAL, NEW_LINE, 0)


@dataclass(frozen=True, slots=True)
class Batch:
    """Examples as tensors; mentions, pieces, groups are numbered through the batch.

    `ids`, `features`, `mask` [windows, pieces]; `own` [all pieces] leads into the flattened
    windows; `words` [documents, words] into all pieces. The rest as in `Example`.
    """

    documents: int
    pieces: int
    ids: Tensor
    features: Tensor
    mask: Tensor
    own: Tensor
    words: Tensor
    lengths: Tensor
    allowed: Tensor
    document: Tensor
    first: Tensor
    last: Tensor
    kind: Tensor
    left: Tensor
    right: Tensor
    nearest: Tensor
    topic: Tensor
    subject: Tensor
    object: Tensor
    bucket: Tensor
    between_start: Tensor
    between_end: Tensor
    group: Tensor
    wanted: Tensor
    asked: Tensor
    reference: Tensor
    reference_kinds: Tensor
    topics: Tensor


def _joined(parts: Sequence[np.ndarray]) -> Tensor:
    return torch.from_numpy(np.concatenate(parts))


def batch(examples: Sequence[Example]) -> Batch:
    """Put examples together."""
    cuts = [
        (number, window)
        for number, example in enumerate(examples)
        for window in windows(len(example.pieces))
    ]
    width = max(window.end - window.start for _, window in cuts) + 2
    ids = np.full((len(cuts), width), PADDING, dtype=np.int64)
    features = np.full((len(cuts), width), EDGE, dtype=np.int64)
    mask = np.zeros((len(cuts), width), dtype=np.bool_)
    own: list[np.ndarray] = []
    for row, (number, window) in enumerate(cuts):
        pieces = examples[number].pieces
        length = window.end - window.start
        ids[row, 0], ids[row, length + 1] = BEGIN, END
        ids[row, 1 : length + 1] = pieces.ids[window.start : window.end]
        features[row, 1 : length + 1] = pieces.features[window.start : window.end]
        mask[row, : length + 2] = True
        inside = np.arange(window.own_start, window.own_end) - window.start + 1
        own.append(row * width + inside)

    piece_at = np.cumsum([0, *(len(example.pieces) for example in examples)])
    mention_at = np.cumsum([0, *(len(example.places) for example in examples)])
    group_at = np.cumsum([0, *(len(example.wanted) for example in examples)])
    reference_at = np.cumsum([0, *(len(example.reference_kinds) for example in examples)])
    lengths = np.array([len(example.pieces.first) for example in examples])
    words = np.zeros((len(examples), lengths.max()), dtype=np.int64)
    allowed = np.zeros((len(examples), lengths.max(), examples[0].allowed.shape[1]), dtype=np.bool_)
    allowed[:, :, 0] = True
    for number, example in enumerate(examples):
        words[number, : lengths[number]] = example.pieces.first + piece_at[number]
        allowed[number, : lengths[number]] = example.allowed

    def shifted(values: Sequence[np.ndarray], by: np.ndarray) -> Tensor:
        # -1 means none, and stays
        return _joined(
            [
                np.where(value < 0, value, value + shift)
                for value, shift in zip(values, by, strict=False)
            ]
        )

    contexts = [around(example.places, len(example.pieces)) for example in examples]
    # the groups of pairs come first in each example: all pairs, then all mentions
    pair_groups = [example.group[: len(example.pairs)] for example in examples]
    topic_groups = [example.group[len(example.pairs) :] for example in examples]
    group = torch.cat((shifted(pair_groups, group_at), shifted(topic_groups, group_at)))
    return Batch(
        documents=len(examples),
        pieces=int(piece_at[-1]),
        ids=torch.from_numpy(ids),
        features=torch.from_numpy(features),
        mask=torch.from_numpy(mask),
        own=_joined(own),
        words=torch.from_numpy(words),
        lengths=torch.from_numpy(lengths),
        allowed=torch.from_numpy(allowed),
        document=_joined(
            [np.full(len(example.places), number) for number, example in enumerate(examples)]
        ),
        first=shifted([example.places.first for example in examples], piece_at),
        last=shifted([example.places.last for example in examples], piece_at),
        kind=_joined([example.places.kind for example in examples]),
        left=shifted([left for left, _ in contexts], piece_at),
        right=shifted([right for _, right in contexts], piece_at),
        nearest=_joined([example.nearest for example in examples]),
        topic=shifted([example.topic for example in examples], mention_at),
        subject=shifted([example.pairs.subject for example in examples], mention_at),
        object=shifted([example.pairs.object for example in examples], mention_at),
        bucket=_joined([example.pairs.bucket for example in examples]),
        between_start=shifted([example.pairs.start for example in examples], piece_at),
        between_end=shifted([example.pairs.end for example in examples], piece_at),
        group=group,
        wanted=_joined([example.wanted for example in examples]),
        asked=_joined([example.asked for example in examples]),
        reference=shifted([example.reference for example in examples], reference_at),
        reference_kinds=_joined([example.reference_kinds for example in examples]),
        topics=_joined([example.topics for example in examples]),
    )


def batches(examples: Sequence[Example], size: int, dice: random.Random) -> Iterator[Batch]:
    """All examples once, in batches of about `size` pieces of documents of like length."""
    order = sorted(range(len(examples)), key=lambda index: len(examples[index].pieces))
    # like lengths side by side, but not always the same neighbours
    jitter = {index: len(examples[index].pieces) * dice.uniform(0.8, 1.25) for index in order}
    order.sort(key=lambda index: jitter[index])
    chosen: list[list[Example]] = [[]]
    room = size
    for index in order:
        example = examples[index]
        if not len(example.pieces):
            continue
        if chosen[-1] and len(example.pieces) > room:
            chosen.append([])
            room = size
        chosen[-1].append(example)
        room -= len(example.pieces)
    dice.shuffle(chosen)
    for members in chosen:
        if members:
            yield batch(members)
