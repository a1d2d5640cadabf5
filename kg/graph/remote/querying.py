"""A user's SPARQL, checked here and answered there."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.guard import refuse_reaching_out
from kg.graph.mistakes import explain
from kg.graph.prefixes import prefixes_of
from kg.graph.protocol import form
from kg.graph.query import Answer, Results
from kg.graph.remote.answers import TRIPLES, ask, triples
from kg.graph.remote.session import Session
from kg.graph.tokens import tokens

# servers that cut what a CONSTRUCT gives say nothing about it, but cut at a round number,
# Virtuoso behind one more
_ROUND: Final = 1_000
_ALL: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def remote_answer(session: Session, sparql: str, *, base: str) -> Answer:
    """Evaluate a query on the server; mistakes are found here, before anything is sent.

    QueryError with line and column where the query is wrong, or with the server's words where it
    takes it for wrong. StoreError where the server gives only a part of the answer.
    """
    refuse_reaching_out(sparql)
    prefixes = prefixes_of(base)
    _check(sparql, prefixes)
    sent = _declared(sparql, prefixes)

    def evaluate() -> Results:
        dataset = session.dataset(sparql)
        if form(sparql) != "triples":
            return session.reader.select(sent, dataset, asking=True)
        response = ask(
            session.client, session.reader.url, sent, accept=TRIPLES, dataset=dataset, asking=True
        )
        found = ox.Store()
        found.extend(ox.Quad(*triple) for triple in triples(response))
        if len(found) >= _ROUND and len(found) % _ROUND <= 1:
            raise StoreError(
                f"expected all triples of the answer from {session.reader.url}, found "
                f"{len(found):,}, where servers cut answers; add LIMIT {len(found) // 2} (and "
                "OFFSET) to the query and ask for the rest apart"
            )
        # made by the engine again, so that it is written in every format
        results = found.query(_ALL)
        assert isinstance(results, ox.QueryTriples)
        return results

    return Answer(evaluate, prefixes)


def _check(sparql: str, prefixes: dict[str, str]) -> None:
    """QueryError where the query can't be read."""
    try:
        ox.Store().query(sparql, prefixes=prefixes)
    except SyntaxError as error:
        raise explain(sparql, error, prefixes) from error
    except RuntimeError:
        return  # it can be read: a function that only the server may know


def _declared(sparql: str, prefixes: dict[str, str]) -> str:
    """The query with the usual prefixes that it uses and doesn't declare itself."""
    used: set[str] = set()
    own: set[str] = set()
    declaring = False
    for token in tokens(sparql):
        if token.kind == "prefixed":
            (own if declaring else used).add(token.text.partition(":")[0])
        declaring = token.kind == "word" and token.text.upper() == "PREFIX"
    missing = sorted((used - own) & prefixes.keys())
    return "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in missing) + sparql
