"""The six components of the pipeline, as spaCy knows them: sentences to references."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from shutil import copytree
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.errors import ModelError
from kg.extract.calibration import Calibration
from kg.extract.comparisons import compared_people
from kg.extract.emphasis import with_emphasised
from kg.extract.extensions import page_of, register
from kg.extract.kinds import settle_kinds
from kg.extract.language import ENGLISH, is_english, language_of
from kg.extract.page_names import name_clusters
from kg.extract.patterns import pattern_pairs
from kg.extract.places import Places
from kg.extract.recogniser import Reading, Recogniser, recogniser_from
from kg.extract.references import references
from kg.extract.relations import from_pairs, merged, speaking
from kg.extract.sentences import sentence_starts
from kg.extract.stated import relations as stated_relations
from kg.extract.stated import stated_names, with_stated
from kg.extract.title_marks import with_directors_film, with_title
from kg.extract.tokens import split_at, token_starts
from kg.extract.version import FOLDER
from kg.extract.voices import apart, within_zones
from kg.model import Field, RelationName

NAMES = (
    "film_sentences",
    "film_encoder",
    "film_ner",
    "film_clusters",
    "film_relations",
    "film_references",
)

register()


@Language.factory("film_sentences", assigns=["token.is_sent_start"])
def make_sentences(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001 - spaCy's
    """Sentence boundaries by rule."""
    return mark_sentences


def mark_sentences(doc: Doc) -> Doc:
    """Set where sentences begin."""
    if not len(doc):
        return doc
    starts = np.asarray(sentence_starts(page_of(doc).text), dtype=np.int64)
    tokens = token_starts(doc)
    begins = np.full(len(doc), -1, dtype=np.int64)  # spaCy's "not the start of a sentence"
    begins[np.searchsorted(tokens, starts, side="right") - 1] = 1
    begins[0] = 1
    # setting them token by token takes quadratic time
    marks: Any = begins.reshape(-1, 1).astype(np.uint64)
    return doc.from_array(["SENT_START"], marks)


@Language.factory("film_encoder", default_config={"weights": "", "names": "", "labels": {}})
def make_encoder(
    nlp: Language,  # noqa: ARG001 - spaCy's
    name: str,  # noqa: ARG001 - spaCy's
    weights: str,
    names: str,
    labels: dict[str, str],
) -> FilmEncoder:
    """The encoder; `weights` is a folder, "" for the shipped ones.

    `names` is what finds the names in place of the weights ("" for these): a spaCy pipeline or
    `gliner:MODEL`; `labels` maps its labels to kinds, "" for what isn't marked.
    """
    return FilmEncoder(Path(weights) if weights else None, names=names, labels=labels)


class FilmEncoder:
    """Reads each text once with the network, for all the components behind it.

    The network is loaded when the first text comes, so that a worker process can be handed the
    pipeline without it.
    """

    def __init__(
        self,
        folder: Path | None = None,
        recogniser: Recogniser | None = None,
        *,
        names: str = "",
        labels: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self._recogniser = recogniser
        self._names = names
        self._labels = tuple(sorted((labels or {}).items()))

    @property
    def recogniser(self) -> Recogniser:
        """The network; ModelError where its weights are missing or unfit."""
        return self._recogniser or recogniser_from(self.folder, self._names, self._labels)

    def use(self, recogniser: Recogniser) -> None:
        """Let another recogniser take the place of the weights."""
        self._recogniser = recogniser

    def __call__(self, doc: Doc) -> Doc:
        """Hang the reading on the doc."""
        recogniser = self.recogniser
        doc._.reading = Reading.of(recogniser, *apart(page_of(doc)))
        doc._.model = recogniser.version
        return doc

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Copy the weights, so that the saved pipeline is whole."""
        copytree(self.folder or FOLDER, path, dirs_exist_ok=True)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> FilmEncoder:  # noqa: ARG002
        """Use the weights of a saved pipeline."""
        self.folder = Path(path)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002
        """Where the weights lie."""
        return str(self.folder or "").encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> FilmEncoder:  # noqa: ARG002
        """Use the weights that lie where the bytes say."""
        self.folder = Path(data.decode()) if data else None
        return self


def _reading(doc: Doc, component: str) -> Reading:
    reading: Reading | None = doc._.reading
    if reading is None:
        raise ModelError(
            f"expected film_encoder before {component} in the pipeline, found a text that it has "
            'not read; add it with nlp.add_pipe("film_encoder")'
        )
    return reading


def _places(doc: Doc) -> Places:
    begins = np.asarray(doc.to_array(["SENT_START"])).reshape(-1) == 1
    return Places(page_of(doc), token_starts(doc)[begins].tolist())


