"""Other people's names in place of ours: a spaCy pipeline's, or a GLiNER model's.

Only the finding of names is replaced. Clusters, relations and references are still those of the
film network, read between the names that were found elsewhere, so that a comparison on one's own
texts tells of the names alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from kg.errors import ModelError
from kg.extract.labels import GLINER_LABELS, SPACY_LABELS, Labels
from kg.extract.network import trimmed
from kg.extract.recogniser import PairScore, Recogniser
from kg.extract.windows import windows
from kg.model import Kind, Mention, ReferenceKind

GLINER = "gliner:"  # begins the name of a recogniser that is a GLiNER model
_SURE = 1.0  # spaCy's names carry no score
_THRESHOLD = 0.5
_SIZE, _OVERLAP = 384, 64  # GLiNER's words a window, where its configuration names no other size
_GLINER_WORD = re.compile(r"\w+(?:[-_]\w+)*|\S")  # what GLiNER counts as one word
_VISIBLE = re.compile(r"\S")
_BLOCK = 100_000  # characters that spaCy is handed at once: its models' memory grows with them


class NameFinder(Protocol):
    """Whatever finds names in a text."""

    @property
    def version(self) -> str:
        """Changes whenever its answers may."""

    def names(self, text: str) -> list[Mention]:
        """The names in a text of any length, in order, without overlap."""


@dataclass(frozen=True, slots=True)
class Read:
    """A text as both sides need it."""

    text: str
    encoded: Any


class StandIn:
    """A recogniser whose names are somebody else's and whose heads are the film network's."""

    def __init__(self, names: NameFinder, network: Recogniser) -> None:
        self._names = names
        self._network = network
        self.version = f"{names.version}+{network.version}"
        # the curve of mentions is for the network's own
        self.calibration = replace(network.calibration, mention=None)

    def encode(self, text: str) -> Read:
        """Have the film network read the text."""
        return Read(text, self._network.encode(text))

    def mentions(self, encoded: Read) -> list[Mention]:
        """The names that the other model finds."""
        return self._names.names(encoded.text)

    def pairs(
        self,
        encoded: Read,
        mentions: Sequence[Mention],
        clusters: Sequence[int],
        topic: int | None,
        *,
        topic_kind: Kind = Kind.FILM,
    ) -> Sequence[PairScore]:
        """The film network's relations between these names."""
        return self._network.pairs(
            encoded.encoded, mentions, clusters, topic, topic_kind=topic_kind
        )

    def reference_kinds(
        self,
        encoded: Read,
        mentions: Sequence[Mention],
        clusters: Sequence[int],
        topic: int | None,
    ) -> Mapping[int, tuple[ReferenceKind, float, int]]:
        """The film network's opinion on these titles."""
        return self._network.reference_kinds(encoded.encoded, mentions, clusters, topic)

    def topic_scores(self, encoded: Read, mentions: Sequence[Mention]) -> list[float]:
        """The film network's opinion on these titles."""
        return self._network.topic_scores(encoded.encoded, mentions)


class SpacyNames:
    """The entities of a spaCy pipeline.

    `labels` adds to `SPACY_LABELS` or replaces there. ModelError where the pipeline has a label
    that neither names, or no component that finds entities.
    """

    def __init__(self, nlp: Any, labels: Labels | None = None) -> None:  # noqa: ANN401 - untyped
        self._nlp = nlp
        self._labels = {**SPACY_LABELS, **(labels or {})}
        finders = [name for name in nlp.pipe_names if "doc.ents" in _assigns(nlp, name)]
        if not finders:
            raise ModelError(
                f"expected a pipeline that finds entities, found the components "
                f"{', '.join(nlp.pipe_names) or 'none'} in {_name(nlp)}; use one with `ner`"
            )
        own = {label for name in finders for label in nlp.pipe_labels.get(name, ())}
        _all_known(own, self._labels, _name(nlp))
        self.version = f"{_name(nlp)}-{nlp.meta.get('version', '0')}"

    def names(self, text: str) -> list[Mention]:
        """The entities, blocks of the text one after the other."""
        found = []
        for start, end in _blocks(text):
            doc = self._nlp(text[start:end])
            _all_known({entity.label_ for entity in doc.ents}, self._labels, _name(self._nlp))
            found += [
                _mention(text, start + entity.start_char, start + entity.end_char, kind, _SURE)
                for entity in doc.ents
                if (kind := self._labels[entity.label_]) is not None
            ]
        return _apart(found)


