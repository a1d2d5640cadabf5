"""The benchmarks in small, with floors that only a real regression breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import asking, changing, storing
from .__main__ import prepared
from .result import Result

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return prepared(tmp_path_factory.mktemp("reviews"), 200)


def missed(results: list[Result]) -> list[Result]:
    return [result for result in results if result.met is False]


def test_loading_is_not_much_slower_than_pyoxigraph(
    made: tuple[Path, Path], tmp_path: Path
) -> None:
    result = storing.load(made[1], tmp_path, quads=100_000, times=3, at_least=0.5)
    assert not missed([result])


def test_evidence_and_disk_cost_what_they_should(made: tuple[Path, Path]) -> None:
    assert not missed(storing.size(made[1]))


def test_named_queries_cost_little_more_than_the_engine(made: tuple[Path, Path]) -> None:
    results = asking.measure(made[1], times=5, stop_after=1, at_most=2.5, with_rdflib=False)
    assert not missed(results)


def test_a_changed_page_is_found_after_the_build(made: tuple[Path, Path]) -> None:
    assert not missed(changing.measure(*made, open_process=60, shell=120))
