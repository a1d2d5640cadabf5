"""A graph as Python users meet it: ask, explain, export, or go on with rdflib."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg.graph import explain as explaining
from kg.graph.explanation import Explanation
from kg.graph.named import ask_named
from kg.graph.names import Names
from kg.graph.query import Answer
from kg.graph.serialise import export
from kg.graph.store import Store

if TYPE_CHECKING:
    from rdflib import Dataset


class Graph:
    """A published graph, open for reading.

    with kg.open("graph") as graph:
        for row in graph.query("cast-of", "All About Eve").printed():
            ...
    """

    def __init__(self, directory: str | Path) -> None:
        """Open the graph in `directory`; StoreError if there is none that this program reads."""
        self.store = Store.open(directory)
        self.names = Names(self.store)

    def query(self, query: str, *arguments: str) -> Answer:
        """Ask in SPARQL, or ask a named query about things given by name.

        QueryError for a mistake in the SPARQL, UsageError for a wrong name.
        """
        if query.strip() and not any(char.isspace() or char in "{}" for char in query.strip()):
            return ask_named(self.store, self.names, query.strip(), *arguments)
        return self.store.query(query)

    def explain(self, name: str) -> Explanation:
        """What is known of the things that bear a name, with the sentences that say it."""
        return explaining.explain(self.store, self.names, name)

    def rdflib(self) -> Dataset:
        """The same graph as an rdflib Dataset, read where it lies; nothing is copied.

        Its default graph holds each triple once; `dataset.graph(iri)` is what one page says.
        """
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        from kg.graph.prefixes import prefixes_of

        dataset = Dataset(store=OxigraphStore(store=self.store.engine), default_union=False)
        for prefix, namespace in prefixes_of(self.store.base).items():
            dataset.bind(prefix, namespace, override=True, replace=True)
        return dataset

    def export(self, path: str | Path) -> int:
        """Write the graph in the format of the file's ending; returns the bytes written."""
        return export(self.store, Path(path))

    def refresh(self) -> bool:
        """Move on to the graph that was published last; False if this is it."""
        return self.store.refresh()

    def close(self) -> None:
        """Let go of the files."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
