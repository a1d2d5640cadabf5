"""Pages made by hand for the tests of linking: marked texts with the relations that they state."""

import re
from collections.abc import Iterable

from kg.link import Catalogue, resolve
from kg.model import (
    Cluster,
    Correction,
    Evidence,
    Extraction,
    Kind,
    LinkedPage,
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
_KINDS = {kind.letter: kind for kind in Kind}


def review(
    page_id: str,
    marked: str,
    *relations: str,
    topic: str = "F1",
    title: str = "",
    year: int | None = None,
    silent: Iterable[str] = (),
) -> Extraction:
    """`[F1|The Fan]` in the text is a mention; relations read `cast F1 P1 C1`."""
    text, mentions = _unmark(marked)
    quiet = set(silent)
    ids = dict.fromkeys([*mentions, *([topic] if topic else [])])
    clusters = tuple(
        Cluster(
            one,
            _KINDS[one[0]],
            max((text[m.start : m.end] for m in mentions.get(one, ())), key=len, default=title),
            tuple(mentions.get(one, ())),
            silent=one in quiet,
        )
        for one in ids
    )
    page = Page(
        page_id,
        f"{page_id}.txt",
        text,
        zones=(Zone(ZoneKind.PROSE, 0, len(text)),),
        title=title,
        year=year,
    )
    rows = [line.split() for line in relations]
    stated = tuple(_relation(row) for row in rows if row[0] != "refers")
    references = tuple(
        Reference(row[1], row[2], ReferenceKind(row[3]), Evidence(text), 0.9)
        for row in rows
        if row[0] == "refers"
    )
    return Extraction(page, clusters, stated, references, topic, "hand-made")


def _unmark(marked: str) -> tuple[str, dict[str, list[Mention]]]:
    text = ""
    mentions: dict[str, list[Mention]] = {}
    at = 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        mention = Mention(len(text), len(text) + len(mark[2]), _KINDS[mark[1][0]])
        mentions.setdefault(mark[1], []).append(mention)
        text += mark[2]
        at = mark.end()
    return text + marked[at:], mentions


def _relation(row: list[str]) -> Relation:
    part = row[3] if len(row) > 3 else ""
    return Relation(RelationName(row[0]), row[1], row[2], Evidence(" ".join(row)), 0.9, part)


def link(
    *pages: Extraction, catalogue: Catalogue, corrections: Iterable[Correction] = ()
) -> dict[str, LinkedPage]:
    """All pages linked together, by id."""
    linked = resolve(lambda: pages, catalogue=catalogue, corrections=tuple(corrections))
    return {page.page.id: page for page in linked}


def ids(page: LinkedPage) -> dict[str, str]:
    """The entity's id of each cluster of a page."""
    return {one.cluster: one.entity.id for one in page.links}
