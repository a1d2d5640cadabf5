"""Relations that a fixed turn of phrase states: "Lucie (Isild Le Besco)", "played by".

Each pattern looks at two neighbouring mentions and the words between them, or at one and the words
beside it (`phrases`). Only patterns that were right in four cases of five on the annotated training
reviews are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.extract.phrases import BEFORE, BEHIND, JOINT, QUOTE
from kg.model import Cluster, Kind, Mention, RelationName

SCORE = 0.85
_NEAR = 90  # characters between neighbours
_BESIDE = 60  # characters looked at beside a mention
_AS = re.compile(rf"{QUOTE},?\s+as\s+(?:\w+ly\s+|the\s+)?{QUOTE}", re.IGNORECASE)
_STOP = re.compile(r"[.!?;]\s|\n")


@dataclass(frozen=True, slots=True)
class Found:
    """A relation that a pattern reads; the fields are those of the network's `PairScore`."""

    name: RelationName
    subject: int
    object: int
    part: int | None
    score: float
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Turn:
    """Two kinds and what stands between them, and what that says.

    `name` None says that the person plays the character. `turned` swaps subject and object.
    """

    kinds: tuple[frozenset[Kind], frozenset[Kind]]
    name: RelationName | None
    between: re.Pattern[str]
    turned: bool = False
    after: re.Pattern[str] | None = None


def _turn(
    kinds: str,
    name: RelationName | None,
    between: str,
    *,
    turned: bool = False,
    after: str = "",
) -> _Turn:
    first, second = (
        frozenset(kind for kind in Kind if kind.letter in letters) for letters in kinds.split()
    )
    closing = re.compile(after, re.IGNORECASE) if after else None
    return _Turn((first, second), name, re.compile(between, re.IGNORECASE), turned, closing)


_CLOSED = rf"{QUOTE}\s*[)\],;/]"
_FEW = r"(?:[^\W\d_]\S*\s+)"
_YEAR = r"(?:\(\d{4}\),?\s*)?"
_ACTS = (
    r"(?:plays|playing|portrays|portraying|played|portrayed|voices|voicing|stars as|starring as|"
    r"essays)"
)
_TURNS = (
    _turn(
        "C P",
        None,
        rf"{QUOTE}\s*[(\[]\s*(?:(?:well |nicely )?(?:played|portrayed|voiced) by |the |[a-z]+ )?$",
        turned=True,
        after=_CLOSED,
    ),
    _turn(
        "P C",
        None,
        rf"\s*[(\[]\s*(?:as |playing |plays |who plays |the |[a-z]+ )?{QUOTE}$",
        after=_CLOSED,
    ),
    _turn("P C", None, rf"{QUOTE},?\s+(?:\w+ )?as\s+{_FEW}{{0,4}}{QUOTE}$"),
    _turn("P C", None, rf"{QUOTE},?\s+(?:\w+ )?{_ACTS}\s+{_FEW}{{0,5}}{QUOTE}$"),
    _turn(
        "C P",
        None,
        rf"{QUOTE}\s*[,(-]?\s*(?:who |which )?(?:is |was )?(?:\w+ )?"
        r"(?:played|portrayed|voiced|acted|performed|essayed)\s+(?:\w+ )?(?:to perfection )?by\s+"
        rf"{_FEW}{{0,3}}$",
        turned=True,
    ),
    _turn("P C", None, rf"['’]s?\s+(?:[a-z]\S*\s+){{0,2}}{QUOTE}$"),
    _turn("P F", RelationName.DIRECTOR, rf"['’]s?\s+{QUOTE}$", turned=True),
    _turn(
        "P F",
        RelationName.DIRECTOR,
        r",?\s*\(?(?:the\s+|who\s+)?(?:\w+\s+)?(?:director of|directed)\s+(?:the\s+)?"
        + QUOTE
        + "$",
        turned=True,
    ),
    _turn(
        "FW P",
        RelationName.DIRECTOR,
        rf"{QUOTE}[,;]?\s*{_YEAR}(?:(?:is|was|which|\w+ly)\s+){{0,2}}"
        rf"(?:(?:written|produced) and |co-)?directed(?: and \w+)? by\s+{_FEW}{{0,3}}$",
    ),
    _turn("F P", RelationName.DIRECTOR, rf"{QUOTE},?\s*{_YEAR}by\s+(?:[a-z]+\s+){{0,3}}$"),
    _turn("P W", RelationName.AUTHOR, rf"['’]s?\s+(?:[a-z]\S*\s+){{0,3}}{QUOTE}$", turned=True),
    _turn(
        "W P",
        RelationName.AUTHOR,
        rf"{QUOTE},?\s*{_YEAR}(?:a \w+ )?(?:written )?by\s+(?:[a-z]+\s+){{0,3}}$",
    ),
    _turn(
        "P F",
        RelationName.CAST,
        r"['’]?s?,?\s+(?:\w+\s+){0,3}in\s+(?:the\s+|films like |such films as )?" + QUOTE + "$",
        turned=True,
    ),
    _turn(
        "P F",
        RelationName.CAST,
        r"\s+(?:\w+ )?(?:film|movie|picture|classic|vehicle|flick|comedy|drama|thriller|western|"
        rf"musical|hit),?\s+{QUOTE}$",
        turned=True,
    ),
    _turn(
        "F P",
        RelationName.CAST,
        rf"{QUOTE},?\s*{_YEAR}(?:with|starring|stars|co-starring|featuring)\s+"
        r"(?:[a-z]\S*\s+){0,3}$",
    ),
    _turn("FW C", RelationName.CHARACTER, rf"{QUOTE}['’]s?\s+(?:[a-z]\S*\s+){{0,2}}{QUOTE}$"),
    _turn(
        "P P",
        RelationName.SPOUSE,
        r"['’]s\s+(?:real-life |then |ex-|former |own )?(?:wife|husband),?\s+$"
        r"|,?\s*\(?(?:the )?(?:wife|husband) of\s+(?:\w+ )?$",
    ),
)


