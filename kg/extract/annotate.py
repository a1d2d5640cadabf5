"""An extraction as an annotation file: the text with its marks, the entities, the relations."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from kg.model import Cluster, Entity, Extraction, Kind, Mention, OffsetMap, Relation, RelationName

_UNKNOWN = "Unknown (?) topic"
UNKNOWN = f"F1 = {_UNKNOWN}"  # the only line of a text that names nothing
_OWN_MARK = re.compile(r"\[([FWPCOA])(\d+)\|[^\[\]|]+\]")
_FORBIDDEN = re.compile(r"[\[\]|]")
_YEAR = re.compile(r"\s*\((?:\d{4}|\?)\)$")
_BOTH_WAYS = (RelationName.SPOUSE, RelationName.RELATIVE)


def annotation_of(
    extraction: Extraction, links: Mapping[str, Entity] | None, original_text: str
) -> tuple[str, dict[str, int]]:
    """The `.ann` file of an extraction, and counts of what had to be left out and why.

    `links` gives what each cluster was linked to, by cluster id; canonical names and years are
    theirs. The text in the file is `original_text` to the character: offsets are led back through
    the page's repairs. A mention that holds `[`, `]` or `|` is left unmarked.
    """
    left_out: dict[str, int] = {}
    marks = _marks(extraction, original_text, left_out)
    used = {cluster.id for _, _, cluster in marks}
    names, taken = _new_ids(extraction, used, original_text, links)
    lines = [_marked(original_text, marks, names), "---"]
    topic = extraction.topic
    same = _also_topic(extraction, links)
    lines.extend(
        f"{names[cluster.id]} = {_entity(cluster, links, is_topic=cluster.id == topic)}"
        for cluster in extraction.clusters
        if cluster.id in names and cluster.id not in same
    )
    if topic not in names:
        names[topic] = taken("F")
        lines.append(f"{names[topic]} = {_UNKNOWN}")
    lines.extend(_relation_lines(extraction, names, left_out))
    if lookalikes := len(_OWN_MARK.findall(original_text)):
        left_out["a mark that the text itself holds"] = lookalikes
    return "\n".join(lines) + "\n", left_out


def _marked(text: str, marks: Sequence[tuple[int, int, Cluster]], names: Mapping[str, str]) -> str:
    """The text with its marks in place; `marks` ascend and don't overlap."""
    parts: list[str] = []
    at = 0
    for start, end, cluster in marks:
        parts += [text[at:start], f"[{names[cluster.id]}|{text[start:end]}]"]
        at = end
    return "".join([*parts, text[at:]])


def _marks(
    extraction: Extraction, text: str, left_out: dict[str, int]
) -> list[tuple[int, int, Cluster]]:
    """Start, end (in the original text) and cluster of every mention that can be marked."""
    found = [
        (*_original(extraction.page.offsets, mention, text), cluster)
        for cluster in extraction.clusters
        for mention in cluster.mentions
    ]
    kept: list[tuple[int, int, Cluster]] = []
    for start, end, cluster in sorted(found, key=lambda mark: (mark[0], -mark[1])):
        reason = ""
        if start >= end:
            reason = "a mention without words in the original text"
        elif _FORBIDDEN.search(text, start, end):
            reason = "a mention that holds [, ] or |"
        elif kept and start < kept[-1][1]:
            reason = "a mention inside another one"
        if reason:
            left_out[reason] = left_out.get(reason, 0) + 1
        else:
            kept.append((start, end, cluster))
    return kept


def _original(offsets: OffsetMap, mention: Mention, text: str) -> tuple[int, int]:
    span = offsets.original(mention.span)
    start, end = max(0, span.start), min(len(text), span.end)
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _new_ids(
    extraction: Extraction, used: set[str], text: str, links: Mapping[str, Entity] | None
) -> tuple[dict[str, str], Callable[[str], str]]:
    """The id in the file of each cluster that is marked, and of the topic.

    Ids go on from the highest that the text itself holds in something that looks like a mark.
    """
    last: dict[str, int] = {}
    for letter, number in _OWN_MARK.findall(text):
        last[letter] = max(last.get(letter, 0), int(number))

    def take(letter: str) -> str:
        last[letter] = last.get(letter, 0) + 1
        return f"{letter}{last[letter]}"

    names = {
        cluster.id: take(_kind(cluster, links).letter)
        for cluster in extraction.clusters
        if cluster.id in used or cluster.id == extraction.topic
    }
    if same := _also_topic(extraction, links):
        names |= dict.fromkeys(same, names[extraction.topic])
    return names, take


def _also_topic(extraction: Extraction, links: Mapping[str, Entity] | None) -> set[str]:
    """Titles that were linked to the film that the page reviews, though not read as its own."""
    entities = links or {}
    topic = entities.get(extraction.topic)
    if topic is None or not topic.linked:
        return set()
    return {
        cluster.id
        for cluster in extraction.clusters
        if cluster.id != extraction.topic
        and not cluster.silent
        and cluster.id in entities
        and entities[cluster.id].id == topic.id
    }


def _kind(cluster: Cluster, links: Mapping[str, Entity] | None) -> Kind:
    """The cluster's kind; a work that was linked to a film is one."""
    entity = (links or {}).get(cluster.id)
    linked = entity is not None and entity.linked and entity.kind is Kind.FILM
    return Kind.FILM if linked and cluster.kind is Kind.WORK else cluster.kind


def _entity(cluster: Cluster, links: Mapping[str, Entity] | None, *, is_topic: bool) -> str:
    entity = (links or {}).get(cluster.id)
    name = entity.name if entity is not None and entity.linked and entity.name else cluster.name
    name = " ".join(_YEAR.sub("", name).split())
    if cluster.kind not in (Kind.FILM, Kind.WORK):
        return name or "Unknown"
    if is_topic and not name:
        return _UNKNOWN
    year = str(entity.year) if entity is not None and entity.linked and entity.year else "?"
    if len(year) != 4 and year != "?":
        year = "?"
    return f"{name or 'Unknown'} ({year}){' topic' if is_topic else ''}"


def _relation_lines(
    extraction: Extraction, names: Mapping[str, str], left_out: dict[str, int]
) -> list[str]:
    """The relations and references between things that have a line, each once."""
    parted = {
        (relation.name, relation.subject, relation.object)
        for relation in extraction.relations
        if relation.part in names
    }
    lines: dict[str, None] = {}
    for relation in extraction.relations:
        if relation.subject not in names or relation.object not in names:
            _count(left_out, "a relation of something that the text doesn't name")
            continue
        key = (relation.name, relation.subject, relation.object)
        if key in parted and relation.part not in names:
            continue
        lines.setdefault(_line(relation, names))
    for reference in extraction.references:
        if reference.citing in names and reference.cited in names:
            citing, cited = names[reference.citing], names[reference.cited]
            if citing == cited:
                continue
            lines.setdefault(f"refers {citing} {cited} {reference.kind.value}")
        else:
            _count(left_out, "a reference to something that the text doesn't name")
    return list(lines)


def _line(relation: Relation, names: Mapping[str, str]) -> str:
    subject, thing = names[relation.subject], names[relation.object]
    if relation.name in _BOTH_WAYS and thing < subject:
        subject, thing = thing, subject
    part = f" {names[relation.part]}" if relation.part in names else ""
    return f"{relation.name.value} {subject} {thing}{part}"


def _count(counts: dict[str, int], what: str) -> None:
    counts[what] = counts.get(what, 0) + 1
