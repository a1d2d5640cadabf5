"""The prefixes that queries and exports share: vocabularies, and folders below the base."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from kg.graph.iris import FOLDERS
from kg.vocab import PREFIXES

# the local names that Turtle and SPARQL take without escapes, and a little fewer
_LOCAL: Final = re.compile(r"[^\W][\w\-]*(?:\.[\w\-]+)*")


@lru_cache(maxsize=8)
def _prefixes(base: str) -> dict[str, str]:
    return {**PREFIXES, **{folder: f"{base}{folder}/" for folder in FOLDERS}}


def prefixes_of(base: str) -> dict[str, str]:
    """All prefixes of a graph: `schema:`, `fk:`, ..., and `film:`, `person:`, ... below `base`."""
    return dict(_prefixes(base))


def shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    """`iri` with the longest prefix that fits, or as it is."""
    best = ""
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace) and len(namespace) > len(prefixes.get(best, "")):
            best = prefix
    local = iri[len(prefixes[best]) :] if best else ""
    return f"{best}:{local}" if _LOCAL.fullmatch(local) else iri
