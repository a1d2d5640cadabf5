import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from view_examples import BASE, EVE, MOTHER, OPENING, SAMURAI, SEVEN, STREETCAR, films

from kg.errors import UsageError
from kg.view import metrics
from kg.view.network import reference_network


def test_a_review_that_names_a_film_in_two_ways_counts_once() -> None:
    counts = metrics.referring_reviews(reference_network(films()))
    assert (counts[EVE], counts[SAMURAI], counts[MOTHER]) == (3, 1, 0)


def test_the_most_referenced_come_first_and_the_unreferenced_not_at_all() -> None:
    ranked = metrics.most_referenced(reference_network(films()))
    assert ranked == [(EVE, 3), (STREETCAR, 1), (SAMURAI, 1)]


def test_page_rank_sums_to_one_and_is_highest_where_references_lead() -> None:
    ranks = metrics.pagerank(reference_network(films()))
    assert sum(ranks.values()) == pytest.approx(1)
    assert max(ranks, key=ranks.__getitem__) == EVE


def test_an_empty_network_has_no_ranks_and_no_communities() -> None:
    empty: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    assert metrics.pagerank(empty) == {}
    assert metrics.communities(empty) == []


def test_communities_part_what_nothing_links() -> None:
    groups = metrics.communities(reference_network(films()))
    assert groups == [tuple(sorted([EVE, MOTHER, OPENING, STREETCAR])), (SAMURAI, SEVEN)]


def test_communities_are_the_same_under_every_hash_seed() -> None:
    program = (
        "import networkx as nx; from kg.view.metrics import communities\n"
        "g = nx.MultiDiGraph()\n"
        "for i in range(60):\n"
        "    for j in (i * 7 % 60, i * 11 % 60, i // 2):\n"
        "        g.add_edge(f'n{i}', f'n{j}', 'x', weight=1 + i % 3)\n"
        "print(communities(g))\n"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1


def test_a_path_follows_references_in_either_direction_with_their_sentences() -> None:
    steps = metrics.shortest_path(reference_network(films()), OPENING, STREETCAR)
    assert [(step.source, step.target, step.kind, step.forward) for step in steps] == [
        (OPENING, EVE, "comparison", True),
        (EVE, MOTHER, "allusion", False),
        (MOTHER, STREETCAR, "allusion", True),
    ]
    assert steps[0].statements[0].exact == "Colder than Eve."


def test_films_that_nothing_links_have_no_path() -> None:
    assert metrics.shortest_path(reference_network(films()), EVE, SAMURAI) == []


def test_a_path_from_a_film_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match="reference to or from another film"):
        metrics.shortest_path(reference_network(films()), EVE, f"{BASE}film/unknown")


def test_degree_counts_neighbours_and_not_edges() -> None:
    assert metrics.degree(reference_network(films()))[MOTHER] == 2
