from view_examples import (
    DAVIS,
    EVE,
    MANKIEWICZ,
    MOTHER,
    OPENING,
    SAMURAI,
    SEVEN,
    STREETCAR,
    films,
)  # fmt: skip

from kg.model import ReferenceKind
from kg.view.facts import Credit, Facts
from kg.view.network import PLAIN_KINDS, people_network, reference_network


def test_an_edge_weighs_as_many_as_the_reviews_that_state_it() -> None:
    edge = reference_network(films()).edges[MOTHER, EVE, "allusion"]
    assert (edge["weight"], edge["confidence"]) == (2, 0.91)
    assert edge["critics"] == ("Critic mother-1", "Critic mother-2")
    assert edge["evidence"][0].exact == "All About My Mother bows to All About Eve."


def test_two_kinds_between_two_films_are_two_edges() -> None:
    network = reference_network(films())
    assert sorted(network[MOTHER][EVE]) == ["allusion", "mention"]


def test_plain_mentions_can_be_left_out() -> None:
    network = reference_network(films(), kinds=PLAIN_KINDS)
    assert sorted(network[MOTHER][EVE]) == ["allusion"]


def test_works_that_are_no_films_can_be_left_out() -> None:
    assert STREETCAR in reference_network(films())
    assert STREETCAR not in reference_network(films(), works=False)


def test_doubtful_references_can_be_left_out_and_films_without_any_go_with_them() -> None:
    network = reference_network(films(), least_confidence=0.905)
    assert sorted(network) == [EVE, MOTHER]


def test_a_node_knows_its_title_its_year_and_how_often_it_is_reviewed() -> None:
    network = reference_network(films())
    assert network.nodes[MOTHER] == {
        "kind": "film", "label": "All About My Mother", "year": 1999, "reviews": 1,
    }  # fmt: skip
    assert "year" not in network.nodes[STREETCAR]


def test_people_lead_to_their_films_by_what_they_did() -> None:
    network = people_network(films())
    assert sorted(network[MANKIEWICZ][EVE]) == ["director", "writer"]
    assert network.edges[DAVIS, EVE, "cast"]["part"] == "Margo Channing"


def test_several_parts_of_one_actor_in_one_film_stand_on_one_edge() -> None:
    facts = films()
    twice = Facts(facts.things, (), (*facts.credits, Credit(EVE, "cast", DAVIS, "the narrator")))
    edge = people_network(twice).edges[DAVIS, EVE, "cast"]
    assert edge["part"] == "Margo Channing / the narrator"


def test_people_can_be_limited_to_some_roles() -> None:
    network = people_network(films(), roles=("director",))
    assert sorted(network) == sorted([EVE, MANKIEWICZ])


def test_a_reference_without_confidence_is_kept_whatever_is_asked_for() -> None:
    facts = films()
    network = reference_network(facts, kinds=(ReferenceKind.REMAKE,), least_confidence=0.2)
    assert list(network.edges) == [(SEVEN, SAMURAI, "remake")]
    assert OPENING not in network
