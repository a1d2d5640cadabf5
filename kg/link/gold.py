"""Annotated reviews read as extractions, to fit the weights and to measure with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReadError
from kg.model import (
    Cluster,
    Evidence,
    Extraction,
    Kind,
    Mention,
    Page,
    Reference,
    ReferenceKind,
    Relation,
    RelationName,
    Zone,
    ZoneKind,
)

_MARK = re.compile(r"\[([FWPCOA]\d+)\|([^\[\]|]+)\]")
_LINE = re.compile(r"([FWPCOA]\d+) = (.+?)(?: \((\d{4}|\?)\))?( topic)?$")
_TITLE = re.compile(r"(?P<title>.*?)\s*(?:\((?P<year>\d{4})?\))?\s*$")
_KINDS = {kind.letter: kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated review: its extraction, and the right name and year of each cluster."""

    extraction: Extraction
    names: dict[str, tuple[str, int | None]]


def read_gold(path: Path) -> Gold:
    """The annotation at `path` as if it had been extracted: names as the text spells them."""
    body, line, tail = path.read_text(encoding="utf-8").rpartition("\n---\n")
    if not line:
        raise ReadError(f"expected a line of three dashes in {path.name}, found none")
    text, mentions = _unmark(body)
    names: dict[str, tuple[str, int | None]] = {}
    topic = ""
    rows = []
    for row in tail.splitlines():
        match = _LINE.match(row.strip())
        if match is None:
            rows.append(row.split())
            continue
        names[match[1]] = (match[2], int(match[3]) if (match[3] or "?") != "?" else None)
        topic = match[1] if match[4] else topic
    page = _page(path, text)
    clusters = []
    for cluster_id, found in {**{name: [] for name in names}, **mentions}.items():
        kind = _KINDS[cluster_id[0]]
        spans = tuple(Mention(start, end, kind) for start, end in found)
        words = max((text[s:e] for s, e in found), key=len, default=page.title)
        clusters.append(Cluster(cluster_id, kind, words, spans))
    relations = tuple(
        _relation(row) for row in rows if len(row) > 2 and row[0] in set(RelationName)
    )
    references = tuple(
        Reference(row[1], row[2], ReferenceKind(row[3]), Evidence(""), 1.0)
        for row in rows
        if len(row) == 4 and row[0] == "refers"
    )
    return Gold(
        Extraction(page, tuple(clusters), relations, references, topic, model="gold"), names
    )


def _unmark(body: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    text: list[str] = []
    mentions: dict[str, list[tuple[int, int]]] = {}
    at = length = 0
    for mark in _MARK.finditer(body):
        text += [body[at : mark.start()], mark[2]]
        length += mark.start() - at
        mentions.setdefault(mark[1], []).append((length, length + len(mark[2])))
        length += len(mark[2])
        at = mark.end()
    return "".join([*text, body[at:]]), mentions


def _page(path: Path, text: str) -> Page:
    sidecar = path.with_suffix(".title")
    match = _TITLE.match(sidecar.read_text(encoding="utf-8").strip() if sidecar.exists() else "")
    return Page(
        id=path.stem,
        source=path.name,
        text=text,
        zones=(Zone(ZoneKind.PROSE, 0, len(text)),),
        title=match["title"] if match else "",
        year=int(match["year"]) if match and match["year"] else None,
    )


def _relation(row: list[str]) -> Relation:
    name = RelationName(row[0])
    part = row[3] if name is RelationName.CAST and len(row) > 3 else ""
    return Relation(name, row[1], row[2], Evidence(""), 1.0, part=part)
