"""The graph for users of rdflib: the same database, read where it lies."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from typing import Any

from oxrdflib import OxigraphStore
from rdflib import XSD, Dataset, Graph, Literal
from rdflib.query import Result

from kg.errors import StoreError
from kg.graph.guard import refuse_reaching_out
from kg.graph.mistakes import explain
from kg.graph.prefixes import prefixes_of
from kg.graph.store import Store


def dataset(store: Store) -> Dataset:
    """An rdflib Dataset over an open store; nothing is copied, and it lives as long as the store.

    Its default graph holds each triple once; `dataset.graph(URIRef(page))` is what one page says.
    It is for reading: a change would part the default graph from what the pages say.
    """
    found = Dataset(store=_ReadOnlyStore(store=store.engine), default_union=False)
    for prefix, namespace in prefixes_of(store.base).items():
        found.bind(prefix, namespace, override=True, replace=True)
    return found


class _ReadOnlyStore(OxigraphStore):
    """Gives strings as rdflib makes them: to it, a string and an `xsd:string` are not equal."""

    def add_graph(self, graph: Graph) -> None:
        """Do nothing: rdflib calls it for every graph that is asked for, be it there or not."""

    def add(self, *_args: Any, **_kwargs: Any) -> None:  # noqa: ANN401 - whatever it would be
        """Refuse."""
        raise _refusal()

    addN = remove = update = remove_graph = add  # noqa: N815 - rdflib's own name

    def triples(
        self,
        triple_pattern: Any,  # noqa: ANN401 - as rdflib's stores declare it
        context: Graph | None = None,
    ) -> Iterator[tuple[Any, Iterator[Graph | None]]]:
        """The matching triples, each with the graphs that it stands in."""
        for (subject, predicate, obj), graphs in super().triples(triple_pattern, context):
            yield (subject, predicate, _plain(obj)), graphs

    def close(self, commit_pending_transaction: bool = False) -> None:
        """Do nothing: the files are the open graph's."""

    def query(
        self,
        query: Any,  # noqa: ANN401 - rdflib's own signature, here and below
        initNs: Mapping[str, Any],  # noqa: N803
        initBindings: Mapping[str, Any],  # noqa: N803
        queryGraph: Any,  # noqa: ANN401, N803
        **kwargs: Any,  # noqa: ANN401
    ) -> Result:
        """SPARQL, evaluated by the engine; QueryError with line and column where it is wrong.

        Bindings may be of any variable, as with rdflib's own stores.
        """
        if isinstance(query, str):
            refuse_reaching_out(query)
            query += _bound(initBindings)
            initBindings = {}  # noqa: N806
        try:
            result = super().query(query, initNs, initBindings, queryGraph, **kwargs)
        except SyntaxError as error:
            prefixes = dict(self._namespace_for_prefix, **initNs)
            raise explain(
                str(query), error, {key: str(one) for key, one in prefixes.items()}
            ) from (error)
        if result.type == "SELECT":
            rows = result.bindings

            def plain() -> Generator[dict[Any, Any]]:
                for row in rows:
                    yield {name: _plain(term) for name, term in row.items()}

            result.bindings = plain()
        elif result.type == "CONSTRUCT" and result.graph is not None:
            found = Graph()
            for subject, predicate, obj in result.graph:
                found.add((subject, predicate, _plain(obj)))
            result.graph = found
        return result


def _bound(bindings: Mapping[str, Any]) -> str:
    """What gives variables their values, written behind a query."""
    if not bindings:
        return ""
    names = " ".join(f"?{str(name).lstrip('?')}" for name in bindings)
    return f"\nVALUES ({names}) {{ ({' '.join(term.n3() for term in bindings.values())}) }}"


def _refusal() -> StoreError:
    return StoreError(
        "the graph was opened for reading; change it with kg build or kg forget, or copy "
        "it into a Dataset of your own"
    )


def _plain(term: Any) -> Any:  # noqa: ANN401 - any node of rdflib's
    if isinstance(term, Literal) and term.datatype == XSD.string:
        return Literal(str(term))
    return term
