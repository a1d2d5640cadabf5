"""The dataset that the protocol gives an update, written into the update itself.

SPARQL 1.1 Protocol, section 2.2.3: `using-graph-uri` is what USING would be. The engine takes no
dataset beside an update, so the clauses go where the grammar has them: before each WHERE.
"""

from __future__ import annotations

from kg.errors import UsageError
from kg.graph.terms import clean_iri
from kg.graph.tokens import Token, tokens


def with_graphs(sparql: str, using: tuple[str, ...], using_named: tuple[str, ...]) -> str:
    """The update with USING clauses for these graphs; UsageError where it has some already."""
    if not using and not using_named:
        return sparql
    wrong = [one for one in (*using, *using_named) if clean_iri(one) != one or ":" not in one]
    if wrong:
        raise UsageError(f"expected IRIs as names of graphs, found {wrong[0]!r}")
    found = [token for token in tokens(sparql) if token.kind != "comment"]
    if any(_is(token, "USING") or _is(token, "WITH") for token in found):
        raise UsageError(
            "expected USING or WITH in the update, or using-graph-uri beside it, found both; "
            "leave one of them out"
        )
    clause = "".join(f"USING <{one}> " for one in using)
    clause += "".join(f"USING NAMED <{one}> " for one in using_named)
    parts: list[str] = []
    written = 0
    depth = 0
    for number, token in enumerate(found):
        depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "other" else 0
        if depth or not _is(token, "WHERE"):
            continue
        parts.append(sparql[written : token.start])
        if number and _is(found[number - 1], "DELETE"):
            # DELETE WHERE {...} takes no USING; it is short for DELETE {...} WHERE {...}
            parts.append(_group(sparql, found[number + 1 :]) + " ")
        parts.append(clause)
        written = token.start
    return "".join(parts) + sparql[written:]


def _is(token: Token, word: str) -> bool:
    return token.kind == "word" and token.text.upper() == word


def _group(sparql: str, following: list[Token]) -> str:
    """The text of the group that begins with the first of these tokens."""
    depth = 0
    for token in following:
        if token.kind == "other" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
        if depth == 0:
            return sparql[following[0].start : token.start + len(token.text)]
    return ""
