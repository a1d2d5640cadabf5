import gzip
import json
from pathlib import Path

import pytest
from import_examples import imported

from kg.errors import ReadError, UsageError
from kg.link import Catalogue
from kg.link.imports import Form
from kg.link.imports.columns import column_map
from kg.link.known import Film

ITEM = "http://www.wikidata.org/entity/Q"


def film(catalogue: Catalogue, title: str) -> Film:
    (found,) = catalogue.films(title)
    return found.film


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_csv_of_wikidata_may_take_many_rows_for_a_film(tmp_path: Path) -> None:
    rows = [
        "film,filmLabel,date,imdb,directorLabel,castLabel,sitelinks",
        f"{ITEM}90001,Amber Road,1971-03-01T00:00:00Z,tt0900011,Ann Other,Bo Player,28",
        f"{ITEM}90001,Amber Road,1970-11-01T00:00:00Z,tt0900011,Ann Other,Cy Player,28",
        f"{ITEM}90002,Q90002,,,,,0",
    ]
    path = written(tmp_path / "query.csv", "\n".join(rows))
    catalogue, faults = imported(tmp_path, path)
    amber = film(catalogue, "Amber Road")
    assert (amber.year, amber.wikidata, amber.imdb, amber.prior) == (1970, 90001, 900011, 3.0)
    assert [member.name for member in amber.cast] == ["Bo Player", "Cy Player"]
    assert faults.bad.counts == {"no title, left out": 1}


@pytest.mark.parametrize("plain", [True, False], ids=["a list", "SPARQL results"])
def test_json_of_wikidata_is_read_as_a_list_or_as_results(tmp_path: Path, plain: bool) -> None:
    row = {"item": f"{ITEM}200299", "itemLabel": "All About Eve", "tmdb": "705"}
    bindings = [{name: {"type": "literal", "value": value} for name, value in row.items()}]
    content = [row] if plain else {"head": {"vars": [*row]}, "results": {"bindings": bindings}}
    path = written(tmp_path / "query.json", json.dumps(content, indent=1))
    catalogue, _ = imported(tmp_path, path)
    eve = film(catalogue, "All About Eve")
    assert (eve.imdb, eve.tmdb, eve.year) == (42192, 705, 1950)


def test_json_that_breaks_off_is_an_error_with_its_line(tmp_path: Path) -> None:
    row = {"item": f"{ITEM}1", "itemLabel": "Eve"}
    path = written(tmp_path / "query.json", json.dumps([row, row], indent=1)[:-20])
    with pytest.raises(ReadError, match=r"query\.json, line \d: .*breaks off"):
        imported(tmp_path, path)


def test_a_daily_export_of_tmdb_gives_titles_and_identifiers(tmp_path: Path) -> None:
    rows = [
        {"adult": False, "id": 90, "original_title": "Amber Road", "popularity": 60.0},
        {"adult": True, "id": 91, "original_title": "Left Out", "popularity": 1.0},
    ]
    path = tmp_path / "movie_ids_05_15_2024.json.gz"
    text = "\n".join([*map(json.dumps, rows), "{broken"])
    path.write_bytes(gzip.compress(text.encode()))
    catalogue, faults = imported(tmp_path, path)
    amber = film(catalogue, "Amber Road")
    assert (amber.tmdb, amber.year, amber.prior) == (90, None, 2.0)
    assert catalogue.films("Left Out") == []
    assert faults.bad.counts == {"no JSON, left out": 1}


def test_a_table_of_tmdb_gives_people_and_parts(tmp_path: Path) -> None:
    cast = json.dumps([{"name": "Bo Player", "character": "Hero"}]).replace('"', '""')
    crew = json.dumps([{"name": "Ann Other", "job": "Director"}]).replace('"', '""')
    path = written(
        tmp_path / "tmdb.csv",
        "id,original_title,title,release_date,imdb_id,vote_count,cast,crew\n"
        f'90,Strada,Amber Road,1970-11-01,tt0900011,600,"{cast}","{crew}"\n',
    )
    catalogue, _ = imported(tmp_path, path)
    amber = film(catalogue, "Strada")
    assert (amber.title, amber.year, amber.tmdb, amber.prior) == ("Amber Road", 1970, 90, 2.0)
    assert [(m.name, m.job, m.part) for m in amber.people] == [
        ("Ann Other", "d", ""),
        ("Bo Player", "a", "Hero"),
    ]


def test_movielens_gives_years_other_titles_and_identifiers(tmp_path: Path) -> None:
    folder = tmp_path / "ml"
    folder.mkdir()
    written(
        folder / "movies.csv",
        'movieId,title,genres\n1,"Strada, La (Road, The) (1954)",Drama\n2,Nameless Thing,Drama\n',
    )
    written(folder / "links.csv", "movieId,imdbId,tmdbId\n1,0900011,90\n")
    catalogue, _ = imported(tmp_path, folder)
    strada = film(catalogue, "La Strada")
    assert (strada.year, strada.imdb, strada.tmdb) == (1954, 900011, 90)
    assert strada.others == ("The Road",)
    assert film(catalogue, "Nameless Thing").year is None


