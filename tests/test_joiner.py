"""Two graphs joined: pages, corrections, and films that meet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.builder import EXTRACTIONS, relink
from kg.engine.cache import Cache
from kg.engine.userword import CORRECTIONS
from kg.errors import StoreError, UsageError
from kg.graph.serialise import serialise
from kg.graph.store import Store
from kg.joiner import join
from kg.model import (
    Cluster,
    Evidence,
    Extraction,
    Kind,
    Mention,
    Page,
    Relation,
    RelationName,
    Span,
    Zone,
    ZoneKind,
)


def review(page: str, director: str, *, mark: str = "") -> Extraction:
    text = f"The Lamp of Sorrow by {director} is a fine film{mark}."
    start = text.index(director)
    film = Cluster("F1", Kind.FILM, "The Lamp of Sorrow", (Mention(0, 18, Kind.FILM),))
    person = Cluster(
        "P1", Kind.PERSON, director, (Mention(start, start + len(director), Kind.PERSON),)
    )
    said = Relation(RelationName.DIRECTOR, "F1", "P1", Evidence(text, Span(0, len(text))), 0.9)
    zones = (Zone(ZoneKind.PROSE, 0, len(text)),)
    return Extraction(
        Page(page, f"{page}.txt", text, zones), (film, person), (said,), (), "F1", "m"
    )


def make(graph: Path, *pages: Extraction, base: str | None = None, corrections: str = "") -> Path:
    with Store.open(graph, write=True, base=base), Cache(graph / EXTRACTIONS) as cache:
        cache.put((page, page.page.text) for page in pages)
    if corrections:
        (graph / CORRECTIONS).write_text(corrections, encoding="utf-8")
    relink(graph)
    return graph


def quads(graph: Path) -> bytes:
    with Store.open(graph) as store:
        return serialise(store, ".nq")


ONE = review("one", "Oda Brandt")
OTHER = review("other", "Oda Brandtt")


def test_a_joined_graph_is_that_of_all_pages_built_at_once(tmp_path: Path) -> None:
    both = make(tmp_path / "both", ONE, OTHER)
    joined = join(make(tmp_path / "a", ONE), make(tmp_path / "b", OTHER), into=tmp_path / "joined")
    assert quads(tmp_path / "joined") == quads(both)
    assert joined.pages == (1, 1, 2)
    assert [one["films"] for one in joined.counts] == [1, 1, 1]


def test_without_a_third_folder_the_first_takes_the_second_in(tmp_path: Path) -> None:
    first, second = make(tmp_path / "a", ONE), make(tmp_path / "b", OTHER)
    before = quads(second)
    join(first, second)
    assert quads(first) == quads(make(tmp_path / "both", ONE, OTHER))
    assert quads(second) == before


def test_a_page_that_both_have_is_there_once_and_the_first_reading_stays(tmp_path: Path) -> None:
    again = review("one", "Oda Brandt", mark=", they say")
    joined = join(
        make(tmp_path / "a", ONE, OTHER), make(tmp_path / "b", again, OTHER), into=tmp_path / "c"
    )
    assert (joined.pages, joined.shared, joined.differing) == ((2, 2, 2), 2, ["one.txt"])
    assert b"they say" not in quads(tmp_path / "c")


def test_corrections_of_both_are_kept_and_a_contradiction_is_told(tmp_path: Path) -> None:
    same = "same\tperson/a\tperson/b\n"
    apart = "different\tperson/a\tperson/b\nwrong\tfilm/x\tschema:genre\tdrama\n"
    joined = join(
        make(tmp_path / "a", ONE, corrections=same),
        make(tmp_path / "b", OTHER, corrections=apart),
        into=tmp_path / "c",
    )
    assert len(joined.conflicts) == 1
    kept = (tmp_path / "c" / CORRECTIONS).read_text(encoding="utf-8")
    assert "person/b" in kept
    assert "drama" in kept
    assert "different" not in kept


def test_a_join_done_again_changes_nothing(tmp_path: Path) -> None:
    first, second = make(tmp_path / "a", ONE), make(tmp_path / "b", OTHER)
    join(first, second)
    before = quads(first)
    join(first, second)
    assert quads(first) == before


def test_the_second_graph_comes_under_the_base_of_the_first(tmp_path: Path) -> None:
    joined = join(
        make(tmp_path / "a", ONE),
        make(tmp_path / "b", OTHER, base="https://example.org/kg/"),
        into=tmp_path / "c",
    )
    assert joined.counts[2]["films"] == 1
    assert b"example.org" not in quads(tmp_path / "c")


def test_a_graph_joined_with_itself_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="two graphs"):
        join(make(tmp_path / "a", ONE), tmp_path / "a")


def test_a_folder_that_holds_a_graph_is_not_written_over(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="new folder"):
        join(
            make(tmp_path / "a", ONE),
            make(tmp_path / "b", OTHER),
            into=make(tmp_path / "c", replace(ONE)),
        )


def test_a_graph_without_its_extractions_is_refused(tmp_path: Path) -> None:
    second = make(tmp_path / "b", OTHER)
    (second / EXTRACTIONS).unlink()
    with pytest.raises(StoreError, match="extractions of the graph"):
        join(make(tmp_path / "a", ONE), second)
