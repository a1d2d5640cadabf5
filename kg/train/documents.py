"""Annotated reviews as the training reads them: the format of the annotation guidelines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import ReadError
from kg.model import Kind, ReferenceKind

_MARK = re.compile(r"\[([FWPCOA]\d+)\|([^\[\]|]+)\]")
_THING = re.compile(r"([FWPCOA]\d+) = (.*)")
_YEAR = re.compile(r" \((\d{4}|\?)\)( topic)?$")
_KINDS = {kind.letter: kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class Mark:
    """The characters `start` to `end` name the thing with that id."""

    start: int
    end: int
    thing: str


@dataclass(frozen=True, slots=True)
class Document:
    """One review with its marks, things and what it says of them.

    `things` maps ids to canonical names without their year; the kind is the id's letter.
    `relations` are (name, subject, object[, third]); `references` map ids to kinds. `unknown`
    are stretches of which nothing is known (silver documents). `outputs` names the relations
    whose absence means something, None for all.
    """

    name: str
    text: str
    marks: tuple[Mark, ...]
    things: dict[str, str]
    topic: str | None
    relations: tuple[tuple[str, ...], ...] = ()
    references: dict[str, ReferenceKind] = field(default_factory=dict)
    unknown: tuple[tuple[int, int], ...] = ()
    outputs: frozenset[str] | None = None


def kind_of(thing: str) -> Kind:
    """The kind that an id's letter stands for."""
    return _KINDS[thing[0]]


def parse(name: str, annotation: str) -> Document:
    """Read one annotation; `ReadError` where a line is none of the format's."""
    body, rule, tail = annotation.rpartition("\n---\n")
    if not rule:
        raise ReadError(f"{name}: expected a line --- between text and entities, found none")
    stretches: list[str] = []
    marks: list[Mark] = []
    length = at = 0
    for match in _MARK.finditer(body):
        stretches.append(body[at : match.start()])
        length += match.start() - at
        marks.append(Mark(length, length + len(match[2]), match[1]))
        stretches.append(match[2])
        length += len(match[2])
        at = match.end()
    stretches.append(body[at:])
    things: dict[str, str] = {}
    relations: list[tuple[str, ...]] = []
    references: dict[str, ReferenceKind] = {}
    topic = None
    for line in tail.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if found := _THING.fullmatch(line.strip()):
            things[found[1]] = _YEAR.sub("", found[2])
            topic = found[1] if found[2].endswith(" topic") else topic
            continue
        words = tuple(line.split())
        if len(words) < 3:
            raise ReadError(f"{name}: expected a relation and two ids, found {line!r}")
        if words[0] == "refers":
            references[words[2]] = ReferenceKind(words[3])
        else:
            relations.append(words)
    return Document(
        name, "".join(stretches), tuple(marks), things, topic, tuple(relations), references
    )


def read(folder: Path) -> Iterator[Document]:
    """The annotated reviews of a folder, by name; `ReadError` if it holds none."""
    paths = sorted(folder.glob("*.ann"))
    if not paths:
        raise ReadError(f"expected annotated reviews (*.ann) in {folder}, found none")
    for path in paths:
        yield parse(path.stem, path.read_text(encoding="utf-8"))