def test_any_csv_is_read_with_a_map_of_its_columns(tmp_path: Path) -> None:
    path = written(
        tmp_path / "mine.csv",
        "Werk;Jahr;Regie;Stars\nAmber Road;1970;Ann Other;Bo Player=Hero | Cy Player\n",
    )
    columns = column_map("title=Werk,year=Jahr,director=Regie,cast=Stars")
    catalogue, _ = imported(tmp_path, path, columns=columns)
    amber = film(catalogue, "Amber Road")
    assert [(m.name, m.part) for m in amber.people] == [
        ("Ann Other", ""),
        ("Bo Player", "Hero"),
        ("Cy Player", ""),
    ]


def test_a_cell_with_a_line_break_keeps_the_lines_numbers_right(tmp_path: Path) -> None:
    path = written(tmp_path / "mine.csv", 'title,year\n"Amber\nRoad",1970\nEve,1950,x\n')
    catalogue, faults = imported(tmp_path, path)
    assert film(catalogue, "Amber Road").year == 1970
    assert faults.examples["wrong number of columns, left out"] == [
        "mine.csv, line 4: expected 2 columns, found 3; the line was left out"
    ]


def test_a_csv_without_a_title_is_told_how_to_name_one(tmp_path: Path) -> None:
    path = written(tmp_path / "mine.csv", "werk,jahr\nEve,1950\n")
    with pytest.raises(ReadError, match=r"mine\.csv, line 1: .*--columns title=COLUMN"):
        imported(tmp_path, path)


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "mine.csv", "werk,jahr\nEve,1950\n")
    with pytest.raises(ReadError, match="'Titel' for the title, found werk, jahr"):
        imported(tmp_path, path, columns={"title": "Titel"})


def test_a_map_of_columns_that_says_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="found 'Werk'"):
        column_map("Werk")


TURTLE = """
@prefix schema: <https://schema.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
<http://example.org/amber> a schema:Movie ; schema:name "Amber Road"@en, "Bernsteinweg"@de ;
  schema:datePublished "1970-11-01" ; owl:sameAs <http://www.wikidata.org/entity/Q90001> ;
  schema:sameAs <https://www.imdb.com/title/tt0900011/> ;
  schema:director [ a schema:Person ; schema:name "Ann Other" ] ;
  schema:actor [ a schema:PerformanceRole ; schema:actor [ schema:name "Bo Player" ] ;
                 schema:characterName "Hero" ] .
"""


def test_rdf_that_describes_films_is_read(tmp_path: Path) -> None:
    catalogue, _ = imported(tmp_path, written(tmp_path / "films.ttl", TURTLE))
    amber = film(catalogue, "Bernsteinweg")
    assert (amber.title, amber.year, amber.wikidata, amber.imdb) == (
        "Amber Road",
        1970,
        90001,
        900011,
    )
    assert [(m.name, m.job, m.part) for m in amber.people] == [
        ("Ann Other", "d", ""),
        ("Bo Player", "a", "Hero"),
    ]


@pytest.mark.parametrize("packed", [True, False], ids=["gzipped", "plain"])
def test_rdf_is_read_by_what_is_in_it_not_by_its_name(tmp_path: Path, packed: bool) -> None:
    text = {"@context": {"@vocab": "https://schema.org/"}, "@type": "Movie", "name": "Amber Road"}
    path = tmp_path / "films.json"
    content = json.dumps(text).encode()
    path.write_bytes(gzip.compress(content) if packed else content)
    catalogue, _ = imported(tmp_path, path)
    assert film(catalogue, "Amber Road").year is None


def test_rdf_of_an_unknown_ending_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    path = written(tmp_path / "films.txt", TURTLE)
    with pytest.raises(ReadError, match=r"films\.txt: expected RDF .*\.ttl, .*found \.txt"):
        imported(tmp_path, path, form=Form.RDF)


def test_rdf_that_is_none_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path / "films.ttl", TURTLE.replace('"Amber Road"@en', '"Amber Road'))
    with pytest.raises(ReadError, match=r"films\.ttl, line 4"):
        imported(tmp_path, path)


def test_rdf_without_films_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "films.nt", "<http://a.org/> <http://a.org/b> <http://a.org/c> .\n")
    with pytest.raises(ReadError, match="found none among 1 triples"):
        imported(tmp_path, path)


def test_one_identifier_with_another_title_and_year_is_another_film(tmp_path: Path) -> None:
    path = written(tmp_path / "mine.csv", "title,year,imdb\nAmber Road,1990,tt0042192\n")
    catalogue, faults = imported(tmp_path, path)
    assert film(catalogue, "All About Eve").imdb == 42192
    assert film(catalogue, "Amber Road").imdb is None
    assert faults.tally.counts["identifiers that two sources give to two films (imdb)"] == 1


def test_what_nobody_understands_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"notes\.doc: expected a table"):
        imported(tmp_path, written(tmp_path / "notes.doc", "nothing"))
    with pytest.raises(UsageError, match="found no"):
        imported(tmp_path, tmp_path / "absent")


def test_the_form_can_be_told(tmp_path: Path) -> None:
    path = written(tmp_path / "notes.doc", "title,year\nAmber Road,1970\n")
    catalogue, _ = imported(tmp_path, path, form=Form.CSV)
    assert film(catalogue, "Amber Road").year == 1970
