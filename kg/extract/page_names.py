"""The things that one page names: clusters with their names, the reviewed film first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from kg.extract.clusters import cluster_names
from kg.extract.names import best_spelling, title_tokens, tokens
from kg.extract.places import Places
from kg.extract.stated import StatedName
from kg.extract.titles import alike, clean_title, is_series, title_forms
from kg.extract.topic import find_topic
from kg.model import Cluster, Field, Kind, Mention, Page

_BESIDE = 30  # characters on either side of a title
_SOURCE = re.compile(
    r"\b(?:novels?|novella|books?|plays?|short stor(?:y|ies)|song|album|comics?|manga|opera|poem|"
    r"cartoon strip|video ?game|author)\b",
    re.IGNORECASE,
)
_OWNER = re.compile(r"([\w.-]+)['’]s?\s+[\"'“‘_*]*$")
_TELLING = 5  # letters of a title that are found in an address by chance hardly ever
_STATED = 3  # a stated spelling counts as much as this many in the prose


@dataclass(frozen=True, slots=True)
class PageNames:
    """The clusters of a page; `numbers` and `stated` place mentions and stated names in them.

    The topic, if the page has one, is the first cluster.
    """

    clusters: tuple[Cluster, ...]
    numbers: tuple[int, ...]
    stated: tuple[int, ...]
    has_topic: bool


def name_clusters(
    page: Page,
    places: Places,
    mentions: Sequence[Mention],
    names: Sequence[StatedName],
    opinions: Sequence[float] = (),
) -> PageNames:
    """Cluster a page's mentions and stated names, and find its topic.

    `opinions` are a network's probabilities that the mentions name the topic.

    A page that speaks of a film without ever naming it has a topic of no name and no mention.
    """
    silent = [places.zone_kind(mention.start).silent for mention in mentions]
    hidden = [place for place, name in enumerate(names) if name.span is None and not name.title]
    entries = [(mention.words(page.text), mention.kind) for mention in mentions]
    entries += [(names[place].words, names[place].kind) for place in hidden]
    numbers = cluster_names(entries, [*map(int, silent), *(0 for _ in hidden)])

    by_start = {mention.start: at for at, mention in enumerate(mentions)}
    stated: list[int | None] = [None] * len(names)
    for at, place in enumerate(hidden):
        stated[place] = numbers[len(mentions) + at]
    for place, name in enumerate(names):
        if name.span is not None and name.span.start in by_start:
            stated[place] = numbers[by_start[name.span.start]]

    titles = [page.title, *(name.words for name in names if name.title)]
    given = [title for title in titles if title]
    topic = _topic(page, places, mentions, numbers, silent, given, opinions)
    # every title that the page states of its film is one of the film's names
    aliases = {
        number
        for number, name in zip(stated, names, strict=True)
        if name.title and number is not None
    }
    if topic is None and aliases:
        topic = min(aliases)
    if topic is not None:
        aliases |= _namesakes(page, mentions, numbers, silent, topic, given)
        numbers = [topic if number in aliases else number for number in numbers]
    return _assemble(page, places, mentions, names, numbers, stated, silent, topic, titles)


def _namesakes(
    page: Page,
    mentions: Sequence[Mention],
    numbers: Sequence[int],
    silent: Sequence[bool],
    topic: int,
    titles: Sequence[str],
) -> set[int]:
    """Titles that bear the reviewed film's name, whatever kind they were taken for.

    What the words around it call a novel, a play or a song is that and not the film.
    """
    titled = []
    sources = set()
    for mention, number, quiet in zip(mentions, numbers, silent, strict=False):
        if not quiet and mention.kind in (Kind.FILM, Kind.WORK):
            titled.append((title_tokens(mention.words(page.text)), number))
            around = page.text[max(0, mention.start - _BESIDE) : mention.end + _BESIDE]
            if mention.kind is Kind.WORK and _SOURCE.search(around):
                sources.add(number)
    forms = {form for form, number in titled if number == topic}
    for title in titles:
        forms |= title_forms(title)[0]
    forms.discard(())
    named = {number for form, number in titled if any(alike(form, other) for other in forms)}
    return named - sources | {topic}


def _topic(
    page: Page,
    places: Places,
    mentions: Sequence[Mention],
    numbers: Sequence[int],
    silent: Sequence[bool],
    titles: Sequence[str],
    opinions: Sequence[float],
) -> int | None:
    if not places.speaks and not titles:
        return None
    count = max(numbers, default=-1) + 1
    members: list[list[Mention]] = [[] for _ in range(count)]
    best = [0.0] * count
    for at, mention in enumerate(mentions):
        if not silent[at]:
            number = numbers[at]
            members[number].append(mention)
            if opinions:
                best[number] = max(best[number], opinions[at])
    found = find_topic(page.text, members, page.zones, titles, best if opinions else ())
    if found is None:
        found = _directors(page, members)
    return _addressed(page, members) if found is None else found


def _addressed(page: Page, members: Sequence[Sequence[Mention]]) -> int | None:
    """The film whose title stands in the page's address or file name: "vertigo-review.html"."""
    address = PurePosixPath((page.url or page.source).split("?")[0].split("#")[0]).stem
    words = tokens(address.replace("-", " ").replace("_", " "))
    best: tuple[int, int] | None = None
    for number, mentions in enumerate(members):
        for mention in mentions:
            form = title_tokens(mention.words(page.text))
            size = len(form)
            if (
                mention.kind in (Kind.FILM, Kind.WORK)
                and sum(map(len, form)) >= _TELLING
                and any(words[at : at + size] == form for at in range(len(words) - size + 1))
                and (best is None or size > best[0])
            ):
                best = (size, number)
    return best[1] if best else None


