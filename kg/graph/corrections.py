"""What the user has said of facts: wrong ones, and right ones though no page says them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from kg.errors import UsageError
from kg.graph.entities import describe, name
from kg.graph.iris import FOLDERS, Iris
from kg.graph.terms import Quad, Term, Triple, clean_iri, is_year, outside_iri, share, text
from kg.model import Correction, Entity, Evidence, Kind, Literal
from kg.vocab import FK, OA, PREFIXES, RDF, SCHEMA, XSD

PAGE = "corrections"
"""What stands for the file where a claim needs a page: the last part of its graph's IRI."""

LABEL = "your corrections"

_FOLDERS = (*FOLDERS, "catalogue")
_KINDS = {
    "film": Kind.FILM,
    "work": Kind.WORK,
    "person": Kind.PERSON,
    "character": Kind.CHARACTER,
    "organisation": Kind.ORGANISATION,
    "award": Kind.AWARD,
}
_PART = re.compile(r"(?P<actor>person/\S+) as (?P<character>character/\S+)$")
_MINUTES = re.compile(r"(?:PT)?(\d+)\s*(?:m|min|minutes)?$", re.IGNORECASE)
_YEAR_BEHIND = re.compile(r"-(\d{4})$")


@dataclass(frozen=True, slots=True)
class Added:
    """A statement of the user's, with their note and the names of what it speaks of."""

    triple: Triple
    note: str
    named: tuple[tuple[str, str], ...] = ()  # (path, label)


@dataclass(frozen=True, slots=True)
class Corrections:
    """`wrong` holds claims and references by IRI, `refuted` statements that no page may make.

    `refuted_on` are (statement, page's IRI): wrong on that page alone.
    """

    wrong: frozenset[str] = frozenset()
    refuted: frozenset[Triple] = frozenset()
    refuted_on: frozenset[tuple[Triple, str]] = frozenset()
    added: tuple[Added, ...] = ()

    @classmethod
    def read(cls, corrections: Iterable[Correction], *, base: str) -> Corrections:
        """Take `wrong` and `add` out of the user's list (`same` and `different` are for linking).

        Things may be given as IRIs, as paths below the base (`film/backstage`) or with a known
        prefix; a `wrong` without predicate names one claim or reference. A part is written
        `person/bette-davis as character/margo-channing-...`. UsageError on a term that can't be
        meant.
        """
        iris = Iris(base)
        wrong: set[str] = set()
        refuted: set[Triple] = set()
        refuted_on: set[tuple[Triple, str]] = set()
        added: dict[Triple, Added] = {}
        for one in corrections:
            if one.verb not in ("wrong", "add"):
                continue
            subject = _iri(one.subject, iris, one)
            if one.verb == "wrong" and not one.predicate:
                wrong.add(subject)
                continue
            predicate = _iri(one.predicate, iris, one)
            triple = Triple(subject, predicate, _object(predicate, subject, one.object, iris))
            if one.verb == "add":
                labels = zip((one.subject, one.object), one.labels, strict=True)
                named = tuple((_path(thing, iris), label) for thing, label in labels if label)
                added.setdefault(triple, Added(triple, one.note, named))
            elif one.page:
                refuted_on.add((triple, _iri(one.page, iris, one)))
            else:
                refuted.add(triple)
        return cls(
            frozenset(wrong), frozenset(refuted), frozenset(refuted_on), tuple(added.values())
        )

    def refutes(self, statement: Triple, claim: str, page: str = "") -> bool:
        """Whether the user has called this statement, or this page's word for it, wrong."""
        return (
            claim in self.wrong or statement in self.refuted or (statement, page) in self.refuted_on
        )

    def refutes_node(self, node: str) -> bool:
        """Whether the user has called a claim or reference wrong by its own IRI."""
        return node in self.wrong

    def refuted_of(self, page: str) -> frozenset[Triple]:
        """All statements that this page may not make."""
        if not self.refuted_on:
            return self.refuted
        return self.refuted | {triple for triple, where in self.refuted_on if where == page}

    def about(self, page: str, nodes: Collection[str]) -> list[str]:
        """What of it may change the graph of a page with these nodes, in words to compare."""
        held = [f"{node}" for node in self.wrong]
        held += [
            f"{triple} {where}"
            for triple, where in (*((one, "") for one in self.refuted), *self.refuted_on)
            if (not where or where == page)
            and (triple.subject in nodes or triple.object in nodes or triple.subject == page)
        ]
        return sorted(held)


NO_CORRECTIONS = Corrections()


def correction_quads(
    corrections: Corrections, *, base: str, described: Collection[str] = ()
) -> Iterator[Quad]:
    """What the user has added, in a graph of its own: statements, claims, and whose word it is.

    `described` are the paths of things that pages describe; the others are described here, as far
    as the corrections name them.
    """
    iris = Iris(base)
    graph = iris.corrections
    for triple in sorted(set(_added(corrections, iris, described)), key=str):
        yield Quad(*triple, graph)