def pattern_pairs(
    text: str,
    mentions: Sequence[Mention],
    numbers: Sequence[int],
    clusters: Sequence[Cluster],
    topic: int | None,
) -> list[Found]:
    """What the turns of phrase say of mentions in the order of the text.

    `numbers` are the mentions' clusters, `topic` the reviewed film's.
    """
    kinds = [clusters[number].kind for number in numbers]
    found: list[Found] = []
    for index in range(len(mentions) - 1):
        if mentions[index + 1].start - mentions[index].end <= _NEAR:
            found += _between(text, mentions, numbers, kinds, index, topic)
    respective = _respective(text, mentions, kinds)
    if respective and topic is not None:
        found = [
            pair for pair in found if not (pair.part and set(pair.evidence) & respective.keys())
        ]
        found += [
            Found(RelationName.CAST, topic, numbers[actor], numbers[part], SCORE, (actor, part))
            for actor, part in respective.items()
        ]
    if topic is not None:
        acting = set()
        for index, kind in enumerate(kinds):
            if kind is Kind.PERSON:
                for name in _beside(text, mentions, numbers, kinds, index, topic):
                    found.append(Found(name, topic, numbers[index], None, SCORE, (index,)))
                    if name is RelationName.CAST:
                        acting.add(index)
        acting |= {pair.evidence[0] for pair in found if pair.part is not None}
        found += [
            Found(RelationName.CAST, topic, numbers[index], None, SCORE, (index,))
            for index in _enumerated(text, mentions, kinds, acting)
        ]
    return found


def _respective(text: str, mentions: Sequence[Mention], kinds: Sequence[Kind]) -> dict[int, int]:
    """Actors to parts, by index, where both are enumerated: "Ann and Bob as Max and Eva"."""

    def row(index: int, step: int, kind: Kind) -> list[int]:
        found = [index]
        while 0 <= index + step < len(kinds) and kinds[index + step] is kind:
            one, other = sorted((index, index + step))
            if JOINT.fullmatch(text[mentions[one].end : mentions[other].start]) is None:
                break
            index += step
            found.append(index)
        return sorted(found)

    pairs: dict[int, int] = {}
    for index in range(len(mentions) - 1):
        if kinds[index] is Kind.PERSON and kinds[index + 1] is Kind.CHARACTER:
            words = text[mentions[index].end : mentions[index + 1].start]
            if _AS.fullmatch(words):
                actors, parts = row(index, -1, Kind.PERSON), row(index + 1, 1, Kind.CHARACTER)
                if len(actors) == len(parts) > 1:
                    pairs.update(zip(actors, parts, strict=True))
    return pairs


def _between(
    text: str,
    mentions: Sequence[Mention],
    numbers: Sequence[int],
    kinds: Sequence[Kind],
    index: int,
    topic: int | None,
) -> Iterable[Found]:
    first, second = mentions[index], mentions[index + 1]
    one, other = numbers[index], numbers[index + 1]
    words = text[first.end : second.start]
    if one == other:
        return
    for turn in _TURNS:
        if kinds[index] not in turn.kinds[0] or kinds[index + 1] not in turn.kinds[1]:
            continue
        if not turn.between.match(words):
            continue
        if turn.after is not None and not turn.after.match(text, second.end, second.end + 12):
            continue
        subject, thing = (other, one) if turn.turned else (one, other)
        evidence = (index + 1, index) if turn.turned else (index, index + 1)
        if turn.name is not None:
            yield Found(turn.name, subject, thing, None, SCORE, evidence)
        elif topic is not None:
            yield Found(RelationName.CAST, topic, subject, thing, SCORE, evidence)
        return


def _beside(
    text: str,
    mentions: Sequence[Mention],
    numbers: Sequence[int],
    kinds: Sequence[Kind],
    index: int,
    topic: int,
) -> list[RelationName]:
    """The credits that the words beside a person's name give."""
    mention = mentions[index]
    floor = mentions[index - 1].end if index else 0
    other_film = (
        index > 0
        and kinds[index - 1] in (Kind.FILM, Kind.WORK)
        and numbers[index - 1] != topic
        and _STOP.search(text, floor, mention.start) is None
    )
    found = []
    if not other_film:
        before = text[max(floor, mention.start - _BESIDE) : mention.start]
        found = [name for name, phrases in BEFORE.items() if phrases.search(before)]
    behind = text[mention.end : mention.end + _BESIDE]
    found += [name for name, phrases in BEHIND.items() if phrases.match(behind)]
    if RelationName.COMPOSER in found:  # who wrote the songs didn't write the film
        found = [name for name in found if name is not RelationName.WRITER]
    return found


def _enumerated(
    text: str, mentions: Sequence[Mention], kinds: Sequence[Kind], acting: Iterable[int]
) -> list[int]:
    """The people who are named in one breath with an actor, after the actor."""
    known = set(acting)
    added = []
    last: int | None = None
    for index, kind in enumerate(kinds):
        if kind is Kind.CHARACTER:
            continue
        if kind is not Kind.PERSON:
            last = None
            continue
        if last is not None and last in known and index not in known:
            words = text[mentions[last].end : mentions[index].start]
            if last + 1 < index:
                # "A (the part), B (another)": the part in brackets belongs to A
                words = re.sub(r"^\s*\([^()]*\)", "", words)
            if len(words) < _BESIDE and JOINT.fullmatch(words):
                known.add(index)
                added.append(index)
        last = index
    return added
