"""SHACL over some triples, in this process or in another: what breaks which rule.

pySHACL takes some 150 microseconds a triple, so many pages are validated in several processes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from pyshacl import validate
from rdflib import RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from kg.resources import folder

# marks a rule that what the catalogue knows needn't keep
_ONLY_OF_PAGES: Final = URIRef("https://w3id.org/film-kg/shapes#onlyOfPages")


@dataclass(frozen=True, slots=True)
class Violation:
    """One result of a validation, in plain words and IRIs.

    `kind` is the label of the shape ("film or work"), `path` the property ("" where the rule is on
    the node itself or on a path of several), `value` what was found (None if something is missing).
    """

    focus: str
    kind: str
    path: str
    message: str
    value: str | None
    is_literal: bool = False


def violations(triples: bytes, *, of_pages: bool = True) -> list[Violation]:
    """What is wrong in these N-Triples; `of_pages` is False for what the catalogue knows."""
    shapes = _shapes()
    data = Graph()
    data.parse(data=triples, format="nt")
    conforms, report, _ = validate(data, shacl_graph=shapes)
    if conforms or not isinstance(report, Graph):
        return []
    found = []
    for result in report.objects(None, SH.result):
        shape = report.value(result, SH.sourceShape)
        if not of_pages and (shape, _ONLY_OF_PAGES, None) in shapes:
            continue
        path = report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        component = report.value(result, SH.sourceConstraintComponent)
        message = str(report.value(result, SH.resultMessage) or "breaks the rule")
        if component == SH.ClosedConstraintComponent:
            message = "says what no such node can say"
        found.append(
            Violation(
                str(report.value(result, SH.focusNode)),
                _kind(shapes, shape),
                str(path) if isinstance(path, URIRef) else "",
                message,
                None if value is None else str(value),
                isinstance(value, Literal),
            )
        )
    return found


@cache
def _shapes() -> Graph:
    return Graph().parse(folder("ontology") / "shapes.ttl", format="turtle")


def _kind(shapes: Graph, shape: Node | None) -> str:
    """`review`; "any node" for a property shape that several kinds of node share."""
    owners = [shape, *shapes.subjects(SH.property, shape)] if shape is not None else []
    labels = {str(label) for owner in owners for label in shapes.objects(owner, RDFS.label)}
    return labels.pop() if len(labels) == 1 else "any node"
