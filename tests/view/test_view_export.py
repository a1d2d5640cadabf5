import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from view_examples import EVE, MOTHER, OPENING, STREETCAR, films

from kg.errors import KgError, UsageError
from kg.model import Literal
from kg.view import export
from kg.view.facts import Facts
from kg.view.neighbourhood import find_film, surroundings


class Nothing:
    """A graph that holds nothing."""

    base = "https://example.org/kg/"
    variables: tuple[str, ...] = ()

    def query(self, sparql: str) -> "Nothing":
        assert sparql.startswith("SELECT")
        return self

    def rows(self) -> Iterator[tuple[str | Literal | None, ...]]:
        return iter(())


@pytest.fixture
def graph(monkeypatch: pytest.MonkeyPatch) -> Nothing:
    """A graph whose facts are those of the examples."""
    monkeypatch.setattr(export, "read", lambda _source: films())
    return Nothing()


@pytest.mark.parametrize("ending", export.FORMATS)
def test_every_ending_writes_its_format_and_reports_what_is_in_it(
    ending: str, tmp_path: Path, graph: Nothing
) -> None:
    drawn = export.write(tmp_path / f"films{ending}", graph)
    assert (drawn.films, drawn.references) == (6, 5)
    assert b"All About Eve" in drawn.path.read_bytes()


@pytest.mark.parametrize("ending", export.FORMATS)
def test_an_empty_graph_can_be_written(ending: str, tmp_path: Path) -> None:
    drawn = export.write(tmp_path / f"films{ending}", Nothing())
    assert drawn.films == 0
    assert drawn.path.stat().st_size > 0


def test_a_compressed_file_holds_the_same_and_is_the_same_every_time(
    tmp_path: Path, graph: Nothing
) -> None:
    export.write(tmp_path / "films.svg", graph)
    export.write(tmp_path / "films.svg.gz", graph)
    first = (tmp_path / "films.svg.gz").read_bytes()
    export.write(tmp_path / "films.svg.gz", graph)
    assert gzip.decompress(first) == (tmp_path / "films.svg").read_bytes()
    assert first == (tmp_path / "films.svg.gz").read_bytes()


def test_an_unknown_ending_is_refused_with_the_known_ones(tmp_path: Path, graph: Nothing) -> None:
    with pytest.raises(UsageError, match=r"\.csv \.gexf \.graphml \.html \.svg"):
        export.write(tmp_path / "films.pdf", graph)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, graph: Nothing) -> None:
    with pytest.raises(KgError, match="make the folder"):
        export.write(tmp_path / "nowhere" / "films.svg", graph)


def test_a_failed_write_leaves_the_former_file_and_no_other(tmp_path: Path) -> None:
    target = tmp_path / "films.svg"
    target.mkdir()
    with pytest.raises(KgError, match="unchanged"):
        export.replace(target, b"new")
    assert list(tmp_path.iterdir()) == [target]


def test_a_drawing_shows_the_surroundings_of_a_film(tmp_path: Path, graph: Nothing) -> None:
    drawn = export.draw(graph, tmp_path / "n.svg", films=["opening night"])
    assert (drawn.films, drawn.references) == (2, 1)
    assert "Around Opening Night" in drawn.path.read_text(encoding="utf-8")


def test_a_drawing_says_how_many_films_it_leaves_out(tmp_path: Path, graph: Nothing) -> None:
    drawn = export.draw(graph, tmp_path / "n.html", films=["All About Eve"], steps=2, limit=3)
    assert (drawn.films, drawn.left_out) == (3, 1)


def test_a_drawing_without_a_film_shows_the_surroundings_of_the_most_referenced(
    tmp_path: Path, graph: Nothing
) -> None:
    drawn = export.draw(graph, tmp_path / "n.svg", limit=2)
    assert "All About Eve" in drawn.path.read_text(encoding="utf-8")
    assert (drawn.films, drawn.references, drawn.left_out) == (2, 2, 4)


def test_a_film_without_references_can_be_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "read", lambda _source: Facts(films().things))
    drawn = export.draw(Nothing(), tmp_path / "n.svg", films=["Opening Night"])
    assert drawn.films == 1
    assert "Opening Night (1977)" in drawn.path.read_text(encoding="utf-8")


def test_a_limit_that_shows_nothing_is_refused(tmp_path: Path, graph: Nothing) -> None:
    with pytest.raises(UsageError, match="limit of at least 2"):
        export.draw(graph, tmp_path / "n.svg", limit=1)


@pytest.mark.parametrize(
    "name", ["All About Eve", "all  about EVE!", "About Eve", "All About Eve (1950)", EVE]
)
def test_a_film_is_found_by_any_of_its_names(name: str) -> None:
    assert find_film(films(), name) == EVE


def test_accents_make_no_difference() -> None:
    assert find_film(films(), "Todo sobre mi mádre") == MOTHER


@pytest.mark.parametrize("name", ["All Abut Eve", "All About Eve (1951)"])
def test_an_unknown_film_is_refused_with_the_nearest_title(name: str) -> None:
    with pytest.raises(UsageError, match=r"did you mean All About Eve \(1950\)"):
        find_film(films(), name)


def test_nearer_films_come_before_farther_ones() -> None:
    part, left_out = surroundings(films(), [OPENING], steps=3, limit=3)
    assert sorted(iri for iri in part.things if "/film/" in iri) == [EVE, MOTHER, OPENING]
    assert left_out == 1
    assert STREETCAR not in part.things


def test_a_part_keeps_the_credits_and_people_of_its_films() -> None:
    part, _ = surroundings(films(), [OPENING], steps=1, limit=10)
    assert {part.things[credit.person].label for credit in part.credits} == {
        "Bette Davis", "Joseph L. Mankiewicz",
    }  # fmt: skip


def test_a_film_without_references_is_drawn_alone() -> None:
    facts = films()
    alone = Facts(facts.things, (), (), ())
    part, left_out = surroundings(alone, [EVE], steps=1, limit=10)
    assert (list(part.things), left_out) == ([EVE], 0)
