"""Whose a graph on a server is: it may be changed from the state folder that it was built from."""

from __future__ import annotations

from typing import Final

from kg.errors import StoreError
from kg.graph.iris import Iris
from kg.graph.remote.about import About
from kg.graph.remote.address import Remote
from kg.graph.remote.journal import Journal
from kg.graph.remote.session import Session
from kg.graph.remote.writer import Writer

ID: Final = "id"
"""Under which the journal notes what the graph calls itself."""


def is_ours(session: Session, journal: Journal, remote: Remote, *, rebuild: bool) -> bool:
    """Whether the graph there was built from this state folder; StoreError for another's graph."""
    if session.about is None:
        return False
    known = bool(session.about.id) and session.about.id == journal.mark(ID)
    if not known and not rebuild:
        raise _of_another(remote)
    return known


def _of_another(remote: Remote) -> StoreError:
    return StoreError(
        f"expected the graph at {remote} to be the one that was built from {remote.folder}, found "
        "one that was built from elsewhere: what its pages said isn't kept here; name that folder "
        "with --state, or begin anew with --rebuild"
    )


def clear(session: Session, journal: Journal, about: About) -> None:
    """Take out all of a graph, of whatever base, as `--rebuild --base` asks."""
    iris = Iris(about.base)
    writer = Writer(
        session.sender(about.default),
        session.reader,
        journal,
        iris,
        default=about.default,
        held={*session.pages(iris.base), iris.catalogue, iris.corrections},
    )
    for graph in sorted(writer.held):
        writer.put(graph, set())
