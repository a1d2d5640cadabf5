"""Keeps queries inside the graph: SERVICE and LOAD, which reach out of it, are refused unread.

The engine has no switch for them. A film called "Secret Service" may be asked for all the same: the
scan knows strings, comments, IRIs and names. When in doubt it refuses.
"""

from __future__ import annotations

import re
from typing import Final

from kg.errors import QueryError
from kg.graph.tokens import Token, place, tokens

# SPARQL 1.1, section 19.2: code point escapes count before anything else is read
_CODE_POINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

_KEYWORD: Final = re.compile(r"SERVICE|LOAD", re.IGNORECASE)
# `FILTER(?a<?b)SERVICE?c#>`: what looks like an IRI may be a comparison and what follows it
_AFTER_COMPARISON: Final = re.compile(r"\).*?(?<![\w-])(SERVICE|LOAD)", re.IGNORECASE | re.DOTALL)
_AFTER_FULL_STOP: Final = re.compile(r"\.(SERVICE|LOAD)", re.IGNORECASE)


def refuse_reaching_out(sparql: str) -> None:
    """QueryError if the query or update would read from elsewhere."""
    escaped = "\\" in sparql
    for written in {sparql, _CODE_POINT.sub(_decoded, sparql)} if escaped else {sparql}:
        folded = written.casefold()
        if "service" not in folded and "load" not in folded:
            continue  # no token can hold what the whole doesn't
        for token in tokens(written):
            keyword = _reaching_out(token)
            if keyword:
                line, column = place(written, token.start)
                raise QueryError(
                    f"{keyword} isn't allowed (line {line}, column {column}): a query may only "
                    "read this graph; leave that part out",
                    line=line,
                    column=column,
                )


def _reaching_out(token: Token) -> str:
    """The keyword that the token is, or may hide; "" if none.

    A keyword may be grown together with another one (`SERVICESILENT`): the engine needs no space.
    """
    match token.kind:
        case "word" | "other":
            found = _KEYWORD.search(token.text)
            return found[0].upper() if found else ""
        case "iri":
            found = _AFTER_COMPARISON.search(token.text)
        case "prefixed":
            found = _AFTER_FULL_STOP.search(token.text)
        case _:
            found = None
    return found[1].upper() if found else ""


def _decoded(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else match[0]
