"""Films out of any RDF file that describes them with schema:Movie.

The one file of `kg.link` that may import an RDF library. The triples are laid into a store on disk
first, for a film's may stand anywhere in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store

from kg.errors import ReadError
from kg.link.imports.columns import record_of
from kg.link.imports.faults import Faults
from kg.link.imports.lines import Progress, opened
from kg.link.sources import FilmRecord, Performer

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}

_SCHEMA = ("https://schema.org/", "http://schema.org/")
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_SAME = NamedNode("http://www.w3.org/2002/07/owl#sameAs")
_KNOWN = 1.0

Node = NamedNode | BlankNode


def read_rdf(
    path: Path, work: Path, faults: Faults, progress: Progress
) -> Iterator[tuple[FilmRecord, float]]:
    """The films of an RDF file, plain or gzipped; `work` is a folder for the store."""
    suffix = Path(path.name.lower().removesuffix(".gz")).suffix
    form = RdfFormat.JSON_LD if suffix == ".json" else FORMATS.get(suffix)
    if form is None:
        raise ReadError(
            f"{path.name}: expected RDF in a file whose name ends in one of {', '.join(FORMATS)}, "
            f"found {suffix or 'no such ending'}; give it the ending of its form"
        )
    progress.start(path.name, None)
    store = Store(str(work / f"rdf-{path.name}"))
    try:
        with opened(path) as lines:
            store.bulk_load(lines, form, base_iri=path.resolve().as_uri())
    except SyntaxError as error:
        where = f", line {error.lineno}" if error.lineno else ""
        raise ReadError(f"{path.name}{where}: expected RDF: {error.msg or error}") from error
    except (OSError, EOFError, ValueError) as error:
        raise ReadError(f"{path.name}: can't be read to its end: {error}") from error
    graph = _Graph(store)
    found = 0
    for at, film in enumerate(graph.films(), start=1):
        record = graph.record(film, path.name, at, faults)
        progress.advance()
        found += 1
        if record is not None:
            yield record, _KNOWN
    if not found:
        raise ReadError(
            f"{path.name}: expected films of the type https://schema.org/Movie, found none among "
            f"{len(store):,} triples"
        )


class _Graph:
    """The loaded triples, asked film by film."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def films(self) -> Iterator[Node]:
        """Everything of the type Movie."""
        for schema in _SCHEMA:
            movie = NamedNode(f"{schema}Movie")
            for quad in self._store.quads_for_pattern(None, _TYPE, movie, None):
                if isinstance(quad.subject, NamedNode | BlankNode):
                    yield quad.subject

    def record(self, film: Node, file: str, number: int, faults: Faults) -> FilmRecord | None:
        """What is said of one film; None, and counted, where it has no title."""
        titles = [*self._texts(film, "name", english=True), *self._labels(film)]
        dates = [*self._texts(film, "datePublished"), *self._texts(film, "dateCreated")]
        addresses = [*self._addresses(film), film.value]
        record = record_of(
            {"title": titles[0] if titles else "", "year": min(dates, default="")},
            "rdf",
            file,
            number,
            faults,
        )
        if record is None:
            return None
        others = [*titles[1:], *self._texts(film, "alternateName")]
        record.others = [name for name in dict.fromkeys(others) if name != record.title]
        record.directors = [Performer(name) for name in self._names(film, "director")]
        record.cast = [
            person for what in ("actor", "actors") for person in self._performers(film, what)
        ]
        record.countries = self._names(film, "countryOfOrigin")
        for address in addresses:
            _identify(record, address)
        return record

    def _performers(self, film: Node, what: str) -> Iterator[Performer]:
        for node in self._objects(film, what):
            if isinstance(node, Literal):
                yield Performer(node.value)
                continue
            part = next(iter(self._texts(node, "characterName")), "")
            people = [*self._objects(node, "actor")]  # of a role in between
            for person in people or [node]:
                yield from (Performer(name, part) for name in self._named(person)[:1])

    def _names(self, film: Node, what: str) -> list[str]:
        names = [self._named(node)[:1] for node in self._objects(film, what)]
        return list(dict.fromkeys(name for found in names for name in found))

    def _named(self, node: Node | Literal) -> list[str]:
        if isinstance(node, Literal):
            return [node.value]
        return [*self._texts(node, "name", english=True), *self._labels(node)]

    def _labels(self, node: Node) -> list[str]:
        found = self._store.quads_for_pattern(node, _LABEL, None, None)
        return sorted({quad.object.value for quad in found if isinstance(quad.object, Literal)})

    def _texts(self, node: Node, what: str, *, english: bool = False) -> list[str]:
        """Literals in a fixed order; those in English or in no language first if `english`."""
        found = [value for value in self._objects(node, what) if isinstance(value, Literal)]
        foreign = [english and (value.language or "en")[:2] != "en" for value in found]
        ordered = sorted(zip(foreign, (value.value for value in found), strict=True))
        return list(dict.fromkeys(value for _, value in ordered))

    def _addresses(self, film: Node) -> list[str]:
        nodes = [quad.object for quad in self._store.quads_for_pattern(film, _SAME, None, None)]
        for what in ("sameAs", "url", "identifier"):
            nodes += self._objects(film, what)
        return sorted({node.value for node in nodes if isinstance(node, NamedNode | Literal)})

    def _objects(self, node: Node, what: str) -> list[Node | Literal]:
        found = [
            quad.object
            for schema in _SCHEMA
            for quad in self._store.quads_for_pattern(
                node, NamedNode(f"{schema}{what}"), None, None
            )
        ]
        nodes = [one for one in found if isinstance(one, NamedNode | BlankNode | Literal)]
        return sorted(nodes, key=lambda one: one.value)


def _identify(record: FilmRecord, address: str) -> None:
    """Take an outside identifier from an address, as far as it is one that we know."""
    tail = address.rstrip("/").rpartition("/")[2]
    digits = tail.lstrip("tQ").partition("-")[0]
    if not digits.isdigit() or len(digits) > 9:
        return
    if "wikidata.org" in address and tail.startswith("Q"):
        record.wikidata = int(digits)
    elif "imdb.com/title/" in address or (tail == address and tail.startswith("tt")):
        record.imdb = int(digits)
    elif "themoviedb.org/movie/" in address:
        record.tmdb = int(digits)
