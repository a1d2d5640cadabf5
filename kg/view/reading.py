"""The facts of a graph for the eye, read by a handful of flat queries and joined by IRI.

A store of ten thousand reviews answers each of these in a moment, where one query with eight
OPTIONAL parts would not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Protocol

from kg.errors import StoreError
from kg.model import Literal, ReferenceKind
from kg.view.facts import Credit, Facts, Notice, Statement, Thing, Tie, web_address
from kg.vocab import FK, OWL, PREFIXES, RDFS, SCHEMA, WORK_TYPES

Row = Mapping[str, str]

KINDS = {
    FK.Remake: ReferenceKind.REMAKE,
    FK.Sequel: ReferenceKind.SEQUEL,
    FK.Allusion: ReferenceKind.ALLUSION,
    FK.Comparison: ReferenceKind.COMPARISON,
    FK.Filmography: ReferenceKind.FILMOGRAPHY,
    FK.Mention: ReferenceKind.MENTION,
}
ROLES = {
    SCHEMA.director: "director",
    FK.screenwriter: "writer",
    SCHEMA.producer: "producer",
    FK.cinematographer: "cinematographer",
    SCHEMA.musicBy: "composer",
    SCHEMA.editor: "editor",
    SCHEMA.actor: "cast",
}
CLASSES = {
    SCHEMA.Person: "person",
    **{SCHEMA.NAMESPACE + name: "work" for name in sorted(WORK_TYPES)},
    SCHEMA.Movie: "film",
}

_KNOWN = " ".join(f"<{one}>" for one in CLASSES)
_TYPES = f"SELECT ?thing ?type WHERE {{ VALUES ?type {{ {_KNOWN} }} ?thing a ?type }}"
_VALUES = "SELECT ?thing ?value WHERE {{ ?thing <{}> ?value }}"
_REFERENCES = """SELECT ?reference ?source ?target ?kind ?review ?confidence WHERE {
  ?reference fk:from ?source ; fk:to ?target ; fk:kind ?kind ; fk:statedIn ?review .
  OPTIONAL { ?reference fk:confidence ?confidence } }"""
_WORDS = "SELECT ?reference ?passage WHERE { ?reference a fk:Reference ; fk:passage ?passage }"
_SHARED = "SELECT ?reference ?words WHERE { ?reference a fk:Reference ; fk:quotation ?words }"
_PASSAGES = """SELECT DISTINCT ?passage ?exact ?page WHERE {
  ?reference a fk:Reference ; fk:passage ?passage .
  ?passage oa:exact ?exact ; oa:hasSource ?page }"""
_CREDITS = f"""SELECT ?film ?role ?person WHERE {{
  VALUES ?role {{ {" ".join(f"<{role}>" for role in ROLES)} }} ?film ?role ?person }}"""
_PARTS = """SELECT ?film ?person ?part WHERE {
  ?film fk:part ?role . ?role schema:actor ?person ; schema:characterName ?part }"""
_REVIEWS = "SELECT ?review ?film WHERE { ?review a schema:Review ; schema:itemReviewed ?film }"
_BYLINES = """SELECT ?review ?byline ?name WHERE {
  VALUES ?byline { schema:author schema:publisher }
  ?review a schema:Review ; ?byline ?who . ?who rdfs:label ?name }"""
_GRADES = """SELECT ?review ?printed ?score WHERE {
  ?review schema:reviewRating ?rating . ?rating fk:asPrinted ?printed .
  OPTIONAL { ?rating fk:normalisedScore ?score } }"""
_PAGES = "SELECT ?review ?page WHERE { ?review a schema:Review ; schema:isPartOf ?page }"


class Rows(Protocol):
    """The answer to a SELECT: its variables, and rows of IRIs and literals in their order."""

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the columns, without question marks."""
        ...

    def rows(self) -> Iterator[tuple[str | Literal | None, ...]]:
        """The rows; None where a variable is unbound."""
        ...


class Source(Protocol):
    """A graph that answers SPARQL, as `kg.graph.store.Store` does; the usual prefixes are known."""

    @property
    def base(self) -> str:
        """What the IRIs of the graph's own things begin with."""
        ...

    def query(self, sparql: str) -> Rows:
        """Evaluate a query on the default graph; named graphs through GRAPH."""
        ...


def read(source: Source) -> Facts:
    """Everything that pictures and tables show, sorted so that equal graphs give equal facts."""
    return _Reading(source).facts()


