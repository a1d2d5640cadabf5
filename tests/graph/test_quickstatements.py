"""New facts for Wikidata, read as QuickStatements reads them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from graph_examples import ALL_ABOUT_EVE, CASSAVETES, OPENING_NIGHT, PageOf, magazine_review

from kg.graph.catalogue import catalogue_quads
from kg.graph.mapping import page_graph, quads_of
from kg.graph.quickstatements import Report, write
from kg.graph.selection import Selection
from kg.graph.store import Store
from kg.model import CatalogueFact, Entity, Field, ReferenceKind, RelationName

WIKIDATA = "http://www.wikidata.org/entity/"
DIRECTOR = replace(CASSAVETES, same_as=(WIKIDATA + "Q51488",))
# the forms of values that the tool's parser knows
VALUE = re.compile(
    r'Q\d+|"[^\t]*"|\+\d{4}-\d\d-\d\dT00:00:00Z/(?:9|10|11)|[+-]?\d+(?:\.\d+)?(?:U\d+)?'
)


def review(**entities: Entity) -> PageOf:
    page = magazine_review()
    page.entities.update({"P1": DIRECTOR, **entities})
    return page


def statements(store: Store, tmp_path: Path, *pages: PageOf) -> tuple[list[list[str]], Report]:
    """The commands as a parser sees them: columns, without the summary at the end."""
    for page in pages:
        store.replace_page(page_graph(page.id), quads_of(page.linked()))
    report = write(store, tmp_path / "facts.qs")
    return _read(tmp_path / "facts.qs"), report


def _read(path: Path) -> list[list[str]]:
    found = []
    for line in path.read_text("utf-8").splitlines():
        *columns, summary = line.split("\t")
        assert summary.startswith("/* ")
        assert summary.endswith(" */")
        assert re.fullmatch(r"Q[1-9]\d*", columns[0])
        assert len(columns) % 2 == 1
        for name, value in zip(columns[1::2], columns[2::2], strict=True):
            assert re.fullmatch(r"[PS][1-9]\d*", name)
            assert VALUE.fullmatch(value), value
        found.append(columns)
    return found


def test_a_new_fact_comes_with_the_review_as_its_reference(writer: Store, tmp_path: Path) -> None:
    found, report = statements(writer, tmp_path, review())
    fact = next(one for one in found if one[1] == "P57")
    assert fact[:5] == [
        "Q930396",
        "P57",
        "Q51488",
        "S854",
        '"https://magazine.example/opening-night"',
    ]
    assert (report.lines, report.films) == (len(found), {writer.base + OPENING_NIGHT.id})


def test_the_date_and_the_critic_of_the_review_are_in_the_reference(
    writer: Store, tmp_path: Path
) -> None:
    page = review()
    page.date, page.critic = "2004-05-06", "Ada Reel"
    found, _ = statements(writer, tmp_path, page)
    fact = next(one for one in found if one[1] == "P57")
    assert fact[5:] == ["S577", "+2004-05-06T00:00:00Z/11", "S2093", '"Ada Reel"']


def test_a_length_is_in_minutes(writer: Store, tmp_path: Path) -> None:
    found, _ = statements(writer, tmp_path, review())
    assert ["Q930396", "P2047", "144U7727"] in [one[:3] for one in found]


def test_a_part_qualifies_its_actor(writer: Store, tmp_path: Path) -> None:
    page = review()
    page.entities["P2"] = replace(page.entities["P2"], same_as=(WIKIDATA + "Q229241",))
    found, _ = statements(writer, tmp_path, page)
    actors = {one[2]: one[3:5] for one in found if one[1] == "P161"}
    assert actors == {"Q229241": ["P4633", '"Myrtle Gordon"']}


def test_a_film_that_another_alludes_to_is_its_item(writer: Store, tmp_path: Path) -> None:
    page = review()
    page.references = [replace(one, kind=ReferenceKind.ALLUSION) for one in page.references]
    found, _ = statements(writer, tmp_path, page)
    assert ["P8371", "Q200299"] in [one[1:3] for one in found]


def test_what_the_catalogue_knows_is_not_new(writer: Store, tmp_path: Path) -> None:
    known = CatalogueFact(OPENING_NIGHT, Field.DIRECTOR, DIRECTOR)
    writer.replace_page(writer.iris.catalogue, catalogue_quads([known]))
    found, report = statements(writer, tmp_path, review())
    assert "P57" not in {one[1] for one in found}
    assert report.left_out["that the catalogue knows"] == 1


def test_what_contradicts_the_catalogue_is_left_out_and_counted(
    writer: Store, tmp_path: Path
) -> None:
    known = CatalogueFact(OPENING_NIGHT, Field.DURATION, "100")
    writer.replace_page(writer.iris.catalogue, catalogue_quads([known]))
    found, report = statements(writer, tmp_path, review())
    assert "P2047" not in {one[1] for one in found}
    assert "1 that contradict the catalogue" in str(report)


def test_a_length_that_pages_disagree_on_is_left_out(writer: Store, tmp_path: Path) -> None:
    other = review()
    other.id = "other"
    other.stated[1] = replace(other.stated[1], value="131")
    found, report = statements(writer, tmp_path, review(), other)
    assert "P2047" not in {one[1] for one in found}
    assert report.left_out["that pages disagree on"] == 2


def test_people_without_an_item_and_pages_without_address_are_counted(
    writer: Store, tmp_path: Path
) -> None:
    page = review()
    page.url = ""
    found, report = statements(writer, tmp_path, page)
    assert found == []
    assert set(report.left_out) == {
        "on pages without web address",
        "whose value Wikidata has no item or form for",
    }


def test_a_film_that_wikidata_does_not_have_is_left_out(writer: Store, tmp_path: Path) -> None:
    page = review(F1=replace(OPENING_NIGHT, same_as=()))
    assert statements(writer, tmp_path, page)[0] == []


def test_words_can_not_end_a_command(writer: Store, tmp_path: Path) -> None:
    page = review()
    page.critic = 'Ada\t"Reel"|Q1|P1'
    found, _ = statements(writer, tmp_path, page)
    assert found
    assert "|" not in (tmp_path / "facts.qs").read_text("utf-8")


def test_only_what_is_sure_enough_is_written(writer: Store, tmp_path: Path) -> None:
    page = review()
    page.relation(RelationName.PRODUCER, "F1", "P1", "John", score=0.4)
    statements(writer, tmp_path, page)
    write(writer, tmp_path / "sure.qs", Selection(min_confidence=0.5))
    assert "P162" in {one[1] for one in _read(tmp_path / "facts.qs")}
    assert "P162" not in {one[1] for one in _read(tmp_path / "sure.qs")}


@pytest.mark.parametrize("ending", [".qs", ".qs.gz"])
def test_the_same_graph_gives_the_same_statements(
    writer: Store, tmp_path: Path, ending: str
) -> None:
    statements(writer, tmp_path, review(F2=ALL_ABOUT_EVE))
    for name in ("one", "two"):
        write(writer, tmp_path / f"{name}{ending}")
    assert (tmp_path / f"one{ending}").read_bytes() == (tmp_path / f"two{ending}").read_bytes()
