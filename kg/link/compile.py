"""Compile the shipped catalogue: `python -m kg.link.compile --data DIR --out FILE`.

DIR holds the open tables under their usual names; what is missing is an error, so that a smaller
catalogue is never shipped by accident. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import math
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from kg.errors import ReadError
from kg.link import sources
from kg.link.counts import Counts, count
from kg.link.fold import fold, key, name_key, surname
from kg.link.merge import Films
from kg.link.names import names_of, words_of
from kg.link.schema import Credit, create, pack_credits, pack_ids, surname_rows
from kg.link.settle import date, date_by_number, settle
from kg.link.slug import path as iri_path
from kg.link.sources import FilmRecord, Performer
from kg.model import Kind, Tally

_HANDMADE = ("more_films.tsv", "series.tsv", "years.tsv")


def read_tables(facts: Path, tally: Tally) -> Iterator[FilmRecord]:
    """All records of the open tables, in the order in which titles are trusted."""
    readers = {
        "films_cast_parts.jsonl.gz": sources.read_cast_parts,
        "films5000_directors.csv.gz": sources.read_films5000,
    }
    own = Path(__file__).parent / "data"
    for name in _HANDMADE:
        yield from sources.read_handmade(_found(own / name), tally)
    yield from sources.read_wikidata(_found(facts / "wikidata_films.csv"), tally)
    for name, reader in readers.items():
        yield from reader(_found(facts / name), tally)
    yield from sources.read_wikipedia(_found(facts / "wikipedia_us_films.jsonl.gz"), tally)


def compile_catalogue(
    facts: Path, out: Path, *, reviews: Path | None = None, annotated: Path | None = None
) -> Tally:
    """Write the catalogue to `out` (replaced whole) and return what was joined and dropped.

    `reviews` is a folder of review tables to count names in and to take reviewed titles from,
    `annotated` one of annotated reviews whose films are added.
    """
    tally = Tally()
    films = Films(tally)
    records = read_tables(facts, tally)
    if reviews is not None:
        tables = sorted(reviews.glob("*.jsonl.gz"))
        records = chain(records, *(sources.read_reviewed(table, tally) for table in tables))
    if annotated is not None:
        records = chain(records, sources.read_annotated(annotated, tally))
    for record in records:
        films.add(record)
    settle(films, tally)
    titles = {
        name
        for film in films.films
        for name in names_of(film.title, film.others, series=film.series)
    }
    counts = count(reviews, titles) if reviews is not None else Counts()
    date(films, counts.dated, tally)
    date_by_number(films, tally)
    settle(films, tally)
    ordered = sorted(
        films.films,
        key=lambda film: (
            -_prior(film, counts),
            key(film.title),
            film.year or 0,
            film.imdb or 0,
            film.wikidata or 0,
        ),
    )
    part = out.with_name(f"{out.name}.part")
    part.unlink(missing_ok=True)
    _write(part, ordered, counts, tally)
    part.replace(out)
    return tally


def _write(out: Path, films: list[FilmRecord], counts: Counts, tally: Tally) -> None:
    connection = sqlite3.connect(out)
    connection.execute("PRAGMA page_size = 4096")
    create(connection)
    people = _people(films)
    numbers = {name: at for at, name in enumerate(people, start=1)}
    suffixes = _suffixes(films)
    for at, film in enumerate(films, start=1):
        connection.execute(
            "INSERT INTO film VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                at,
                film.title,
                film.year,
                "\n".join(film.others) or None,
                "; ".join(film.countries) or None,
                film.wikidata,
                film.imdb,
                film.tmdb,
                round(_prior(film, counts), 2),
                film.series,
                suffixes.get(at),
                pack_credits(_credits(film, numbers)) or None,
            ),
        )
        names = names_of(film.title, film.others, series=film.series)
        connection.executemany(
            "INSERT INTO name VALUES (?, ?, ?)", [(name, at, kind) for name, kind in names.items()]
        )
        words = words_of(film.title, film.others)
        connection.executemany("INSERT INTO word VALUES (?, ?)", [(w, at) for w in words])
    connection.executemany(
        "INSERT INTO person VALUES (?, ?, ?, ?)",
        (
            (numbers[name], person.name, person.imdb, pack_ids(ids))
            for name, (person, ids) in people.items()
        ),
    )
    connection.executemany("INSERT INTO surname VALUES (?, ?, ?)", surname_rows(people))
    tally.add("films", len(films))
    tally.add("people", len(people))
    connection.executemany(
        "INSERT INTO info VALUES (?, ?)", sorted((k, str(v)) for k, v in tally.counts.items())
    )
    connection.commit()
    connection.execute("VACUUM")
    connection.close()


def _people(films: list[FilmRecord]) -> dict[str, tuple[Performer, set[int]]]:
    people: dict[str, tuple[Performer, set[int]]] = {}
    for at, film in enumerate(films, start=1):
        for person in (*film.directors, *film.cast):
            known, ids = people.setdefault(name_key(person.name), (person, set()))
            known.imdb = known.imdb or person.imdb
            ids.add(at)
    return dict(sorted(people.items()))


def _credits(film: FilmRecord, numbers: dict[str, int]) -> Iterator[Credit]:
    for person in film.directors:
        yield Credit(numbers[name_key(person.name)], "d", "")
    for person in film.cast:
        part = " ".join(person.part.split())
        yield Credit(numbers[name_key(person.name)], "a", part if len(part) <= 60 else "")


def _suffixes(films: list[FilmRecord]) -> dict[int, str]:
    """What tells films of one title and year apart in their path: a director, or a number."""
    same: dict[str, list[int]] = defaultdict(list)
    for at, film in enumerate(films, start=1):
        same[iri_path(Kind.FILM, film.title, film.year)].append(at)
    suffixes: dict[int, str] = {}
    for at, film in enumerate(films, start=1):
        if film.year is None and (film.imdb or film.wikidata):
            # the bare path is for films of that title that only pages know
            suffixes[at] = f"tt{film.imdb:07d}" if film.imdb else f"q{film.wikidata}"
    for group in same.values():
        taken = {""}
        ordered = sorted(
            group, key=lambda at: (-films[at - 1].votes, not films[at - 1].article, at)
        )
        for number, at in enumerate(ordered[1:], start=2):
            if at in suffixes:
                continue
            directors = films[at - 1].directors
            suffix = surname(fold(directors[0].name)) if directors else ""
            suffixes[at] = suffix if suffix not in taken else str(number)
            taken.add(suffixes[at])
    return suffixes


def _prior(film: FilmRecord, counts: Counts) -> float:
    """How well known the film is: the logarithm of a weighted count of all that speaks of it."""
    reviewed = counts.reviewed[film.imdb] if film.imdb else 0
    named = counts.named[key(film.title)]
    years = ((film.year or 0) - 1, film.year or 0, (film.year or 0) + 1)
    dated = sum(counts.dated[(key(film.title), year)] for year in years)
    known = (
        film.votes / 4000
        + reviewed * 2
        + named / 2
        + dated * 8
        + (4 if {"more_films", "years"} & {*film.source.split(",")} else 0)
        + (3 if film.wikidata else 0)
        + (2 if "cast_parts" in film.source else 0)
        + (1 if film.article else 0)
        + (3 if "annotated" in film.source else 0)
    )
    return math.log2(1 + known)


def _found(path: Path) -> Path:
    if not path.is_file():
        raise ReadError(f"expected the table {path.name} in {path.parent}, found no such file")
    return path


def main(argv: Iterable[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the open tables")
    parser.add_argument("--reviews", type=Path, help="folder of review tables, for counts")
    parser.add_argument("--annotated", type=Path, help="folder of annotated reviews, for titles")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(None if argv is None else list(argv))
    tally = compile_catalogue(args.data, args.out, reviews=args.reviews, annotated=args.annotated)
    for name, number in tally.counts.items():
        sys.stderr.write(f"{number:8} {name}\n")


if __name__ == "__main__":
    main()