@Language.factory("film_ner", assigns=["doc.ents"])
def make_ner(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001 - spaCy's
    """Mentions."""
    return find_mentions


def find_mentions(doc: Doc) -> Doc:
    """Set `doc._.mentions`, exact to the character, and `doc.ents`, splitting tokens for them."""
    reading = _reading(doc, "film_ner")
    page = page_of(doc)
    names, _ = stated_names(page)
    found = settle_kinds(page.text, within_zones(page, reading.mentions()))
    titles = [page.title, *(name.words for name in names if name.title)]
    found = with_emphasised(page.text, with_title(page.text, found, titles))
    if not any(titles):
        directors = [fact.value for fact in page.stated if fact.field is Field.DIRECTOR]
        found = with_directors_film(page.text, found, directors)
    mentions = with_stated(found, names)
    doc = split_at(doc, [edge for mention in mentions for edge in (mention.start, mention.end)])
    spans = []
    for mention in mentions:
        span = doc.char_span(mention.start, mention.end, label=mention.kind.value)
        if span is not None:
            spans.append(span)
    doc.ents = spans
    doc._.mentions = tuple(mentions)
    return doc


@Language.factory("film_clusters", requires=["doc.ents"])
def make_clusters(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001 - spaCy's
    """Clusters and the topic."""
    return find_clusters


def find_clusters(doc: Doc) -> Doc:
    """Set `doc._.clusters` and `doc._.topic`; the entities carry their cluster's id."""
    page = page_of(doc)
    reading = _reading(doc, "film_clusters")
    names, _ = stated_names(page)
    opinions = reading.topic_scores(doc._.mentions)
    found = name_clusters(page, _places(doc), doc._.mentions, names, opinions)
    doc._.clusters = found.clusters
    doc._.cluster_numbers = found.numbers
    doc._.stated_numbers = found.stated
    doc._.topic = found.clusters[0].id if found.has_topic else ""
    of_start = {
        mention.start: found.clusters[number].id
        for mention, number in zip(doc._.mentions, found.numbers, strict=True)
    }
    doc.ents = [
        Span(doc, ent.start, ent.end, label=ent.label, span_id=of_start.get(ent.start_char, ""))
        for ent in doc.ents
    ]
    return doc


@Language.factory("film_relations")
def make_relations(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001 - spaCy's
    """Relations."""
    return find_relations


def find_relations(doc: Doc) -> Doc:
    """Set `doc._.relations`: the stated ones, then the prose's in its order."""
    reading = _reading(doc, "film_relations")
    places = _places(doc)
    clusters, topic = doc._.clusters, doc._.topic
    heard, mentions, numbers = _heard(doc, places)
    pairs: list[Any] = []
    if heard:
        pairs += reading.pairs(
            mentions,
            numbers,
            0 if topic else None,
            topic_kind=clusters[0].kind,
        )
        pairs += pattern_pairs(places.text, mentions, numbers, clusters, 0 if topic else None)
        compared = compared_people(places.text, mentions, numbers, clusters)
        pairs = [
            pair
            for pair in pairs
            if pair.name is not RelationName.CAST or pair.subject or pair.object not in compared
        ]
    _, facts = stated_names(page_of(doc))
    ids = [clusters[number].id for number in doc._.stated_numbers]
    stated = stated_relations(facts, ids, topic) if topic else []
    doc._.relations = tuple(merged(stated, from_pairs(pairs, clusters, mentions, places)))
    return doc


def _heard(doc: Doc, places: Places) -> tuple[list[int], list[Any], list[int]]:
    """The mentions that may take part in relations: their indices, themselves, their clusters.

    None on a page in a language that the network doesn't read.
    """
    heard = [] if is_english(places.text) is False else speaking(places, doc._.mentions)
    numbers = doc._.cluster_numbers
    return heard, [doc._.mentions[at] for at in heard], [numbers[at] for at in heard]


@Language.factory("film_references")
def make_references(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001 - spaCy's
    """References and notes; the encoder's pass is let go."""
    return find_references


def find_references(doc: Doc) -> Doc:
    """Set `doc._.references` and `doc._.notes`."""
    reading = _reading(doc, "film_references")
    places = _places(doc)
    heard, mentions, numbers = _heard(doc, places)
    if doc._.topic and heard:
        kinds = reading.reference_kinds(mentions, numbers, 0)
        doc._.references = tuple(references(doc._.clusters, mentions, numbers, kinds, places))
    language = language_of(places.text)
    if language not in (None, ENGLISH):
        note = f"in {language}, not in English: the model reads English only"
        doc._.notes = (*doc._.notes, note)
    _calibrate(doc, reading.recogniser.calibration)
    doc._.reading = None
    return doc


def _calibrate(doc: Doc, calibration: Calibration) -> None:
    names, _ = stated_names(page_of(doc))
    stated = {name.span for name in names if name.span is not None}
    doc._.mentions = calibration.mentions(doc._.mentions, stated)
    doc._.clusters = calibration.clusters(doc._.clusters, stated)
    doc._.relations = calibration.relations(doc._.relations)
    doc._.references = calibration.references(doc._.references)