class GlinerNames:
    """The entities of a GLiNER model, which is asked for `labels` in words.

    `model` has GLiNER's `predict_entities`; it reads a prefix of what is too long for it, so it is
    handed windows that are not.
    """

    def __init__(
        self,
        model: Any,  # noqa: ANN401 - its package ships no types
        name: str,
        labels: Labels | None = None,
        *,
        threshold: float = _THRESHOLD,
    ) -> None:
        self._model = model
        self._labels = {**(labels or GLINER_LABELS)}
        self._asked = [label for label, kind in self._labels.items() if kind is not None]
        self._threshold = threshold
        self._size = int(getattr(getattr(model, "config", None), "max_len", None) or _SIZE)
        self.version = f"{GLINER}{name}"

    def names(self, text: str) -> list[Mention]:
        """The entities, window by window; each is taken from the window that holds it best."""
        words = [(word.start(), word.end()) for word in _GLINER_WORD.finditer(text)]
        found = []
        for window in windows(len(words), size=self._size, overlap=min(_OVERLAP, self._size // 4)):
            begin, end = words[window.start][0], words[window.end - 1][1]
            own = range(words[window.own_start][0], words[window.own_end - 1][1])
            for entity in self._model.predict_entities(
                text[begin:end], self._asked, threshold=self._threshold
            ):
                label = str(entity["label"])
                _all_known({label}, self._labels, self.version)
                kind = self._labels[label]
                start = begin + int(entity["start"])
                if kind is not None and start in own:
                    end_of = begin + int(entity["end"])
                    score = round(min(1.0, max(0.0, float(entity["score"]))), 3)
                    found.append(_mention(text, start, end_of, kind, score))
        return _apart(found)


def finder_from(name: str, labels: Labels | None = None) -> NameFinder:
    """The names of `gliner:MODEL`, or of a spaCy pipeline that is installed or lies in a folder.

    ModelError where it isn't there, with what to install.
    """
    if name.startswith(GLINER):
        return _gliner(name.removeprefix(GLINER), labels)
    import spacy

    try:
        nlp = spacy.load(name)
    except (OSError, ImportError, ValueError) as error:
        raise ModelError(
            f"expected 'en_film_reviews', an installed spaCy pipeline, 'gliner:MODEL' or a folder "
            f"of one, found {name!r} ({error}); a pipeline of spaCy's own is installed by "
            f"`python -m spacy download {name}`"
        ) from error
    nlp.max_length = 1 << 31  # long texts come in blocks
    return SpacyNames(nlp, labels)


def _gliner(name: str, labels: Labels | None) -> NameFinder:
    try:
        from gliner import GLiNER
    except ImportError as error:
        raise ModelError(
            "expected the package gliner, found none; install it with "
            "`pip install 'film-kg[gliner]'`"
        ) from error
    try:
        model = GLiNER.from_pretrained(name)
    except Exception as error:  # what it raises depends on where the model was looked for
        raise ModelError(
            f"expected a GLiNER model {name!r}, on its hub or in a folder: {error}"
        ) from error
    return GlinerNames(model, name, labels)


def _assigns(nlp: Any, name: str) -> Sequence[str]:  # noqa: ANN401 - spaCy's types can't see it
    assigns: Sequence[str] = nlp.get_pipe_meta(name).assigns
    return assigns


def _name(nlp: Any) -> str:  # noqa: ANN401 - likewise
    return f"{nlp.meta.get('lang', 'en')}_{nlp.meta.get('name') or 'pipeline'}"


def _all_known(found: Iterable[str], labels: Labels, where: str) -> None:
    unknown = sorted(set(found) - labels.keys())
    if unknown:
        raise ModelError(
            f"expected labels with a known kind, found {', '.join(unknown)} in {where}; say what "
            f"each stands for, or that it is none of ours: --label {unknown[0]}=PERSON, "
            f"--label {unknown[0]}="
        )


def _mention(text: str, start: int, end: int, kind: Kind, score: float) -> Mention:
    """The bare name, as the guidelines mark it: without quotation marks and a possessive 's."""
    return Mention(*trimmed(text, start, end), kind, score)


def _apart(found: Iterable[Mention]) -> list[Mention]:
    """In order; of two that overlap, the first and longer."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda mention: (mention.start, -mention.end)):
        if mention.start < mention.end and (not kept or kept[-1].end <= mention.start):
            kept.append(mention)
    return kept


def _blocks(text: str) -> list[tuple[int, int]]:
    """Stretches of at most `_BLOCK` characters, cut at the end of a line or else between words."""
    found = []
    start = 0
    while start < len(text):
        end = min(len(text), start + _BLOCK)
        if end < len(text):
            cut = max(text.rfind("\n", start, end), text.rfind(" ", end - 200, end))
            end = cut + 1 if cut > start else end
        if _VISIBLE.search(text, start, end):
            found.append((start, end))
        start = end
    return found
