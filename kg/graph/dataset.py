"""The graph for users of rdflib: the same database, read where it lies."""

from __future__ import annotations

from oxrdflib import OxigraphStore
from rdflib import Dataset

from kg.graph.prefixes import prefixes_of
from kg.graph.store import Store


def dataset(store: Store) -> Dataset:
    """An rdflib Dataset over an open store; nothing is copied, and it lives as long as the store.

    Its default graph holds each triple once; `dataset.graph(URIRef(page))` is what one page says.
    """
    found = Dataset(store=OxigraphStore(store=store.engine), default_union=False)
    for prefix, namespace in prefixes_of(store.base).items():
        found.bind(prefix, namespace, override=True, replace=True)
    return found
