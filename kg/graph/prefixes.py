"""The prefixes that queries and exports share: vocabularies, and folders below the base."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from kg.graph.iris import FOLDERS
from kg.vocab import PREFIXES

# PN_LOCAL of Turtle and SPARQL without its escapes; an IRI that needs them is written whole
_LETTER: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_INSIDE: Final = _LETTER + r"_0-9\u00b7\u0300-\u036f\u203f\u2040\-"
LOCAL: Final = re.compile(rf"[{_LETTER}_0-9](?:[{_INSIDE}.]*[{_INSIDE}])?")


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
    return f"{best}:{local}" if LOCAL.fullmatch(local) else iri
