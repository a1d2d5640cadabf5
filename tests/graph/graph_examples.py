"""Linked pages made by hand, about real films, in sentences written for these tests.

`PageOf` finds the offsets: mark a name as `[F1|Opening Night]` and ask for evidence by its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kg.model import (
    Cluster,
    Entity,
    Evidence,
    Extraction,
    Field,
    Kind,
    Link,
    LinkedPage,
    Mention,
    Page,
    Quotation,
    Rating,
    Reference,
    ReferenceKind,
    Relation,
    RelationName,
    Span,
    Stated,
    Zone,
    ZoneKind,
)

_MARK = re.compile(r"\[([A-Z]\d+)\|([^\]]*)\]")
_KINDS = {kind.letter: kind for kind in Kind}


def film(name: str, year: int | None, slug: str, *, wikidata: str = "", **more: object) -> Entity:
    same_as = (f"http://www.wikidata.org/entity/{wikidata}",) if wikidata else ()
    return Entity(f"film/{slug}", Kind.FILM, name, year, same_as, linked=bool(wikidata), **more)  # type: ignore[arg-type]


def thing(kind: Kind, name: str, slug: str, **more: object) -> Entity:
    return Entity(slug, kind, name, **more)  # type: ignore[arg-type]


OPENING_NIGHT = film("Opening Night", 1977, "opening-night-1977", wikidata="Q930396")
ALL_ABOUT_EVE = film("All About Eve", 1950, "all-about-eve-1950", wikidata="Q200299")
ALL_ABOUT_MY_MOTHER = film(
    "All About My Mother",
    1999,
    "all-about-my-mother-1999",
    wikidata="Q622805",
    other_names=("Todo sobre mi madre",),
)
STREETCAR = thing(
    Kind.WORK, "A Streetcar Named Desire", "work/a-streetcar-named-desire", work_type="Play"
)
CASSAVETES = thing(Kind.PERSON, "John Cassavetes", "person/john-cassavetes", linked=True)
ROWLANDS = thing(Kind.PERSON, "Gena Rowlands", "person/gena-rowlands", linked=True)
ALMODOVAR = thing(Kind.PERSON, "Pedro Almodóvar", "person/pedro-almodovar", linked=True)
MYRTLE = thing(Kind.CHARACTER, "Myrtle Gordon", "character/myrtle-gordon")
HUMA = thing(Kind.CHARACTER, "Huma Rojo", "character/huma-rojo")
PAREDES = thing(Kind.PERSON, "Marisa Paredes", "person/marisa-paredes", linked=True)
OSCAR = thing(Kind.AWARD, "Academy Award", "award/academy-award")


@dataclass
class PageOf:
    """Builds a LinkedPage from marked text."""

    id: str
    marked: str
    entities: dict[str, Entity]
    topic: str = ""
    url: str = ""
    critic: str = ""
    publication: str = ""
    date: str = ""
    silent: tuple[str, ...] = ()
    relations: list[Relation] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    scores: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.text = _MARK.sub(lambda mark: mark[2], self.marked)
        self._mentions: dict[str, list[Mention]] = {}
        shift = 0
        for mark in _MARK.finditer(self.marked):
            start = mark.start() - shift
            end = start + len(mark[2])
            shift += len(mark[0]) - len(mark[2])
            kind = _KINDS[mark[1][0]]
            self._mentions.setdefault(mark[1], []).append(Mention(start, end, kind, 0.97))

    def says(self, words: str) -> Evidence:
        start = self.text.index(words)
        return Evidence(words, Span(start, start + len(words)))

    def relation(
        self,
        name: RelationName,
        subject: str,
        obj: str,
        words: str,
        *,
        part: str = "",
        score: float = 0.9,
        stated: bool = False,
    ) -> PageOf:
        self.relations.append(
            Relation(name, subject, obj, self.says(words), score, part, stated=stated)
        )
        return self

    def reference(
        self, cited: str, kind: ReferenceKind, words: str, *, score: float = 0.8
    ) -> PageOf:
        self.references.append(Reference(self.topic, cited, kind, self.says(words), score))
        return self

    def states(self, what: Field, value: str, words: str = "", **more: object) -> PageOf:
        evidence = self.says(words) if words else Evidence(value, None, "json-ld")
        self.stated.append(Stated(what, value, evidence, **more))  # type: ignore[arg-type]
        return self

    def zone(self, kind: ZoneKind, words: str, **more: object) -> PageOf:
        span = self.says(words).span
        assert span is not None
        self.zones.append(Zone(kind, span.start, span.end, **more))  # type: ignore[arg-type]
        return self

    def quotes(self, words: str, other: str, start: int) -> PageOf:
        span = self.says(words).span
        assert span is not None
        self.quotations.append(Quotation(span, other, Span(start, start + len(words)), words))
        return self

    def linked(self) -> LinkedPage:
        clusters = tuple(
            Cluster(
                one,
                entity.kind,
                entity.name,
                tuple(self._mentions.get(one, ())),
                silent=one in self.silent,
            )
            for one, entity in self.entities.items()
        )
        links = tuple(
            Link(one, entity, self.scores.get(one, 1.0)) for one, entity in self.entities.items()
        )
        page = Page(
            self.id,
            self.url or f"pages/{self.id}.txt",
            self.text,
            tuple(self.zones),
            tuple(self.stated),
            tuple(self.ratings),
            url=self.url,
            critic=self.critic,
            publication=self.publication,
            date=self.date,
        )
        extraction = Extraction(
            page, clusters, tuple(self.relations), tuple(self.references), self.topic, "by hand"
        )
        return LinkedPage(extraction, links, tuple(self.quotations))


SHARED_SENTENCE = "Where All About Eve is all poise, this one sweats."


def magazine_review() -> PageOf:
    """A signed review with credits, a part, two references and a stated list."""
    page = PageOf(
        "opening-night-magazine",
        "[F1|Opening Night]\n"
        "[P1|John Cassavetes] directs [P2|Gena Rowlands] as [C1|Myrtle Gordon], an actress who "
        "can no longer tell her part from her life. Where [F2|All About Eve] is all poise, this "
        "one sweats. Like [W1|A Streetcar Named Desire], it needs a leading lady without vanity, "
        "and [P2|Rowlands] has none.\n"
        "Director: [P1|John Cassavetes]\n"
        "Country: USA\n"
        "Running time: 144 min\n"
        "Grade: B+\n",
        {
            "F1": OPENING_NIGHT,
            "F2": ALL_ABOUT_EVE,
            "W1": STREETCAR,
            "P1": CASSAVETES,
            "P2": ROWLANDS,
            "C1": MYRTLE,
        },
        topic="F1",
        url="https://magazine.example/opening-night",
        critic="Ada Reel",
        publication="The Example Review",
        date="2004-05-17",
    )
    cast = page.text[page.text.index("John Cassavetes directs") : page.text.index(" Where All")]
    page.relation(RelationName.DIRECTOR, "F1", "P1", cast, score=0.93)
    page.relation(RelationName.DIRECTOR, "F1", "P1", "Director: John Cassavetes", score=0.99)
    page.relation(RelationName.CAST, "F1", "P2", cast, part="C1", score=0.95)
    page.reference("F2", ReferenceKind.COMPARISON, SHARED_SENTENCE, score=0.88)
    like = page.text[page.text.index("Like A Street") : page.text.index("\nDirector")]
    page.reference("W1", ReferenceKind.COMPARISON, like, score=0.7)
    page.states(Field.COUNTRY, "USA", "Country: USA")
    page.states(Field.DURATION, "144", "Running time: 144 min")
    page.ratings.append(Rating("B+", 9.0, 12.0, 0.75, evidence=page.says("Grade: B+")))
    prose = page.text[page.text.index("John") : page.text.index("\nDirector")]
    page.zone(ZoneKind.TITLE, "Opening Night").zone(ZoneKind.PROSE, prose)
    page.zone(ZoneKind.CREDITS, "Director: John Cassavetes\nCountry: USA\nRunning time: 144 min")
    page.zone(ZoneKind.SCORE, "Grade: B+")
    page.quotes(SHARED_SENTENCE, "opening-night-aggregator", 40)
    return page


def aggregator() -> PageOf:
    """Two critics' words, one of them with a score, and a menu of unrelated titles."""
    page = PageOf(
        "opening-night-aggregator",
        "[F1|Opening Night]\n"
        "Reviewed by: Ada Reel\n"
        "Where [F2|All About Eve] is all poise, this one sweats.\n"
        "Reviewed by: Bela Frame\n"
        "75\n"
        "A long night, and worth every minute of it.\n"
        "Also in cinemas: [F3|Barbie]\n",
        {
            "F1": OPENING_NIGHT,
            "F2": ALL_ABOUT_EVE,
            "F3": film("Barbie", 2023, "barbie-2023", wikidata="Q55436290"),
        },
        topic="F1",
        silent=("F3",),
    )
    seventy_five = Rating(
        "75", 75.0, 100.0, 0.75, inferred=True, critic="Bela Frame", evidence=page.says("75")
    )
    page.zone(ZoneKind.TITLE, "Opening Night")
    page.zone(ZoneKind.SNIPPET, SHARED_SENTENCE, critic="Ada Reel")
    page.zone(
        ZoneKind.SNIPPET,
        "A long night, and worth every minute of it.",
        critic="Bela Frame",
        publication="Frames Monthly",
        rating=seventy_five,
    )
    page.zone(ZoneKind.TITLES, "Also in cinemas: Barbie")
    page.ratings.append(seventy_five)
    page.reference("F2", ReferenceKind.COMPARISON, SHARED_SENTENCE, score=0.86)
    page.quotes(SHARED_SENTENCE, "opening-night-magazine", 150)
    return page


