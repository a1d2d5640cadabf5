"""What a server is told of the graph on it, in a small graph of its own, for whoever opens it.

It always has the same name, whatever the base, so that a reader who has only the address finds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.errors import StoreError
from kg.graph.description import FORMAT
from kg.graph.remote.answers import Reader
from kg.graph.terms import Triple, text
from kg.model import Literal
from kg.vocab import BASE, FK, PREFIXES, RDF

ABOUT: Final = BASE + "graph"
"""The graph about the graph, and its subject."""

_DATASET: Final = PREFIXES["void"] + "Dataset"
_BASE: Final = PREFIXES["void"] + "uriSpace"
_FORMAT: Final = PREFIXES["dcterms"] + "conformsTo"
_ID: Final = PREFIXES["dcterms"] + "identifier"
_REVISION: Final = PREFIXES["dcterms"] + "hasVersion"
_DEFAULT: Final = "http://www.w3.org/ns/sparql-service-description#defaultGraph"


@dataclass(frozen=True, slots=True)
class About:
    """`default` names the graph that stands in for a default graph that can't be written, or "".

    `id` and `revision` tell a state folder whether the server holds what it was last told; both
    are "" for a graph that somebody else put there.
    """

    base: str
    id: str = ""
    revision: str = ""
    default: str = ""
    format: str = str(FORMAT)

    def triples(self) -> Iterator[Triple]:
        """What stands on the server."""
        yield Triple(ABOUT, RDF.type, _DATASET)
        yield Triple(ABOUT, _BASE, text(self.base))
        yield Triple(ABOUT, _FORMAT, text(self.format))
        yield Triple(ABOUT, _ID, text(self.id))
        yield Triple(ABOUT, _REVISION, text(self.revision))
        if self.default:
            yield Triple(ABOUT, _DEFAULT, self.default)


def read(reader: Reader, url: str) -> About | None:
    """What the server says; None where it holds no graph of ours. StoreError for another format.

    A server that holds our terms without a word about them (a graph that `kg serve` shows) is read
    with the base that its pages have.
    """
    said: dict[str, str] = {}
    for predicate, obj in reader.rows(f"SELECT ?p ?o {{ GRAPH <{ABOUT}> {{ <{ABOUT}> ?p ?o }} }}"):
        if isinstance(predicate, str) and obj is not None:
            said[predicate] = obj.value if isinstance(obj, Literal) else obj
    if not said:
        return _of_pages(reader)
    about = About(
        base=said.get(_BASE, ""),
        id=said.get(_ID, ""),
        revision=said.get(_REVISION, ""),
        default=said.get(_DEFAULT, ""),
        format=said.get(_FORMAT, ""),
    )
    if about.format != str(FORMAT) or not about.base:
        raise StoreError(
            f"expected a graph of format {FORMAT} at {url}, found format {about.format!r}; build "
            f"it again with kg build SOURCE... --graph {url} --rebuild, or install the film-kg "
            "that made it"
        )
    return about


def _of_pages(reader: Reader) -> About | None:
    found = reader.rows(f"SELECT ?page {{ ?page a <{FK.Source}> }} LIMIT 1")
    for (page,) in found:
        base, folder, _ = str(page).rpartition("/source/")
        if folder:
            return About(base=base + "/")
    return None
