"""Small tables in the forms of the sources, and an import of them over a small catalogue."""

import gzip
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from kg.link import Catalogue
from kg.link.fold import name_key
from kg.link.imports import ImportOptions, import_catalogue
from kg.link.imports.faults import Faults
from kg.link.imports.lines import Progress
from kg.link.names import names_of, words_of
from kg.link.schema import Credit, create, pack_credits, pack_ids, surname_rows

BASICS = (
    "tconst titleType primaryTitle originalTitle isAdult startYear endYear runtimeMinutes genres"
)
PRINCIPALS = "tconst ordering nconst category job characters"
NAMES = "nconst primaryName birthYear deathYear primaryProfession knownForTitles"
AKAS = "titleId ordering title region language types attributes isOriginalTitle"

FILMS = [
    "tt0042192 movie All_About_Eve All_About_Eve 0 1950 \\N 138 Drama",
    "tt0900001 movie The_Fan The_Fan 0 1962 \\N 90 Drama",
    "tt0900002 tvEpisode Pilot Pilot 0 1962 \\N 90 Drama",
    "tt0900003 movie Der_Blaue_Stein Der_Blaue_Stein 0 \\N \\N 90 Drama",
]
CREDITS = [
    'tt0042192 1 nm0000012 actress \\N ["Margo"]',
    "tt0042192 2 nm0000581 director \\N \\N",
    'tt0900001 1 nm0000900 actor \\N ["Bill"]',
    "tt0900001 2 nm0000901 director \\N \\N",
    "tt0900001 3 nm0000902 composer \\N \\N",
    "tt0900002 1 nm0000903 actor \\N \\N",
    'tt0900003 1 nm0000904 actor \\N ["Karl"]',
]
PEOPLE = [
    "nm0000012 Bette_Davis 1908 1989 actress tt0042192",
    "nm0000581 Joseph_L._Mankiewicz 1909 1993 director tt0042192",
    "nm0000900 John_Smith 1930 \\N actor tt0900001",
    "nm0000901 Ann_Other \\N \\N director tt0900001",
    "nm0000902 Max_Klang \\N \\N composer tt0900001",
    "nm0000903 Nobody_Here \\N \\N actor tt0900002",
    "nm0000904 John_Smith 1950 \\N actor tt0900003",
]


def write_tsv(path: Path, columns: str, rows: Sequence[str]) -> Path:
    """A table whose cells are parted by spaces here, with _ for a space within."""
    lines = ["\t".join(row.replace("_", " ") for row in line.split(" ")) for line in rows]
    text = "\n".join(["\t".join(columns.split()), *lines]) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path


def imdb_tables(folder: Path) -> Path:
    """A folder of IMDb's tables."""
    write_tsv(folder / "title.basics.tsv.gz", BASICS, FILMS)
    write_tsv(folder / "title.principals.tsv.gz", PRINCIPALS, CREDITS)
    write_tsv(folder / "name.basics.tsv.gz", NAMES, PEOPLE)
    return folder


def small_catalogue(path: Path) -> Path:
    """A catalogue of two films: one with identifiers, one with title, year and people only."""
    people = ["Bette Davis", "Joseph L. Mankiewicz", "Ann Other"]
    ordered = sorted(people, key=name_key)
    number = {name: at for at, name in enumerate(ordered, start=1)}
    films = [
        ("All About Eve", 1950, 42192, 200299, 5.3, ["Joseph L. Mankiewicz"], ["Bette Davis"]),
        ("The Fan", 1963, None, None, 2.0, ["Ann Other"], []),
    ]
    rows = sqlite3.connect(path)
    create(rows)
    films_of: dict[str, list[int]] = {}
    for at, (title, year, imdb, item, prior, directors, cast) in enumerate(films, start=1):
        credited = [Credit(number[name], "d", "") for name in directors]
        credited += [Credit(number[name], "a", "Margo Channing") for name in cast]
        rows.execute(
            "INSERT INTO film VALUES (?, ?, ?, NULL, NULL, ?, ?, NULL, ?, 0, NULL, ?)",
            (at, title, year, item, imdb, prior, pack_credits(credited)),
        )
        for name in (*directors, *cast):
            films_of.setdefault(name, []).append(at)
        names = names_of(title, (), series=False)
        rows.executemany(
            "INSERT INTO name VALUES (?, ?, ?)", [(n, at, k) for n, k in names.items()]
        )
        rows.executemany("INSERT INTO word VALUES (?, ?)", [(w, at) for w in words_of(title, ())])
    for name in ordered:
        rows.execute(
            "INSERT INTO person VALUES (?, ?, NULL, ?)",
            (number[name], name, pack_ids(films_of[name])),
        )
    rows.executemany("INSERT INTO surname VALUES (?, ?, ?)", surname_rows(map(name_key, ordered)))
    rows.commit()
    rows.close()
    return path


def imported(
    folder: Path, *sources: str | Path, progress: Progress | None = None, **options: object
) -> tuple[Catalogue, Faults]:
    """The catalogue of an import over the small one, and what was counted."""
    folder.mkdir(exist_ok=True)
    beneath = folder / "beneath.sqlite"
    if not beneath.exists():
        small_catalogue(beneath)
    faults = import_catalogue(
        [str(source) for source in sources],
        folder / "catalogue",
        options=ImportOptions(beneath=beneath, **options),  # type: ignore[arg-type]
        progress=progress,
    )
    return Catalogue.open(folder / "catalogue"), faults
