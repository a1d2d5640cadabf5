"""A part of the graph that can be taken in at a glance: some films and what lies around them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import get_close_matches

from kg.errors import UsageError
from kg.view.facts import Facts, Thing
from kg.view.metrics import most_referenced, pagerank
from kg.view.network import reference_network

_YEAR = re.compile(r"\s*\((\d{4})\)\s*$")


def folded(name: str) -> str:
    """`name` without case, accents and punctuation, for comparing."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = (sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign))
    return " ".join("".join(letters).split())


def find_film(facts: Facts, name: str) -> str:
    """The IRI of the film or work called `name`, "Psycho" or "Psycho (1960)", or of that IRI.

    Of several with that title a film before a book or play, then the one that most reviews bring in
    or treat. UsageError where there
    is none, or none of that year; it names the nearest titles.
    """
    if name in facts.things:
        return name
    year = _YEAR.search(name)
    title = folded(_YEAR.sub("", name)) or folded(name)
    found = [
        thing
        for thing in facts.things.values()
        if thing.kind != "person"
        and any(folded(spelling) == title for spelling in (thing.label, *thing.other_names))
    ]
    if year is not None:
        found = [thing for thing in found if thing.year == int(year[1])]
    if not found:
        raise _unknown(facts, name)
    weight = Counter(notice.film for notice in facts.notices)
    for tie in facts.ties:
        weight[tie.target] += tie.weight
        weight[tie.source] += 1
    return max(found, key=lambda one: (one.kind == "film", weight[one.iri], one.iri)).iri


def _unknown(facts: Facts, name: str) -> UsageError:
    titles: dict[str, Thing] = {}
    for thing in facts.things.values():
        if thing.kind != "person":
            titles.setdefault(folded(thing.label), thing)
    near = get_close_matches(folded(_YEAR.sub("", name)), titles, n=3, cutoff=0.6)
    named = [
        thing.label + (f" ({thing.year})" if thing.year is not None else "")
        for thing in (titles[title] for title in near)
    ]
    hint = f"; did you mean {' or '.join(named)}?" if named else ""
    return UsageError(f"expected a film that the graph holds, found {name!r}{hint}")


def surroundings(
    facts: Facts, centre: Sequence[str], *, steps: int, limit: int
) -> tuple[Facts, int]:
    """The facts of `centre` and of the best attested films around it, and how many were left out.

    Nearer films come before farther ones, among equals those that more reviews tie to what is
    already there, then those of higher PageRank. Without a centre the most referenced film is one,
    and everything is near enough.
    """
    network = reference_network(facts)
    ranks = pagerank(network)
    if centre:
        order = _by_nearness(facts, centre, steps, ranks)
    else:
        best_known = [iri for iri, _ in most_referenced(network, 1)]
        order = _by_nearness(facts, best_known, len(ranks), ranks)
        order += sorted(set(ranks) - set(order), key=lambda iri: (-ranks[iri], iri))
    kept = set(order[: max(limit, len(centre))])
    return _restricted(facts, kept), len(order) - len(kept)


def _by_nearness(
    facts: Facts, centre: Sequence[str], steps: int, ranks: dict[str, float]
) -> list[str]:
    around: dict[str, Counter[str]] = defaultdict(Counter)
    for tie in facts.ties:
        around[tie.source][tie.target] += tie.weight
        around[tie.target][tie.source] += tie.weight
    order = list(dict.fromkeys(centre))
    ring = list(order)
    for _ in range(steps):
        if not ring:
            break
        gain: Counter[str] = Counter()
        for iri in ring:
            gain.update(around[iri])
        known = set(order)
        ring = sorted(
            (iri for iri in gain if iri not in known),
            key=lambda iri: (-gain[iri], -ranks.get(iri, 0.0), iri),
        )
        order += ring
    return order


def _restricted(facts: Facts, films: set[str]) -> Facts:
    worked = tuple(credit for credit in facts.credits if credit.film in films)
    people = {credit.person for credit in worked}
    return Facts(
        {iri: thing for iri, thing in facts.things.items() if iri in films or iri in people},
        tuple(tie for tie in facts.ties if tie.source in films and tie.target in films),
        worked,
        tuple(notice for notice in facts.notices if notice.film in films),
    )
