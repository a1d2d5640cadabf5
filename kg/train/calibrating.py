"""Fits the curves that make confidences honest, on annotated reviews kept aside from training.

python -m kg.train.calibrating WEIGHTS REVIEWS

Isotonic regression by pooling adjacent violators (Barlow and others 1972), over bins of equally
many predictions so that no curve follows single ones. A curve is kept only where it lowers the
squared error on reviews that it wasn't fitted on.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from kg.errors import ReadError
from kg.evaluate.annotation import read
from kg.evaluate.reliability import CLAIMS, Guess, guesses, reliability
from kg.extract import extract
from kg.extract.calibration import Calibration, Curve
from kg.extract.network import Network
from kg.extract.pipeline import assemble
from kg.extract.version import model_meta
from kg.model import Refusal
from kg.read import documents, page_of

_LEAST = 20  # predictions a bin
_BINS = 12
_FOLDS = 5


def calibrate(
    weights: Path, reviews: Path, names: Collection[str] | None = None
) -> dict[str, tuple[float, float]]:
    """Fit curves on the annotated reviews and write them into the weights' meta.json.

    `names` are the reviews' names to be used, None for all of the folder; each has its text beside
    the annotation. Gives, for each claim, the expected calibration error without and with its
    curve, the latter by cross-validation; claims without a useful curve have twice the same.
    """
    per_review = list(_guesses(weights, reviews, names))
    curves: dict[str, Curve] = {}
    errors: dict[str, tuple[float, float]] = {}
    for claim in CLAIMS:
        told = [[guess for guess in some if guess.what == claim] for some in per_review]
        flat = [guess for some in told for guess in some]
        if not flat:
            continue
        raw, honest = _validated(told)
        curve = fitted(flat)
        before = reliability(raw)[0].error
        if curve is not None and _squared(honest) < _squared(raw):
            curves[claim] = curve
            errors[claim] = before, reliability(honest)[0].error
        else:
            errors[claim] = before, before
    _write(weights, curves)
    return errors


def fitted(told: Sequence[Guess]) -> Curve | None:
    """The curve of some predictions; None where there are too few for one."""
    if len(told) < 2 * _LEAST:
        return None
    ordered = sorted(told, key=lambda guess: guess.score)
    bins = min(_BINS, len(ordered) // _LEAST)
    edges = [len(ordered) * at // bins for at in range(bins + 1)]
    pools: list[list[float]] = []  # mean score, share right, how many
    for start, end in pairwise(edges):
        some = ordered[start:end]
        score = sum(guess.score for guess in some) / len(some)
        right = sum(guess.right for guess in some) / len(some)
        pools.append([score, right, float(len(some))])
        while len(pools) > 1 and (pools[-2][1] >= pools[-1][1] or pools[-2][0] >= pools[-1][0]):
            last, before = pools.pop(), pools.pop()
            weight = last[2] + before[2]
            mean = [(last[i] * last[2] + before[i] * before[2]) / weight for i in (0, 1)]
            pools.append([*mean, weight])
    scores = tuple(round(pool[0], 4) for pool in pools)
    # drawn a little to a half, as one more right and one more wrong prediction would
    rights = tuple(round((pool[1] * pool[2] + 1) / (pool[2] + 2), 4) for pool in pools)
    rights = tuple(max(rights[: at + 1]) for at in range(len(rights)))
    return Curve(scores, rights) if len(set(scores)) == len(scores) else None


def _validated(told: Sequence[Sequence[Guess]]) -> tuple[list[Guess], list[Guess]]:
    """All predictions as they are, and as curves of the other reviews would have them."""
    raw: list[Guess] = []
    honest: list[Guess] = []
    for fold in range(_FOLDS):
        curve = fitted([g for at, some in enumerate(told) if at % _FOLDS != fold for g in some])
        for some in told[fold::_FOLDS]:
            raw += some
            honest += [
                guess if curve is None else Guess(guess.what, curve(guess.score), guess.right)
                for guess in some
            ]
    return raw, honest


def _squared(told: Sequence[Guess]) -> float:
    return sum((guess.score - guess.right) ** 2 for guess in told)


def _guesses(weights: Path, reviews: Path, names: Collection[str] | None) -> Iterator[list[Guess]]:
    network = Network.load(weights)
    network.calibration = Calibration()
    nlp = assemble(recogniser=network)
    paths = sorted(reviews.glob("*.ann"))
    chosen = [path for path in paths if names is None or path.stem in names]
    if not chosen:
        raise ReadError(f"expected annotated reviews (*.ann) in {reviews}, found none")
    for path in chosen:
        for document in documents([str(path.with_suffix(".txt"))]):
            if isinstance(document, Refusal):
                raise ReadError(f"{document.source}: {document.reason}")
            yield guesses(read(path), extract(nlp, page_of(document)))


def _write(weights: Path, curves: Mapping[str, Curve]) -> None:
    """Put the curves into meta.json; the version tells of them, for they change what comes out."""
    meta = model_meta(weights)
    meta["calibration"] = {
        claim: [list(curve.scores), list(curve.rights)] for claim, curve in curves.items()
    }
    digest = hashlib.sha256(json.dumps(meta["calibration"], sort_keys=True).encode()).hexdigest()
    meta["version"] = f"{str(meta['version']).partition('.')[0]}.{digest[:6]}"
    text = json.dumps(meta, indent=2, ensure_ascii=False) + "\n"
    (weights / "meta.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for told, (before, after) in calibrate(Path(sys.argv[1]), Path(sys.argv[2])).items():
        sys.stdout.write(f"{told}: calibration error {before:.4f}, {after:.4f} with its curve\n")
