"""Critics and publications beside the text are names that link like others."""

from __future__ import annotations

from kg.link.attributions import attributed
from kg.model import (
    Cluster,
    Extraction,
    Kind,
    Mention,
    Page,
    Rating,
    Zone,
    ZoneKind,
)

TEXT = "Ada Reel liked it. A long night."


def page(*clusters: Cluster) -> Extraction:
    zones = (
        Zone(ZoneKind.SNIPPET, 0, 18, critic="Ada Reel", publication="The Example Review"),
        Zone(ZoneKind.SNIPPET, 19, 32, critic="ADA REEL", publication="Frames Monthly"),
    )
    ratings = (Rating("75", 75.0, 100.0, 0.75, publication="Users"),)
    return Extraction(Page("p", "p", TEXT, zones, (), ratings), clusters, (), (), "", "by hand")


def names(extraction: Extraction) -> list[tuple[str, str]]:
    return [(cluster.id, cluster.name) for cluster in extraction.clusters]


def test_each_attribution_becomes_a_cluster_once() -> None:
    assert names(attributed(page())) == [
        ("P1", "Ada Reel"),
        ("O2", "The Example Review"),
        ("O3", "Frames Monthly"),
        ("O4", "Users"),
    ]


def test_a_name_that_the_text_has_stays_its_cluster() -> None:
    named = Cluster("P7", Kind.PERSON, "Ada Reel", (Mention(0, 8, Kind.PERSON),))
    assert [one for one, _ in names(attributed(page(named)))] == ["P7", "O8", "O9", "O10"]


def test_a_page_without_attributions_is_left_as_it_is() -> None:
    extraction = Extraction(Page("p", "p", TEXT), (), (), (), "", "by hand")
    assert attributed(extraction) is extraction
