"""What the shipped catalogue covers."""

from __future__ import annotations

from kg.link import Catalogue
from kg.link.catalogue import SHIPPED
from kg.link.coverage import coverage


def test_the_shipped_catalogue_has_fifteen_thousand_dated_films_and_many_from_elsewhere(
    catalogue: Catalogue,
) -> None:
    found = coverage(catalogue)
    assert found.dated > 40_000
    assert found.foreign > 5_000
    assert found.first < 1900
    assert found.foreign / found.placed == found.foreign_share


def test_the_shipped_catalogue_is_smaller_than_twelve_megabytes() -> None:
    assert SHIPPED.stat().st_size < 12_000_000
