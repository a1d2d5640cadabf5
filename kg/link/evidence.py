"""What one page says of each of its films: years, people, parts, and how the title is marked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from kg.link.fold import fold, key, lone_surname, name_key
from kg.model import Cluster, Extraction, Field, Kind, RelationName

_YEAR_AFTER = re.compile(
    r"[\"'”’_*]{0,2}\s?(?:[(\[](?:[^()\[\]]{0,30}\b)?|, |, from )(?P<year>1[89]\d\d|20[0-3]\d)\b"
)
_YEAR_BEFORE = re.compile(r"(?P<year>1[89]\d\d|20[0-3]\d)(?:['’]s)?(?: \w+){0,2}[ \"'“‘_*]{1,3}$")
_SERIES_AFTER = re.compile(
    r"[\"'”’_*]{0,2}\s(?:\w+ )?"
    r"(?:films|movies|series|franchise|saga|trilogy|sequels|flicks|universe)\b"
)
_SERIES_BEFORE = re.compile(r"\b(?:series|saga|franchise|trilogy) of [\"'“‘_*]?$")
_ORIGINAL = re.compile(
    r"\b(?:(?:the|his|her|its|their) original\W+(?:\w+\W+){0,2}|original\W+"
    r"|(?:remakes?|reboots?|remade|reimagining)\W+(?:of\W+)?(?:\w+\W+)?)$",
    re.IGNORECASE,
)
_WORK = (
    r"(?:novels?|novella|books?|play|musical|opera|songs?|album|track|single|tune|hit|poem|comics?|"
    r"stor(?:y|ies)|shows?|series|sitcom|soap|episodes?|game|painting|ballet|magazine|cartoon)"
)
_CALLED_BEFORE = re.compile(rf"\b{_WORK}\W+(?:called\W+|named\W+)?$", re.IGNORECASE)
_CALLED_AFTER = re.compile(rf"[\"'”’_*,)]*\s?(?:[\w-]+ )?{_WORK}\b", re.IGNORECASE)
_OWNED = re.compile(r"['’]s?\s+(?:[a-z-]+\s+){0,2}[\"“‘'_*]{0,3}$")
_MADE_BY = re.compile(r"[\"'”’_*]{0,3},?\s(?:directed )?by (?:director )?$")
_BRACKETS = re.compile(r"(?P<title>.*\w.*?) \((?P<other>[^()]*[^\W\d][^()]*)\)$")
_OPENING = "\"“‘'_*«"
_NEAR = 48
_BESIDE = 90
_BREAK = re.compile(r"[a-z\d)][.!?]['\"”’)]*\s+[^\sa-z]|\n\s*\n")


@dataclass(slots=True)
class Names:
    """A group of personal names for comparing: full ones by key, bare ones by surname."""

    full: set[str] = field(default_factory=set)
    bare: set[str] = field(default_factory=set)

    def add(self, name: str) -> None:
        """Add one spelling."""
        folded = fold(name)
        alone = lone_surname(folded)
        if alone:
            self.bare.add(alone)
        elif folded:
            self.full.add(name_key(name))

    def __bool__(self) -> bool:
        return bool(self.full or self.bare)


@dataclass(slots=True)
class FilmEvidence:
    """What the page says of one of its films. `people` holds cluster ids by relation."""

    cluster: Cluster
    spellings: tuple[str, ...]
    years: set[int] = field(default_factory=set)
    directors: list[str] = field(default_factory=list)
    cast: list[str] = field(default_factory=list)
    crew: list[str] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)  # person cluster -> character cluster
    characters: list[str] = field(default_factory=list)
    series: bool = False  # "the X movies"
    beside: Names = field(default_factory=Names)  # people named within a few words of it
    owners: Names = field(default_factory=Names)  # whose it is said to be: "Hawks's Scarface"
    called: bool = False  # a novel, a song, a show ...
    original: bool = False  # "the original X", "a remake of X"
    marked: bool = False  # in quotation marks or italics somewhere
    topic: bool = False


class PageEvidence:
    """The evidence of a page, gathered once and read by every decision on it."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.clusters = {cluster.id: cluster for cluster in extraction.clusters}
        self.names: dict[str, Names] = {}
        self.spellings: dict[str, tuple[str, ...]] = {}
        for cluster in extraction.clusters:
            spellings = _spellings(cluster, extraction.page.text)
            self.spellings[cluster.id] = spellings
            if cluster.kind is Kind.PERSON:
                names = Names()
                for spelling in spellings:
                    names.add(spelling)
                self.names[cluster.id] = names
        self.films = {
            cluster.id: self._film(cluster)
            for cluster in extraction.clusters
            if cluster.kind in (Kind.FILM, Kind.WORK)
        }
        self._place()
        self._relate()
        self._state()

    @cached_property
    def people(self) -> Names:
        """Every person that the page names outside its menus."""
        names = Names()
        for cluster_id, own in self.names.items():
            if not self.clusters[cluster_id].silent:
                names.full |= own.full
                names.bare |= own.bare
        return names

    @cached_property
    def characters(self) -> frozenset[str]:
        """The keys of all characters that the page names outside its menus."""
        return frozenset(
            key(spelling)
            for cluster in self.extraction.clusters
            if cluster.kind is Kind.CHARACTER and not cluster.silent
            for spelling in self.spellings[cluster.id]
        )

    @cached_property
    def year(self) -> int | None:
        """The year in which the page was written, where it tells."""
        found = re.search(r"\b(1[89]\d\d|20[0-3]\d)\b", self.extraction.page.date)
        return int(found[1]) if found else None

    def named(self, cluster_ids: Iterable[str]) -> Names:
        """The names of some of the page's people."""
        names = Names()
        for cluster_id in cluster_ids:
            own = self.names.get(cluster_id)
            if own is not None:
                names.full |= own.full
                names.bare |= own.bare if not own.full else set()
        return names

    def _film(self, cluster: Cluster) -> FilmEvidence:
        text = self.extraction.page.text
        film = FilmEvidence(cluster, self.spellings[cluster.id])
        film.topic = cluster.id == self.extraction.topic
        for mention in cluster.mentions:
            after = text[mention.end : mention.end + _NEAR]
            before = text[max(0, mention.start - _NEAR) : mention.start]
            found = _YEAR_AFTER.match(after) or _YEAR_BEFORE.search(before)
            if found:
                film.years.add(int(found["year"]))
            if _SERIES_AFTER.match(after) or _SERIES_BEFORE.search(before):
                film.series = True
            film.marked = film.marked or before[-1:] in tuple(_OPENING)
            film.called = film.called or bool(
                _CALLED_BEFORE.search(before) or _CALLED_AFTER.match(after)
            )
            film.original = film.original or bool(_ORIGINAL.search(before))
        return film

    def _place(self) -> None:
        """Find the people who are named close to each film."""
        text = self.extraction.page.text
        people = [
            (mention.start, mention.end, cluster.id)
            for cluster in self.extraction.clusters
            if cluster.kind is Kind.PERSON and not cluster.silent
            for mention in cluster.mentions
        ]
        for film in self.films.values():
            near: set[str] = set()
            owners: set[str] = set()
            for mention in film.cluster.mentions:
                for start, end, person in people:
                    between = text[min(end, mention.end) : max(start, mention.start)]
                    if len(between) < _BESIDE and not _BREAK.search(between):
                        near.add(person)
                        ahead = end <= mention.start
                        if (_OWNED if ahead else _MADE_BY).fullmatch(between):
                            owners.add(person)
            film.beside = self.named(near)
            film.owners = self.named(owners)

    def _relate(self) -> None:
        for relation in self.extraction.relations:
            film = self.films.get(relation.subject)
            if film is None:
                continue
            if relation.name is RelationName.DIRECTOR:
                film.directors.append(relation.object)
            elif relation.name is RelationName.CAST:
                film.cast.append(relation.object)
                if relation.part:
                    film.parts[relation.object] = relation.part
                    film.characters.append(relation.part)
            elif relation.name is RelationName.CHARACTER:
                film.characters.append(relation.object)
            elif relation.name in _CREW:
                film.crew.append(relation.object)

    def _state(self) -> None:
        page = self.extraction.page
        film = self.films.get(self.extraction.topic)
        if film is None:
            return
        if page.year is not None:
            film.years = {page.year}
        stated = {int(fact.value) for fact in page.stated if fact.field is Field.YEAR}
        if stated and page.year is None:
            film.years = stated
        names = defaultdict(list)
        for fact in page.stated:
            names[fact.field].append(fact.value)
        titles = [page.title, *names[Field.TITLE], *names[Field.OTHER_TITLE], *film.spellings]
        spellings = [part for title in titles for part in _with_other_title(title)]
        film.spellings = tuple(dict.fromkeys(spellings))


_CREW = frozenset(
    {
        RelationName.WRITER,
        RelationName.PRODUCER,
        RelationName.CINEMATOGRAPHER,
        RelationName.COMPOSER,
        RelationName.EDITOR,
    }
)


def _spellings(cluster: Cluster, text: str) -> tuple[str, ...]:
    """The name first, then every other spelling once, the longest first."""
    words = {" ".join(mention.words(text).split()) for mention in cluster.mentions}
    others = sorted(words - {cluster.name}, key=lambda spelling: (-len(spelling), spelling))
    return (cluster.name, *others)


def _with_other_title(title: str) -> list[str]:
    """`Comradeship (Kameradschaft)` is two titles; one without brackets is one."""
    others: list[str] = []
    rest = title
    while match := _BRACKETS.match(rest):
        others.append(match["other"])
        rest = match["title"]
    return list(dict.fromkeys([rest, *others, title])) if title else []
