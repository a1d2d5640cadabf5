import gzip
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from import_examples import (
    AKAS,
    BASICS,
    CREDITS,
    FILMS,
    NAMES,
    PEOPLE,
    PRINCIPALS,
    imdb_tables,
    imported,
    write_tsv,
)

from kg.errors import ReadError, UsageError
from kg.link.imports.finish import pack_groups
from kg.link.schema import pack_ids
from kg.model import Entity


def test_films_of_the_tables_are_found_with_their_people(tmp_path: Path) -> None:
    catalogue, _ = imported(tmp_path, imdb_tables(tmp_path / "imdb"))
    (film,) = [found.film for found in catalogue.films("Blaue Stein, Der")]
    assert [(member.name, member.part) for member in film.cast] == [("John Smith", "Karl")]
    assert film.imdb == 900003


def test_what_the_catalogue_knew_stays(tmp_path: Path) -> None:
    catalogue, faults = imported(tmp_path, imdb_tables(tmp_path / "imdb"))
    (film,) = [found.film for found in catalogue.films("All About Eve")]
    assert (film.wikidata, film.prior) == (200299, 5.3)
    assert [(m.name, m.job, m.part) for m in film.people] == [
        ("Joseph L. Mankiewicz", "d", ""),
        ("Bette Davis", "a", "Margo Channing"),
    ]
    assert [person.imdb for person in catalogue.people("Bette Davis")] == [12]
    assert faults.tally.counts["imdb: joined to a film that is known"] == 1


def test_a_film_without_identifier_is_joined_by_title_year_and_people(tmp_path: Path) -> None:
    catalogue, _ = imported(tmp_path, imdb_tables(tmp_path / "imdb"))
    (film,) = [found.film for found in catalogue.films("The Fan")]
    assert (film.year, film.imdb, film.entity.id) == (1963, 900001, "film/the-fan-1963")
    assert {member.name for member in film.people} == {"Ann Other", "John Smith"}


def test_a_film_of_that_title_with_other_people_is_another(tmp_path: Path) -> None:
    tables = imdb_tables(tmp_path / "imdb")
    people = [row.replace("Ann_Other", "Someone_Else") for row in PEOPLE]
    write_tsv(tables / "name.basics.tsv.gz", NAMES, people)
    catalogue, _ = imported(tmp_path, tables)
    assert len(catalogue.films("The Fan")) == 2


def test_two_people_of_one_name_stay_two(tmp_path: Path) -> None:
    catalogue, _ = imported(tmp_path, imdb_tables(tmp_path / "imdb"))
    assert sorted(person.imdb or 0 for person in catalogue.people("John Smith")) == [900, 904]


def test_who_did_something_else_is_found_too(tmp_path: Path) -> None:
    catalogue, faults = imported(tmp_path, imdb_tables(tmp_path / "imdb"))
    (person,) = catalogue.people("Max Klang")
    assert [catalogue.film(number).title for number in person.films] == ["The Fan"]
    assert faults.tally.counts["imdb: credits kept as a person's films only"] == 1


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    catalogue, faults = imported(tmp_path, imdb_tables(tmp_path / "imdb"))
    assert catalogue.people("Nobody Here") == []
    assert faults.tally.counts["imdb: titles left out, no film but tvEpisode"] == 1
    assert faults.tally.counts["imdb: names left out, without a credit in a film"] == 1
    assert catalogue.info()["imdb: names left out, without a credit in a film"] == "1"


def test_other_titles_and_votes_are_taken_in(tmp_path: Path) -> None:
    tables = imdb_tables(tmp_path / "imdb")
    write_tsv(tables / "title.akas.tsv.gz", AKAS, ["tt0900003 1 The_Blue_Stone US \\N \\N \\N 0"])
    rating = ["tt0900003 7.0 28000"]
    write_tsv(tables / "title.ratings.tsv.gz", "tconst averageRating numVotes", rating)
    catalogue, _ = imported(tmp_path, tables)
    (film,) = [found.film for found in catalogue.films("Blue Stone")]
    assert (film.others, film.prior) == (("The Blue Stone",), 3.0)


def test_directors_come_from_the_crew_where_they_stand_only_there(tmp_path: Path) -> None:
    tables = imdb_tables(tmp_path / "imdb")
    write_tsv(
        tables / "title.crew.tsv.gz", "tconst directors writers", ["tt0900003 nm0000901 nm0000902"]
    )
    catalogue, _ = imported(tmp_path, tables)
    (film,) = [found.film for found in catalogue.films("Der Blaue Stein")]
    assert [member.name for member in film.directors] == ["Ann Other"]


