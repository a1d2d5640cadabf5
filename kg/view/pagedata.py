"""What the page's script needs, as plain JSON values: numbers for IRIs, each word once."""

from __future__ import annotations

from collections import Counter
from typing import Any

import networkx as nx

from kg.view import layout, metrics
from kg.view.drawing import Drawing, arrange
from kg.view.facts import Facts, Statement, Thing, web_address
from kg.view.network import people_network, reference_network
from kg.view.palette import (
    GROUPS_DARK,
    GROUPS_LIGHT,
    KINDS,
    OTHER_GROUP,
    ROLES,
    Ink,
    decade_colour,
)

MOST_PEOPLE = 6000
"""Above this many people and films, the map of people shows those who link films."""

_OUT = {
    "remake": "Remakes",
    "sequel": "In a series with",
    "allusion": "Alludes to",
    "comparison": "Compared with",
    "filmography": "Shares people with",
    "mention": "Mentioned in its reviews",
}
_INTO = {
    "remake": "Remade by",
    "sequel": "In a series with",
    "allusion": "Alluded to by",
    "comparison": "Compared with, in reviews of",
    "filmography": "Named for its people in reviews of",
    "mention": "Mentioned in reviews of",
}


class _Words:
    """Every different string once, by number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def number(self, word: str) -> int:
        return self.numbers.setdefault(word, len(self.numbers))


def page_data(facts: Facts, *, title: str, colophon: str, start: str = "") -> dict[str, Any]:
    """The page's data; places, PageRank and communities are computed here, not in the browser."""
    films = arrange(reference_network(facts))
    whole = people_network(facts)
    people, left_out = _linking_people(whole)
    order = sorted(facts.things)
    number = {iri: place for place, iri in enumerate(order)}
    things = [_thing(facts.things[iri]) for iri in order]
    _measure(things, number, films)
    _place_people(things, number, people, whole)
    words = _Words()
    credits_ = [
        [number[c.film], list(ROLES).index(c.role), number[c.person], c.part] for c in facts.credits
    ]
    ties = [
        [
            number[tie.source],
            number[tie.target],
            list(KINDS).index(tie.kind),
            tie.weight,
            tie.confidence,
            [_statement(one, words) for one in tie.statements],
        ]
        for tie in facts.ties
    ]
    reviews = [
        [
            number[one.film],
            words.number(one.critic),
            words.number(one.publication),
            words.number(one.source),
            words.number(web_address(one.url)),
            words.number(one.rating),
            one.score,
        ]
        for one in facts.notices
    ]
    best_known = next(iter(metrics.most_referenced(films.network, 1)), ("", 0))[0]
    begin = start if start in number else best_known
    return {
        "title": title,
        "lead": _lead(facts, films),
        "leadPeople": _lead_people(whole),
        "colophon": colophon,
        "things": things,
        "ties": ties,
        "credits": credits_,
        "reviews": reviews,
        "words": list(words.numbers),
        "kinds": [_ink(kind.value, ink) for kind, ink in KINDS.items()],
        "roles": [_ink(role, ink) for role, ink in ROLES.items()],
        "decades": _decades(facts),
        "groups": _groups(films),
        "otherGroup": list(OTHER_GROUP),
        "largest": max(films.radii.values(), default=20.0),
        "start": number.get(begin, -1),
        "asked": bool(start),
        "counts": {"leftOut": left_out},
    }


def _thing(thing: Thing) -> dict[str, Any]:
    value: dict[str, Any] = {
        "id": "/".join(thing.iri.rsplit("/", 2)[-2:]),
        "kind": thing.kind,
        "name": thing.label,
    }
    if thing.year is not None:
        value["year"] = thing.year
    if thing.other_names:
        value["also"] = list(thing.other_names)
    if links := [link for link in thing.links if web_address(link)]:
        value["links"] = links
    return value


def _measure(things: list[dict[str, Any]], number: dict[str, int], films: Drawing) -> None:
    for iri in films.network:
        things[number[iri]] |= {
            "at": list(films.places[iri]),
            "rank": round(films.ranks[iri], 7),
            "refs": films.references[iri],
            "group": films.groups[iri],
            "size": films.radii[iri],
        }


