"""Evidence stands once: a page's claims and passages are in the default graph and nowhere else.

Their IRIs are hashes of the page's own words, so that no two pages share one, and a passage names
its page (`oa:hasSource`). A copy in the page's graph would say nothing more: that graph holds what
the page states, and tells which other pages state it too.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.graph.iris import Iris
from kg.graph.ntriples import node
from kg.vocab import FK, OA

_DEFAULT = ox.DefaultGraph()
_HAS_SOURCE = node(OA.hasSource)
_PASSAGE = node(FK.passage)


def evidence_folders(iris: Iris) -> tuple[str, str]:
    """What the IRIs of claims and of passages begin with."""
    return f"{iris.base}claim/", f"{iris.base}passage/"


def evidence_of(engine: ox.Store, page: str, iris: Iris) -> Iterator[ox.Quad]:
    """All that the default graph holds of one page's claims and passages, each quad once."""
    claims_begin, passages_begin = evidence_folders(iris)
    seen: set[str] = set()
    for source in engine.quads_for_pattern(None, _HAS_SOURCE, node(page), _DEFAULT):
        passage = source.subject
        if not isinstance(passage, ox.NamedNode) or not passage.value.startswith(passages_begin):
            continue
        yield from engine.quads_for_pattern(passage, None, None, _DEFAULT)
        for said in engine.quads_for_pattern(None, _PASSAGE, passage, _DEFAULT):
            claim = said.subject
            if (
                isinstance(claim, ox.NamedNode)
                and claim.value.startswith(claims_begin)
                and claim.value not in seen
            ):
                seen.add(claim.value)
                yield from engine.quads_for_pattern(claim, None, None, _DEFAULT)


def without_copies(iris: Iris) -> str:
    """The update that takes copies of evidence out of pages' graphs, where format 1 had them."""
    claims_begin, passages_begin = evidence_folders(iris)
    return (
        "DELETE { GRAPH ?page { ?node ?predicate ?object } } WHERE { GRAPH ?page { "
        f"?node a ?class ; ?predicate ?object . VALUES ?class {{ <{FK.Claim}> <{FK.Passage}> }} "
        f'FILTER(STRSTARTS(STR(?node), "{claims_begin}") || '
        f'STRSTARTS(STR(?node), "{passages_begin}")) }} }}'
    )
