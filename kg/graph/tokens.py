"""SPARQL's own tokens, as far as it takes to tell keywords from IRIs, strings, comments and names.

For checks before evaluation; the engine does the parsing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_NAME: Final = r"[^\W\d](?:[\w.\-]*[\w\-])?"
_TOKEN: Final = re.compile(
    r"""
      (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<comment> \#[^\r\n]* )
    | (?P<string> '''(?:'{0,2}(?:[^'\\]|\\.))*''' | \"""(?:"{0,2}(?:[^"\\]|\\.))*\"""
                | '(?:[^'\\\r\n]|\\.)*' | "(?:[^"\\\r\n]|\\.)*" )
    | (?P<variable> [?$]\w+ )
    | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<prefixed> (?:NAME)?:
                    (?:[\w:%\-]|\\[_~.\-!$&'()*+,;=/?\#@%]|\.(?=[\w:%\-\\.]))* )
    | (?P<number> \d+ )
    | (?P<word> [^\W\d]\w* )
    | (?P<other> \S )
    """.replace("NAME", _NAME),
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """One token; `kind` is the name of its group in the pattern above."""

    kind: str
    text: str
    start: int


def tokens(sparql: str) -> Iterator[Token]:
    """The tokens of a query, without white space."""
    for match in _TOKEN.finditer(sparql):
        yield Token(match.lastgroup or "other", match[0], match.start())


def place(sparql: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both counted from 1."""
    before = sparql[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
