"""Corrections outlive what happens to a graph: new pages, forgotten ones, changed paths."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from link_fakes import review

from kg.builder import forget, relink
from kg.correct import Correcting
from kg.engine.cache import EXTRACTIONS, Cache
from kg.engine.userword import CORRECTIONS
from kg.errors import UsageError
from kg.graph.check import check
from kg.graph.serialise import serialise
from kg.graph.store import Store
from kg.graph.terms import Triple
from kg.link import Catalogue, Corrections
from kg.model import Extraction
from kg.vocab import BASE, FK, RDF, RDFS, SCHEMA

RISING = review(
    "a", "[F1|Qwxzt Rising] by [P1|Jon Smithers] has [P2|Ann Vole].", "director F1 P1", "cast F1 P2"
)
OTHER = review("b", "[F1|Vorblatt] by [P1|Mia Kessler].", "director F1 P1")
DATED = review(
    "c",
    "[F1|Qwxzt Rising] by [P1|Jon Smithers].",
    "director F1 P1",
    title="Qwxzt Rising",
    year=1999,
)


def put(graph: Path, *pages: Extraction) -> None:
    """Add pages as a build does, without reading any."""
    graph.mkdir(exist_ok=True)
    with Cache(graph / EXTRACTIONS) as cache:
        cache.put((page, page.page.id) for page in pages)
    relink(graph)


def quads(graph: Path) -> bytes:
    with Store.open(graph) as store:
        return serialise(store, ".nq")


def objects(graph: Path, subject: str, predicate: str) -> set[str]:
    with Store.open(graph) as store:
        found = store.triples(BASE + subject, predicate)
        return {str(triple.object).removeprefix(BASE) for triple in found}


class Hand:
    """The user's hand on one graph."""

    def __init__(self, graph: Path, catalogue: Catalogue) -> None:
        self.graph = graph
        self._catalogue = catalogue

    def __call__(self, verb: str, *said: str, note: str = "") -> None:
        with Store.open(self.graph) as store:
            to = Correcting(store, self.graph, self._catalogue)
            match verb:
                case "same":
                    to.same(said[0], said[1], note)
                case "different":
                    to.different(said[0], said[1], note)
                case "wrong":
                    to.wrong(said, note)
                case "add":
                    to.add(said, note)
                case "undo":
                    to.undo([int(number) for number in said])
        relink(self.graph)

    @property
    def lines(self) -> list[str]:
        text = (self.graph / CORRECTIONS).read_text(encoding="utf-8")
        return [line for line in text.splitlines() if not line.startswith("#")]


@pytest.fixture
def hand(tmp_path: Path, catalogue: Catalogue) -> Hand:
    put(tmp_path / "graph", RISING, OTHER)
    return Hand(tmp_path / "graph", catalogue)


def test_two_films_become_one_and_two_again(hand: Hand) -> None:
    before = quads(hand.graph)
    hand("same", "Qwxzt Rising", "Vorblatt", note="the German title")
    assert objects(hand.graph, "film/qwxzt-rising", SCHEMA.director) == {
        "person/jon-smithers",
        "person/mia-kessler",
    }
    assert not objects(hand.graph, "film/vorblatt", RDFS.label)
    hand("undo", str(Corrections.read(hand.graph / CORRECTIONS)[0].line))
    assert quads(hand.graph) == before


def test_a_wrong_fact_stays_away_when_the_graph_is_linked_again(hand: Hand) -> None:
    hand("wrong", "Qwxzt Rising", "director", "Jon Smithers")
    relink(hand.graph)
    assert not objects(hand.graph, "film/qwxzt-rising", SCHEMA.director)


def test_a_claim_is_wrong_on_its_page_alone(hand: Hand) -> None:
    put(hand.graph, review("d", "[F1|Qwxzt Rising] by [P1|Jon Smithers].", "director F1 P1"))
    with Store.open(hand.graph) as store:
        claims = [
            claim.subject
            for claim in store.triples(None, RDF.predicate, SCHEMA.director)
            if Triple(claim.subject, RDF.subject, BASE + "film/qwxzt-rising")
            in set(store.triples(claim.subject))
        ]
    assert len(claims) == 2
    hand("wrong", claims[0].removeprefix(BASE)[:16])
    assert objects(hand.graph, "film/qwxzt-rising", SCHEMA.director) == {"person/jon-smithers"}
    assert "source/" in hand.lines[0]
    hand("wrong", claims[1])
    assert not objects(hand.graph, "film/qwxzt-rising", SCHEMA.director)


def test_an_added_fact_is_the_users_claim(hand: Hand) -> None:
    hand("add", "Qwxzt Rising", "producer", "Zed Brandt", note="on the poster")
    assert objects(hand.graph, "film/qwxzt-rising", SCHEMA.producer) == {"person/zed-brandt"}
    assert objects(hand.graph, "person/zed-brandt", RDF.type) == {SCHEMA.Person}
    with Store.open(hand.graph) as store:
        (passage,) = {
            triple.subject
            for triple in store.triples()
            if str(triple.object) == BASE + "corrections"
        }
        assert "on the poster" in {str(t.object) for t in store.triples(passage)} or any(
            getattr(t.object, "value", "") == "on the poster" for t in store.triples(passage)
        )
        assert not check(store)


def test_an_added_part_has_its_role(hand: Hand) -> None:
    hand("add", "Qwxzt Rising", "actor", "Ann Vole as Mara Voss")
    (role,) = objects(hand.graph, "film/qwxzt-rising", FK.part)
    assert objects(hand.graph, role, SCHEMA.actor) == {"person/ann-vole"}
    with Store.open(hand.graph) as store:
        assert not check(store)


