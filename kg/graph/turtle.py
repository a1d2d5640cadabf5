"""Turtle and TriG to be read: sorted, fixed prefixes, a block a node, the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kg.graph.prefixes import LOCAL, prefixes_of
from kg.graph.subjects import Subject
from kg.vocab import OA, RDF, RDFS, SCHEMA

_TYPED: Final = re.compile(rb'"(.*)"\^\^<([^>]*)>', re.DOTALL)
_XSD: Final = b"http://www.w3.org/2001/XMLSchema#"
_BARE: Final = {
    _XSD + b"integer": re.compile(rb"[+-]?[0-9]+"),
    _XSD + b"decimal": re.compile(rb"[+-]?[0-9]*\.[0-9]+"),
    _XSD + b"boolean": re.compile(rb"true|false"),
}
_TYPE: Final = f"<{RDF.type}>".encode()
# what a reader wants first; the rest follows by vocabulary and name
_FIRST: Final = (
    RDF.type,
    RDFS.label,
    SCHEMA.name,
    SCHEMA.alternateName,
    RDF.subject,
    RDF.predicate,
    RDF.object,
    OA.exact,
    OA.start,
    OA.end,
)
_RANKS: Final = {f"<{iri}>".encode(): rank for rank, iri in enumerate(_FIRST)}
_VOCABULARIES: Final = (b"schema:", b"fk:", b"oa:", b"owl:")
_TITLES: Final = {
    "film": "Films",
    "work": "Other works",
    "person": "People",
    "character": "Characters",
    "role": "Parts",
    "organisation": "Organisations",
    "award": "Awards",
    "review": "Reviews",
    "rating": "Ratings",
    "reference": "References",
    "source": "Pages",
    "quotation": "Words that several pages share",
    "claim": "Claims",
    "passage": "Passages",
    "": "Everything else",
}
_LONGEST_LINE: Final = 100
_REMEMBERED: Final = 50_000  # IRIs whose short form is kept at hand


class TurtleWriter:
    """Writes nodes as Turtle; remembers how it has shortened IRIs."""

    def __init__(self, base: str) -> None:
        self._prefixes = prefixes_of(base)
        self._namespaces = {
            namespace.encode(): prefix.encode() for prefix, namespace in self._prefixes.items()
        }
        self._short: dict[bytes, bytes] = {_TYPE: b"a"}
        self._ranks: dict[bytes, tuple[int, int, bytes]] = {}

    def head(self) -> bytes:
        """The prefixes, all of them, so that every export of a graph begins alike."""
        lines = (f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(self._prefixes.items()))
        return "".join(lines).encode()

    def blocks(self, nodes: Iterable[Subject], *, indent: bytes = b"") -> Iterator[bytes]:
        """One block of Turtle a node, under a heading where a new part of the graph begins."""
        part: str | None = None
        for subject in nodes:
            if subject.folder != part:
                part = subject.folder
                yield b"\n" + indent + b"# " + _TITLES[part].encode() + b"\n"
            yield self._block(subject, indent)

    def _block(self, subject: Subject, indent: bytes) -> bytes:
        said: dict[bytes, list[bytes]] = {}
        for predicate, obj in subject.said:
            said.setdefault(predicate, []).append(self.term(obj))
        lines = [
            self._statement(self.term(predicate), said[predicate], indent)
            for predicate in sorted(said, key=self._cached_rank)
        ]
        between = b" ;\n" + indent + b"    "
        return b"\n" + indent + self.term(subject.iri) + b" " + between.join(lines) + b" .\n"

    def _cached_rank(self, predicate: bytes) -> tuple[int, int, bytes]:
        rank = self._ranks.get(predicate)
        if rank is None:
            rank = self._ranks[predicate] = self._rank(predicate)
        return rank

    def _rank(self, predicate: bytes) -> tuple[int, int, bytes]:
        if predicate in _RANKS:
            return 0, _RANKS[predicate], b""
        short = self.term(predicate)
        for rank, vocabulary in enumerate(_VOCABULARIES):
            if short.startswith(vocabulary):
                return 1, rank, short
        return 2, 0, short

    def _statement(self, predicate: bytes, objects: list[bytes], indent: bytes) -> bytes:
        line = predicate + b" " + b", ".join(objects)
        if len(objects) == 1 or len(line) + len(indent) + 6 <= _LONGEST_LINE:
            return line
        return predicate + b"\n" + b",\n".join(indent + b"        " + one for one in objects)

    def term(self, written: bytes) -> bytes:
        """An N-Triples term in Turtle's shorter form, if it has one."""
        if written[:1] == b"<":
            short = self._short.get(written)
            if short is None:
                if len(self._short) >= _REMEMBERED:
                    self._short = {_TYPE: b"a"}
                short = self._short[written] = self._shorten(written)
            return short
        if written[-1:] != b">":
            return written
        typed = _TYPED.fullmatch(written)
        if typed is None:
            return written
        bare = _BARE.get(typed[2])
        if bare is not None and bare.fullmatch(typed[1]):
            return typed[1]
        return b'"' + typed[1] + b'"^^' + self.term(b"<" + typed[2] + b">")

    def _shorten(self, written: bytes) -> bytes:
        cut = max(written.rfind(b"/"), written.rfind(b"#")) + 1
        prefix = self._namespaces.get(written[1:cut])
        local = written[cut:-1]
        if prefix is None or not LOCAL.fullmatch(local.decode()):
            return written
        return prefix + b":" + local
