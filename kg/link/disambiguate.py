"""Which film of the catalogue a title means: every candidate gets a probability, or none is meant.

A logistic regression over a few dozen figures of evidence, fitted on annotated reviews by
`kg.link.fit`; its weights lie in `data/weights.json`. Below the threshold the answer is nobody.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import ModelError
from kg.link.catalogue import Catalogue
from kg.link.evidence import FilmEvidence, PageEvidence
from kg.link.features import NAMES, Case, weigh
from kg.link.fold import content_words, fold, name_key
from kg.link.known import Film, Found
from kg.link.schema import NameKind

WEIGHTS = Path(__file__).parent / "data" / "weights.json"

_SPELLINGS = 4
_CANDIDATES = 40
_CUT = 3  # words that may stand before or after a title in what was taken for it
_RIVALS = 3  # told beside the one that was chosen
_SHOWN = 0.01  # probability below which a rival is not worth telling
_TELLING = 2  # words of a title that more than one film rarely bears
_SAYING = (  # figures that a reader understands as a reason
    "other title",
    "part of the title",
    "short form",
    "near spelling",
    "year agrees",
    "year a bit off",
    "director agrees",
    "cast agrees",
    "people beside it",
    "people of the page",
    "characters agree",
    "people of the reviewed film",
    "series meant",
)
_AGAINST = ("year differs", "director differs", "cast differs")


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted weights, one a figure, and the probability below which nobody is meant."""

    values: tuple[float, ...]
    threshold: float

    def probability(self, case: Case) -> float:
        """The probability that the case's film is the one that is meant."""
        total = sum(w * v for w, v in zip(self.values, case.values, strict=True))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def shipped_weights() -> Weights:
    """The weights that ship; ModelError where they don't belong to these figures."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    missing = set(NAMES) ^ set(stored["weights"])
    if missing:
        raise ModelError(
            f"expected a weight for each figure in {WEIGHTS.name}, found a difference in "
            f"{', '.join(sorted(missing))}; fit the weights again with python -m kg.link.fit"
        )
    return Weights(tuple(stored["weights"][name] for name in NAMES), stored["threshold"])


@dataclass(frozen=True, slots=True)
class Decision:
    """What a film's name was taken for. `film` is None where nobody known is meant.

    `firm` tells that something besides the name and its fame spoke for the film. `rejected` are
    films of that title which the page contradicts. `rivals` are the next likeliest films with
    their probabilities, best first.
    """

    film: Film | None
    score: float
    reasons: tuple[str, ...]
    firm: bool = False
    rejected: frozenset[int] = frozenset()
    rivals: tuple[tuple[Film, float], ...] = ()

    def without(self, film: Film, reason: str) -> Decision:
        """The same decision had this film been out of the question: the next likeliest, if any."""
        rejected = self.rejected | {film.id}
        left = max(1.0 - self.score, sum(share for _, share in self.rivals))
        if not self.rivals or self.rivals[0][1] < left / 2:
            return Decision(None, 1.0, (reason,), rejected=rejected)
        (following, share), *others = self.rivals
        return Decision(following, share / left, (reason,), True, rejected, tuple(others))


def candidates(film: FilmEvidence, catalogue: Catalogue) -> list[Found]:
    """Films that any of the cluster's spellings may mean, each by its best kind of match."""
    best: dict[int, Found] = {}
    for at, spelling in enumerate(film.spellings[:_SPELLINGS]):
        found = catalogue.films(spelling, years=film.years)
        whole = any(one.kind <= NameKind.OTHER for one in best.values())
        shorter = whole and f" {fold(spelling)} " in f" {fold(film.spellings[0])} "
        if at and best and found and (found[0].kind >= NameKind.SHORT or shorter):
            continue  # a shorter spelling adds nothing to a full title
        for candidate in found[:_CANDIDATES]:
            known = best.get(candidate.film.id)
            if known is None or candidate.kind < known.kind:
                best[candidate.film.id] = candidate
    if not best and film.spellings:
        best = {found.film.id: found for found in _within(film.spellings[0], catalogue)}
    return list(best.values())


def _within(name: str, catalogue: Catalogue) -> list[Found]:
    """Films whose whole title stands in a longer name: `Hammer's The Reptile`, `ala Hi, Mom!`."""
    words = name.split()
    for cut in range(1, min(_CUT, len(words) - 1) + 1):
        for shorter, owned in (
            (words[cut:], words[cut - 1].endswith(("'s", "’s", "s'", "s’"))),
            (words[:-cut], False),
        ):
            rest = " ".join(shorter)
            if not owned and len(content_words(fold(rest))) < _TELLING:
                continue
            likeness = len(rest) / len(name)
            found = [
                Found(one.film, NameKind.SHORT, likeness)
                for one in catalogue.films(rest)
                if one.kind <= NameKind.OTHER
            ]
            if found:
                return found[:_CANDIDATES]
    return []


def unproven(movie: Film) -> bool:
    """Whether the film is no more than a common title: no year, no people, one telling word.

    Nothing that a page says could show that it means such a one.
    """
    bare = movie.year is None and not movie.people
    return bare and len(content_words(fold(movie.title))) < _TELLING