class _Reading:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._kinds = self._things()
        self._labels = {iri: min(values) for iri, values in self._values(RDFS.label).items()}
        self._pages = {iri: min(values) for iri, values in self._values(SCHEMA.url).items()}
        self._authors: dict[str, list[str]] = defaultdict(list)
        self._publishers: dict[str, list[str]] = defaultdict(list)
        for row in self._rows(_BYLINES):
            names = self._authors if row["byline"] == SCHEMA.author else self._publishers
            names[row["review"]].append(row["name"])

    def facts(self) -> Facts:
        ties = self._ties()
        worked = self._credits()
        notices = self._notices()
        used = {tie.source for tie in ties} | {tie.target for tie in ties}
        used |= {iri for credit in worked for iri in (credit.film, credit.person)}
        used |= {notice.film for notice in notices}
        years = self._values(SCHEMA.datePublished)
        names = self._values(SCHEMA.alternateName)
        links = self._values(SCHEMA.sameAs)
        for iri, values in self._values(OWL.sameAs).items():
            links[iri] |= values
        things = {
            iri: Thing(
                iri,
                self._kinds.get(iri, "work"),
                self._labels.get(iri, iri),
                _year(years.get(iri, set())),
                tuple(sorted(names.get(iri, set()))),
                _outside(iri, links.get(iri, set())),
            )
            for iri in sorted(used)
        }
        return Facts(things, ties, worked, notices)

    def _rows(self, sparql: str) -> Iterator[Row]:
        answer = self._source.query(sparql)
        names = answer.variables
        for row in answer.rows():
            yield {
                name: term.value if isinstance(term, Literal) else term
                for name, term in zip(names, row, strict=True)
                if term is not None
            }

    def _everywhere(self, sparql: str) -> Iterator[Row]:
        """The rows of what the pages say, then of what the catalogue knows."""
        yield from self._rows(sparql)
        head, _, pattern = sparql.partition(" WHERE ")
        yield from self._rows(f"{head} WHERE {{ GRAPH <{self._source.base}catalogue> {pattern} }}")

    def _values(self, predicate: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._everywhere(_VALUES.format(predicate)):
            found[row["thing"]].add(row["value"])
        return found

    def _things(self) -> dict[str, str]:
        """The kind of every film, work and person; who is both a film and a work is a film."""
        rank = list(CLASSES)
        kinds: dict[str, int] = {}
        for row in self._everywhere(_TYPES):
            kinds[row["thing"]] = max(kinds.get(row["thing"], 0), rank.index(row["type"]))
        return {iri: CLASSES[rank[place]] for iri, place in kinds.items()}

    def _ties(self) -> tuple[Tie, ...]:
        passages = {row["passage"]: row for row in self._rows(_PASSAGES)}
        words: dict[str, list[str]] = defaultdict(list)
        for row in self._rows(_WORDS):
            words[row["reference"]].append(row["passage"])
        shared = {row["reference"]: row["words"] for row in sorted(self._rows(_SHARED), key=_order)}
        reviews: dict[tuple[str, str, ReferenceKind], set[str]] = defaultdict(set)
        statements: dict[tuple[str, str, ReferenceKind], set[Statement]] = defaultdict(set)
        for row in self._rows(_REFERENCES):
            if row["kind"] not in KINDS:
                raise StoreError(
                    f"expected a kind of reference that film-kg knows ({', '.join(KINDS)}), found "
                    f"{row['kind']} on {row['reference']}; build the graph again with this version"
                )
            tie = (row["source"], row["target"], KINDS[row["kind"]])
            # words that several pages share are one review's words: they count once
            reviews[tie].add(shared.get(row["reference"], row["review"]))
            for passage in words[row["reference"]]:
                if passage in passages:
                    statements[tie].add(self._statement(row, passages[passage]))
        return tuple(
            Tie(*tie, tuple(sorted(reviews[tie])), tuple(sorted(statements[tie], key=_said)))
            for tie in sorted(reviews)
        )

    def _statement(self, reference: Row, passage: Row) -> Statement:
        review, page = reference["review"], passage["page"]
        confidence = reference.get("confidence")
        return Statement(
            passage["exact"],
            None if confidence is None else float(confidence),
            review,
            ", ".join(sorted(self._authors.get(review, []))),
            ", ".join(sorted(self._publishers.get(review, []))),
            self._labels.get(page, page),
            web_address(self._pages.get(page, "")),
        )

    def _credits(self) -> tuple[Credit, ...]:
        parts: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in self._everywhere(_PARTS):
            parts[row["film"], row["person"]].add(row["part"])
        found = set()
        for row in self._everywhere(_CREDITS):
            if self._kinds.get(row["film"]) != "film" or self._kinds.get(row["person"]) != "person":
                continue  # the part that has an actor, or a company that produced
            role = ROLES[row["role"]]
            played = parts.get((row["film"], row["person"]), set()) if role == "cast" else set()
            found.add(Credit(row["film"], role, row["person"], " / ".join(sorted(played))))
        return tuple(sorted(found, key=lambda credit: (credit.film, credit.role, credit.person)))

    def _notices(self) -> tuple[Notice, ...]:
        grades = {row["review"]: row for row in sorted(self._rows(_GRADES), key=_order)}
        pages = {row["review"]: row["page"] for row in sorted(self._rows(_PAGES), key=_order)}
        notices = []
        for row in sorted(self._rows(_REVIEWS), key=_order):
            review = row["review"]
            page, grade = pages.get(review, ""), grades.get(review, {})
            notices.append(
                Notice(
                    review,
                    row["film"],
                    ", ".join(sorted(self._authors.get(review, []))),
                    ", ".join(sorted(self._publishers.get(review, []))),
                    self._labels.get(page, page),
                    web_address(self._pages.get(page, "")),
                    grade.get("printed", ""),
                    float(grade["score"]) if "score" in grade else None,
                )
            )
        return tuple(notices)


def _order(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(row.items()))


def _said(statement: Statement) -> tuple[float, str, str]:
    return (-(statement.confidence or 0.0), statement.exact, statement.source)


def _year(values: set[str]) -> int | None:
    """The earliest of the years given; None where no value begins with four digits."""
    years = [int(value[:4]) for value in values if value[:4].isdecimal() and len(value) >= 4]
    return min(years, default=None)


def _outside(iri: str, links: set[str]) -> tuple[str, ...]:
    """The links that a reader may follow, Wikidata's as pages for people; not our own IRIs."""
    base = iri.rsplit("/", 2)[0] + "/"
    pages = {
        link.replace(PREFIXES["wd"], "https://www.wikidata.org/wiki/")
        for link in map(web_address, links)
        if link and not link.startswith(base)
    }
    return tuple(sorted(pages))
