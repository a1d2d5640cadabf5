import sqlite3
from pathlib import Path

import pytest
from import_examples import imported

from kg.errors import UsageError
from kg.link import Catalogue
from kg.link.folder import VARIABLE, chosen, current, of_graph, usual
from kg.link.imports.run import WORK


def table(folder: Path, name: str, title: str) -> Path:
    path = folder / name
    path.write_text(f"title,year\n{title},1970\n", encoding="utf-8")
    return path


class Killed:
    """A progress that ends the import in the middle of its writing."""

    def start(self, stage: str, total: int | None) -> None:  # noqa: ARG002 - the Protocol's
        if stage == "Writing people":
            raise KeyboardInterrupt

    def advance(self, steps: int = 1) -> None:
        pass


def test_a_second_import_keeps_what_the_first_brought(tmp_path: Path) -> None:
    first, _ = imported(tmp_path, table(tmp_path, "one.csv", "Amber Road"))
    path = first.films("Amber Road")[0].film.entity.id
    both, _ = imported(tmp_path, table(tmp_path, "two.csv", "Blue Lane"))
    assert [found.film.title for found in both.films("Blue Lane")] == ["Blue Lane"]
    assert both.films("Amber Road")[0].film.entity.id == path
    assert both.info()["imported"].count("\n") == 1


def test_an_import_anew_forgets_the_first(tmp_path: Path) -> None:
    imported(tmp_path, table(tmp_path, "one.csv", "Amber Road"))
    catalogue, _ = imported(tmp_path, table(tmp_path, "two.csv", "Blue Lane"), anew=True)
    assert catalogue.films("Amber Road") == []
    assert catalogue.films("All About Eve")


def test_importing_the_same_again_changes_no_film(tmp_path: Path) -> None:
    path = table(tmp_path, "one.csv", "Amber Road")
    imported(tmp_path, path)
    catalogue, _ = imported(tmp_path, path)
    assert catalogue.info()["films"] == "3"


def test_a_killed_import_leaves_the_old_catalogue(tmp_path: Path) -> None:
    imported(tmp_path, table(tmp_path, "one.csv", "Amber Road"))
    with pytest.raises(KeyboardInterrupt):
        imported(tmp_path, table(tmp_path, "two.csv", "Blue Lane"), progress=Killed())
    with Catalogue.open(tmp_path / "catalogue") as catalogue:
        assert catalogue.films("Amber Road")
        assert not catalogue.films("Blue Lane")


def test_what_a_killed_import_left_behind_is_cleared(tmp_path: Path) -> None:
    work = tmp_path / "catalogue" / WORK
    (work / "rdf").mkdir(parents=True)
    (work / "staging.sqlite").write_text("half a file")
    imported(tmp_path, table(tmp_path, "one.csv", "Amber Road"))
    assert sorted(path.name for path in (tmp_path / "catalogue").iterdir()) == [
        "CURRENT",
        "catalogue-1.sqlite",
    ]


def test_two_imports_at_once_are_refused(tmp_path: Path) -> None:
    work = tmp_path / "catalogue" / WORK
    work.mkdir(parents=True)
    lock = sqlite3.connect(work / "lock.sqlite", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    with pytest.raises(UsageError, match="found one under way"):
        imported(tmp_path, table(tmp_path, "one.csv", "Amber Road"))
    lock.close()


def test_a_reader_keeps_what_it_opened(tmp_path: Path) -> None:
    first, _ = imported(tmp_path, table(tmp_path, "one.csv", "Amber Road"))
    imported(tmp_path, table(tmp_path, "two.csv", "Blue Lane"))
    assert first.films("Amber Road")
    assert not first.films("Blue Lane")


def test_a_folder_without_catalogue_is_told_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="kg catalogue import"):
        Catalogue.open(tmp_path)


def test_the_users_own_catalogue_is_used_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "catalogue"))
    assert usual() == tmp_path / "catalogue"
    with pytest.raises(UsageError, match="expected a catalogue"):
        chosen(None)
    imported(tmp_path, table(tmp_path, "one.csv", "Amber Road"))
    assert chosen(None) == tmp_path / "catalogue"
    assert chosen(Path("shipped")) is None


def test_a_graph_keeps_its_catalogue_in_mind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "none"))
    monkeypatch.delenv(VARIABLE, raising=False)
    imported(tmp_path, table(tmp_path, "one.csv", "Amber Road"))
    graph = tmp_path / "graph"
    graph.mkdir()
    place = tmp_path / "catalogue"
    assert of_graph(graph, None) is None
    assert of_graph(graph, place) == place
    assert of_graph(graph, None) == place
    assert current(place).name == "catalogue-1.sqlite"
    assert of_graph(graph, Path("shipped")) is None
    assert of_graph(graph, None) is None
