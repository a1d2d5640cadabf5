"""What a claim or a reference says, so that it stays wrong when its IRI changes."""

from __future__ import annotations

from collections.abc import Sequence

from kg.errors import UsageError
from kg.graph.corrections import shortened
from kg.graph.predicates import Predicate
from kg.graph.store import Store
from kg.model import Correction, Literal
from kg.vocab import FK, OA, RDF, SCHEMA

_SHORT_CLAIM = 6  # letters of a claim's hash that are enough to ask by
_EDGES = {
    FK.remakeOf: FK.Remake,
    FK.sequelOf: FK.Sequel,
    FK.alludesTo: FK.Allusion,
    FK.comparedTo: FK.Comparison,
    FK.sharesPeopleWith: FK.Filmography,
}


class Claims:
    """Reads claims and references of one graph."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def claim(self, text: str, note: str) -> Correction:
        """What a claim or reference says, so that it stays wrong when its IRI changes."""
        path = text.removeprefix(self._store.base)
        iri = self._store.base + path
        if path.startswith("reference/"):
            return self._reference(iri, note)
        if not path.startswith("claim/"):
            path = f"claim/{path}"
            iri = self._store.base + path
        about = {one.predicate: one.object for one in self._store.triples(iri)}
        if not about:
            iri = self._unshortened(path)
            about = {one.predicate: one.object for one in self._store.triples(iri)}
        pages = {
            str(page.object)
            for passage in self._store.triples(iri, FK.passage)
            for page in self._store.triples(str(passage.object), OA.hasSource)
        }
        base = self._store.base
        subject = str(about[RDF.subject]).removeprefix(base)
        predicate = str(about[RDF.predicate])
        return Correction(
            "wrong",
            subject,
            self._written(predicate, about[RDF.object]),
            shortened(predicate),
            min(pages, default="").removeprefix(base),
            note=note,
        )

    def _unshortened(self, path: str) -> str:
        """The whole IRI of a claim by the beginning of its hash."""
        start = self._store.base + path
        if len(path) < len("claim/") + _SHORT_CLAIM:
            raise UsageError(f"expected at least {_SHORT_CLAIM} letters of a claim, found {path!r}")
        found = sorted(
            one.subject
            for one in self._store.triples(None, RDF.type, FK.Claim)
            if one.subject.startswith(start)
        )
        if len(found) != 1:
            raise UsageError(
                f"expected one claim whose IRI begins with {path}, found {len(found)}; "
                "`kg explain NAME` prints the claims of a thing"
            )
        return found[0]

    def _reference(self, iri: str, note: str) -> Correction:
        """What a reference says of two films, by its direct edge, or that the review names one."""
        about = {one.predicate: str(one.object) for one in self._store.triples(iri)}
        if FK.kind not in about:
            raise UsageError(f"expected a reference of this graph, found {iri!r}")
        base = self._store.base
        one, other = about[FK.from_], about[FK.to]
        for edge in (FK.remakeOf, FK.sequelOf, FK.alludesTo, FK.comparedTo, FK.sharesPeopleWith):
            for subject, obj in ((one, other), (other, one)):
                if _EDGES[edge] == about[FK.kind] and any(self._store.triples(subject, edge, obj)):
                    return Correction(
                        "wrong",
                        subject.removeprefix(base),
                        obj.removeprefix(base),
                        shortened(edge),
                        note=note,
                    )
        return Correction(
            "wrong",
            about[FK.statedIn].removeprefix(base),
            other.removeprefix(base),
            "schema:mentions",
            note=note,
        )

    def _written(self, predicate: str, obj: str | Literal) -> str:
        """An object as the file has it: a part by its two ends, whose hash would change."""
        base = self._store.base
        if isinstance(obj, Literal):
            return obj.value
        if predicate == FK.part:
            about = {one.predicate: str(one.object) for one in self._store.triples(obj)}
            actor, character = about.get(SCHEMA.actor), about.get(FK.playsCharacter)
            if actor and character:
                return f"{actor.removeprefix(base)} as {character.removeprefix(base)}"
        return obj.removeprefix(base)

    def check_said(self, found: Correction, predicate: Predicate, said: Sequence[str]) -> None:
        """UsageError where no page says what the user calls wrong, with what pages say."""
        base = self._store.base
        objects = [one.object for one in self._store.triples(base + found.subject, predicate.iri)]
        plain = [
            one.value if isinstance(one, Literal) else one.removeprefix(base) for one in objects
        ]
        wanted = {found.object, f"PT{found.object}M"}
        if wanted & set(plain):
            return
        said_now = ", ".join(sorted(plain)) or "nothing"
        raise UsageError(
            f"no page says {' '.join(said)!r}; of {found.subject} they say as {predicate.name}: "
            f"{said_now}"
        )
