import random
from itertools import combinations
from math import hypot

import networkx as nx

from kg.view.drawing import arrange
from kg.view.layout import positions
from kg.view.packing import Box, pack


def random_network(nodes: int, edges: int) -> "nx.MultiDiGraph[str]":
    dice = random.Random(7)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number in range(nodes):
        network.add_node(
            f"n{number:04}", label=f"Film {number}", kind="film", year=1950 + number % 60
        )
    for _ in range(edges):
        one, other = dice.randrange(nodes), int(dice.random() ** 2 * nodes)
        network.add_edge(f"n{one:04}", f"n{other:04}", "mention", weight=1)
    return network


def test_the_same_network_is_always_laid_out_in_the_same_way() -> None:
    assert positions(random_network(60, 90)) == positions(random_network(60, 90))


def test_the_order_in_which_nodes_were_added_makes_no_difference() -> None:
    network = random_network(30, 40)
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(network.nodes(data=True))))
    for one, other, key in reversed(list(network.edges(keys=True))):
        turned.add_edge(one, other, key, **network.edges[one, other, key])
    assert positions(network) == positions(turned)


def test_no_two_circles_overlap() -> None:
    drawing = arrange(random_network(150, 260))
    for one, other in combinations(drawing.places, 2):
        (x1, y1), (x2, y2) = drawing.places[one], drawing.places[other]
        apart = hypot(x1 - x2, y1 - y2)
        assert apart > 0.8 * (drawing.radii[one] + drawing.radii[other])


def test_a_large_network_is_laid_out_without_overlaps_too() -> None:
    places = positions(random_network(900, 2000))
    cells = {(round(x / 8), round(y / 8)) for x, y in places.values()}
    assert len(cells) == 900


def test_older_films_stand_to_the_left() -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number in range(6):
        network.add_node(f"n{number}", label="x", kind="film", year=2000 - number * 10)
    for number in range(5):
        network.add_edge(f"n{number}", f"n{number + 1}", "sequel", weight=1)
    places = positions(network)
    assert places["n5"][0] < places["n0"][0]


def test_a_film_that_refers_to_itself_alone_has_a_place() -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_node("a", label="A", kind="film")
    network.add_edge("a", "a", "mention", weight=1)
    assert positions(network) == {"a": (0.0, 0.0)}


def test_an_empty_network_has_no_places() -> None:
    assert positions(nx.MultiDiGraph()) == {}


def test_packed_boxes_do_not_overlap() -> None:
    dice = random.Random(3)
    boxes = [Box(0, 0, dice.uniform(20, 300), dice.uniform(20, 200)) for _ in range(60)]
    corners = pack(boxes)
    for (one, (x1, y1)), (other, (x2, y2)) in combinations(zip(boxes, corners, strict=True), 2):
        beside = x1 + one.width <= x2 or x2 + other.width <= x1
        above = y1 + one.height <= y2 or y2 + other.height <= y1
        assert beside or above


def test_the_best_ranked_film_is_drawn_largest() -> None:
    drawing = arrange(random_network(60, 120))
    assert drawing.radii[drawing.by_importance[0]] == max(drawing.radii.values())
