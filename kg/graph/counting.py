"""How much a graph holds."""

from __future__ import annotations

from typing import Final

from kg.graph.store import Store
from kg.model import Literal

_COUNTED: Final = {
    "films": "SELECT (COUNT(*) AS ?n) { ?x a schema:Movie }",
    "people": "SELECT (COUNT(*) AS ?n) { ?x a schema:Person }",
    "characters": "SELECT (COUNT(*) AS ?n) { ?x a fk:Character }",
    "parts": "SELECT (COUNT(*) AS ?n) { ?x a schema:PerformanceRole }",
    "reviews": "SELECT (COUNT(*) AS ?n) { ?x a schema:Review }",
    "ratings": "SELECT (COUNT(*) AS ?n) { ?x a schema:Rating }",
    "references": "SELECT (COUNT(*) AS ?n) { ?x a fk:Reference }",
    "claims": "SELECT (COUNT(*) AS ?n) { ?x a fk:Claim }",
}


def counts(store: Store) -> dict[str, int]:
    """How many things of each sort the pages name, catalogue facts left out."""
    return {name: _number(store, sparql) for name, sparql in _COUNTED.items()}


def _number(store: Store, sparql: str) -> int:
    ((number,),) = store.query(sparql).rows()
    return int(number.value) if isinstance(number, Literal) else 0
