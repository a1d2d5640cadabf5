"""What the user has said of facts: wrong ones, and right ones though no page says them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.errors import UsageError
from kg.graph.iris import FOLDERS, Iris
from kg.graph.terms import Quad, Term, Triple, clean_iri, outside_iri, text
from kg.model import Correction
from kg.vocab import PREFIXES

_FOLDERS = (*FOLDERS, "catalogue")


@dataclass(frozen=True, slots=True)
class Corrections:
    """`wrong` holds claims and references by IRI, `refuted` statements that no page may make."""

    wrong: frozenset[str] = frozenset()
    refuted: frozenset[Triple] = frozenset()
    added: tuple[Triple, ...] = ()

    @classmethod
    def read(cls, corrections: Iterable[Correction], *, base: str) -> Corrections:
        """Take `wrong` and `add` out of the user's list (`same` and `different` are for linking).

        Things may be given as IRIs, as paths below the base (`film/backstage`) or with a known
        prefix; a `wrong` without predicate names one claim or reference. UsageError on a term that
        can't be meant.
        """
        iris = Iris(base)
        wrong: set[str] = set()
        refuted: set[Triple] = set()
        added: dict[Triple, None] = {}
        for one in corrections:
            if one.verb not in ("wrong", "add"):
                continue
            subject = _iri(one.subject, iris)
            if one.verb == "wrong" and not one.predicate:
                wrong.add(subject)
                continue
            triple = Triple(subject, _iri(one.predicate, iris), _term(one.object, iris))
            if one.verb == "wrong":
                refuted.add(triple)
            else:
                added[triple] = None
        return cls(frozenset(wrong), frozenset(refuted), tuple(added))

    def refutes(self, statement: Triple, claim: str) -> bool:
        """Whether the user has called this statement, or this page's word for it, wrong."""
        return claim in self.wrong or statement in self.refuted

    def refutes_node(self, node: str) -> bool:
        """Whether the user has called a claim or reference wrong by its own IRI."""
        return node in self.wrong


NO_CORRECTIONS = Corrections()


def correction_quads(corrections: Corrections, *, base: str) -> Iterator[Quad]:
    """The statements that the user has added, in a graph of their own."""
    graph = Iris(base).corrections
    for triple in corrections.added:
        yield Quad(*triple, graph)


def _iri(written: str, iris: Iris) -> str:
    term = _term(written, iris)
    if not isinstance(term, str):
        raise UsageError(
            f"expected an IRI, a path below {iris.base} or a prefixed name in a correction, "
            f"found {written!r}; write for example film/backstage-2005 or schema:director"
        )
    return term


def _term(written: str, iris: Iris) -> Term:
    """An IRI if `written` looks like one, else the words themselves."""
    prefix, colon, local = written.partition(":")
    if colon and prefix in PREFIXES and local and " " not in local:
        return clean_iri(PREFIXES[prefix] + local)
    if written.startswith(("http://", "https://", "urn:")):
        outside = outside_iri(written)
        return text(written) if outside is None else outside
    folder, slash, rest = written.partition("/")
    if slash and folder in _FOLDERS and rest and " " not in rest:
        return iris.base + clean_iri(written)
    return text(written)
