import sqlite3
import time
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.link import Catalogue
from kg.model import Entity, Field, Kind


def first(catalogue: Catalogue, name: str) -> tuple[str, int | None]:
    found = catalogue.films(name)
    assert found, f"nothing found for {name!r}"
    return found[0].film.title, found[0].film.year


@pytest.mark.parametrize(
    ("name", "title", "year"),
    [
        ("All About Eve", "All About Eve", 1950),
        ("all about eve", "All About Eve", 1950),
        ("Godfather", "The Godfather", 1972),
        ("Godfather, The", "The Godfather", 1972),
        ("Thelma and Louise", "Thelma & Louise", 1991),
        ("Amelie", "Amélie", 2001),
        ("Rocky 2", "Rocky II", 1979),
        ("Spiderman", "Spider-Man", 2002),
        ("Sunset Blvd.", "Sunset Boulevard", 1950),
        ("8 1/2", "8½", 1963),
        ("Return of the Jedi", "Return of the Jedi", 1983),
    ],
)
def test_a_film_is_found_however_its_title_is_written(
    catalogue: Catalogue, name: str, title: str, year: int
) -> None:
    assert first(catalogue, name) == (title, year)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Brekaing the Waves", "Breaking the Waves"),
        ("Sunset Boulvard", "Sunset Boulevard"),
        ("Almost Famuos", "Almost Famous"),
        ("Casablanka", "Casablanca"),
    ],
)
def test_a_typing_error_still_finds_the_film(catalogue: Catalogue, name: str, title: str) -> None:
    assert first(catalogue, name)[0] == title


def test_a_few_words_of_a_title_find_it(catalogue: Catalogue) -> None:
    assert "All About Eve" in {found.film.title for found in catalogue.short_forms("About Eve")}


def test_homonyms_come_all_and_the_best_known_first(catalogue: Catalogue) -> None:
    years = [found.film.year for found in catalogue.films("The Fan")]
    assert years[0] == 1996
    assert {1949, 1981, 1996} <= set(years)


def test_one_film_of_several_tables_is_one_film(catalogue: Catalogue) -> None:
    found = [f.film for f in catalogue.films("Breaking the Waves") if f.film.year == 1996]
    assert len(found) == 1
    assert found[0].imdb == 115751
    assert [member.name for member in found[0].directors] == ["Lars von Trier"]


def test_nothing_is_found_for_a_title_that_nobody_bears(catalogue: Catalogue) -> None:
    assert catalogue.films("The Quivering Zookeeper of Qwxzt") == []


def test_people_are_found_without_accents_and_in_capitals(catalogue: Catalogue) -> None:
    assert [person.name for person in catalogue.people("BETTE DAVIS")] == ["Bette Davis"]
    assert catalogue.people("Emmanuelle Beart")[0].name == "Emmanuelle Béart"


def test_people_of_a_near_spelling_are_found(catalogue: Catalogue) -> None:
    assert "Katharine Hepburn" in {p.name for p in catalogue.near_people("Katherine Hepburn")}


def test_a_search_gives_films_and_people_to_choose_from(catalogue: Catalogue) -> None:
    found = catalogue.search("Frankenstein", limit=12)
    assert 1 < len(found) <= 12
    assert found[0].name == "Frankenstein"
    assert catalogue.search("Bette Davis")[-1].id == "person/bette-davis"


def test_the_facts_of_a_film_name_its_year_and_people(catalogue: Catalogue) -> None:
    film = catalogue.films("All About Eve")[0].film.entity
    facts = {
        (fact.field, getattr(fact.value, "name", fact.value)) for fact in catalogue.facts(film)
    }
    assert (Field.YEAR, "1950") in facts
    assert (Field.CAST, "Bette Davis") in facts


def test_what_is_not_linked_has_no_facts(catalogue: Catalogue) -> None:
    unknown = Entity("film/all-about-eve-1950", Kind.FILM, "All About Eve", 1950)
    assert catalogue.facts(unknown) == []


def test_a_film_carries_its_outside_identifiers(catalogue: Catalogue) -> None:
    (same_as,) = {f.film.entity.same_as for f in catalogue.films("Almost Famous")}
    assert "https://www.imdb.com/title/tt0181875/" in same_as
    assert "http://www.wikidata.org/entity/Q726294" in same_as


def test_the_catalogue_tells_what_it_is(catalogue: Catalogue) -> None:
    info = catalogue.info()
    assert info["format"] == "2"
    assert int(info["films"]) > 40_000


def test_opening_takes_no_time(catalogue: Catalogue) -> None:
    times = []
    for _ in range(5):
        started = time.perf_counter()
        Catalogue.open(catalogue.path).close()
        times.append(time.perf_counter() - started)
    assert min(times) < 0.05


def test_a_missing_file_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.sqlite"):
        Catalogue.open(tmp_path / "none.sqlite")


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("not a database, but long enough to be read as one\n" * 50)
    with pytest.raises(UsageError, match="another file"):
        Catalogue.open(other)


def test_a_catalogue_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    with sqlite3.connect(path) as rows:
        rows.execute("CREATE TABLE info (name TEXT, value TEXT)")
        rows.execute("INSERT INTO info VALUES ('format', '99')")
    rows.close()
    with pytest.raises(UsageError, match="found format 99"):
        Catalogue.open(path)
