"""The page of documentation on the ontology, written from `ontology/film.ttl`.

python -m kg.graph.terminology > docs/ontology.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Final

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.resources import folder
from kg.vocab import FK, PREFIXES

_OWN: Final = FK.NAMESPACE
_KIND: Final = URIRef(FK.ReferenceKind)
_ABOUT: Final = URIRef(_OWN.rstrip("#"))
_RELATIONS: Final = (
    (RDFS.subClassOf, "a kind of"),
    (RDFS.subPropertyOf, "a kind of"),
    (RDFS.domain, "said of"),
    (RDFS.range, "gives"),
    (OWL.equivalentProperty, "the same as"),
    (SKOS.exactMatch, "the same as"),
    (SKOS.closeMatch, "close to"),
    (SKOS.relatedMatch, "compare"),
    (RDFS.seeAlso, "see"),
    (SKOS.example, "for example"),
    (SKOS.scopeNote, "note"),
)
_PLACES: Final = {
    **PREFIXES,
    "pq": "http://www.wikidata.org/prop/qualifier/",
}
_HEAD: Final = """
Namespace `{namespace}`, prefix `fk:`; version {version}; {rights}
The files: [film.ttl](../ontology/film.ttl) (OWL 2), [shapes.ttl](../ontology/shapes.ttl) (SHACL,
what `kg check` holds a graph against), [context.jsonld](../ontology/context.jsonld) (for JSON-LD).
How a graph is made of these terms is told in [graph.md](graph.md).
"""


def document() -> str:
    """The page as Markdown."""
    return "\n".join(_Page(Graph().parse(folder("ontology") / "film.ttl", format="turtle")).lines())


class _Page:
    def __init__(self, ontology: Graph) -> None:
        self._ontology = ontology

    def lines(self) -> Iterator[str]:
        yield f"# {self._words(_ABOUT, DCTERMS.title)}\n"
        yield " ".join(self._words(_ABOUT, DCTERMS.description).split())
        yield _HEAD.format(
            namespace=_OWN,
            version=self._words(_ABOUT, OWL.versionInfo),
            rights=self._words(_ABOUT, DCTERMS.rights),
        )
        for title, kinds in (
            ("Classes", (OWL.Class,)),
            ("Kinds of reference", (_KIND,)),
            ("Properties", (OWL.ObjectProperty, OWL.DatatypeProperty)),
        ):
            yield f"## {title}\n"
            for term in self._terms(kinds, own=True):
                yield from self._term(term)
        yield "## Terms of other vocabularies\n"
        yield "Used in their own sense; this is what a graph says with them.\n"
        for title, kinds in (
            ("Classes", (OWL.Class,)),
            ("Properties", (OWL.ObjectProperty, OWL.DatatypeProperty)),
        ):
            yield f"### {title}\n\n| term | here | |\n| --- | --- | --- |"
            for term in self._terms(kinds, own=False):
                relations = "; ".join(f"{name} {value}" for name, value in self._relations(term))
                yield f"| `{_short(term)}` | {self._words(term, RDFS.comment)} | {relations} |"
            yield ""

    def _term(self, term: URIRef) -> Iterator[str]:
        local = term.removeprefix(_OWN)
        yield f'### <a id="{local}"></a>`fk:{local}`\n'
        yield f"*{self._words(term, RDFS.label)}* · {self._words(term, RDFS.comment)}\n"
        relations = [f"- {name}: {value}" for name, value in self._relations(term)]
        if relations:
            yield "\n".join(relations) + "\n"

    def _terms(self, kinds: tuple[URIRef, ...], *, own: bool) -> list[URIRef]:
        found = {
            term
            for kind in kinds
            for term in self._ontology.subjects(RDF.type, kind)
            if isinstance(term, URIRef) and term.startswith(_OWN) == own
        }
        return sorted(found, key=lambda term: (_short(term).casefold(), str(term)))

    def _relations(self, term: URIRef) -> Iterator[tuple[str, str]]:
        told: dict[str, list[str]] = {}
        for predicate, name in _RELATIONS:
            values = sorted(map(self._value, self._ontology.objects(term, predicate)))
            if values:
                told.setdefault(name, []).extend(values)
        for name, values in told.items():
            yield name, ", ".join(values)

    def _value(self, node: Node) -> str:
        if isinstance(node, Literal):
            return str(node)
        if isinstance(node, BNode):
            union = self._ontology.value(node, OWL.unionOf)
            members = Collection(self._ontology, union) if union is not None else ()
            return " or ".join(self._value(one) for one in members)
        written = str(node)
        short = _short(written)
        if written.startswith(_OWN):
            return f"[`{short}`](#{written.removeprefix(_OWN)})"
        return f"[`{short}`]({written})"

    def _words(self, term: URIRef, predicate: URIRef) -> str:
        return " ".join(str(self._ontology.value(term, predicate) or "").split())


def _short(iri: str) -> str:
    for prefix, namespace in _PLACES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


if __name__ == "__main__":
    sys.stdout.write(document())
