"""Films that a page's clusters took for one, though the catalogue knows them by different titles.

Where two spellings of a cluster are the whole titles of different films, and no film bears both,
they are two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.link.catalogue import Catalogue
from kg.link.fold import content_words, fold
from kg.link.schema import NameKind
from kg.model import Cluster, Evidence, Extraction, Kind, Mention, Reference, ReferenceKind

_MANY = 80  # spellings of one cluster that are compared


def parted(extraction: Extraction, catalogue: Catalogue) -> Extraction:
    """The extraction with a cluster for each film where one held the titles of several."""
    numbers = [int(c.id[1:]) for c in extraction.clusters if c.id[1:].isdecimal()]
    last = max(numbers, default=0)
    clusters: list[Cluster] = []
    references = list(extraction.references)
    for cluster in extraction.clusters:
        first, *others = list(_films(cluster, extraction, catalogue)) or [cluster]
        clusters.append(first)
        for other in others:
            last += 1
            clusters.append(replace(other, id=f"{Kind.FILM.letter}{last}"))
            reference = _reference(cluster.id, clusters[-1], extraction)
            references += [reference] if reference else []
    if len(clusters) == len(extraction.clusters):
        return extraction
    return replace(extraction, clusters=tuple(clusters), references=tuple(references))


def _films(cluster: Cluster, extraction: Extraction, catalogue: Catalogue) -> Iterator[Cluster]:
    """The cluster in parts, one a film; the part that keeps its name comes first."""
    if cluster.kind is not Kind.FILM or cluster.silent or not cluster.mentions:
        return
    text = extraction.page.text
    spelt: dict[str, list[Mention]] = {}
    for mention in cluster.mentions:
        spelt.setdefault(" ".join(mention.words(text).split()), []).append(mention)
    own = extraction.page.title if cluster.id == extraction.topic else ""
    if len(spelt) + bool(own) < 2 or len(spelt) > _MANY:
        return
    leading = own or cluster.name
    groups: dict[str, list[Mention]] = {leading: []}
    for words in sorted(spelt, key=lambda words: (words != leading, -len(words), words)):
        home = next((g for g in groups if not _two_films(g, words, catalogue)), None)
        if home is None and len(groups) > 1 and not _whole(words, catalogue):
            home = leading
        groups.setdefault(words if home is None else home, []).extend(spelt[words])
    if len(groups) < 2 or not (groups[leading] or own):
        return
    for name, mentions in groups.items():
        ordered = tuple(sorted(mentions, key=lambda mention: mention.start))
        shown = cluster.name if cluster.name in {m.words(text) for m in ordered} else name
        yield replace(cluster, name=shown, mentions=ordered)


def _whole(name: str, catalogue: Catalogue) -> bool:
    """Whether a film bears exactly this title."""
    return any(found.kind <= NameKind.OTHER for found in catalogue.films(name))


def _two_films(one: str, other: str, catalogue: Catalogue) -> bool:
    """Whether the names are whole titles of different films, and no film bears both."""
    if not _apart(fold(one), fold(other)):
        return False
    mine, theirs = (
        {found.film.id for found in catalogue.films(name) if found.kind <= NameKind.PART}
        for name in (one, other)
    )
    return _whole(one, catalogue) and _whole(other, catalogue) and not mine & theirs


def _apart(one: str, other: str) -> bool:
    """Whether neither name can be short for the other, but for a sequel's number."""
    mine, theirs = set(content_words(one)), set(content_words(other))
    if not mine or not theirs:
        return False
    if mine <= theirs or theirs <= mine:
        return all(word.isdigit() for word in mine ^ theirs) and mine != theirs
    return True


def _reference(whole: str, part: Cluster, extraction: Extraction) -> Reference | None:
    """How the page's film stands to the part: as to the whole, else it is named, no more."""
    if not extraction.topic:
        return None
    for reference in extraction.references:
        if reference.cited == whole:
            return replace(reference, cited=part.id)
    words = part.mentions[0]
    evidence = Evidence(words.words(extraction.page.text), words.span)
    return Reference(extraction.topic, part.id, ReferenceKind.MENTION, evidence, words.score)
