"""`kg export` and `kg draw`."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from kg.api import open as open_graph
from kg.errors import UsageError
from kg.graph.selection import Selection

_RDF = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf")
_WIKIDATA = ".qs"
_VIEWS = (".graphml", ".gexf", ".html", ".svg", ".csv")


def export(options: Namespace) -> int:
    """Write the graph, or the part that is wanted, in the format of the file's ending."""
    ending = ending_of(options.out)
    if ending not in (*_RDF, _WIKIDATA, *_VIEWS):
        known = " ".join((*_RDF, _WIKIDATA, *_VIEWS))
        raise UsageError(f"expected a file ending in one of {known}, found {options.out.name!r}")
    selection = Selection(
        films=tuple(options.film),
        sources=tuple(options.source),
        evidence=not options.no_evidence,
        min_confidence=options.min_confidence,
        catalogue_only=options.catalogue_only,
    )
    with open_graph(options.graph) as graph:
        if ending in _RDF:
            graph.export(options.out, selection)
        elif ending == _WIKIDATA:
            from kg.graph.quickstatements import write as write_statements

            print(write_statements(graph.store, options.out, selection), file=sys.stderr)
        else:
            from kg.graph.part import part_of
            from kg.view.export import write as write_view

            with part_of(graph.store, selection) as part:
                write_view(options.out, part)
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
