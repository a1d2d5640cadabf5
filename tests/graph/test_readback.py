"""Every export, and every part of one, is read back by a library that isn't its writer's."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from kg.graph.part import part_of
from kg.graph.selection import Selection
from kg.graph.serialise import ENDINGS, write
from kg.graph.store import Store
from kg.view import export

# rdflib's own readers use what rdflib has deprecated
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

FORMATS = {
    ".ttl": ("turtle", ox.RdfFormat.TURTLE),
    ".nt": ("nt", ox.RdfFormat.N_TRIPLES),
    ".nq": ("nquads", ox.RdfFormat.N_QUADS),
    ".trig": ("trig", ox.RdfFormat.TRIG),
    ".jsonld": ("json-ld", ox.RdfFormat.JSON_LD),
    ".rdf": ("xml", ox.RdfFormat.RDF_XML),
}
PARTS = {
    "everything": Selection(),
    "a film": Selection(films=("All About My Mother",)),
    "a source": Selection(sources=("opening-night-magazine",)),
    "no evidence": Selection(evidence=False),
    "what is sure": Selection(min_confidence=0.89),
    "all of it": Selection(
        films=("Opening Night",),
        sources=("opening-night-magazine",),
        evidence=False,
        min_confidence=0.5,
    ),
}
EDGES = """SELECT ?from ?to ?kind (COUNT(DISTINCT ?voice) AS ?reviews) {
  ?reference fk:from ?from ; fk:to ?to ; fk:kind ?kind ; fk:statedIn ?review .
  OPTIONAL { ?reference fk:quotation ?quotation }
  BIND(COALESCE(?quotation, ?review) AS ?voice)
} GROUP BY ?from ?to ?kind"""

Edge = tuple[str, str, str, int]


def stored(store: Store) -> set[ox.Quad]:
    return set(store.engine)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_the_same_in_every_format(
    examples: Store, tmp_path: Path, ending: str, part: str
) -> None:
    path = tmp_path / f"part{ending}.gz"
    write(examples, path, PARTS[part])
    content = gzip.decompress(path.read_bytes())
    with part_of(examples, PARTS[part]) as wanted:
        found = {
            ox.Quad(quad.subject, quad.predicate, quad.object, quad.graph_name)
            for quad in ox.parse(content, format=FORMATS[ending][1])
        }
        expected = stored(wanted)
        if ending not in (".nq", ".trig"):
            expected = {quad for quad in expected if quad.graph_name == ox.DefaultGraph()}
        assert found == expected


@pytest.mark.parametrize("ending", [".ttl", ".jsonld", ".rdf"])
def test_rdflib_reads_the_same_part(examples: Store, tmp_path: Path, ending: str) -> None:
    write(examples, tmp_path / f"part{ending}", PARTS["all of it"])
    found = rdflib.Graph().parse(tmp_path / f"part{ending}", format=FORMATS[ending][0])
    with part_of(examples, PARTS["all of it"]) as wanted:
        lines = wanted.engine.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    assert isomorphic(found, rdflib.Graph().parse(data=lines, format="nt"))
    assert len(found) > 20


def _graphml(path: Path) -> set[Edge]:
    network = nx.read_graphml(path)
    assert all(isinstance(one["pagerank"], float) for _, one in network.nodes(data=True))
    return {
        (source, target, edge["reference"], edge["reviews"])
        for source, target, edge in network.edges(data=True)
    }


def _gexf(path: Path) -> set[Edge]:
    network = nx.read_gexf(path, version="1.3")
    types = {one.get("id"): one.get("type") for one in ET.parse(path).iter() if one.get("type")}
    assert (types["reviews"], types["confidence"], types["evidence"]) == (
        "integer", "double", "string",
    )  # fmt: skip
    return {
        (source, target, edge["reference"], edge["reviews"])
        for source, target, edge in network.edges(data=True)
    }


def _csv(path: Path) -> set[Edge]:
    rows = csv.DictReader(io.StringIO(path.read_text("utf-8"), newline=""))
    return {(row["Source"], row["Target"], row["Kind"], int(row["Weight"])) for row in rows}


@pytest.mark.parametrize(
    ("ending", "read"), [(".graphml", _graphml), (".gexf", _gexf), (".csv", _csv)]
)
@pytest.mark.parametrize("part", PARTS)
def test_networks_hold_the_references_of_the_part(
    examples: Store, tmp_path: Path, ending: str, read: Callable[[Path], set[Edge]], part: str
) -> None:
    path = tmp_path / f"network{ending}"
    with part_of(examples, PARTS[part]) as wanted:
        export.write(path, wanted)
        expected = {
            (row[0], row[1], row[2].rpartition(":")[2].lower(), int(row[3]))
            for row in (
                tuple(str(getattr(term, "value", term)) for term in row)
                for row in wanted.query(EDGES).rows()
            )
        }
    expected = {(one[0], one[1], one[2].rpartition("#")[2], one[3]) for one in expected}
    assert read(path) == expected
    assert expected


def test_every_ending_is_read_back_here() -> None:
    assert set(ENDINGS) == set(FORMATS)
    assert {".graphml", ".gexf", ".csv"} <= set(export.FORMATS)
