"""The one update request that makes a page say what it says now."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.graph.evidence import evidence_folders, evidence_of
from kg.graph.iris import Iris
from kg.graph.ntriples import engine_term, iri_of, node, own_term, written
from kg.graph.terms import Triple

_DEFAULT = ox.DefaultGraph()


def difference(engine: ox.Store, iris: Iris, graph: str, wanted: set[Triple]) -> str:
    """The request that turns what `graph` holds into `wanted`, "" if there is nothing to do.

    A page's claims and passages are kept in the default graph alone, the catalogue's facts in
    their own graph alone, all else in both.
    """
    apart = graph == iris.catalogue
    once = evidence_folders(iris) if graph.startswith(f"{iris.base}source/") else ()
    words = {triple for triple in wanted if triple.subject.startswith(once)} if once else set()
    stated = wanted - words
    held = {_triple(quad) for quad in engine.quads_for_pattern(None, None, None, node(graph))}
    held_words = {_triple(quad) for quad in evidence_of(engine, graph, iris)} if once else set()
    gone, new = held - stated, stated - held
    lost = held_words - words
    if not apart:
        lost |= {one for one in gone if one not in words and _only_in(engine, iris, graph, one)}
    parts = (
        _data("DELETE", gone, graph),
        _data("DELETE", lost, None),
        _data("INSERT", new, graph),
        _data("INSERT", (words - held_words) | (set() if apart else new), None),
        f"DROP SILENT GRAPH <{graph}>" if gone and not wanted else "",
    )
    return " ;\n".join(part for part in parts if part)


def _only_in(engine: ox.Store, iris: Iris, graph: str, triple: Triple) -> bool:
    """Whether no other page states the triple; looks at no more graphs than it must."""
    others = engine.quads_for_pattern(
        node(triple.subject), node(triple.predicate), engine_term(triple.object), None
    )
    apart = {node(graph), node(iris.catalogue), _DEFAULT}
    return all(quad.graph_name in apart for quad in others)


def _data(verb: str, triples: Iterable[Triple], graph: str | None) -> str:
    """One operation of the request on a graph (None: the default graph), "" for no triples."""
    lines = "\n".join(
        sorted(f"<{one.subject}> <{one.predicate}> {written(one.object)} ." for one in triples)
    )
    if not lines:
        return ""
    place = lines if graph is None else f"GRAPH <{graph}> {{\n{lines}\n}}"
    return f"{verb} DATA {{ {place} }}"


def _triple(quad: ox.Quad) -> Triple:
    return Triple(iri_of(quad.subject), quad.predicate.value, own_term(quad.object))
