"""Answers of a server: whole, though the server may cut them, and in canonical terms.

Servers keep numbers by value and language tags in small letters: `1.50` may come back as `1.5`, and
`true` as `1`. Terms are compared after `canonical` has made them alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final, cast
from urllib.parse import urlencode

import httpx2 as httpx
import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.ntriples import own_term
from kg.graph.remote.client import Client
from kg.graph.terms import Term, Triple
from kg.vocab import XSD

Row = tuple[Term | None, ...]
Binding = dict[str, dict[str, str]]
Dataset = Mapping[str, list[str]]
"""The graphs to ask, by the names of SPARQL 1.1 Protocol: `default-graph-uri`, ..."""

ROWS: Final = "application/sparql-results+json"
TRIPLES: Final = "application/n-triples"
_FORM: Final = "application/x-www-form-urlencoded"
_TRUTHS: Final = {"1": "true", "0": "false", "true": "true", "false": "false"}
# a server that cuts answers without saying so cuts at a round number
_ROUND: Final = 1_000
_BOOLEAN: Final = b"XMLSchema#boolean"
_WINDOW: Final = 5_000
_PROLOGUE: Final = re.compile(
    r"(?:\s+|#[^\n]*\n|PREFIX\s+[^\s:]*:\s*<[^>]*>|BASE\s*<[^>]*>)*", re.IGNORECASE
)


def canonical(term: Term) -> Term:
    """A term as every server may give it back: the same value, always written alike."""
    if isinstance(term, str):
        return term
    if term.language:
        return replace(term, language=term.language.lower())
    if term.datatype == XSD.boolean:
        return replace(term, value=_TRUTHS.get(term.value, term.value))
    if term.datatype in (XSD.decimal, XSD.integer):
        try:
            number = Decimal(term.value)
        except InvalidOperation:
            return term
        plain = format(number.normalize(), "f")
        return replace(term, value="0" if plain == "-0" else plain)
    return term


def canonical_triple(triple: Triple) -> Triple:
    """A triple with its object in canonical form."""
    return Triple(triple.subject, triple.predicate, canonical(triple.object))


def ask(
    client: Client,
    url: str,
    query: str,
    *,
    accept: str,
    dataset: Dataset,
    asking: bool = False,
) -> httpx.Response:
    """The server's answer to one query, as it is."""
    form = [("query", query)]
    form += [(name, graph) for name, graphs in dataset.items() for graph in graphs]
    return client.send(
        "POST",
        url,
        headers={"Accept": accept, "Content-Type": _FORM},
        content=urlencode(form).encode(),
        asking=asking,
        purpose="answer a query",
    )


def solutions(response: httpx.Response) -> ox.QuerySolutions | ox.QueryBoolean:
    """Rows or a truth; StoreError where the answer is something else."""
    return _parsed(response.content, response)


def triples(response: httpx.Response) -> Iterator[ox.Triple]:
    """The triples of a CONSTRUCT or DESCRIBE; StoreError where the answer is something else."""
    try:
        for quad in ox.parse(response.content, format=ox.RdfFormat.N_TRIPLES):
            yield quad.triple
    except (SyntaxError, ValueError) as error:
        raise _no_answer(response, "N-Triples", error) from error


class Reader:
    """Asks one end point, and gets answers whole or an error."""

    def __init__(self, client: Client, url: str) -> None:
        self._client = client
        self.url = url

    def rows(self, query: str) -> list[Row]:
        """All rows of a SELECT of the program's own, in the server's order."""
        found = self.select(query, {})
        if not isinstance(found, ox.QuerySolutions):
            return []
        return [
            tuple(None if term is None else own_term(term) for term in solution)
            for solution in found
        ]

    def truth(self, query: str) -> bool:
        """The answer to an ASK of the program's own."""
        return bool(self.select(query, {}))

    def select(
        self, query: str, dataset: Dataset, *, asking: bool = False
    ) -> ox.QuerySolutions | ox.QueryBoolean:
        """The answer to a SELECT or ASK; where the server cuts it, by parts of some thousand rows.

        StoreError unless as many rows come as the server counts.
        """
        response = ask(self._client, self.url, query, accept=ROWS, dataset=dataset, asking=asking)
        content = response.content
        if "X-SPARQL-MaxRows" not in response.headers and _BOOLEAN not in content:
            found = _parsed(content, response)
            if not isinstance(found, ox.QuerySolutions):
                return found
        answer = _json(response)
        rows = _bindings(answer)
        if rows and ("X-SPARQL-MaxRows" in response.headers or len(rows) % _ROUND == 0):
            rows = self._windows(query, dataset, rows)
            answer["results"]["bindings"] = rows
        for row in rows:
            for term in row.values():
                if term.get("datatype") == XSD.boolean:
                    term["value"] = _TRUTHS.get(term["value"], term["value"])
        return _parsed(json.dumps(answer).encode(), response)

    def _windows(self, query: str, dataset: Dataset, first: list[Binding]) -> list[Binding]:
        head = _PROLOGUE.match(query)
        end = head.end() if head else 0
        prologue, body = query[:end], query[end:]

        def asked(sparql: str) -> list[Binding]:
            return _bindings(
                _json(ask(self._client, self.url, sparql, accept=ROWS, dataset=dataset))
            )

        counted = asked(f"{prologue} SELECT (COUNT(*) AS ?n) WHERE {{ {{ {body} }} }}")
        number = int(counted[0]["n"]["value"]) if counted else 0
        if number == len(first):
            return first
        size = min(_WINDOW, len(first))
        found: list[Binding] = []
        while len(found) < number:
            more = asked(
                f"{prologue} SELECT * WHERE {{ {{ {body} }} }} LIMIT {size} OFFSET {len(found)}"
            )
            if not more:
                break
            found += more
        if len(found) != number:
            raise StoreError(
                f"expected {number:,} rows from {self.url}, but it gives only {len(found):,}; ask "
                "for less, or raise the number of rows that the server allows an answer"
            )
        return found


def _json(response: httpx.Response) -> dict[str, Any]:
    try:
        answer = json.loads(response.content)
        _bindings(answer)
    except (ValueError, KeyError, TypeError) as error:
        raise _no_answer(response, "rows as SPARQL JSON", error) from error
    return cast("dict[str, Any]", answer)


def _bindings(answer: dict[str, Any]) -> list[Binding]:
    return cast("list[Binding]", answer["results"]["bindings"]) if "results" in answer else []


def _parsed(content: bytes, response: httpx.Response) -> ox.QuerySolutions | ox.QueryBoolean:
    try:
        return ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise _no_answer(response, "rows as SPARQL JSON", error) from error


def _no_answer(response: httpx.Response, expected: str, error: Exception) -> StoreError:
    found = response.headers.get("Content-Type", "something without a type")
    url = response.request.url.copy_with(query=None)
    return StoreError(
        f"expected {expected} from {url}, found {found} that can't be read as that ({error}); is "
        "it the end point for SPARQL queries?"
    )
