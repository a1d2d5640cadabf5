"""The values that the stages exchange: frozen, typed, and free of any library.

Offsets are half-open, in Unicode code points, into `Page.text`, so that every fact can be shown in
its page. Scores are probabilities in 0..1. The stages never import one another; they meet here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a mention names: the six types of the annotation guidelines."""

    FILM = "FILM"
    WORK = "WORK"
    PERSON = "PERSON"
    CHARACTER = "CHARACTER"
    ORGANISATION = "ORGANISATION"
    AWARD = "AWARD"

    @property
    def letter(self) -> str:
        """The one letter that stands for the kind in an annotation file: F W P C O A."""
        return self.value[0]


class ReferenceKind(StrEnum):
    """How a film stands to another one that its review brings in; see the guidelines, "KIND"."""

    REMAKE = "remake"
    SEQUEL = "sequel"
    ALLUSION = "allusion"
    COMPARISON = "comparison"
    FILMOGRAPHY = "filmography"
    MENTION = "mention"


class RelationName(StrEnum):
    """The relations of the guidelines, `refers` excepted (that is a `Reference`)."""

    DIRECTOR = "director"
    WRITER = "writer"
    PRODUCER = "producer"
    CINEMATOGRAPHER = "cinematographer"
    COMPOSER = "composer"
    EDITOR = "editor"
    CAST = "cast"
    CHARACTER = "character"
    AUTHOR = "author"
    BASED_ON = "based_on"
    COMPANY = "company"
    AWARD = "award"
    SPOUSE = "spouse"
    RELATIVE = "relative"
    CRITIC = "critic"
    PUBLICATION = "publication"


class ZoneKind(StrEnum):
    """What a stretch of a page is; it decides what the mentions in it may take part in."""

    TITLE = "title"  # the page's own heading, where it names the reviewed film
    PROSE = "prose"  # the review itself
    SNIPPET = "snippet"  # one critic's quoted words on an aggregator page, or one user's review
    BLURB = "blurb"  # the publisher's description
    CREDITS = "credits"  # labelled credits or a bare credit block
    CAST = "cast"  # a cast list
    SCORE = "score"  # grades, stars, score distributions
    NAVIGATION = "navigation"  # menus, link lists, legal lines, share buttons
    TITLES = "titles"  # a list of titles that have nothing to do with the reviewed film

    @property
    def speaks(self) -> bool:
        """Whether its sentences speak of the reviewed film, so that they may state facts of it."""
        return self in (ZoneKind.TITLE, ZoneKind.PROSE, ZoneKind.SNIPPET, ZoneKind.BLURB)

    @property
    def silent(self) -> bool:
        """Whether its mentions take part in nothing: no cluster with the review's, no relation."""
        return self in (ZoneKind.NAVIGATION, ZoneKind.TITLES)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a page's text."""

    start: int
    end: int

    def words(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that say something.

    `span` is None for words that stand in the page's markup (JSON-LD, an attribute) and not in its
    text; `exact` then holds the markup's own words and `where` says where they stood.
    """

    exact: str
    span: Span | None = None
    where: str = "text"


@dataclass(frozen=True, slots=True)
class Rating:
    """A grade as printed and on one scale.

    `score` is value / best with worst taken as 0, None where the words print no score. `inferred`
    marks a scale that the page doesn't print ("75" in an aggregator's list is out of 100).
    `measure` is what the page calls a grade that no single critic gave ("Average Rating").
    """

    as_printed: str
    value: float | None
    best: float | None
    score: float | None
    worst: float = 0.0
    inferred: bool = False
    critic: str = ""
    publication: str = ""
    evidence: Evidence | None = None
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of a page with one purpose. `critic` etc. are set where the page names them.

    A SNIPPET zone covers the quoted words only; its attribution and score stand in these fields.
    `heading` is the label under which the zone stands ("Cast & Characters"), if any.
    """

    kind: ZoneKind
    start: int
    end: int
    critic: str = ""
    publication: str = ""
    date: str = ""
    heading: str = ""
    rating: Rating | None = None

    @property
    def span(self) -> Span:
        """The zone's stretch of text."""
        return Span(self.start, self.end)


