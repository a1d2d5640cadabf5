"""Annotation files (`NAME.ann`): a text with its mentions marked in place, entities, relations.

The film rips its pages from [F2|About Eve].
---
F1 = Backstage (2005) topic
F2 = All About Eve (1950)
refers F1 F2 allusion
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import ReadError

_MARK = re.compile(r"\[([FWPCOA]\d+)\|([^\[\]|]+)\]")
_ENTITY = re.compile(r"([FWPCOA]\d+) = (.*)")
_YEAR = re.compile(r" \((\d{4}|\?)\)( topic)?$")


@dataclass(frozen=True, slots=True)
class Annotation:
    """What one file says. `mentions` are (start, end, id), offsets in code points of `text`."""

    text: str = ""
    mentions: tuple[tuple[int, int, str], ...] = ()
    entities: Mapping[str, str] = field(default_factory=dict)
    relations: tuple[tuple[str, ...], ...] = ()

    @property
    def topic(self) -> str | None:
        """The id of the reviewed film, None where no line carries the word `topic`."""
        return next((key for key, line in self.entities.items() if line.endswith(" topic")), None)

    def name(self, entity: str) -> str:
        """The canonical name of an entity, without its year."""
        return _YEAR.sub("", self.entities[entity]).strip()

    def year(self, entity: str) -> int | None:
        """The year on the entity's line, None for `(?)` and for kinds that carry none."""
        found = _YEAR.search(self.entities[entity])
        return int(found[1]) if found and found[1] != "?" else None

    def spans(self, entity: str) -> set[tuple[int, int]]:
        """Where the entity is named."""
        return {(start, end) for start, end, key in self.mentions if key == entity}


def parse(annotated: str) -> Annotation:
    """Take an annotation file's content apart. Lines that are no entity are relations."""
    body, _, tail = annotated.rpartition("\n---\n")
    pieces: list[str] = []
    mentions: list[tuple[int, int, str]] = []
    at = length = 0
    for mark in _MARK.finditer(body):
        pieces.append(body[at : mark.start()])
        length += mark.start() - at
        mentions.append((length, length + len(mark[2]), mark[1]))
        pieces.append(mark[2])
        length += len(mark[2])
        at = mark.end()
    pieces.append(body[at:])
    entities: dict[str, str] = {}
    relations: list[tuple[str, ...]] = []
    for raw in tail.splitlines():
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if entity := _ENTITY.match(line):
            entities[entity[1]] = entity[2]
        else:
            relations.append(tuple(line.split()))
    return Annotation("".join(pieces), tuple(mentions), entities, tuple(relations))


def read(path: Path) -> Annotation:
    """The annotation in a file; ReadError where it is no such file."""
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"expected an annotation file in UTF-8 at {path}: {error}") from error
    if "\n---\n" not in content:
        raise ReadError(f"expected a line '---' between text and entities in {path}, found none")
    return parse(content)
