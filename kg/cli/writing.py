"""`kg export` and `kg draw`."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from kg.api import open as open_graph
from kg.errors import UsageError

_RDF = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf")
_VIEWS = (".graphml", ".gexf", ".html", ".svg", ".csv")


def export(options: Namespace) -> int:
    """Write the graph in the format of the file's ending."""
    ending = ending_of(options.out)
    if ending not in _RDF + _VIEWS:
        known = " ".join(_RDF + _VIEWS)
        raise UsageError(f"expected a file ending in one of {known}, found {options.out.name!r}")
    with open_graph(options.graph) as graph:
        if ending in _RDF:
            from kg.graph.serialise import write as write_rdf

            write_rdf(graph.store, options.out)
        else:
            from kg.view.export import write as write_view

            write_view(options.out, graph.store)
    print(f"written: {options.out}", file=sys.stderr)
    return 0


def draw(options: Namespace) -> int:
    """Draw a neighbourhood, or print the way between two films."""
    from kg.view.export import draw as draw_view

    with open_graph(options.graph) as graph:
        draw_view(graph.store, options.out, films=options.film)
    print(f"written: {options.out}", file=sys.stderr)
    return 0


def ending_of(path: Path) -> str:
    """The ending that names the format, without a `.gz` behind it."""
    return Path(path.stem).suffix if path.suffix == ".gz" else path.suffix