def test_a_truncated_gzip_names_file_and_line_and_leaves_the_catalogue(tmp_path: Path) -> None:
    tables = imdb_tables(tmp_path / "imdb")
    imported(tmp_path, tables)[0].close()
    rows = [
        f"tt09{at:05} movie Film_{at * 7919} Film_{at * 7919} 0 1950 \\N 9 Drama"
        for at in range(5000)
    ]
    table = write_tsv(tables / "title.basics.tsv.gz", BASICS, rows)
    table.write_bytes(table.read_bytes()[:-3000])
    with pytest.raises(ReadError, match=r"title\.basics\.tsv\.gz, line \d\d+: .*breaks off"):
        imported(tmp_path, tables)
    catalogue, _ = imported(tmp_path, imdb_tables(tables))
    assert len(catalogue.films("Der Blaue Stein")) == 1


def test_wrong_columns_are_named(tmp_path: Path) -> None:
    tables = imdb_tables(tmp_path / "imdb")
    write_tsv(tables / "title.basics.tsv.gz", "id kind title", ["tt1 movie Eve"])
    with pytest.raises(ReadError, match=r"title\.basics\.tsv\.gz, line 1: .*found id, kind, title"):
        imported(tmp_path, tables)


def test_broken_lines_are_counted_with_file_and_line(tmp_path: Path) -> None:
    tables = imdb_tables(tmp_path / "imdb")
    long = "X" * 10_000
    bad = ["tt1 movie short", f"tt0900009 movie {long} {long} 0 1950 \\N 9 Drama"]
    write_tsv(tables / "title.basics.tsv.gz", BASICS, [*FILMS, *bad])
    _, faults = imported(tmp_path, tables)
    assert faults.bad.counts == {
        "wrong number of columns, left out": 1,
        "title too long, left out": 1,
    }
    assert faults.examples["wrong number of columns, left out"] == [
        "title.basics.tsv.gz, line 6: expected 9 columns, found 3; the line was left out"
    ]
    (example,) = faults.examples["title too long, left out"]
    assert example.startswith("title.basics.tsv.gz, line 7: expected a title of at most 1,000")


def test_a_line_in_another_encoding_is_read_and_told(tmp_path: Path) -> None:
    tables = imdb_tables(tmp_path / "imdb")
    path = tables / "title.basics.tsv.gz"
    text = gzip.decompress(path.read_bytes()).replace(
        b"Der Blaue Stein", "Der Süße Stein".encode("cp1252")
    )
    path.write_bytes(gzip.compress(text))
    catalogue, faults = imported(tmp_path, tables)
    assert catalogue.films("Süße Stein")[0].film.title == "Der Süße Stein"
    assert faults.bad.counts == {"not UTF-8, read as Windows-1252": 1}


def test_repeated_rows_add_nothing(tmp_path: Path) -> None:
    tables = imdb_tables(tmp_path / "imdb")
    once, _ = imported(tmp_path / "once", tables)
    write_tsv(tables / "title.basics.tsv.gz", BASICS, FILMS * 500)
    write_tsv(tables / "title.principals.tsv.gz", PRINCIPALS, sorted(CREDITS * 500))
    write_tsv(tables / "name.basics.tsv.gz", NAMES, PEOPLE * 500)
    often, _ = imported(tmp_path / "often", tables)
    for catalogue in (once, often):
        assert int(catalogue.info()["films"]) == 3
    assert dump(often.path) == dump(once.path)


def dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as rows:
        lines = [line for line in rows.iterdump() if '"info"' not in line]
    rows.close()
    return lines


def test_tables_without_the_list_of_titles_are_refused(tmp_path: Path) -> None:
    path = write_tsv(tmp_path / "imdb" / "name.basics.tsv.gz", NAMES, PEOPLE)
    with pytest.raises(UsageError, match=r"expected title\.basics\.tsv\.gz"):
        imported(tmp_path, path)


def test_packing_all_at_once_is_packing_one_by_one() -> None:
    random = np.random.default_rng(1)
    people = np.sort(random.integers(3, 40, 300))
    films = random.integers(1, 1 << 30, 300)
    films[:20] %= 200
    both = np.unique((people << 32) | films)
    packed = list(pack_groups(both >> 32, both & 0xFFFFFFFF, 1, 45))
    wanted = [
        pack_ids(int(film) for film in (both & 0xFFFFFFFF)[both >> 32 == person])
        for person in range(1, 45)
    ]
    assert packed == wanted


def test_only_the_best_known_of_a_name_gives_it_an_identifier(tmp_path: Path) -> None:
    catalogue, _ = imported(tmp_path, imdb_tables(tmp_path / "imdb"))
    named = {
        person.same_as
        for title in ("The Fan", "Der Blaue Stein")
        for fact in catalogue.facts(catalogue.films(title)[0].film.entity)
        if isinstance(person := fact.value, Entity) and person.name == "John Smith"
    }
    assert named == {("https://www.imdb.com/name/nm0000900/",), ()}
