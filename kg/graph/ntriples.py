"""Quads as lines of N-Triples and N-Quads, and back to the terms of the engine."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.terms import Term
from kg.model import Literal

_ESCAPES: Final = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}
_ESCAPED: Final = re.compile('[\\\\"\n\r\t\b\f]')


def written(term: Term) -> str:
    """A term as N-Triples, Turtle and SPARQL all read it."""
    if isinstance(term, str):
        return f"<{term}>"
    quoted = f'"{_ESCAPED.sub(_escape, term.value)}"'
    if term.language:
        return f"{quoted}@{term.language}"
    return f"{quoted}^^<{term.datatype}>" if term.datatype else quoted


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES[match[0]]


@lru_cache(maxsize=4096)
def node(iri: str) -> ox.NamedNode:
    """An IRI as the engine takes it."""
    return ox.NamedNode(iri)


def engine_term(term: Term) -> ox.NamedNode | ox.Literal:
    """A term as the engine takes it."""
    if isinstance(term, str):
        return node(term)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return (
        ox.Literal(term.value, datatype=node(term.datatype))
        if term.datatype
        else ox.Literal(term.value)
    )


def own_term(term: object) -> Term:
    """A term of the engine as ours; ValueError for blank nodes and quoted triples."""
    if isinstance(term, ox.NamedNode):
        return str(term.value)
    if isinstance(term, ox.Literal):
        return _own_literal(term)
    raise ValueError(f"expected an IRI or a literal, found {term}")


@lru_cache(maxsize=16384)
def _own_literal(term: ox.Literal) -> Literal:
    """Answers hold the same words and numbers again and again."""
    if term.language:
        return Literal(term.value, language=term.language)
    datatype = term.datatype.value
    return Literal(term.value, "" if datatype == _STRING else datatype)


def iri_of(term: object) -> str:
    """A subject as the engine gives it; StoreError for a blank node, which no build writes."""
    if not isinstance(term, ox.NamedNode):
        raise StoreError(f"expected only IRIs as subjects, found {term}; build the graph again")
    return str(term.value)


_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
