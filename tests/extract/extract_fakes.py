"""A recogniser that answers from marks in the text's annotation: the pipeline without a network."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from spacy.language import Language

from kg.extract import extract
from kg.extract.calibration import Calibration
from kg.extract.components import FilmEncoder
from kg.extract.pipeline import assemble
from kg.model import Extraction, Kind, Mention, Page, ReferenceKind, RelationName

MARK = re.compile(r"\[([FWPCOA])\|([^\[\]|]+)\]")
KINDS = {kind.letter: kind for kind in Kind}


@dataclass(frozen=True)
class FakePair:
    name: RelationName
    subject: int
    object: int
    part: int | None = None
    score: float = 0.9
    evidence: tuple[int, ...] = (0,)


@dataclass
class FakeRecogniser:
    """Knows the mentions of the texts that `marked` was called with."""

    known: dict[str, list[Mention]] = field(default_factory=dict)
    relations: Sequence[FakePair] = ()
    kinds: Mapping[int, tuple[ReferenceKind, float, int]] = field(default_factory=dict)
    scores: Mapping[str, float] = field(default_factory=dict)
    version: str = "fake"
    calibration: Calibration = field(default_factory=Calibration)

    def marked(self, marked: str) -> str:
        """Take `[P|name]` marks out of a text, and remember them."""
        text, mentions = unmarked(marked)
        self.known[text] = mentions
        return text

    def encode(self, text: str) -> str:
        return text

    def mentions(self, encoded: str) -> list[Mention]:
        """The mentions that are not blanked out in `encoded`."""
        for text, known in self.known.items():
            if len(text) == len(encoded):
                return [m for m in known if m.words(encoded) == m.words(text)]
        return []

    def pairs(self, *_: object, topic_kind: Kind = Kind.FILM) -> Sequence[FakePair]:  # noqa: ARG002
        return self.relations

    def reference_kinds(self, *_: object) -> Mapping[int, tuple[ReferenceKind, float, int]]:
        return self.kinds

    def topic_scores(self, encoded: str, mentions: Sequence[Mention]) -> list[float]:
        return [self.scores.get(mention.words(encoded), 0.0) for mention in mentions]


def unmarked(marked: str) -> tuple[str, list[Mention]]:
    """The text without its marks, and its mentions."""
    text, mentions, at = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        mentions.append(Mention(len(text), len(text) + len(match[2]), KINDS[match[1]]))
        text += match[2]
        at = match.end()
    return text + marked[at:], mentions


@cache
def _nlp() -> Language:
    return assemble(recogniser=FakeRecogniser())


def read(marked: str, *, fake: FakeRecogniser | None = None, **page: object) -> Extraction:
    """The extraction of a page whose mentions are marked."""
    fake = fake or FakeRecogniser()
    text = marked if marked in fake.known else fake.marked(marked)
    encoder = _nlp().get_pipe("film_encoder")
    assert isinstance(encoder, FilmEncoder)
    encoder.use(fake)
    page = {"source": "page.txt", **page}
    return extract(_nlp(), Page(id="page", text=text, **page))  # type: ignore[arg-type]


def names(extraction: Extraction, kind: Kind) -> dict[str, set[str]]:
    """Canonical name to spellings, of one kind."""
    text = extraction.page.text
    return {
        cluster.name: {mention.words(text) for mention in cluster.mentions}
        for cluster in extraction.clusters
        if cluster.kind is kind
    }


def facts(extraction: Extraction) -> set[tuple[str, ...]]:
    """The relations by name: (relation, subject, object[, part])."""
    name = {cluster.id: cluster.name for cluster in extraction.clusters} | {"": ""}
    return {
        tuple(
            filter(
                None,
                (
                    relation.name.value,
                    name[relation.subject] or "?",
                    name[relation.object],
                    name[relation.part],
                ),
            )
        )
        for relation in extraction.relations
    }