class Field(StrEnum):
    """What a stated fact says of the page's film."""

    TITLE = "title"
    OTHER_TITLE = "other_title"
    YEAR = "year"
    DIRECTOR = "director"
    WRITER = "writer"
    PRODUCER = "producer"
    CINEMATOGRAPHER = "cinematographer"
    COMPOSER = "composer"
    EDITOR = "editor"
    CAST = "cast"
    COMPANY = "company"
    DISTRIBUTOR = "distributor"
    COUNTRY = "country"
    LANGUAGE = "language"
    DURATION = "duration"
    GENRE = "genre"
    BASED_ON = "based_on"
    IDENTIFIER = "identifier"


@dataclass(frozen=True, slots=True)
class Stated:
    """One fact of the page's film that the page gives in a labelled list or as structured data.

    `value` is one name (lists are split), minutes for DURATION, four digits for YEAR, an IRI for
    IDENTIFIER. `part` is the character for CAST. `evidence` covers the label and the value (the
    line); `value_span` and `part_span` cover the bare names where they stand in the text.
    """

    field: Field
    value: str
    evidence: Evidence
    part: str = ""
    value_span: Span | None = None
    part_span: Span | None = None
    origin: str = "credits"  # credits, cast list, json-ld, microdata, front matter, sidecar, column


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each stretch of a repaired text stood in the original.

    `runs` are (repaired start, original start, repaired length, original length), ascending and
    gapless; within a run of equal lengths offsets move together, within another they snap to its
    ends. An empty map is the identity.
    """

    runs: tuple[tuple[int, int, int, int], ...] = ()

    def original(self, span: Span) -> Span:
        """The stretch of the original that the repaired `span` came from."""
        return Span(self._at(span.start, end=False), self._at(span.end, end=True))

    def _at(self, offset: int, *, end: bool) -> int:
        from bisect import bisect_right

        if not self.runs:
            return offset
        # the end of a span belongs to the run of the character before it
        probe = offset - 1 if end and offset > 0 else offset
        run = self.runs[max(0, bisect_right(self.runs, probe, key=lambda run: run[0]) - 1)]
        repaired, original, length, original_length = run
        inside = offset - repaired
        if length == original_length:
            return original + inside
        return original + (original_length if end or inside >= length else 0)


@dataclass(frozen=True, slots=True)
class Page:
    """One document, clean, zoned, with what its own markup and lists state.

    `id` is readable and stable (it ends the page's IRI); `source` is the URL where known, else the
    path relative to the source that was asked for. `title` is the reviewed film's title where
    something outside the prose names it (sidecar, front matter, column, structured data, heading),
    with `year` if given there. `offsets` leads back into the original text.
    `digest` is a hash of all that the extraction depends on.
    """

    id: str
    source: str
    text: str
    zones: tuple[Zone, ...] = ()
    stated: tuple[Stated, ...] = ()
    ratings: tuple[Rating, ...] = ()
    title: str = ""
    year: int | None = None
    url: str = ""
    critic: str = ""
    publication: str = ""
    date: str = ""
    offsets: OffsetMap = OffsetMap()
    digest: str = ""
    notes: tuple[str, ...] = ()  # what the markup held and could not be read


@dataclass(frozen=True, slots=True)
class Refusal:
    """A source that could not be read: what it was, why, and what to do."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a page's text."""

    start: int
    end: int
    kind: Kind
    score: float = 1.0

    @property
    def span(self) -> Span:
        """The mention's stretch of text."""
        return Span(self.start, self.end)

    def words(self, text: str) -> str:
        """The words that the mention covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Cluster:
    """One thing named in one page, under all its spellings.

    `id` is a letter and a number, unique in the page (F1, P3). `name` is the fullest spelling found
    in the page. `mentions` is empty for a thing that only the page's markup names, and for a topic
    that the text never names.
    """

    id: str
    kind: Kind
    name: str
    mentions: tuple[Mention, ...] = ()
    silent: bool = False  # all its mentions stand in navigation or among unrelated titles


@dataclass(frozen=True, slots=True)
class Relation:
    """A credit or kinship that the page states. `subject`, `object`, `part` are cluster ids.

    `stated` marks a relation read from a labelled list or structured data.
    """

    name: RelationName
    subject: str
    object: str
    evidence: Evidence
    score: float
    part: str = ""
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """The review of `citing` (a cluster id, the topic) brings in the film or work `cited`."""

    citing: str
    cited: str
    kind: ReferenceKind
    evidence: Evidence
    score: float


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one page, before anything is looked up elsewhere.

    `topic` is the id of the reviewed film's cluster ("" where the page reviews none). `notes` count
    what was met on the way and not understood (a language that the model doesn't read, say).
    """

    page: Page
    clusters: tuple[Cluster, ...]
    relations: tuple[Relation, ...]
    references: tuple[Reference, ...]
    topic: str
    model: str
    notes: tuple[str, ...] = ()

    def cluster(self, cluster_id: str) -> Cluster:
        """The cluster of that id; KeyError if there is none."""
        for cluster in self.clusters:
            if cluster.id == cluster_id:
                return cluster
        raise KeyError(cluster_id)


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with an IRI: `id` is its path below the base, `film/all-about-eve-1950`.

    `same_as` holds outside IRIs (Wikidata, IMDb, TMDB). `linked` tells whether the catalogue knows
    it. `work_type` is the schema.org class of a WORK (TVSeries, Book, ...) where it is known.
    """

    id: str
    kind: Kind
    name: str
    year: int | None = None
    same_as: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    linked: bool = False
    work_type: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may mean, with the evidence for it."""

    entity: Entity
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """What a cluster was resolved to. `entity.linked` is False where the catalogue has nothing.

    `rivals` are the next likeliest candidates, best first. `own` is the path of the thing that the
    name meant before the user's word put `entity` in its place, "" where it didn't.
    """

    cluster: str
    entity: Entity
    score: float
    reasons: tuple[str, ...] = ()
    rivals: tuple[Candidate, ...] = ()
    own: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of this page that another page has too (`other` is that page's id)."""

    span: Span
    other: str
    other_span: Span
    exact: str


@dataclass(frozen=True, slots=True)
class LinkedPage:
    """A page's extraction with what each of its clusters means in the whole graph."""

    extraction: Extraction
    links: tuple[Link, ...]
    quotations: tuple[Quotation, ...] = ()

    @property
    def page(self) -> Page:
        """The page itself."""
        return self.extraction.page

    def link(self, cluster_id: str) -> Link:
        """The link of a cluster; KeyError if it has none."""
        for link in self.links:
            if link.cluster == cluster_id:
                return link
        raise KeyError(cluster_id)


@dataclass(frozen=True, slots=True)
class Literal:
    """A plain value of a claim. `datatype` is an IRI, "" for a string; `language` a tag."""

    value: str
    datatype: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact that one page states: what becomes RDF.

    `subject` and `predicate` are IRIs, `object` an IRI or a literal.
    """

    subject: str
    predicate: str
    object: str | Literal
    evidence: tuple[Evidence, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Correction:
    """What the user has said of a name or a fact; kept in a file, applied on every build.

    `verb` is same, different, wrong or add. `page` is the one page whose word is wrong, "" for all
    pages. `labels` name the subject and the object where nothing else does. `line` is where it
    stands in the file, 0 for nowhere.
    """

    verb: str
    subject: str
    object: str = ""
    predicate: str = ""
    page: str = ""
    labels: tuple[str, str] = field(default=("", ""), compare=False)
    note: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CatalogueFact:
    """Something that the catalogue knows of a linked entity, for the catalogue's own graph."""

    subject: Entity
    field: Field
    value: Entity | str
    part: str = ""


@dataclass(slots=True)
class Tally:
    """Counts of what a stage did; the one value that is not frozen, added up as pages pass."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, number: int = 1) -> None:
        """Count `number` more of `name`."""
        self.counts[name] = self.counts.get(name, 0) + number
