"""The errors worth reading: each with its words in their sentence, the most repeated first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.evaluate.annotation import Annotation
from kg.evaluate.confusion import RIGHT, matches
from kg.evaluate.judging import Judged
from kg.evaluate.score import align, both_ways, folded

Line = tuple[str, ...]

_AROUND = 70  # characters of context on either side


@dataclass(frozen=True, slots=True)
class Slip:
    """One error, `times` over in its document.

    `what` is a verdict on a mention, or "relation missed", "relation spurious". `gold` and `found`
    say what stands on either side, "" for nothing. `before`, `words` and `after` are the text at
    its first place, empty for relations that no place shows.
    """

    document: str
    what: str
    gold: str
    found: str
    before: str
    words: str
    after: str
    times: int


def slips(documents: Iterable[Judged], *, most: int | None = None) -> list[Slip]:
    """All errors, or the `most` worst: those repeated most in a document first, then mentions."""
    found: list[Slip] = []
    for document in documents:
        found += _mentions(document)
        found += _relations(document)
    found.sort(
        key=lambda slip: (
            -slip.times,
            slip.what.startswith("relation"),
            slip.document,
            slip.what,
            slip.words,
            slip.gold,
        )
    )
    return found if most is None else found[:most]


def _mentions(document: Judged) -> list[Slip]:
    gold, found = document.gold, document.found
    first: dict[tuple[str, str, str, str], tuple[int, int]] = {}
    times: dict[tuple[str, str, str, str], int] = {}
    for match in matches(gold, found):
        if match.verdict == RIGHT:
            continue
        left = _named(gold.text, match.gold)
        right = _named(found.text or gold.text, match.found)
        place = match.gold or match.found or (0, 0, "")
        key = (match.verdict, folded(gold.text[place[0] : place[1]]), left, right)
        first.setdefault(key, place[:2])
        times[key] = times.get(key, 0) + 1
    return [
        Slip(document.name, key[0], key[2], key[3], *_context(gold.text, *first[key]), number)
        for key, number in times.items()
    ]


def _named(text: str, mention: tuple[int, int, str] | None) -> str:
    return f"{mention[2][0]} {text[mention[0] : mention[1]]}" if mention else ""


def _context(text: str, start: int, end: int) -> tuple[str, str, str]:
    before = " ".join(text[max(0, start - _AROUND) : start].split(" ")).split("\n")[-1]
    after = text[end : end + _AROUND].split("\n")[0]
    return before, text[start:end], after


def _relations(document: Judged) -> list[Slip]:
    gold, found = document.gold, document.found
    return [
        *(
            Slip(document.name, "relation missed", relation_words(gold, r), "", *_place(gold, r), 1)
            for r in missed_relations(document)
        ),
        *(
            Slip(
                document.name,
                "relation spurious",
                "",
                relation_words(found, r),
                *_place(found, r),
                1,
            )
            for r in spurious_relations(document)
        ),
    ]


def missed_relations(document: Judged) -> list[Line]:
    """The gold's relations and references, as the gold writes them, that were not found."""
    to = align(document.gold, document.found)
    said = {_moved(relation, to) for relation in document.found.relations}
    return [relation for relation in document.gold.relations if both_ways(relation) not in said]


def spurious_relations(document: Judged) -> list[Line]:
    """The relations and references found, as the prediction writes them, that the gold lacks."""
    to = align(document.gold, document.found)
    right = {both_ways(relation) for relation in document.gold.relations}
    return [relation for relation in document.found.relations if _moved(relation, to) not in right]


def _moved(relation: Line, to: Mapping[str, str | None]) -> Line:
    ids = [to.get(word) or (f"?{word}" if word in to else word) for word in relation[1:]]
    return both_ways((relation[0], *ids))


def relation_words(side: Annotation, relation: Line) -> str:
    """A relation with names in place of ids: "cast Alien, Sigourney Weaver, Ripley"."""
    names = [side.name(word) if word in side.entities else word for word in relation[1:]]
    return f"{relation[0]} {', '.join(names)}"


def _place(side: Annotation, relation: Line) -> tuple[str, str, str]:
    """Where the relation's last thing that has a mention is named first."""
    for thing in reversed(relation[1:]):
        if spans := sorted(side.spans(thing)):
            return _context(side.text, *spans[0])
    return "", "", ""
