"""Queries with a name: SPARQL files beside this module, asked with names instead of IRIs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kg.errors import KgError, UsageError
from kg.graph.fold import fold
from kg.graph.names import Names
from kg.graph.query import Answer
from kg.graph.store import Store
from kg.vocab import BASE

_FOLDER: Final = Path(__file__).parent / "queries"
_HEAD: Final = re.compile(r"\A# (?P<help>[^\n]+)\n# parameters: (?P<parameters>[^\n]+)\n")
# what a parameter may be the name of: folders below the base
_MEANS: Final = {
    "FILM": ("film", "work"),
    "PERSON": ("person",),
    "CRITIC": ("person",),
    "NAME": ("film", "work", "person", "character", "organisation", "award"),
}


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """One file: its first line tells what it shows, its second what it wants to know.

    The prefix `kg:` stands for the graph's own base. A parameter FILM stands for
    `VALUES ?film { UNDEF }` in the text, which is valid SPARQL as it is; the IRIs of whatever bears
    the given name take UNDEF's place.
    """

    name: str
    help: str
    parameters: tuple[str, ...]
    text: str

    def with_nodes(self, nodes: tuple[tuple[str, ...], ...], *, base: str = BASE) -> str:
        """The query about these nodes, one group of IRIs a parameter."""
        sparql = self.text.replace(f"PREFIX kg: <{BASE}>", f"PREFIX kg: <{base}>")
        for parameter, iris in zip(self.parameters, nodes, strict=True):
            wanted = " ".join(f"<{iri}>" for iri in iris)
            variable = parameter.lower()
            sparql = sparql.replace(
                f"VALUES ?{variable} {{ UNDEF }}", f"VALUES ?{variable} {{ {wanted} }}"
            )
        return sparql


@cache
def named_queries() -> dict[str, NamedQuery]:
    """All named queries, by name."""
    return {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.rq"))}


def ask_named(store: Store, names: Names, name: str, *arguments: str) -> Answer:
    """Ask a named query. UsageError for an unknown query, a wrong number of names, a wrong name.

    Where several things bear a name, the answer is about all of them.
    """
    query = named_queries().get(name)
    if query is None:
        raise UsageError(
            f"expected SPARQL or one of the named queries {', '.join(named_queries())}; "
            f"found {name!r}"
        )
    if len(arguments) != len(query.parameters):
        wanted = " ".join((name, *(f'"{parameter}"' for parameter in query.parameters)))
        raise UsageError(
            f"expected {len(query.parameters)} name(s) for the query {name}, found "
            f"{len(arguments)}; ask like this: {wanted}"
        )
    nodes = tuple(
        nodes_named(names, parameter, argument)
        for parameter, argument in zip(query.parameters, arguments, strict=True)
    )
    return store.query(query.with_nodes(nodes, base=store.base))


def nodes_named(names: Names, parameter: str, argument: str) -> tuple[str, ...]:
    """The things that a parameter such as FILM means by a name; UsageError with near names."""
    found = names.find(argument, folders=_MEANS[parameter])
    if found:
        return tuple(one.iri for one in found)
    near = [one.label for one in names.near(argument, folders=_MEANS[parameter])]
    what = parameter.lower() if fold(argument) else "name with letters"
    advice = f"; near to it: {', '.join(near)}" if near else ""
    raise UsageError(f"expected the name of a {what} of the graph, found {argument!r}{advice}")


def _read(path: Path) -> NamedQuery:
    text = path.read_text("utf-8")
    head = _HEAD.match(text)
    if head is None:
        raise KgError(
            f"expected a line of help and a line of parameters at the top of {path}, found none"
        )
    words = head["parameters"].split()
    parameters = () if words == ["none"] else tuple(words)
    unknown = [
        one
        for one in parameters
        if one not in _MEANS or f"VALUES ?{one.lower()} {{ UNDEF }}" not in text
    ]
    if unknown:
        raise KgError(
            f"expected parameters out of {', '.join(_MEANS)} in {path}, each with its VALUES line; "
            f"found {', '.join(unknown)}"
        )
    return NamedQuery(path.stem, head["help"], parameters, text)