def _place_people(
    things: list[dict[str, Any]],
    number: dict[str, int],
    people: nx.MultiDiGraph[str],
    whole: nx.MultiDiGraph[str],
) -> None:
    for iri, count in metrics.degree(whole).items():
        things[number[iri]]["works"] = count
    for iri, place in layout.positions(people).items():
        things[number[iri]]["stands"] = list(place)


def _linking_people(
    whole: nx.MultiDiGraph[str],
) -> tuple[nx.MultiDiGraph[str], str]:
    """The people and films to lay out, and a sentence on those left out of the map."""
    if len(whole) <= MOST_PEOPLE:
        return whole, ""
    degrees = metrics.degree(whole)
    linking = [iri for iri in whole if whole.nodes[iri]["kind"] != "person" or degrees[iri] > 1]
    ranked = sorted(linking, key=lambda iri: (-degrees[iri], iri))[:MOST_PEOPLE]
    part = whole.subgraph(ranked).copy()
    part.remove_nodes_from([iri for iri in ranked if part.degree(iri) == 0])
    missing = len(whole) - len(part)
    return part, (
        f"The map of people shows those who link several films; {missing:,} others are found by "
        "searching and in the panels."
    )


def _statement(statement: Statement, words: _Words) -> list[Any]:
    return [
        statement.exact,
        statement.confidence,
        words.number(statement.critic),
        words.number(statement.publication),
        words.number(statement.source),
        words.number(web_address(statement.url)),
    ]


def _ink(key: str, ink: Ink) -> dict[str, Any]:
    return {
        "key": key,
        "label": ink.label,
        "light": ink.light,
        "dark": ink.dark,
        "dash": list(ink.dash),
        "forwards": ink.forwards,
        "backwards": ink.backwards,
        "out": _OUT.get(key, ""),
        "into": _INTO.get(key, ""),
    }


def _decades(facts: Facts) -> dict[str, list[str]]:
    known = sorted({t.year // 10 * 10 for t in facts.things.values() if t.year is not None})
    table = {
        str(decade): [decade_colour(decade), decade_colour(decade, dark=True)] for decade in known
    }
    return table | {"": [decade_colour(None), decade_colour(None, dark=True)]}


def _groups(films: Drawing) -> list[dict[str, Any]]:
    """The largest communities with at least three films, each named by its best ranked film."""
    sizes = Counter(films.groups.values())
    leader: dict[int, str] = {}
    for iri in films.by_importance:
        leader.setdefault(films.groups[iri], films.network.nodes[iri]["label"])
    colours = list(zip(GROUPS_LIGHT, GROUPS_DARK, strict=True))
    return [
        {"name": leader[rank], "colours": list(pair)}
        for rank, pair in enumerate(colours)
        if sizes.get(rank, 0) >= 3
    ]


def _lead(facts: Facts, films: Drawing) -> str:
    """One sentence on what is in the page."""
    reviews = {one.iri for one in facts.notices} | {r for tie in facts.ties for r in tie.reviews}
    critics = {one.critic for one in facts.notices if one.critic}
    critics |= {s.critic for tie in facts.ties for s in tie.statements if s.critic}
    works = sum(1 for iri in films.network if facts.things[iri].kind == "work")
    among = _count(len(films.network) - works, "film")
    if works:
        among += f" and {_count(works, 'other work')}"
    said = f"{_count(len(facts.ties), 'reference')} among {among}"
    by = f", as read in {_count(len(reviews), 'review')}" if reviews else ""
    return f"{said}{by}" + (f" by {_count(len(critics), 'critic')}." if critics else ".")


def _lead_people(whole: nx.MultiDiGraph[str]) -> str:
    people = sum(1 for iri in whole if whole.nodes[iri]["kind"] == "person")
    films = _count(len(whole) - people, "film")
    named = f"{people:,} {'person' if people == 1 else 'people'}"
    return f"{named} and {_count(whole.number_of_edges(), 'credit')} on {films}."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
