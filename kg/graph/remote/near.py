"""Triples by pattern, read a little ahead, so that looking about a node takes few requests."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.ntriples import written
from kg.graph.remote.session import Session
from kg.graph.terms import Term, Triple


class Near:
    """Answers patterns from the server."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def triples(
        self,
        subject: str | None,
        predicate: str | None,
        obj: Term | None,
        *,
        graph: str | None,
    ) -> Iterator[Triple]:
        """The triples that match, from the default graph or from a named one."""
        s = "?s" if subject is None else f"<{subject}>"
        p = "?p" if predicate is None else f"<{predicate}>"
        o = "?o" if obj is None else written(obj)
        where = graph or self._session.default
        pattern = f"GRAPH <{where}> {{ {s} {p} {o} }}" if where else f"{s} {p} {o}"
        wanted = " ".join(name for name in (s, p, o) if name.startswith("?"))
        if not wanted:
            if self._session.reader.truth(f"ASK {{ {pattern} }}"):
                yield Triple(str(subject), str(predicate), obj if obj is not None else "")
            return
        names = wanted.split()
        for row in self._session.reader.rows(f"SELECT {wanted} {{ {pattern} }}"):
            found = dict(zip(names, row, strict=True))
            value = found.get("?o", obj)
            if value is not None:
                yield Triple(str(found.get("?s", subject)), str(found.get("?p", predicate)), value)
