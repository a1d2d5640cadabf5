"""Silver marks: a critic's log with its titles in italics, and the known casts of its films.

An italic stretch that is a known title names a film; the names of the film's own cast, crew and
parts are marked where they stand. Of every other capitalised word nothing is known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from kg.extract.known_names import key, split
from kg.train.documents import Document, Mark
from kg.train.lists import json_lines

_ITALIC = re.compile(r"(?<!\w)(_{1,2}|\*{1,2})(?=\S)([^_*\n]{1,80}?)(?<=\S)\1(?!\w)")
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\ds_]\w*)?")
_HONORIFICS = frozenset(
    ("mr", "mrs", "ms", "miss", "dr", "sir", "lady", "lord", "captain", "agent")
)
_COMMON = 3
_OUTPUTS = frozenset({"cast", "director", "plays"})


def read(reviews: Path, casts: Path, titles: Collection[tuple[str, ...]]) -> Iterator[Document]:
    """The log's reviews with silver marks. `titles` are keys of known film titles."""
    facts = {film["imdbId"]: film for film in json_lines(casts)}
    rows = list(json_lines(reviews))
    ordinary = Counter(
        word for row in rows for word in _WORD.findall(row["text"]) if word[0].islower()
    )
    for row in rows:
        yield _mark(row, facts.get(row["imdb_id"]), titles, ordinary)


def _plain(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without Markdown's italics and links, and where the italic stretches stand."""
    text = _LINK.sub(r"\1", text)
    parts: list[str] = []
    italic: list[tuple[int, int]] = []
    length = at = 0
    for match in _ITALIC.finditer(text):
        parts.append(text[at : match.start()])
        length += match.start() - at
        italic.append((length, length + len(match[2])))
        parts.append(match[2])
        length += len(match[2])
        at = match.end()
    parts.append(text[at:])
    return "".join(parts), italic


def _names(
    film: dict[str, Any] | None, ordinary: Counter[str]
) -> tuple[dict[str, set[str]], dict[str, str], list[tuple[str, ...]]]:
    """Spellings to the ids they may mean, ids to names, and the film's relations."""
    spellings: dict[str, set[str]] = {}
    things: dict[str, str] = {}
    relations: list[tuple[str, ...]] = []
    by_name: dict[str, str] = {}

    def thing(letter: str, name: str) -> str:
        known = by_name.setdefault(letter + name, f"{letter}{len(by_name) + 2}")
        things[known] = name
        words = name.split()
        plain = all(ordinary[word.lower()] < _COMMON for word in words)
        short = [words[-1], *([words[0]] if letter == "C" else [])] if plain else []
        for spelling in (name, *short):
            fold = spelling.lower().strip(".")
            if len(fold) > 2 and fold not in _HONORIFICS and ordinary[fold] < _COMMON:
                spellings.setdefault(spelling, set()).add(known)
        return known

    for person in (film or {}).get("performers") or ():
        actor = thing("P", person["name"])
        parts = [
            thing("C", part)
            for part in person.get("roles") or ()
            if part[:1].isupper() and len(part.split()) < 4 and "(" not in part and "#" not in part
        ]
        relations += [("cast", "F1", actor, part) for part in parts] or [("cast", "F1", actor)]
    for person in (film or {}).get("directors") or ():
        relations.append(("director", "F1", thing("P", person["name"])))
    return spellings, things, relations


def _mark(
    row: dict[str, Any],
    film: dict[str, Any] | None,
    titles: Collection[tuple[str, ...]],
    ordinary: Counter[str],
) -> Document:
    text, italic = _plain(row["text"])
    spellings, things, relations = _names(film, ordinary)
    things = {"F1": row["title"], **things}
    topic = key(split(row["title"]))
    marks: list[Mark] = []
    others: dict[tuple[str, ...], str] = {}
    for start, end in italic:
        words = key(split(text[start:end]))
        if words == topic:
            marks.append(Mark(start, end, "F1"))
        elif words in titles and (len(words) > 1 or text[start].isupper()):
            other = others.setdefault(words, f"F{1000 + len(others)}")
            things[other] = text[start:end]
            marks.append(Mark(start, end, other))
    taken = sorted([(mark.start, mark.end) for mark in marks])

    def free(start: int, end: int) -> bool:
        return all(end <= low or start >= high for low, high in taken)

    if spellings:
        longest = sorted(spellings, key=lambda name: (-len(name), name))
        pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")
        for match in pattern.finditer(text):
            if not free(match.start(), match.end()):
                continue
            meant = spellings[match[0]]
            if len(meant) == 1:
                marks.append(Mark(match.start(), match.end(), next(iter(meant))))
                taken.append((match.start(), match.end()))
    unknown = [
        match.span()
        for match in _WORD.finditer(text)
        if not match[0][0].islower() and free(*match.span())
    ]
    unknown += [span for span in italic if free(*span)]
    used = {mark.thing for mark in marks} | {"F1"}
    return Document(
        row["id"],
        text,
        tuple(sorted(marks, key=lambda mark: mark.start)),
        {thing: name for thing, name in things.items() if thing in used},
        "F1",
        tuple(line for line in relations if used.issuperset(line[1:3])),
        {},
        tuple(sorted(unknown)),
        _OUTPUTS,
    )
