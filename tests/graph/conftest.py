from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from graph_examples import all_pages

from kg.graph.mapping import quads_of
from kg.graph.store import Store


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a published graph of the three example pages; not to be written."""
    folder = tmp_path_factory.mktemp("published") / "graph"
    with Store.open(folder, write=True) as store:
        store.bulk_load(quad for page in all_pages() for quad in quads_of(page))
        store.publish()
    return folder


@pytest.fixture
def examples(published: Path) -> Iterator[Store]:
    """That graph, open for reading."""
    with Store.open(published) as store:
        yield store


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Store]:
    """An empty graph, open for writing."""
    with Store.open(tmp_path / "graph", write=True) as store:
        yield store
