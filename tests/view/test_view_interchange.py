import csv
import io
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
from view_examples import EVE, MOTHER, films, hostile

from kg.view import interchange
from kg.view.drawing import arrange
from kg.view.network import reference_network


def test_graphml_gives_back_nodes_edges_and_types(tmp_path: Path) -> None:
    (tmp_path / "n.graphml").write_bytes(interchange.graphml(arrange(reference_network(films()))))
    network = nx.read_graphml(tmp_path / "n.graphml")
    assert network.nodes[EVE]["label"] == "All About Eve"
    assert network.nodes[EVE]["year"] == 1950
    edges = {edge["reference"]: edge for _, _, edge in network.edges(data=True)}
    assert (edges["allusion"]["reviews"], edges["allusion"]["confidence"]) in ((2, 0.91), (1, 0.9))


def test_every_edge_of_graphml_has_a_name_of_its_own() -> None:
    root = ET.fromstring(interchange.graphml(arrange(reference_network(films()))))
    names = [one.get("id") for one in root.iter("{http://graphml.graphdrawing.org/xmlns}edge")]
    assert len(names) == len(set(names)) == 5


def test_gexf_carries_titles_places_colours_and_kinds(tmp_path: Path) -> None:
    (tmp_path / "n.gexf").write_bytes(interchange.gexf(arrange(reference_network(films()))))
    network = nx.read_gexf(tmp_path / "n.gexf", version="1.3")
    assert network.nodes[MOTHER]["label"] == "All About My Mother"
    assert set(network.nodes[MOTHER]["viz"]) == {"position", "size", "color"}
    kinds = sorted(edge["reference"] for _, _, edge in network.edges(data=True))
    assert kinds == ["allusion", "allusion", "comparison", "mention", "remake"]


def test_what_xml_forbids_does_not_reach_xml() -> None:
    drawing = arrange(reference_network(hostile()))
    for content in (interchange.gexf(drawing), interchange.graphml(drawing)):
        text = "".join(ET.fromstring(content).itertext()) + content.decode()
        assert "\x00" not in text
        assert "<script>" not in content.decode()
        assert "\N{REPLACEMENT CHARACTER}" in content.decode()


def test_the_same_graph_gives_the_same_bytes() -> None:
    first, second = (arrange(reference_network(films())) for _ in range(2))
    assert interchange.gexf(first) == interchange.gexf(second)
    assert interchange.graphml(first) == interchange.graphml(second)


def test_the_edge_list_has_a_row_for_each_reference_with_its_sentences() -> None:
    content = interchange.edge_list(reference_network(films())).decode()
    rows = list(csv.DictReader(io.StringIO(content)))
    row = next(row for row in rows if row["Kind"] == "allusion" and row["Target"] == EVE)
    assert (row["SourceTitle"], row["SourceYear"], row["Weight"]) == (
        "All About My Mother", "1999", "2",
    )  # fmt: skip
    assert row["Evidence"].startswith("“All About My Mother bows to All About Eve.” (Critic")
    assert row["Sources"] == "https://example.org/mother-1 | https://example.org/mother-2"


def test_a_spreadsheet_runs_no_title_as_a_formula() -> None:
    content = interchange.edge_list(reference_network(hostile())).decode("utf-8")
    row = next(csv.DictReader(io.StringIO(content)))
    assert row["TargetTitle"].startswith("'=cmd()")
