"""What a server holds of one page: its graph, and its claims and passages in the default graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.graph.evidence import evidence_folders
from kg.graph.iris import Iris
from kg.graph.remote.answers import Reader, Row
from kg.graph.terms import Triple
from kg.vocab import FK, OA


def said(reader: Reader, graph: str) -> Iterator[Triple]:
    """What a graph says."""
    yield from _triples(reader.rows(f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"))


def evidence(reader: Reader, page: str, iris: Iris, default: str) -> Iterator[Triple]:
    """A page's claims and passages; `default` stands in for the default graph, "" for none."""
    passages = f"?s <{OA.hasSource}> <{page}> . ?s ?p ?o"
    claims = f"?x <{OA.hasSource}> <{page}> . ?s <{FK.passage}> ?x . ?s ?p ?o"
    for pattern in (passages, claims):
        where = f"GRAPH <{default}> {{ {pattern} }}" if default else pattern
        for triple in _triples(reader.rows(f"SELECT DISTINCT ?s ?p ?o {{ {where} }}")):
            if triple.subject.startswith(evidence_folders(iris)):
                yield triple


def _triples(rows: Iterable[Row]) -> Iterator[Triple]:
    return (Triple(str(s), str(p), o) for s, p, o in rows if o is not None)