def _added(corrections: Corrections, iris: Iris, described: Collection[str]) -> Iterator[Triple]:
    if corrections.added:
        yield Triple(iris.corrections, RDF.type, FK.Source)
        yield Triple(iris.corrections, RDF.type, SCHEMA.WebPage)
        yield from name(iris.corrections, LABEL)
    for one in corrections.added:
        yield one.triple
        claim = iris.claim(*one.triple, PAGE)
        words = one.note or _words(one, iris)
        passage = iris.passage(PAGE, Evidence(words, None, PAGE))
        yield Triple(claim, RDF.type, FK.Claim)
        yield Triple(claim, RDF.subject, one.triple.subject)
        yield Triple(claim, RDF.predicate, one.triple.predicate)
        yield Triple(claim, RDF.object, one.triple.object)
        yield Triple(claim, FK.confidence, share(1.0))
        yield Triple(claim, FK.passage, passage)
        yield Triple(passage, RDF.type, FK.Passage)
        yield Triple(passage, OA.exact, text(words))
        yield Triple(passage, OA.hasSource, iris.corrections)
        yield Triple(passage, FK.where, text(PAGE))
        if one.triple.predicate == FK.part:
            yield from _role(one, iris)
        for path, label in one.named:
            if path not in described:
                yield from _described(path, label, iris)


def _role(one: Added, iris: Iris) -> Iterator[Triple]:
    """The role that a part is: `person/... as character/...`."""
    for written, label in one.named:
        part = _PART.match(written)
        if part is not None and isinstance(one.triple.object, str):
            role = one.triple.object
            yield Triple(role, RDF.type, SCHEMA.PerformanceRole)
            yield from name(role, label)
            yield Triple(role, SCHEMA.actor, iris.entity(part["actor"]))
            yield Triple(role, SCHEMA.characterName, text(label))
            yield Triple(role, FK.playsCharacter, iris.entity(part["character"]))


def _described(path: str, label: str, iris: Iris) -> Iterator[Triple]:
    kind = _KINDS.get(path.partition("/")[0])
    if kind is not None and " " not in path:
        found = _YEAR_BEHIND.search(path) if kind is Kind.FILM else None
        year = int(found[1]) if found else None
        yield from describe(Entity(path, kind, label, year), iris=iris)


def _words(added: Added, iris: Iris) -> str:
    """A statement as a line of words, for one without a note."""
    subject, predicate, obj = added.triple
    labels = {iris.entity(path): label for path, label in added.named if " " not in path}
    last = obj.value if isinstance(obj, Literal) else labels.get(obj, _path(obj, iris))
    return f"{labels.get(subject, _path(subject, iris))}: {shortened(predicate)} {last}"


def shortened(iri: str) -> str:
    """An IRI with its usual prefix, itself where it has none."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _path(iri: str, iris: Iris) -> str:
    return iri.removeprefix(iris.base)


def _object(predicate: str, subject: str, written: str, iris: Iris) -> Term:
    """The object of a statement: a part by its two ends, a year and a length by their numbers."""
    part = _PART.match(written)
    if predicate == FK.part and part is not None:
        return iris.role(subject, iris.entity(part["actor"]), iris.entity(part["character"]))
    if predicate == SCHEMA.datePublished and is_year(written):
        return Literal(written, XSD.gYear)
    minutes = _MINUTES.match(written)
    if predicate == SCHEMA.duration and minutes is not None:
        return text(f"PT{int(minutes[1])}M")
    return _term(written, iris)


def _iri(written: str, iris: Iris, where: Correction) -> str:
    term = _term(written, iris)
    if not isinstance(term, str):
        line = f"line {where.line} of the corrections: " if where.line else ""
        raise UsageError(
            f"{line}expected an IRI, a path below {iris.base} or a prefixed name in a correction, "
            f"found {written!r}; write for example film/backstage-2005 or schema:director"
        )
    return term


def _term(written: str, iris: Iris) -> Term:
    """An IRI if `written` looks like one, else the words themselves; quotation marks keep words."""
    if len(written) > 1 and written[0] == written[-1] == '"':
        return text(written[1:-1])
    prefix, colon, local = written.partition(":")
    if colon and prefix in PREFIXES and local and " " not in local:
        return clean_iri(PREFIXES[prefix] + local)
    if written.startswith(("http://", "https://", "urn:")):
        outside = outside_iri(written)
        return text(written) if outside is None else outside
    folder, slash, rest = written.partition("/")
    if slash and folder in _FOLDERS and rest and (" " not in rest or folder == "source"):
        return iris.source(rest) if folder == "source" else iris.base + clean_iri(written)
    return text(written)


__all__ = ["NO_CORRECTIONS", "Added", "Corrections", "correction_quads", "shortened"]
