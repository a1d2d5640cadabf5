"""Which film a page reviews: the one its title names, else the one its prose speaks of."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.names import title_tokens
from kg.extract.titles import alike, partly, title_forms
from kg.model import Kind, Mention, Zone, ZoneKind

_LIKE = re.compile(
    r"(?:\b(?:like|than|as|of|in|from|see|watch(?:ed|ing)?|remember|to|and|or|since|unlike|after|"
    r"before|director of|both|with|recommend)|[,/&])\s*(?:the\s+|his\s+|her\s+|a\s+|an\s+)?$",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\b(?:like|than|as|unlike|since|such as|reminds? (?:me|one|us) of|reminiscent of|similar to|"
    r"compared? (?:to|with)|versions? of|remake of|sequel to|reminded me of|fan of|"
    r"instead of|rip-?off of|wannabe)\s*(?:the\s+|a\s+)?$",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:\b(?:director|writer|creator|maker|star|producer|team|people|man|guys?) (?:of|behind)|"
    r"\b(?:was|were|is|are|did|starred|appeared|good|great|brilliant|best known|roles?) (?:in|for))"
    r"\s*$",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    r"^\s*(?:is|was|isn|wasn|has|had|stars?|tells|starts|begins|opens|takes|seems|seemed|follows|"
    r"does|did|will|would|could|remains|comes|came|makes|made|ranks|features|concerns|deals)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"^\s*[,(\[]\s*(?:1[89]\d\d|20\d\d)")
_FILM = re.compile(r"\b(?:movie|film|flick|picture|series|show|documentary|short)\b", re.IGNORECASE)
_THIS = re.compile(
    r"\bthis (?:\w+ ){0,2}(?:movie|film|flick|picture|series|show)[,:]?\s*$", re.IGNORECASE
)
_QUOTES = "\"'“”‘’«»*_ "
_VISIBLE = re.compile(r"\S")
_BREAK = re.compile(r"[.!?]\s|\n")


@dataclass(frozen=True, slots=True)
class Guess:
    """A cluster that may be the reviewed film, with the probability that it is."""

    cluster: int
    score: float


def features(
    text: str, mentions: Sequence[Mention], zones: Sequence[Zone], total: int
) -> list[float]:
    """What speaks for or against a cluster being the topic; `total` counts all titles' mentions.

    `mentions` are those of the cluster, ascending; the order of the values is that of `WEIGHTS`.
    Places are counted from where the page begins to speak of its film.
    """
    first = mentions[0]
    speaking = [zone for zone in zones if zone.kind.speaks]
    begin = min((zone.start for zone in speaking), default=0)
    end = max((zone.end for zone in speaking), default=len(text))
    visible = _VISIBLE.search(text, begin, end)
    begin = visible.start() if visible else end
    size = max(1, end - begin)
    place = max(0, first.start - begin)
    befores = [
        text[max(0, mention.start - 40) : mention.start].rstrip(_QUOTES) for mention in mentions
    ]
    afters = [text[mention.end : mention.end + 60].lstrip("\"'“”‘’»*_") for mention in mentions]
    count = len(mentions)

    def share(pattern: re.Pattern[str], windows: Sequence[str]) -> float:
        return sum(pattern.search(window) is not None for window in windows) / count

    starts = sum(
        not before.strip()
        or before.rstrip()[-1:] in ".!?"
        or "\n" in text[mention.start - 3 : mention.start]
        for before, mention in zip(befores, mentions, strict=True)
    )
    return [
        1.0,
        math.log(count),
        count / total,
        float(first.kind is Kind.FILM),
        1.0 / (1.0 + place / 300.0),
        float(place < 160),
        float(_BREAK.search(text, begin, max(begin, first.start)) is None),
        min(1.0, place / size),
        float(mentions[-1].start - begin > 0.8 * size),
        share(_LIKE, befores),
        share(_COMPARES, befores),
        share(_CREDIT, befores),
        float(any(_PREDICATE.match(after) for after in afters)),
        float(_YEAR.match(afters[0]) is not None),
        float(any(_THIS.search(before) for before in befores)),
        starts / count,
        float(total == count),
        share(_FILM, [after[:30] for after in afters]),
        float(
            any(
                zone.start <= first.start < zone.end
                for zone in zones
                if zone.kind is ZoneKind.TITLE
            )
        ),
        math.log(size + 1) - 7.0,
    ]


# fitted by logistic regression on 1,218 annotated reviews, their given titles left out
WEIGHTS: tuple[float, ...] = (
    -3.467, 0.047, 1.924, 1.354, 0.192, 0.055, 0.255, -1.346, 0.828, -0.042,
    -0.518, -0.637, 1.539, -0.329, 0.65, 2.225, -0.195, -0.554, 3.0, 0.224,
)  # fmt: skip


def score(values: Sequence[float]) -> float:
    """The probability that a cluster with these features is the topic."""
    return _chance(sum(weight * value for weight, value in zip(WEIGHTS, values, strict=True)))


def _chance(odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))


def _odds(chance: float) -> float:
    kept = min(max(chance, 0.001), 0.999)
    return math.log(kept / (1.0 - kept))


def guesses(
    text: str,
    members: Sequence[Sequence[Mention]],
    zones: Sequence[Zone] = (),
    opinions: Sequence[float] = (),
) -> list[Guess]:
    """All clusters of films and works with their scores, best first.

    `members` are each cluster's mentions; those of other kinds and empty ones are passed over.
    `opinions` are a network's probabilities that the clusters are the topic; they and the rules
    have one voice each, on the scale of log odds.
    """
    titled = [
        (number, sorted(mentions, key=lambda mention: mention.start))
        for number, mentions in enumerate(members)
        if mentions and mentions[0].kind in (Kind.FILM, Kind.WORK)
    ]
    total = sum(len(mentions) for _, mentions in titled)
    found = []
    for number, mentions in titled:
        guess = score(features(text, mentions, zones, total))
        if opinions:
            guess = _chance((_odds(guess) + _odds(opinions[number])) / 2)
        found.append(Guess(number, guess))
    return sorted(found, key=lambda guess: (-guess.score, guess.cluster))


def find_topic(
    text: str,
    members: Sequence[Sequence[Mention]],
    zones: Sequence[Zone] = (),
    titles: Sequence[str] = (),
    opinions: Sequence[float] = (),
) -> int | None:
    """The number of the reviewed film's cluster; None where the text doesn't name the film.

    `titles` are the titles that something outside the prose gives the film, if anything does;
    `opinions` a network's probabilities for the clusters.
    """
    ranked = guesses(text, members, zones, opinions)
    if not titles:
        return ranked[0].cluster if ranked and ranked[0].score >= UNTITLED else None
    sure: set[tuple[str, ...]] = set()
    likely: set[tuple[str, ...]] = set()
    for title in titles:
        whole, parts = title_forms(title)
        sure |= whole
        likely |= parts
    for least, named in (
        (EXACT, lambda form: any(alike(form, title) for title in sure)),
        (LIKELY, lambda form: any(alike(form, title) for title in likely)),
        (PARTLY, lambda form: partly(form, sure)),
    ):
        for guess in ranked:
            forms = {title_tokens(mention.words(text)) for mention in members[guess.cluster]}
            if guess.score >= least and any(map(named, forms)):
                return guess.cluster
    return ranked[0].cluster if ranked and ranked[0].score >= OTHERWISE else None


# the least score at which a cluster is the topic: nothing names the film; a title does, and the
# cluster bears it, bears a part of it, begins or ends it, or has nothing in common with it
UNTITLED, EXACT, LIKELY, PARTLY, OTHERWISE = 0.5, 0.0, 0.1, 0.2, 0.9