def _directors(page: Page, members: Sequence[Sequence[Mention]]) -> int | None:
    """The film that the prose calls the listed director's: "Agnès Varda's Vagabond"."""
    surnames = {tokens(fact.value)[-1:] for fact in page.stated if fact.field is Field.DIRECTOR} - {
        ()
    }
    for number, mentions in enumerate(members):
        for mention in mentions:
            owner = _OWNER.search(page.text, max(0, mention.start - 40), mention.start)
            if (
                owner is not None
                and mention.kind in (Kind.FILM, Kind.WORK)
                and tokens(owner[1])[-1:] in surnames
            ):
                return number
    return None


def _assemble(
    page: Page,
    places: Places,
    mentions: Sequence[Mention],
    names: Sequence[StatedName],
    numbers: Sequence[int],
    stated: Sequence[int | None],
    silent: Sequence[bool],
    topic: int | None,
    titles: Sequence[str],
) -> PageNames:
    anonymous = -1  # a topic that no mention names
    has_topic = topic is not None or bool(any(titles)) or places.speaks
    if has_topic and topic is None:
        topic = anonymous
    order = ([topic] if topic is not None else []) + [
        n for n in dict.fromkeys(numbers) if n != topic
    ]
    new = {number: at for at, number in enumerate(order)}
    members: list[list[Mention]] = [[] for _ in order]
    spellings: list[Counter[str]] = [Counter() for _ in order]
    kinds: list[Counter[Kind]] = [Counter() for _ in order]
    mute = [True] * len(order)
    for mention, number, quiet in zip(mentions, numbers, silent, strict=False):
        at = new[number]
        members[at].append(mention)
        spellings[at][mention.words(page.text)] += 1
        kinds[at][mention.kind] += 1
        mute[at] &= quiet
    for name, old in zip(names, stated, strict=True):
        at = 0 if old is None or (name.title and has_topic) else new[old]
        spellings[at][name.words] += _STATED
        kinds[at][name.kind] += 1
        mute[at] = False
    if has_topic:
        mute[0] = False
        kinds[0][_kind_of_title(titles)] += 0 if members[0] else 1
    counts: Counter[str] = Counter()
    clusters = []
    for at in range(len(order)):
        kind = kinds[at].most_common(1)[0][0]
        counts[kind.letter] += 1
        title = next((clean_title(title) for title in titles if title), "") if at == 0 else ""
        spelling = title if title and has_topic else best_spelling(spellings[at].items())
        clusters.append(
            Cluster(
                f"{kind.letter}{counts[kind.letter]}", kind, spelling, tuple(members[at]), mute[at]
            )
        )
    return PageNames(
        tuple(clusters),
        tuple(new[number] for number in numbers[: len(mentions)]),
        tuple(0 if old is None else new.get(old, 0) for old in stated),
        has_topic,
    )


def _kind_of_title(titles: Sequence[str]) -> Kind:
    return Kind.WORK if any(is_series(title) for title in titles) else Kind.FILM
