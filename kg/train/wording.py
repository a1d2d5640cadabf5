"""Learns how the words around a title tell the kind of reference; see `kg.extract.wording`."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from kg.extract.heads import REFERENCE_KINDS
from kg.extract.wording import ROWS, Features, wording
from kg.train.documents import Document
from kg.train.examples import mentions_of

_STEPS = 60


def learn(documents: Iterable[Document], trust: float) -> dict[str, NDArray[np.float32]]:
    """A softmax regression: `wording.weight` [ROWS, kinds] and `wording.bias` [kinds].

    `trust` is how much the examples count against the weights' squares (as scikit-learn's C).
    """
    features: list[Features] = []
    kinds: list[int] = []
    for document in documents:
        mentions, things = mentions_of(document)
        numbers = {thing: number for number, thing in enumerate(document.things)}
        topic = numbers[document.topic] if document.topic else None
        read = wording(document.text, mentions, [numbers[thing] for thing in things], topic)
        for thing, kind in document.references.items():
            if numbers[thing] in read:
                features.append(read[numbers[thing]])
                kinds.append(REFERENCE_KINDS.index(kind))
    matrix = torch.zeros(len(features), ROWS)
    for number, rows in enumerate(features):
        matrix[number, list(rows)] = torch.tensor(list(rows.values()))
    weight = torch.zeros(ROWS, len(REFERENCE_KINDS), requires_grad=True)
    bias = torch.zeros(len(REFERENCE_KINDS), requires_grad=True)
    wanted = torch.tensor(kinds)
    optimiser = torch.optim.LBFGS([weight, bias], max_iter=_STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        logits = matrix @ weight + bias
        surprise = functional.cross_entropy(logits, wanted, reduction="sum")
        total = trust * surprise + weight.square().sum() / 2
        total.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return {
        "wording.weight": weight.detach().numpy().astype(np.float16).astype(np.float32),
        "wording.bias": bias.detach().numpy(),
    }
