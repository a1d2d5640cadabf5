"""What came and went between two graphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from graph_examples import all_pages, later_review, magazine_review

from kg.errors import UsageError
from kg.graph.diff import Difference, diff
from kg.graph.mapping import quads_of
from kg.graph.store import Store
from kg.model import LinkedPage
from kg.vocab import BASE, SCHEMA

Make = Callable[..., Store]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    stores: list[Store] = []

    def open_with(pages: list[LinkedPage], base: str = BASE) -> Store:
        store = Store.open(tmp_path / str(len(stores)), write=True, base=base)
        stores.append(store)
        store.bulk_load(quad for page in pages for quad in quads_of(page, base=base))
        return store

    yield open_with
    for store in stores:
        store.close()


def read(found: Difference) -> set[tuple[bool, str, str, str]]:
    return {(one.came, one.title, one.words, one.value) for one in found.changes}


def test_a_graph_does_not_differ_from_itself(make: Make) -> None:
    assert not diff(make(all_pages()), make(all_pages()))


def test_a_new_page_brings_its_facts_under_their_films(make: Make) -> None:
    found = diff(make([magazine_review().linked()]), make(all_pages()))
    assert (True, "All About My Mother", "director", "Pedro Almodóvar") in read(found)
    assert (True, "All About My Mother", "alludes to", "Opening Night") in read(found)
    assert (True, "All About My Mother", "part", "Marisa Paredes as Huma Rojo") in read(found)
    assert all(one.came for one in found.changes)
    assert BASE + "source/all-about-my-mother" in found.pages_came
    assert BASE + "film/all-about-my-mother-1999" in found.things_came


def test_what_came_the_one_way_went_the_other(make: Make) -> None:
    small, large = make([magazine_review().linked()]), make(all_pages())
    there, back = diff(small, large), diff(large, small)
    assert {(not came, *rest) for came, *rest in read(there)} == read(back)
    assert (there.pages_came, there.things_came) == (back.pages_went, back.things_went)
    assert there.more_voices == back.fewer_voices > 0


def test_a_fact_that_another_page_states_too_is_counted_and_no_change(make: Make) -> None:
    found = diff(make([magazine_review().linked()]), make(all_pages()))
    compared = [one for one in found.changes if one.words == "compared to"]
    assert compared == []
    assert found.more_voices > 0


def test_a_change_tells_its_page_and_confidence(make: Make) -> None:
    found = diff(make([]), make([later_review().linked()]))
    (director,) = [one for one in found.changes if one.triple.predicate == SCHEMA.director]
    assert director.pages == ("pages/all-about-my-mother.txt",)
    assert 0.5 < director.confidence <= 1
    assert director.as_dict()["reads"] == "director: Pedro Almodóvar"


def test_a_surer_reading_is_a_difference_without_a_change_of_facts(make: Make) -> None:
    sure = later_review()
    sure.scores["P1"] = 0.5
    unsure = later_review()
    found = diff(make([sure.linked()]), make([unsure.linked()]))
    assert found
    assert (found.changes, found.confidence) == ((), 1)


def test_graphs_of_two_bases_can_not_be_compared(make: Make) -> None:
    with pytest.raises(UsageError, match="of one base"):
        diff(make([]), make([], "https://example.org/kg/"))
