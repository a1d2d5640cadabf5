"""How far the scores would move with other documents: percentile bootstrap (Efron 1979).

Documents are drawn again with replacement, as many as there are; a measure's interval holds the
middle 95% of what it then comes to. The draw is seeded: the same documents, the same intervals.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.evaluate.score import Count, Scores

Interval = tuple[float, float]

_DRAWS = 2000
_SEED = 20240229
_LOW, _HIGH = 2.5, 97.5
_NOTHING = Count()

Floats = NDArray[np.float64]


def intervals(documents: Sequence[Scores], *, draws: int = _DRAWS) -> dict[str, Interval]:
    """For each measure the 95% interval of its F1, for "links" of its share of right ones.

    Four decimals. Nothing for fewer than two documents, which tell of no spread.
    """
    if len(documents) < 2:
        return {}
    dice = np.random.default_rng(_SEED)
    # how often each document is drawn, [draws, documents]
    drawn = dice.multinomial(len(documents), [1 / len(documents)] * len(documents), size=draws)
    weights = drawn.astype(np.float64)
    names = sorted({name for scores in documents for name in scores.counts})
    found: dict[str, Interval] = {}
    for name in names:
        counts = np.array(
            [
                (one.right, one.extra, one.missed)
                for one in (scores.counts.get(name, _NOTHING) for scores in documents)
            ],
            dtype=np.float64,
        )
        if counts.any():
            right, extra, missed = (weights @ counts).T
            found[name] = _middle(_share(2 * right, 2 * right + extra + missed))
    clusters = np.array(
        [(s.cluster_precision, s.cluster_recall, s.clustered) for s in documents], dtype=np.float64
    )
    precision, recall, number = (weights @ clusters).T
    precision, recall = _share(precision, number), _share(recall, number)
    found["clusters B3"] = _middle(_share(2 * precision * recall, precision + recall))
    links = np.array([(s.links_right, s.links) for s in documents], dtype=np.float64)
    found["links"] = _middle(_share(*(weights @ links).T))
    return found


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _middle(values: Floats) -> Interval:
    low, high = np.percentile(values, (_LOW, _HIGH))
    return round(float(low), 4), round(float(high), 4)
