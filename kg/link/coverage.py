"""What a catalogue covers: how many films, how many dated, and what share is not American."""

from __future__ import annotations

from dataclasses import dataclass

from kg.link.catalogue import Catalogue
from kg.link.reader import connect

_AMERICAN = ("United States", "United States of America", "USA", "US")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of films; series are not among them. `foreign` are those made without the USA."""

    films: int
    dated: int
    placed: int  # whose countries are known
    foreign: int
    first: int  # years
    last: int

    @property
    def foreign_share(self) -> float:
        """The share of the films from outside the USA among those whose countries are known."""
        return self.foreign / max(1, self.placed)


def coverage(catalogue: Catalogue) -> Coverage:
    """Count what the catalogue's file holds; it reads every film once."""
    films = dated = placed = foreign = 0
    years: list[int] = []
    connection = connect(catalogue.path)
    try:
        for year, countries in connection.execute(
            "SELECT year, country FROM film WHERE NOT series"
        ):
            films += 1
            if year is not None:
                dated += 1
                years.append(int(year))
            if countries:
                placed += 1
                foreign += not {name.strip() for name in countries.split(";")} & {*_AMERICAN}
    finally:
        connection.close()
    return Coverage(films, dated, placed, foreign, min(years, default=0), max(years, default=0))