def later_review() -> PageOf:
    """A film that pays homage to the others; it disagrees with the magazine on a length."""
    page = PageOf(
        "all-about-my-mother",
        "[P1|Pedro Almodóvar]'s [F1|All About My Mother] borrows the rainy accident of "
        "[F2|Opening Night] and the title of [F3|All About Eve]. [P2|Marisa Paredes] is "
        "[C1|Huma Rojo]. It won the [A1|Oscar].\n"
        "101 min",
        {
            "F1": ALL_ABOUT_MY_MOTHER,
            "F2": OPENING_NIGHT,
            "F3": ALL_ABOUT_EVE,
            "P1": ALMODOVAR,
            "P2": PAREDES,
            "C1": HUMA,
            "A1": OSCAR,
        },
        topic="F1",
        critic="Ada Reel",
    )
    borrows = page.text[: page.text.index(" Marisa")]
    page.relation(RelationName.DIRECTOR, "F1", "P1", borrows)
    page.relation(
        RelationName.CAST, "F1", "P2", "Marisa Paredes is Huma Rojo.", part="C1", score=0.9
    )
    page.relation(RelationName.AWARD, "F1", "A1", "It won the Oscar.")
    page.reference("F2", ReferenceKind.ALLUSION, borrows, score=0.91)
    page.reference("F3", ReferenceKind.ALLUSION, borrows, score=0.9)
    page.states(Field.DURATION, "101", "101 min")
    page.states(Field.YEAR, "1999")
    return page


def all_pages() -> list[LinkedPage]:
    return [magazine_review().linked(), aggregator().linked(), later_review().linked()]


def renamed(page: LinkedPage, page_id: str) -> LinkedPage:
    """The same words on another page."""
    extraction = replace(page.extraction, page=replace(page.page, id=page_id, source=page_id))
    return replace(page, extraction=extraction)
