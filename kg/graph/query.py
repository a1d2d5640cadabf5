"""SPARQL in, answers out; mistakes come back with their line, column and words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError, UsageError
from kg.graph.guard import refuse_reaching_out
from kg.graph.mistakes import explain
from kg.graph.ntriples import own_term
from kg.graph.prefixes import prefixes_of, shorten
from kg.graph.terms import Term
from kg.model import Literal

ROW_FORMATS: Final = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
TRIPLE_FORMATS: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "ttl": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
FORMATS: Final = (*ROW_FORMATS, *TRIPLE_FORMATS)

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Answer:
    """What a query gives: rows, a truth, or triples. It may be read more than once.

    The first reading uses the evaluation that checked the query, each further one asks again.
    """

    def __init__(self, evaluate: Callable[[], Results], prefixes: Mapping[str, str]) -> None:
        self._evaluate = evaluate
        self._prefixes = prefixes
        first = evaluate()
        self._first: Results | None = first
        self.kind = _kind(first)
        """`rows`, `truth` or `triples`."""
        self.variables: tuple[str, ...] = _variables(first)

    def rows(self) -> Iterator[tuple[Term | None, ...]]:
        """The rows of a SELECT, in the order of `variables`; the triples of a CONSTRUCT."""
        results = self._results()
        with _reading():
            if isinstance(results, ox.QuerySolutions):
                for solution in results:
                    yield tuple(None if term is None else own_term(term) for term in solution)
            elif isinstance(results, ox.QueryTriples):
                for triple in results:
                    yield tuple(own_term(term) for term in triple)
            else:
                yield (Literal("true" if results else "false"),)

    def __bool__(self) -> bool:
        """The truth of an ASK; for others, whether there is any row or triple."""
        results = self._results()
        return bool(results) if isinstance(results, ox.QueryBoolean) else any(True for _ in results)

    def printed(self) -> Iterator[tuple[str, ...]]:
        """The rows for people: IRIs with the usual prefixes, literals as bare words."""
        for row in self.rows():
            yield tuple(self._printed(term) for term in row)

    def serialise(self, format_name: str) -> bytes:
        """The whole answer in one of `FORMATS`; UsageError if it is no format of such an answer."""
        wanted = ROW_FORMATS if self.kind != "triples" else TRIPLE_FORMATS
        if format_name not in wanted:
            raise UsageError(
                f"expected one of {', '.join(wanted)} as the format of an answer of {self.kind}, "
                f"found {format_name!r}"
            )
        results = self._results()
        with _reading():
            if isinstance(results, ox.QueryTriples):
                written = ox.serialize(
                    results, format=TRIPLE_FORMATS[format_name], prefixes=dict(self._prefixes)
                )
            else:
                written = results.serialize(format=ROW_FORMATS[format_name])
        return written or b""

    def _results(self) -> Results:
        results, self._first = self._first, None
        return self._evaluate() if results is None else results

    def _printed(self, term: Term | None) -> str:
        if term is None:
            return ""
        return term.value if isinstance(term, Literal) else shorten(term, self._prefixes)


def ask(engine: ox.Store, sparql: str, *, base: str) -> Answer:
    """Evaluate a query on the default graph (named graphs through GRAPH), reaching nowhere else.

    QueryError with line and column where the query is wrong.
    """
    refuse_reaching_out(sparql)
    prefixes = prefixes_of(base)

    def evaluate() -> Results:
        try:
            with _reading():
                return engine.query(sparql, prefixes=prefixes)
        except SyntaxError as error:
            raise explain(sparql, error, prefixes) from error

    return Answer(evaluate, prefixes)


def _kind(results: Results) -> str:
    if isinstance(results, ox.QuerySolutions):
        return "rows"
    return "triples" if isinstance(results, ox.QueryTriples) else "truth"


def _variables(results: Results) -> tuple[str, ...]:
    if isinstance(results, ox.QuerySolutions):
        return tuple(variable.value for variable in results.variables)
    return (
        ("subject", "predicate", "object") if isinstance(results, ox.QueryTriples) else ("truth",)
    )


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise StoreError(
            f"the graph's files can't be read ({error}); if they are damaged, build it again "
            "with kg build --rebuild"
        ) from error
