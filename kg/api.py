"""The Python interface: `kg.build`, `kg.open`, `kg.load`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg.errors import UsageError
from kg.graph.explain import explain
from kg.graph.explanation import Explanation
from kg.graph.named import ask_named, named_queries
from kg.graph.names import Names
from kg.graph.places import open_graph
from kg.graph.query import Answer
from kg.graph.remote.address import Remote, beside, place
from kg.graph.selection import EVERYTHING, Selection
from kg.graph.serialise import write
from kg.graph.store import Store

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from rdflib import Dataset
    from spacy.language import Language

    from kg.extract.labels import Labels
    from kg.report import BuildOptions, Progress, Report

__all__ = ["Graph", "Selection", "build", "load", "open"]


def build(
    sources: Sequence[str | Path],
    *,
    graph: str | Path | Remote = "graph",
    options: BuildOptions | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read, extract, link and write every document of `sources` into the graph at `graph`.

    `graph` is a folder, or the address of a SPARQL 1.1 server (`https://host/sparql`); a `Remote`
    names its other end points and the folder for what can't be on a server. Raises UsageError
    where there is nothing to read and StoreError where the graph can't be written; single documents
    that can't be read are in the report, with the reason.
    """
    from kg import builder  # what only reads a graph needs no reader of pages

    return builder.build(
        [str(source) for source in sources], graph=place(graph), options=options, progress=progress
    )


def open(graph: str | Path | Remote = "graph") -> Graph:  # noqa: A001 - as in `kg.open(...)`
    """Open a graph for reading, in a folder or on a SPARQL server; StoreError for none."""
    return Graph(open_graph(graph), folder=beside(place(graph)))


def load(name: str | Path | None = None, *, labels: Labels | None = None) -> Language:
    """The pipeline that reads reviews, a spaCy Language; ModelError where weights are missing.

    `name` may be another spaCy pipeline or `gliner:MODEL`, which then finds the names; `labels` say
    what its labels stand for, None for what isn't marked.
    """
    from kg.extract import load as load_pipeline

    return load_pipeline(name, labels=labels)


class Graph:
    """A graph that is open for reading: the last build that was finished.

    with kg.open("graph") as graph:
        for row in graph.query("cast-of", "All About Eve").printed():
            ...
    """

    def __init__(self, store: Store, folder: Path | None = None) -> None:
        """`folder` is where a build left what is no part of the graph: why names were linked."""
        self._folder = folder
        self.store = store
        self.names = Names(store)

    def query(self, query: str, *arguments: str) -> Answer:
        """Ask in SPARQL, with a file `NAME.rq`, or by a named query's name with its arguments.

        QueryError where the SPARQL is wrong, UsageError for an unknown name or file, or a wrong
        number of arguments.
        """
        query = query.strip()
        if query.endswith(".rq") and query not in named_queries():
            try:
                query = Path(query).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise UsageError(f"expected a SPARQL query in {query}: {error}") from error
        if query and not any(char.isspace() or char in "{}" for char in query):
            return ask_named(self.store, self.names, query, *arguments)
        if arguments:
            raise UsageError(f"only named queries take arguments, found {arguments[0]!r}")
        return self.store.query(query)

    def explain(self, name: str) -> Explanation:
        """What is known of whatever bears the name, each fact with the words that say it.

        And which names of which pages mean it, and why, where the last build left that.
        """
        from kg.engine.reasons import with_reasons

        found = explain(self.store, name, names=self.names)
        return found if self._folder is None else with_reasons(found, self.store, self._folder)

    def rdflib(self) -> Dataset:
        """The graph as an rdflib Dataset, read where it lies; nothing is copied.

        Its default graph holds each triple once; `dataset.graph(iri)` is what one page says.
        """
        from kg.graph.dataset import dataset

        return dataset(self.store)

    def networkx(self) -> MultiDiGraph[str]:
        """The references between films: a node a film, an edge a reference, with its evidence."""
        from kg.view.network import reference_network
        from kg.view.reading import read

        return reference_network(read(self.store))

    def export(self, path: str | Path, selection: Selection = EVERYTHING) -> int:
        """Write the graph in the RDF format of the file's ending; gives the bytes written.

        `kg.Selection(films=("Vertigo",), evidence=False)` and the like write a part of it.
        """
        return write(self.store, Path(path), selection)

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
