from collections.abc import Iterator

import pytest

from kg.link import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Iterator[Catalogue]:
    """The shipped catalogue."""
    with Catalogue.open() as opened:
        yield opened
