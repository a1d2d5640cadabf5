"""What is wrong with a query, in words, with its line and column and the line itself.

The engine's parser tells where it gave up and what sets of characters it hoped for. The commonest
mistakes (a word that begins no query, a prefix that nobody declared, a bracket that is never
closed) are found here, where they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kg.errors import QueryError
from kg.graph.tokens import place, tokens

_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_QUERIES: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES: Final = ("INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_CLOSES: Final = {"{": "}", "(": ")", "[": "]"}
_TELLING: Final = (
    (
        "The SELECT contains a variable that is unbound",
        "a selected variable is neither grouped by nor inside an aggregate such as COUNT or SAMPLE",
    ),
    ("IRI parsing failed", "not a valid IRI"),
)


def explain(sparql: str, error: SyntaxError, prefixes: Mapping[str, str]) -> QueryError:
    """The engine's complaint as an error that shows what to mend."""
    told = str(error)
    found = _PLACE.match(told)
    line, column = (int(found[1]), int(found[2])) if found else (1, 1)
    reason = "this can't be read"
    for sign, words in _TELLING:
        if sign in told:
            reason = words
    mistake = _opening(sparql) or _unknown_prefix(sparql, prefixes) or _brackets(sparql)
    if mistake is not None:
        (line, column), reason = place(sparql, mistake[0]), mistake[1]
    else:
        line, column = _last_token_before(sparql, line, column)
    return error_at(sparql, line, column, reason)


def error_at(sparql: str, line: int, column: int, reason: str) -> QueryError:
    """A QueryError that shows the line with a mark below the place."""
    lines = sparql.splitlines() or [""]
    shown = lines[min(line, len(lines)) - 1]
    mark = "".join("\t" if char == "\t" else " " for char in shown[: column - 1]) + "^"
    message = f"SPARQL mistake at line {line}, column {column}: {reason}\n  {shown}\n  {mark}"
    return QueryError(message, line=line, column=column)


def _opening(sparql: str) -> tuple[int, str] | None:
    """A query that begins with no word that a query can begin with."""
    skipping = 0
    for token in tokens(sparql):
        if token.kind == "comment":
            continue
        if skipping:
            skipping -= 1
            continue
        word = token.text.upper()
        if word in ("PREFIX", "BASE"):
            skipping = 2 if word == "PREFIX" else 1
            continue
        if word in _UPDATES:
            return token.start, f"{word} changes a graph, but here one can only ask"
        if word not in _QUERIES:
            expected = ", ".join(_QUERIES)
            return token.start, f"a query begins with {expected}, not with {token.text!r}"
        return None
    return len(sparql), "the query is empty"


def _unknown_prefix(sparql: str, prefixes: Mapping[str, str]) -> tuple[int, str] | None:
    known = {*prefixes, "_"}
    declaring = False
    for token in tokens(sparql):
        if token.kind == "prefixed":
            prefix = token.text.partition(":")[0]
            if declaring:
                known.add(prefix)
            elif prefix not in known:
                return token.start, (
                    f"the prefix {prefix}: is unknown; declare it with PREFIX {prefix}: <...>, "
                    f"or use one of {', '.join(sorted(prefixes))}"
                )
        declaring = token.kind == "word" and token.text.upper() == "PREFIX"
    return None


def _brackets(sparql: str) -> tuple[int, str] | None:
    opened: list[tuple[str, int]] = []
    for token in tokens(sparql):
        if token.kind != "other":
            continue
        if token.text in _CLOSES:
            opened.append((token.text, token.start))
        elif token.text in _CLOSES.values():
            if not opened:
                return token.start, f"{token.text} closes nothing"
            bracket, start = opened.pop()
            if _CLOSES[bracket] != token.text:
                line, column = place(sparql, start)
                return token.start, (
                    f"expected {_CLOSES[bracket]} for the {bracket} at line {line}, "
                    f"column {column}, found {token.text}"
                )
    if opened:
        bracket, start = opened[-1]
        return start, f"{bracket} is never closed"
    quote = next((token for token in tokens(sparql) if token.text in ("'", '"')), None)
    return None if quote is None else (quote.start, "the string is never closed")


def _last_token_before(sparql: str, line: int, column: int) -> tuple[int, int]:
    """The engine points behind the token that it couldn't use: point at that token."""
    lines = sparql.splitlines(keepends=True)
    offset = sum(len(one) for one in lines[: line - 1]) + column - 1
    last = None
    for token in tokens(sparql):
        if token.start >= offset:
            break
        last = token.start
    return place(sparql, last) if last is not None else (line, column)