def contradicted(case: Case, film: FilmEvidence) -> bool:
    """Whether the film is out of the question: what the page says of its own film excludes it."""
    if unproven(case.found.film):
        return True
    if case.value("year agrees") and case.found.kind <= NameKind.OTHER:
        return False  # two films of one title in one year are rarer than a credit read wrong
    met = ("director agrees", "cast agrees")
    if any(case.value(name) for name in met) or case.value("people of the page") >= 1:
        return False  # some of its people are named: a credit is wrong, here or there
    return film.topic and any(case.value(name) for name in _AGAINST)


def usable(
    film: FilmEvidence, page: PageEvidence, catalogue: Catalogue, topic: Film | None
) -> tuple[list[Case], frozenset[int]]:
    """The candidates that the page doesn't contradict, weighed, and the numbers of the others.

    The others stay rivals in the weighing: a title that several films bear proves little.
    """
    cases = weigh(film, candidates(film, catalogue), page, topic)
    rejected = frozenset(case.found.film.id for case in cases if contradicted(case, film))
    return [case for case in cases if case.found.film.id not in rejected], rejected


def decide(
    film: FilmEvidence,
    page: PageEvidence,
    catalogue: Catalogue,
    *,
    topic: Film | None = None,
    weights: Weights | None = None,
) -> Decision:
    """Which film is meant, with the probability and the reasons."""
    weights = weights or shipped_weights()
    if film.topic and not film.spellings:
        return named_by_the_way(film, page, catalogue) or by_people(film, page, catalogue)
    cases, rejected = usable(film, page, catalogue, topic)
    scored = [(weights.probability(case), case) for case in cases]
    if not scored:
        reasons = ("the page contradicts every film of that title",) if rejected else ()
        return Decision(None, 0.0, reasons, rejected=rejected)
    scored.sort(key=lambda pair: (-pair[0], -pair[1].found.film.prior, pair[1].found.film.id))
    score, case = scored[0]
    shown = [(one.found.film, share) for share, one in scored if share >= _SHOWN]
    firm = any(case.value(name) for name in ("year agrees", "director agrees", "cast agrees"))
    if score < weights.threshold:
        reasons = ("no film of that title is likely",)
        rivals = tuple(shown[:_RIVALS])
        return Decision(None, 1.0 - score, reasons, rejected=rejected, rivals=rivals)
    rivals = tuple(one for one in shown if one[0] is not case.found.film)[:_RIVALS]
    return Decision(case.found.film, score, _reasons(case, scored), firm, rejected, rivals)


def named_by_the_way(
    film: FilmEvidence, page: PageEvidence, catalogue: Catalogue
) -> Decision | None:
    """The reviewed film, where the page names it but not as its own.

    Of the films that the page names, it is the one most of whose people the page names too: two of
    them at least, and more than of any other.
    """
    directors = page.named(film.directors).full
    met: dict[int, int] = {}
    for other in page.films.values():
        if other.topic or other.cluster.silent:
            continue
        for spelling in other.spellings[:2]:
            for found in catalogue.films(spelling):
                known = {name_key(member.name) for member in found.film.directors}
                if found.kind <= NameKind.OTHER and not (
                    directors and known and not directors & known
                ):
                    people = {name_key(member.name) for member in found.film.people}
                    met[found.film.id] = len(people & set(page.people.full))
    ranked = sorted(met.items(), key=lambda item: (-item[1], item[0]))[:2]
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    number = ranked[0][1]
    reason = f"named, with {number} of its people"
    return Decision(catalogue.film(ranked[0][0]), 1 - 0.5**number, (reason,), firm=True)


def by_people(film: FilmEvidence, page: PageEvidence, catalogue: Catalogue) -> Decision:
    """The reviewed film that nothing names, where the people named can have met in one film only.

    The best film must hold three of them, or the one who is said to have directed it and another,
    and twice as many as the next.
    """
    directors = page.named(film.directors).full
    met: Counter[int] = Counter()
    for name in sorted(page.people.full):
        for person in catalogue.people_by_key(name):
            met.update(person.films)
    best = met.most_common(2)
    if not best or best[0][1] < 2 or (len(best) > 1 and best[0][1] < 2 * best[1][1]):
        return Decision(None, 0.5, ())
    found, number = catalogue.film(best[0][0]), best[0][1]
    known = {name_key(member.name) for member in found.directors}
    if (directors and known and not directors & known) or (number < 3 and not directors & known):
        return Decision(None, 0.5, ())
    return Decision(found, 1 - 0.5**number, (f"{number} of the people named",), firm=True)


def _reasons(case: Case, scored: Sequence[tuple[float, Case]]) -> tuple[str, ...]:
    reasons = [name for name in _SAYING if case.value(name)]
    reasons += [name for name in _AGAINST if case.value(name)]
    if not reasons:
        reasons.append("title")
    if len(scored) > 1:
        reasons.append(f"likeliest of {len(scored)}")
    return tuple(reasons)
