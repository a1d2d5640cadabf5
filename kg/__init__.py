"""A knowledge graph of films, read from reviews, with the words behind every fact.

    import kg
    kg.build(["corpus"], graph="graph")
    graph = kg.open("graph")
    graph.query("most-referenced")
    nlp = kg.load()

Nothing heavy is imported until it is called for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import Selection, build, load, open  # noqa: A004 - as in `kg.open(...)`

__all__ = ["Selection", "__version__", "build", "load", "open"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the public name is
    """Import a public name when it is first asked for."""
    if name in ("Selection", "build", "load", "open"):
        return getattr(import_module("kg.api"), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
