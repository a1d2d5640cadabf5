"""Sorting that needs no more memory than it is given."""

from __future__ import annotations

import random

import pytest

from kg.graph.sorting import Sorter


@pytest.mark.parametrize("at_once", [1, 50, 4_000, 1_000_000])
def test_records_come_back_sorted_however_little_fits(at_once: int) -> None:
    chance = random.Random(1)
    records = [chance.randbytes(chance.randrange(20)) for _ in range(3_000)]
    with Sorter(at_once=at_once) as sorter:
        for record in records:
            sorter.add(record)
        assert list(sorter) == sorted(records)


def test_nothing_is_sorted_into_nothing() -> None:
    with Sorter() as sorter:
        assert list(sorter) == []
