"""Triples by pattern, read ahead and kept, so that looking about a node takes few requests.

Whoever asks for one claim soon asks for the next: a question about a node is asked of up to some
hundred others of its kind that have been met as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.graph.ntriples import written
from kg.graph.remote.session import Session
from kg.graph.terms import Term, Triple

_AT_ONCE: Final = 200


@dataclass(slots=True)
class _Met:
    """What is known of one graph: all about some subjects, all that points at some objects.

    `pointing` is by predicate and object, the predicate "" for any.
    """

    about: dict[str, list[Triple]] = field(default_factory=dict)
    pointing: dict[tuple[str, str], list[Triple]] = field(default_factory=dict)


class Near:
    """Answers patterns from a server; what it has read, it doesn't read again."""

    def __init__(self, session: Session, base: str) -> None:
        self._session = session
        self._base = base
        self._graphs: dict[str, _Met] = {}
        self._nodes: dict[str, dict[str, None]] = {}  # by folder, in the order of meeting

    def triples(
        self,
        subject: str | None,
        predicate: str | None,
        obj: Term | None,
        *,
        graph: str | None,
    ) -> Iterator[Triple]:
        """The triples that match, from the default graph or from a named one."""
        where = graph or self._session.default
        met = self._graphs.setdefault(where, _Met())
        if subject is not None and subject.startswith(self._base):
            found = self._about(subject, where, met)
        elif isinstance(obj, str) and subject is None and obj.startswith(self._base):
            found = self._pointing(predicate or "", obj, where, met)
        else:
            yield from self._matching(subject, predicate, obj, where)
            return
        for triple in found:
            if predicate in (None, triple.predicate) and obj in (None, triple.object):
                yield triple

    def _about(self, subject: str, where: str, met: _Met) -> list[Triple]:
        if subject not in met.about:
            some = self._like(subject, met.about)
            met.about.update((one, []) for one in some)
            for triple in self._read(f"VALUES ?s {{ {_iris(some)} }}", "?s ?p ?o", where):
                met.about[triple.subject].append(triple)
        return met.about[subject]

    def _pointing(self, predicate: str, obj: str, where: str, met: _Met) -> list[Triple]:
        for known in ((predicate, obj), ("", obj)):
            if known in met.pointing:
                return met.pointing[known]
        if not predicate:
            # what points at a film may be very much: no others with it
            found = list(self._read("", f"?s ?p <{obj}>", where, obj=obj))
            met.pointing["", obj] = found
            return found
        known_objects = {one for path, one in met.pointing if path == predicate}
        some = self._like(obj, known_objects)
        met.pointing.update(((predicate, one), []) for one in some)
        values = f"VALUES ?o {{ {_iris(some)} }}"
        for triple in self._read(values, f"?s <{predicate}> ?o", where, predicate=predicate):
            met.pointing[predicate, str(triple.object)].append(triple)
        return met.pointing[predicate, obj]

    def _like(self, iri: str, known: Iterable[str]) -> list[str]:
        """The node, and others of its folder that have been met and are not `known`."""
        others = self._nodes.get(self._folder(iri), {}).keys() - set(known) - {iri}
        in_order = [one for one in self._nodes.get(self._folder(iri), {}) if one in others]
        return [iri, *in_order[: _AT_ONCE - 1]]

    def _folder(self, iri: str) -> str:
        return iri[len(self._base) :].partition("/")[0]

    def _matching(
        self, subject: str | None, predicate: str | None, obj: Term | None, where: str
    ) -> Iterator[Triple]:
        s = "?s" if subject is None else f"<{subject}>"
        p = "?p" if predicate is None else f"<{predicate}>"
        o = "?o" if obj is None else written(obj)
        return self._read("", f"{s} {p} {o}", where, subject=subject, predicate=predicate, obj=obj)

    def _read(
        self,
        values: str,
        pattern: str,
        where: str,
        *,
        subject: str | None = None,
        predicate: str | None = None,
        obj: Term | None = None,
    ) -> Iterator[Triple]:
        """The triples of one request; `subject` and the others are what the pattern names."""
        inside = f"GRAPH <{where}> {{ {pattern} }}" if where else pattern
        names = [name for name in pattern.split(" ", 2) if name in ("?s", "?p", "?o")]
        if not names:
            assert subject is not None
            assert predicate is not None
            assert obj is not None
            if self._session.reader.truth(f"ASK {{ {inside} }}"):
                yield Triple(subject, predicate, obj)
            return
        for row in self._session.reader.rows(f"SELECT {' '.join(names)} {{ {values} {inside} }}"):
            found = dict(zip(names, row, strict=True))
            value = found.get("?o", obj)
            if value is None:
                continue
            triple = Triple(str(found.get("?s", subject)), str(found.get("?p", predicate)), value)
            for node in (triple.subject, value):
                if isinstance(node, str) and node.startswith(self._base):
                    self._nodes.setdefault(self._folder(node), {}).setdefault(node)
            yield triple


def _iris(some: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in some)
