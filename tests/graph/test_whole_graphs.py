"""A page's graph read and written whole, as the Graph Store Protocol does it."""

from __future__ import annotations

from graph_examples import aggregator, magazine_review

from kg.graph.mapping import page_graph, quads_of
from kg.graph.protocol import write_graph
from kg.graph.store import Store
from kg.graph.writing import put_graph


def _read(store: Store, graph: str) -> bytes:
    pieces: list[bytes] = []
    assert write_graph(store, graph, "ntriples", pieces.append)
    return b"".join(pieces)


def _fill(store: Store) -> str:
    for page in (magazine_review().linked(), aggregator().linked()):
        store.replace_page(page_graph(page.page.id), quads_of(page))
    return page_graph(magazine_review().id)


def test_a_page_is_read_with_its_evidence_and_can_be_put_back(writer: Store) -> None:
    graph = _fill(writer)
    before = set(writer.engine)
    content = _read(writer, graph)
    assert b"/claim/" in content
    put_graph(writer, graph, content, "ntriples")
    assert set(writer.engine) == before


def test_what_is_added_to_a_page_leaves_its_evidence_alone(writer: Store) -> None:
    graph = _fill(writer)
    before = set(writer.engine)
    added = b"<https://example.org/a> <https://example.org/b> <https://example.org/c> ."
    put_graph(writer, graph, added, "ntriples", keep=True)
    assert before < set(writer.engine)
    assert len(set(writer.engine) - before) == 2
