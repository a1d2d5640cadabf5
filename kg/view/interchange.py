"""The network for other programs: GraphML, GEXF (for Gephi) and a CSV edge list."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from xml.etree import ElementTree as ET

import networkx as nx

from kg.view import wording
from kg.view.drawing import Drawing
from kg.view.facts import Statement
from kg.view.palette import decade_colour, ink

GEXF = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"
NODE_FIELDS = {
    "kind": "string",
    "year": "integer",
    "iri": "string",
    "pagerank": "double",
    "references": "integer",
    "reviews": "integer",
    "community": "integer",
}
EDGE_FIELDS = {
    "reference": "string",
    "reviews": "integer",
    "confidence": "double",
    "critics": "string",
    "evidence": "string",
}
CSV_HEADER = (
    "Source", "Target", "Type", "Kind", "Weight", "Confidence", "SourceTitle", "SourceYear",
    "TargetTitle", "TargetYear", "Critics", "Evidence", "Sources",
)  # fmt: skip


def evidence_text(statements: Iterable[Statement]) -> str:
    """The sentences as one text: each in quotation marks with its critic and publication."""
    parts = []
    for statement in statements:
        said_by = ", ".join(name for name in (statement.critic, statement.publication) if name)
        parts.append(
            f"“{wording.quotable(statement.exact)}”" + (f" ({said_by})" if said_by else "")
        )
    return " | ".join(parts)


def graphml(drawing: Drawing) -> bytes:
    """The network as GraphML with typed attributes; evidence and critics as text."""
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in sorted(drawing.network):
        x, y = drawing.places[node]
        values = {key: value for key, value in _node_values(drawing, node).items() if key != "iri"}
        label = wording.xml_text(drawing.network.nodes[node]["label"])
        plain.add_node(wording.xml_text(node), label=label, x=x, y=y, **values)
    for number, (source, target, key) in enumerate(sorted(drawing.network.edges(keys=True))):
        values = _edge_values(drawing, source, target, key)
        weight = drawing.network.edges[source, target, key]["weight"]
        ends = (wording.xml_text(source), wording.xml_text(target))
        plain.add_edge(*ends, key)
        plain.edges[*ends, key].update({"id": f"e{number}", "weight": weight, **values})
    buffer = io.BytesIO()
    nx.write_graphml_xml(plain, buffer, prettyprint=True, edge_id_from_attribute="id")
    return buffer.getvalue()


def gexf(drawing: Drawing) -> bytes:
    """The network as GEXF 1.3 with places, sizes and colours, so that Gephi opens it as drawn."""
    ET.register_namespace("", GEXF)
    ET.register_namespace("viz", VIZ)
    root = ET.Element(f"{{{GEXF}}}gexf", version="1.3")
    meta = ET.SubElement(root, f"{{{GEXF}}}meta")
    ET.SubElement(meta, f"{{{GEXF}}}creator").text = "film-kg"
    ET.SubElement(
        meta, f"{{{GEXF}}}description"
    ).text = (
        "Films and the references that reviews make among them; quotations are their critics' words"
    )
    graph = ET.SubElement(root, f"{{{GEXF}}}graph", defaultedgetype="directed", mode="static")
    for owner, fields in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
        declared = ET.SubElement(graph, f"{{{GEXF}}}attributes", {"class": owner})
        for name, sort in fields.items():
            ET.SubElement(declared, f"{{{GEXF}}}attribute", id=name, title=name, type=sort)
    nodes = ET.SubElement(graph, f"{{{GEXF}}}nodes")
    for node in sorted(drawing.network):
        _gexf_node(nodes, drawing, node)
    edges = ET.SubElement(graph, f"{{{GEXF}}}edges")
    for number, (source, target, key) in enumerate(sorted(drawing.network.edges(keys=True))):
        values = _edge_values(drawing, source, target, key)
        edge = ET.SubElement(
            edges,
            f"{{{GEXF}}}edge",
            id=f"e{number}",
            source=wording.xml_text(source),
            target=wording.xml_text(target),
            kind=key,
            label=key,
            weight=str(drawing.network.edges[source, target, key]["weight"]),
        )
        _attvalues(edge, values)
        _colour(edge, ink(key).light)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def edge_list(network: nx.MultiDiGraph[str]) -> bytes:
    """The references as CSV (RFC 4180, UTF-8), one row an edge; Gephi reads the first columns.

    A cell that a spreadsheet would take for a formula is led by an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(CSV_HEADER)
    for source, target, key in sorted(network.edges(keys=True)):
        edge, citing, cited = (
            network.edges[source, target, key],
            network.nodes[source],
            network.nodes[target],
        )
        statements: tuple[Statement, ...] = edge.get("evidence", ())
        row = (
            source,
            target,
            "Directed",
            key,
            edge["weight"],
            edge.get("confidence", ""),
            citing["label"],
            citing.get("year", ""),
            cited["label"],
            cited.get("year", ""),
            "; ".join(edge.get("critics", ())),
            evidence_text(statements),
            " | ".join(dict.fromkeys(s.url or s.source for s in statements if s.url or s.source)),
        )
        writer.writerow([wording.cell(str(value)) for value in row])
    return out.getvalue().encode("utf-8", "backslashreplace")


def _node_values(drawing: Drawing, node: str) -> dict[str, str | int | float]:
    known = drawing.network.nodes[node]
    values: dict[str, str | int | float] = {
        "kind": known["kind"],
        "iri": wording.xml_text(node),
        "pagerank": round(drawing.ranks[node], 9),
        "references": drawing.references[node],
        "reviews": known.get("reviews", 0),
        "community": drawing.groups[node],
    }
    if "year" in known:
        values["year"] = known["year"]
    return values


def _edge_values(
    drawing: Drawing, source: str, target: str, key: str
) -> dict[str, str | int | float]:
    edge = drawing.network.edges[source, target, key]
    values: dict[str, str | int | float] = {
        "reference": key,
        "reviews": edge["weight"],
        "critics": wording.xml_text("; ".join(edge.get("critics", ()))),
        "evidence": wording.xml_text(evidence_text(edge.get("evidence", ()))),
    }
    if "confidence" in edge:
        values["confidence"] = edge["confidence"]
    return values


def _gexf_node(nodes: ET.Element, drawing: Drawing, node: str) -> None:
    label = wording.xml_text(drawing.network.nodes[node]["label"])
    element = ET.SubElement(nodes, f"{{{GEXF}}}node", id=wording.xml_text(node), label=label)
    _attvalues(element, _node_values(drawing, node))
    x, y = drawing.places[node]
    # Gephi's y axis points upwards
    ET.SubElement(element, f"{{{VIZ}}}position", x=str(x), y=str(-y), z="0")
    ET.SubElement(element, f"{{{VIZ}}}size", value=str(2 * drawing.radii[node]))
    _colour(element, decade_colour(drawing.network.nodes[node].get("year")))


def _attvalues(element: ET.Element, values: dict[str, str | int | float]) -> None:
    holder = ET.SubElement(element, f"{{{GEXF}}}attvalues")
    for name, value in values.items():
        ET.SubElement(holder, f"{{{GEXF}}}attvalue", {"for": name, "value": str(value)})


def _colour(element: ET.Element, colour: str) -> None:
    red, green, blue = (str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    ET.SubElement(element, f"{{{VIZ}}}color", r=red, g=green, b=blue)
