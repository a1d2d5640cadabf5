"""The kind of every block, and the zones that blocks of one kind make up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Zone, ZoneKind
from kg.read.assembly import Snippet
from kg.read.draft import Draft, titled
from kg.read.heading import Title
from kg.read.labels import Topic
from kg.read.pair import Labelled
from kg.read.sections import innermost
from kg.read.silence import silent_kinds


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block with its kind; `key` keeps neighbours apart that must not merge."""

    start: int
    end: int
    kind: ZoneKind
    key: tuple[object, ...] = ()


def zones_of(draft: Draft, film: Title) -> tuple[Zone, ...]:
    """The page's zones: ascending, disjoint, over every block."""
    kinds = _kinds(draft, film)
    tails = {one.blocks[0]: one.span for one in draft.loose if not one.whole}
    pieces: list[Piece] = []
    for number, block in enumerate(draft.layout.blocks):
        kind, key = kinds[number]
        tail = tails.get(number)
        if tail is not None and tail.start > block.start:
            pieces.append(Piece(block.start, tail.start, kind, key))
            pieces.append(Piece(tail.start, tail.end, ZoneKind.CREDITS, ("trailer", number)))
        else:
            pieces.append(Piece(block.start, block.end, kind, key))
    by_number = {number: one for one in draft.snippets for number in one.blocks}
    return tuple(_merged(pieces, {id(one): one for one in by_number.values()}))


def _merged(pieces: list[Piece], snippets: dict[int, Snippet]) -> list[Zone]:
    """Neighbouring pieces of one kind and key as one zone."""
    zones: list[Zone] = []
    start = 0
    for position, piece in enumerate(pieces):
        following = pieces[position + 1] if position + 1 < len(pieces) else None
        if following is not None and (following.kind, following.key) == (piece.kind, piece.key):
            continue
        heading = next((part for part in piece.key if isinstance(part, str)), "")
        snippet = next((snippets[part] for part in piece.key if part in snippets), None)
        if snippet is None:
            zones.append(Zone(piece.kind, pieces[start].start, piece.end, heading=heading))
        else:
            zones.append(
                Zone(
                    piece.kind,
                    pieces[start].start,
                    piece.end,
                    snippet.critic,
                    snippet.publication,
                    snippet.date,
                    snippet.heading,
                    snippet.rating,
                )
            )
        start = position + 1
    return zones


def _kinds(draft: Draft, film: Title) -> list[tuple[ZoneKind, tuple[object, ...]]]:
    """The kind of every block, with what keeps it apart from its neighbours."""
    kinds = _found_kinds(draft, film)
    silent = silent_kinds(draft.layout, draft.shapes, draft.aside, film.block)
    for number in range(len(draft.layout.blocks)):
        if number in kinds:
            continue
        if number in silent:
            kinds[number] = (silent[number], ())
        else:
            kinds[number] = _told_kind(draft, number)
    return [kinds[number] for number in range(len(draft.layout.blocks))]


def _found_kinds(draft: Draft, film: Title) -> dict[int, tuple[ZoneKind, tuple[object, ...]]]:
    """The kinds of the blocks that were recognised one by one; the first to claim one has it."""
    kinds: dict[int, tuple[ZoneKind, tuple[object, ...]]] = {}

    def put(numbers: Iterable[int], kind: ZoneKind, *key: object) -> None:
        for number in numbers:
            kinds.setdefault(number, (kind, key))

    put(sorted(titled(draft)) if film.words else (), ZoneKind.TITLE)
    for snippet in draft.snippets:
        put(snippet.blocks, ZoneKind.SNIPPET, id(snippet))
        put(snippet.around, ZoneKind.SCORE)
    for cast in draft.casts:
        heading = ""
        if cast.heading is not None:
            heading = draft.layout.words(draft.layout.blocks[cast.heading])
            put([cast.heading], ZoneKind.CAST, heading)
        put(sorted(cast.lines), ZoneKind.CAST, heading)
    for pair in draft.pairs:
        put(pair.blocks, _pair_kind(pair))
    for one in draft.loose:
        put(one.blocks if one.whole else (), ZoneKind.CREDITS)
    for score in draft.scores:
        put(() if score.prose else score.blocks, ZoneKind.SCORE)
    return kinds


def _told_kind(draft: Draft, number: int) -> tuple[ZoneKind, tuple[object, ...]]:
    """The kind of running text: the publisher's under such a heading, else the review's."""
    section = innermost(draft.sections, number)
    if section is not None and section.topic is Topic.BLURB:
        return ZoneKind.BLURB, (section.heading,)
    return ZoneKind.PROSE, ()


def _pair_kind(pair: Labelled) -> ZoneKind:
    topic = pair.label.topic
    if topic is Topic.SCORE:
        return ZoneKind.SCORE
    if topic is Topic.BLURB:
        return ZoneKind.BLURB
    if topic is Topic.REVIEWS:
        return ZoneKind.SNIPPET
    if topic in (Topic.ASIDE, Topic.LINKS):
        return ZoneKind.NAVIGATION
    return ZoneKind.CREDITS
