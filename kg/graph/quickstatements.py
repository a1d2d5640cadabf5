"""New facts of films for Wikidata: commands of QuickStatements, version 1, with their reviews.

One line a fact and page: item, property and value, what qualifies the value, then the reference
(S854, the page's address; S577, its date; S50 or S2093, the critic), parted by tabs, and how sure
it is as the edit's summary. See https://www.wikidata.org/wiki/Help:QuickStatements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

from kg.graph.facts import Fact, Facts, Words
from kg.graph.part import part_of
from kg.graph.selection import EVERYTHING, Selection
from kg.graph.serialise import whole_file
from kg.graph.store import Store
from kg.model import Literal
from kg.vocab import FK, SCHEMA, XSD

# Only properties that mean the same: a company that "produced or distributed", an award that was
# won or only nominated for, a country by its name are no statements for Wikidata.
ITEMS: Final = {
    SCHEMA.director: "P57",
    FK.screenwriter: "P58",
    SCHEMA.producer: "P162",
    FK.cinematographer: "P344",
    SCHEMA.musicBy: "P86",
    SCHEMA.editor: "P1040",
    SCHEMA.actor: "P161",
    SCHEMA.character: "P674",
    SCHEMA.isBasedOn: "P144",
    FK.remakeOf: "P144",
    FK.alludesTo: "P8371",
    FK.distributor: "P750",
}
VALUES: Final = (SCHEMA.duration, SCHEMA.datePublished, SCHEMA.sameAs)
# what the catalogue knows is settled: another value on a page is a quarrel and no new fact
_SETTLED: Final = frozenset({SCHEMA.director, SCHEMA.duration, SCHEMA.datePublished})
_SINGLE: Final = frozenset({SCHEMA.duration, SCHEMA.datePublished})
_IDENTIFIERS: Final = {
    "https://www.imdb.com/title/": "P345",
    "https://www.themoviedb.org/movie/": "P4947",
}
_MINUTE: Final = "U7727"
_PRECISIONS: Final = {XSD.date: "11", XSD.gYearMonth: "10", XSD.gYear: "9"}


@dataclass(slots=True)
class Report:
    """How much was written, and what was not, for which reason."""

    lines: int = 0
    films: set[str] = field(default_factory=set)
    left_out: dict[str, int] = field(default_factory=dict)

    def leave_out(self, reason: str) -> None:
        """Count one fact that is not written."""
        self.left_out[reason] = self.left_out.get(reason, 0) + 1

    def __str__(self) -> str:
        said = f"{self.lines} statements on {len(self.films)} films"
        if not self.left_out:
            return said
        reasons = (f"{number} {reason}" for reason, number in sorted(self.left_out.items()))
        return f"{said}; left out: {', '.join(reasons)}"


def write(store: Store, path: Path, selection: Selection = EVERYTHING) -> Report:
    """Write what pages say of films that Wikidata has and the catalogue doesn't know of them.

    The file is empty where nothing is new. `selection` says which part of the graph is asked.
    """
    report = Report()
    with part_of(store, selection) as part, whole_file(path) as file:
        for line in _lines(Facts(part, known=store), report):
            file.write(f"{line}\n".encode())
    return report


def _lines(facts: Facts, report: Report) -> Iterator[str]:
    """The commands, sorted by film and property."""
    wanted = (*ITEMS, *VALUES)
    written: dict[tuple[str, ...], str] = {}
    for fact in facts.claimed(wanted):
        if reason := _unfit(fact, facts):
            report.leave_out(reason)
            continue
        statement = _statement(fact, facts)
        if statement is None:
            report.leave_out("whose value Wikidata has no item or form for")
        elif not fact.words:
            report.leave_out("on pages without web address")
        else:
            report.films.add(fact.subject)
            for words in fact.words:
                command = (facts.items[fact.subject], *statement, *_reference(words, facts))
                written.setdefault(command, _summary(fact))
    for command in sorted(written, key=_order):
        report.lines += 1
        yield "\t".join((*command, written[command]))


def _unfit(fact: Fact, facts: Facts) -> str:
    """Why a fact is no news, "" if it is."""
    if facts.is_known(fact):
        return "that the catalogue knows"
    if fact.predicate in _SETTLED and facts.knows_other(fact):
        return "that contradict the catalogue"
    if fact.predicate in _SINGLE and facts.is_disputed(fact):
        return "that pages disagree on"
    return ""


def _statement(fact: Fact, facts: Facts) -> tuple[str, ...] | None:
    """Property and value, and what qualifies it; None if Wikidata can't take it."""
    obj = fact.object
    if isinstance(obj, Literal):
        if fact.predicate == SCHEMA.duration:
            return "P2047", obj.value.removeprefix("PT").removesuffix("M") + _MINUTE
        return "P577", _time(obj)
    if fact.predicate == SCHEMA.sameAs:
        for begin, known in _IDENTIFIERS.items():
            if obj.startswith(begin):
                return known, _string(obj.removeprefix(begin).strip("/"))
        return None
    item = facts.items.get(obj)
    if item is None:
        return None
    parts = facts.parts.get((fact.subject, obj), ()) if fact.predicate == SCHEMA.actor else ()
    qualifiers: list[str] = []
    for character, name in parts:
        played = facts.items.get(character)
        qualifiers += ("P453", played) if played else ("P4633", _string(name))
    return ITEMS[fact.predicate], item, *qualifiers


def _reference(words: Words, facts: Facts) -> Iterator[str]:
    yield from ("S854", _string(words.url))
    if words.date is not None and words.date.datatype in _PRECISIONS:
        yield from ("S577", _time(words.date))
    for critic in words.critics:
        item = facts.items.get(critic)
        yield from ("S50", item) if item else ("S2093", _string(facts.labels.get(critic, critic)))


def _time(moment: Literal) -> str:
    """`+1977-00-00T00:00:00Z/9`: what isn't known of a date is zero."""
    year, month, day, *_ = (*moment.value.split("-"), "00", "00")
    return f"+{year}-{month}-{day}T00:00:00Z/{_PRECISIONS[moment.datatype]}"


def _string(words: str) -> str:
    """Words in quotation marks; what would part the command or end it is taken out."""
    plain = " ".join(words.split()).replace("|", "%7C" if "://" in words else "/")
    return f'"{plain}"'


def _summary(fact: Fact) -> str:
    confidence = f"{Decimal(fact.confidence).normalize():f}"
    return f"/* read from a review by film-kg, confidence {confidence} */"


def _order(command: tuple[str, ...]) -> tuple[int, int, tuple[str, ...]]:
    return int(command[0][1:]), int(command[1][1:]), command
