"""Changed copies of annotated reviews: other titles, other quotation marks, other case."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.known_names import key, split
from kg.model import Kind
from kg.train.documents import Document, Mark, kind_of
from kg.train.options import Options

_QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’"}
_TITLED = (Kind.FILM, Kind.WORK)

Edit = tuple[int, int, str]


def rewritten(document: Document, edits: Sequence[Edit]) -> Document:
    """Replace stretches that are whole marks or touch none; marks move along."""
    ordered = sorted(edits)
    parts: list[str] = []
    at = 0
    for start, end, new in ordered:
        parts += (document.text[at:start], new)
        at = end
    parts.append(document.text[at:])

    def moved(place: int, *, closing: bool) -> int:
        # what is put in exactly at a mark's end stands outside of it
        return place + sum(
            len(new) - (end - start)
            for start, end, new in ordered
            if end <= place and not (closing and start == place)
        )

    return replace(
        document,
        text="".join(parts),
        marks=tuple(
            Mark(moved(mark.start, closing=False), moved(mark.end, closing=True), mark.thing)
            for mark in document.marks
        ),
        unknown=tuple(
            (moved(start, closing=False), moved(end, closing=True))
            for start, end in document.unknown
        ),
    )


def augmented(
    document: Document, options: Options, titles: Sequence[str], dice: random.Random
) -> Document:
    """One changed copy, as the dice fall; often the document itself."""
    if dice.random() < options.titles_swapped:
        document = _swapped(document, options, titles, dice)
    if dice.random() < options.quotes_dropped:
        document = rewritten(document, _without_quotes(document))
    elif dice.random() < options.quotes_added:
        document = rewritten(document, _with_quotes(document))
    if dice.random() < options.upper_titles:
        document = rewritten(
            document,
            [
                (mark.start, mark.end, document.text[mark.start : mark.end].upper())
                for mark in document.marks
                if kind_of(mark.thing) in _TITLED
            ],
        )
    lower = document.text.lower()
    if dice.random() < options.lower_cased and len(lower) == len(document.text):
        document = replace(document, text=lower)
    return document


def _swapped(
    document: Document, options: Options, titles: Sequence[str], dice: random.Random
) -> Document:
    """Put other films' titles in the place of some that stand in full."""
    new = {
        thing: dice.choice(titles)
        for thing, name in document.things.items()
        if kind_of(thing) is Kind.FILM
        and thing != document.topic
        and dice.random() < options.swapped_each
        and len(split(name)) > 1
    }
    edits = []
    for mark in document.marks:
        words = document.text[mark.start : mark.end]
        if mark.thing in new and key(split(words)) == key(split(document.things[mark.thing])):
            edits.append((mark.start, mark.end, new[mark.thing]))
    return rewritten(document, edits)


def _quoted(document: Document, mark: Mark) -> bool:
    before = document.text[mark.start - 1 : mark.start]
    return before in _QUOTES and document.text[mark.end : mark.end + 1] == _QUOTES[before]


def _without_quotes(document: Document) -> list[Edit]:
    return [
        (place, place + 1, "")
        for mark in document.marks
        if kind_of(mark.thing) in _TITLED and _quoted(document, mark)
        for place in (mark.start - 1, mark.end)
    ]


def _with_quotes(document: Document) -> list[Edit]:
    return [
        (place, place, '"')
        for mark in document.marks
        if kind_of(mark.thing) in _TITLED and not _quoted(document, mark)
        for place in (mark.start, mark.end)
    ]