def test_an_added_fact_outlives_the_pages_of_its_film(hand: Hand) -> None:
    hand("add", "Qwxzt Rising", "genre", "drama")
    forget("a.txt", graph=hand.graph)
    with Store.open(hand.graph) as store:
        labels = {str(t.object) for t in store.triples(BASE + "film/qwxzt-rising", RDFS.label)}
        assert len(labels) == 1
        assert not check(store)


@pytest.mark.parametrize("then", [(DATED,), (DATED, review("d", "[F1|Qwxzt Rising].", year=1999))])
def test_a_correction_follows_a_film_that_learns_its_year(
    hand: Hand, then: Iterable[Extraction]
) -> None:
    hand("wrong", "Qwxzt Rising", "director", "Jon Smithers")
    hand("same", "Vorblatt", "Qwxzt Rising")
    hand("undo", str(Corrections.read(hand.graph / CORRECTIONS)[1].line))
    hand("add", "Qwxzt Rising", "genre", "drama")
    for page in then:
        put(hand.graph, page)
    redirects = (hand.graph / "redirects.tsv").read_text(encoding="utf-8")
    assert "film/qwxzt-rising\tfilm/qwxzt-rising-1999" in redirects
    assert not objects(hand.graph, "film/qwxzt-rising-1999", SCHEMA.director)
    with Store.open(hand.graph) as store:
        assert any(store.triples(BASE + "film/qwxzt-rising-1999", SCHEMA.genre))
        assert not any(store.triples(BASE + "film/qwxzt-rising"))


def test_films_called_the_same_stay_so_when_one_learns_its_year(hand: Hand) -> None:
    hand("same", "Vorblatt", "Qwxzt Rising")
    put(hand.graph, DATED)
    assert not objects(hand.graph, "film/qwxzt-rising-1999", RDFS.label)
    assert "person/jon-smithers" in objects(hand.graph, "film/vorblatt", SCHEMA.director)


def test_batches_and_corrections_in_any_order_give_one_graph(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    said = [("same", "Vorblatt", "Qwxzt Rising"), ("wrong", "Vorblatt", "director", "Mia Kessler")]
    first, second = tmp_path / "first", tmp_path / "second"
    put(first, RISING, OTHER, DATED)
    for verb, *words in said:
        Hand(first, catalogue)(verb, *words)
    put(second, OTHER)
    put(second, RISING)
    for verb, *words in said:
        Hand(second, catalogue)(verb, *words)
    put(second, DATED)
    assert quads(first) == quads(second)


def test_one_page_is_kept_from_a_film_of_the_catalogue(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    graph = tmp_path / "graph"
    put(graph, review("a", "[F1|Sabrina] has [P1|Audrey Hepburn].", "cast F1 P1", year=1954))
    hand = Hand(graph, catalogue)
    hand("different", "source/a", "film/sabrina-1954")
    assert not objects(graph, "film/sabrina-1954", RDFS.label)


def test_contradictions_are_refused_with_both_lines(hand: Hand) -> None:
    hand("different", "Qwxzt Rising", "Vorblatt")
    with pytest.raises(UsageError, match=r"(?s)contradict.*line 3.*what you say now"):
        hand("same", "Qwxzt Rising", "Vorblatt")
    assert len(hand.lines) == 1


def test_what_is_wrong_cannot_be_added(hand: Hand) -> None:
    hand("wrong", "Qwxzt Rising", "director", "Jon Smithers")
    with pytest.raises(UsageError, match="contradict"):
        hand("add", "Qwxzt Rising", "director", "Jon Smithers")


def test_a_chain_of_sames_contradicts_what_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "corrections.tsv"
    path.write_text(
        "same  film/a  film/b\nsame  film/b  film/c\ndifferent  film/a  film/c\n", encoding="utf-8"
    )
    with pytest.raises(UsageError, match=r"(?s)line 2.*line 3"):
        Corrections.read(path)


def test_a_name_of_several_things_lists_them(hand: Hand) -> None:
    with pytest.raises(
        UsageError, match=r"(?s)several.*film/sabrina-1954.*film/sabrina-1995|1995.*1954"
    ):
        hand("same", "Sabrina", "Qwxzt Rising")


def test_a_term_that_is_none_gets_near_ones(hand: Hand) -> None:
    with pytest.raises(UsageError, match="did you mean director"):
        hand("add", "Qwxzt Rising", "directr", "Jon Smithers")


def test_what_no_page_says_cannot_be_wrong(hand: Hand) -> None:
    with pytest.raises(UsageError, match="they say as director: person/jon-smithers"):
        hand("wrong", "Qwxzt Rising", "director", "Ann Vole")


def test_comments_of_the_users_own_stay(hand: Hand) -> None:
    path = hand.graph / CORRECTIONS
    path.write_text("# mine\n\nsame  film/a  film/b   # why\n", encoding="utf-8")
    hand("add", "Qwxzt Rising", "genre", "drama")
    assert path.read_text(encoding="utf-8").startswith(
        "# mine\n\nsame  film/a  film/b   # why\nadd\t"
    )
    hand("undo", "4")
    assert path.read_text(encoding="utf-8") == "# mine\n\nsame  film/a  film/b   # why\n"


def test_only_pages_that_a_correction_is_about_are_written_again(hand: Hand) -> None:
    with Store.open(hand.graph) as store, Catalogue.open() as catalogue:
        Correcting(store, hand.graph, catalogue).wrong(["Vorblatt", "director", "Mia Kessler"])
    assert relink(hand.graph).written == 1
