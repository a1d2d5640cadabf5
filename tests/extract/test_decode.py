from itertools import product

import numpy as np
import pytest

from kg.extract.decode import FORBIDDEN, KINDS, LABELS, OUTSIDE, allowed, runs
from kg.model import Kind

FREE = np.zeros((len(LABELS), len(LABELS)))


def scores(*words: dict[str, float]) -> np.ndarray:
    table = np.zeros((len(words), len(LABELS)))
    for row, word in zip(table, words, strict=True):
        for label, score in word.items():
            row[LABELS.index(label)] = score
    return table


def test_a_name_may_not_begin_inside() -> None:
    found = runs(scores({"O": 5}, {"I-FILM": 9, "B-FILM": 4}, {"I-FILM": 9}, {"O": 5}), FREE)
    assert [(run.first, run.last, run.kind) for run in found] == [(1, 2, Kind.FILM)]


def test_a_name_may_not_change_its_kind_in_the_middle() -> None:
    found = runs(scores({"B-FILM": 6}, {"I-WORK": 5, "I-FILM": 4}, {"I-FILM": 6}), FREE)
    assert [(run.first, run.last, run.kind) for run in found] == [(0, 2, Kind.FILM)]


def test_two_names_may_stand_side_by_side() -> None:
    found = runs(scores({"B-PERSON": 9}, {"B-PERSON": 9}, {"I-PERSON": 9}), FREE)
    assert [(run.first, run.last) for run in found] == [(0, 0), (1, 2)]


def test_learnt_transitions_decide_between_equal_scores() -> None:
    favour = FREE.copy()
    favour[LABELS.index("B-FILM"), LABELS.index("I-FILM")] = 2
    (run,) = runs(scores({"B-FILM": 9}, {"I-FILM": 3, "O": 3.5}, {"O": 9}), favour)
    assert (run.first, run.last) == (0, 1)


def test_no_words_hold_no_names() -> None:
    assert runs(np.zeros((0, len(LABELS))), FREE) == []


def test_a_text_of_sure_words_only_holds_no_names() -> None:
    assert runs(scores(*[{"O": 30}] * 5), FREE) == []


@pytest.mark.parametrize("seed", range(8))
def test_the_path_is_the_best_of_all_and_its_score_the_least_marginal(seed: int) -> None:
    dice = np.random.default_rng(seed)
    table = dice.normal(scale=2, size=(3, len(LABELS)))
    learnt = dice.normal(size=(len(LABELS), len(LABELS)))
    rules = np.where(allowed(), learnt, FORBIDDEN)
    paths = list(product(range(len(LABELS)), repeat=3))
    totals = np.array(
        [
            rules[OUTSIDE, path[0]]
            + rules[path[0], path[1]]
            + rules[path[1], path[2]]
            + rules[path[2], OUTSIDE]
            + sum(table[word, label] for word, label in enumerate(path))
            for path in paths
        ]
    )
    best = paths[int(totals.argmax())]
    shares = np.exp(totals - totals.max())
    shares /= shares.sum()
    found = runs(table, learnt)
    labels = [OUTSIDE] * 3
    for run in found:
        begin = 1 + 2 * KINDS.index(run.kind)
        labels[run.first : run.last + 1] = [begin] + [begin + 1] * (run.last - run.first)
        marginal = min(
            sum(share for path, share in zip(paths, shares, strict=True) if path[word] == label)
            for word, label in enumerate(labels[run.first : run.last + 1], run.first)
        )
        assert run.score == pytest.approx(marginal, abs=1e-9)
    assert tuple(labels) == best


def test_a_stretch_is_decoded_alike_whatever_stands_beside_it() -> None:
    dice = np.random.default_rng(5)
    one = dice.normal(scale=3, size=(9, len(LABELS)))
    sure = scores({"O": 90})
    alone = runs(np.concatenate((sure, one, sure)), FREE)
    other = dice.normal(scale=3, size=(30, len(LABELS)))
    beside = runs(np.concatenate((sure, one, sure, other, sure)), FREE)
    assert beside[: len(alone)] == alone
