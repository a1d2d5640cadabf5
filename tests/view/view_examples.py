"""Facts made by hand: real films, sentences and critics made up for these tests."""

from __future__ import annotations

from kg.model import ReferenceKind
from kg.view.facts import Credit, Facts, Notice, Statement, Thing, Tie

BASE = "https://example.org/kg/"

EVE = f"{BASE}film/all-about-eve-1950"
MOTHER = f"{BASE}film/all-about-my-mother-1999"
OPENING = f"{BASE}film/opening-night-1977"
STREETCAR = f"{BASE}work/a-streetcar-named-desire"
SAMURAI = f"{BASE}film/seven-samurai-1954"
SEVEN = f"{BASE}film/the-magnificent-seven-1960"
DAVIS = f"{BASE}person/bette-davis"
MANKIEWICZ = f"{BASE}person/joseph-l-mankiewicz"

HOSTILE = "<script>alert(1)</script>\u202e]]>&amp;{{data}}\x00\u2028\ud800"


def statement(exact: str, review: str, *, confidence: float | None = 0.9) -> Statement:
    return Statement(
        exact,
        confidence,
        f"{BASE}review/{review}",
        critic=f"Critic {review}",
        publication="Matinee",
        source=f"{review}.txt",
        url=f"https://example.org/{review}",
    )


def tie(source: str, target: str, kind: ReferenceKind, *said: Statement) -> Tie:
    return Tie(source, target, kind, tuple(sorted({one.review for one in said})), said)


def films() -> Facts:
    things = (
        Thing(EVE, "film", "All About Eve", 1950, ("About Eve",), ("https://www.imdb.com/eve",)),
        Thing(MOTHER, "film", "All About My Mother", 1999, ("Todo sobre mi madre",)),
        Thing(OPENING, "film", "Opening Night", 1977),
        Thing(STREETCAR, "work", "A Streetcar Named Desire"),
        Thing(SAMURAI, "film", "Seven Samurai", 1954),
        Thing(SEVEN, "film", "The Magnificent Seven", 1960),
        Thing(DAVIS, "person", "Bette Davis"),
        Thing(MANKIEWICZ, "person", "Joseph L. Mankiewicz"),
    )
    bow = statement("All About My Mother bows to All About Eve.", "mother-1", confidence=0.91)
    again = statement("The dressing room is All About Eve's.", "mother-2", confidence=0.62)
    ties = (
        tie(MOTHER, EVE, ReferenceKind.ALLUSION, bow, again),
        tie(MOTHER, EVE, ReferenceKind.MENTION, statement("Eve comes up twice.", "mother-1")),
        tie(MOTHER, STREETCAR, ReferenceKind.ALLUSION, statement("And Streetcar.", "mother-1")),
        tie(OPENING, EVE, ReferenceKind.COMPARISON, statement("Colder than Eve.", "opening")),
        tie(SEVEN, SAMURAI, ReferenceKind.REMAKE, statement("Seven Samurai out west.", "seven")),
    )
    worked = (
        Credit(EVE, "cast", DAVIS, "Margo Channing"),
        Credit(EVE, "director", MANKIEWICZ),
        Credit(EVE, "writer", MANKIEWICZ),
    )
    notices = (
        Notice(f"{BASE}review/mother-1", MOTHER, "Critic mother-1", "Matinee", rating="★★★★"),
        Notice(f"{BASE}review/opening", OPENING, "Critic opening", "Matinee"),
    )
    return Facts({thing.iri: thing for thing in things}, ties, worked, notices)


def hostile() -> Facts:
    one, other = f"{BASE}film/one", f"{BASE}film/other"
    person = f"{BASE}person/p"
    things = (
        Thing(one, "film", HOSTILE, 2001, (HOSTILE,), ("javascript:alert(1)", "https://x.org/")),
        Thing(other, "film", "=cmd()" + "long " * 2000 + "\"'><img src=x onerror=alert(1)>", 2002),
        Thing(person, "person", "</title></style><script>alert(2)</script>"),
    )
    said = Statement(
        HOSTILE + "</script><script>alert(3)</script>",
        0.5,
        f"{BASE}review/r",
        critic="<b>critic</b>",
        publication='"><svg onload=alert(4)>',
        source="-->",
        url="javascript:alert(5)",
    )
    return Facts(
        {thing.iri: thing for thing in things},
        (Tie(one, other, ReferenceKind.ALLUSION, (said.review,), (said,)),),
        (Credit(one, "cast", person, HOSTILE),),
        (Notice(said.review, one, HOSTILE, HOSTILE, url="javascript:alert(6)", rating="<i>5</i>"),),
    )
