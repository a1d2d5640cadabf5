"""The catalogue as it is, put into the staging of an import, so that nothing of it is lost.

Its films keep their titles, paths and people; what the sources add comes behind.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path

from kg.link.fold import name_key
from kg.link.imports.credits import NAMED, Credited
from kg.link.imports.lines import Progress
from kg.link.imports.staging import Staging
from kg.link.reader import connect
from kg.link.schema import unpack_credits, unpack_ids

_STEP = 5000


def take_in(file: Path, staging: Staging, progress: Progress) -> None:
    """Stage all films and people of a catalogue. It must come first."""
    catalogue = connect(file)
    rows = staging.rows
    (people,) = catalogue.execute("SELECT count(*) FROM person").fetchone()
    progress.start("Reading the catalogue as it is", people)
    refs = array("I", [0])  # by the number of a person in the old catalogue

    def films() -> Iterator[tuple[object, ...]]:
        for row in catalogue.execute(
            "SELECT id, title, year, coalesce(other, ''), coalesce(country, ''), wikidata, imdb, "
            "tmdb, prior, series, suffix FROM film ORDER BY id"
        ):
            yield *row[:8], 2.0 ** row[8] - 1, *row[9:], row[2] is not None

    rows.executemany("INSERT INTO film VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", films())
    for number, name, imdb, packed in catalogue.execute(
        "SELECT id, name, imdb, films FROM person ORDER BY id"
    ):
        if imdb and imdb < NAMED:
            ref = imdb
            staging.name(ref, name)
        else:
            ref = NAMED + staging.named(name_key(name), name)
        refs.append(ref)
        for film in unpack_ids(packed):
            staging.pair(film, (ref,))
        if not number % _STEP:
            progress.advance(_STEP)
    for film, packed in catalogue.execute("SELECT id, credits FROM film ORDER BY id"):
        staging.credit(
            film,
            tuple(Credited(refs[one.person], one.job, one.part) for one in unpack_credits(packed)),
            paired=True,
        )
    catalogue.close()
    staging.flush()
