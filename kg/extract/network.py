"""The recogniser's arithmetic: one pass of the encoder over a text, and the heads that read it.

ONNX Runtime runs the encoder, one window a call, for a dynamically quantised network scales by all
that it is given at once: so the same text gives the same result in whatever company it is read.
"""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import onnxruntime  # type: ignore[import-untyped]  # it ships no types
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.errors import ModelError
from kg.extract.borrowed import with_borrowed
from kg.extract.calibration import Calibration
from kg.extract.decode import KINDS, LABELS, Run, runs
from kg.extract.heads import REFERENCE_KINDS, Heads
from kg.extract.instances import Places
from kg.extract.known_names import KnownNames
from kg.extract.pieces import NEW_LINE, SPECIAL, Pieces, cut, feature
from kg.extract.relating import PairScore, relate
from kg.extract.version import FOLDER, model_meta, model_version
from kg.extract.windows import windows
from kg.extract.wording import wording
from kg.model import Kind, Mention, ReferenceKind

__all__ = ["Encoded", "Network", "PairScore", "model_version"]

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

# ids and features [windows, pieces] to states and emissions [windows, pieces, ...]
Encoder = Callable[[Integers, Integers], tuple[Floats, Floats]]

_BEGINS = {kind: LABELS.index(f"B-{kind}") for kind in KINDS}
# how much more a film's labels must score than a work's, in logits, for a title that is in the
# list of films and one that isn't; chosen on the reviews that were kept aside from training
_KNOWN_TITLE, _UNKNOWN_TITLE = -1.0, 1.0

# how much the words around a title count beside the encoder's view; chosen on the same reviews
_WORDS_COUNT = 0.75

# what somebody does is no part of the name
_POST = re.compile(
    r"(?:DP|DoP|D\.P\.|[Dd]irector|[Aa]ct(?:or|ress)|[Cc]inematographer|[Cc]omposer|[Ee]ditor|"
    r"[Pp]roducer|(?:[Ss]creen)?[Ww]riter)\s+(?=[A-Z])"
)
_LINE = re.compile(r"[^\n]+")
_LONG = 1 << 16  # pieces; some 280,000 characters
_EDGES = " \t\r\n\"'“”‘’«»`´_*()[]{},;:"


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as the encoder read it.

    `states` [pieces, 384], in half precision where the text is as long as a book; `emissions`
    [words, labels], the scores of `decode.LABELS` at each word's first piece.
    """

    text: str
    pieces: Pieces
    states: Floats
    emissions: Floats


class Network:
    """The shipped network. Deterministic, without state between texts, one thread."""

    def __init__(
        self,
        *,
        encoder: Encoder,
        tokenizer: Tokenizer,
        known: KnownNames,
        heads: Heads,
        transitions: Floats,
        meta: Mapping[str, Any],
    ) -> None:
        self._encoder = encoder
        self._tokenizer = tokenizer
        self._known = known
        self._heads = heads
        self._transitions = transitions
        self._thresholds: dict[str, float] = dict(meta["thresholds"])
        self._begin, self._end = int(meta["begin"]), int(meta["end"])
        self.version = str(meta["version"])
        self.calibration = Calibration.of(meta)

    @classmethod
    def load(cls, folder: Path | None = None) -> Self:
        """Load the weights below `folder`, by default the shipped ones.

        Raises `ModelError` where a file is missing, damaged, or made for other labels.
        """
        folder = folder or FOLDER
        meta = model_meta(folder)
        if tuple(meta.get("labels", ())) != LABELS:
            raise ModelError(
                f"expected weights with the labels {', '.join(LABELS)}, found "
                f"{', '.join(meta.get('labels', ()))} in {folder}; train the model again"
            )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            tokenizer.no_truncation()
            tokenizer.no_padding()
            with np.load(folder / "heads.npz") as arrays:
                weights = {name: arrays[name] for name in arrays.files}
            known = KnownNames.load(folder / "names.txt.gz")
            session = onnxruntime.InferenceSession(
                str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
            )
            transitions = weights.pop("transitions")
        except Exception as error:  # the libraries raise whatever they like, bare Exception too
            raise ModelError(
                f"expected the model's weights in {folder}, found {error}; install film-kg again "
                "or train the model with `kg train`"
            ) from error

        def run(ids: Integers, features: Integers) -> tuple[Floats, Floats]:
            inputs = {"ids": ids, "features": features}
            states, emissions = session.run(["states", "emissions"], inputs)
            return states, emissions

        return cls(
            encoder=run,
            tokenizer=tokenizer,
            known=known,
            heads=Heads(weights),
            transitions=transitions,
            meta=meta,
        )

    def with_thresholds(self, thresholds: Mapping[str, float]) -> Self:
        """The same network with other thresholds: by relation, and `plays` for parts."""
        other = copy.copy(self)
        other._thresholds = dict(thresholds)
        return other

    def encode(self, text: str) -> Encoded:
        """Read a text of any length, once."""
        pieces = cut(text, self._tokenizer, self._known)
        states = np.zeros((0, 1), dtype=np.float32)
        emissions = np.zeros((0, len(LABELS)), dtype=np.float32)
        for window in windows(len(pieces)):
            inside = slice(window.start, window.end)
            ids = np.concatenate(([self._begin], pieces.ids[inside], [self._end]))
            features = np.concatenate(([_EDGE], pieces.features[inside], [_EDGE]))
            state, emission = self._encoder(ids[None], features[None])
            own = slice(window.own_start - window.start + 1, window.own_end - window.start + 1)
            if not window.start:
                # a long text's states in half precision: they are most of the memory it takes
                kept = np.float32 if len(pieces) <= _LONG else np.float16
                states = np.empty((len(pieces), state.shape[2]), dtype=kept)
                emissions = np.empty((len(pieces), emission.shape[2]), dtype=np.float32)
            states[window.own_start : window.own_end] = state[0, own]
            emissions[window.own_start : window.own_end] = emission[0, own]
        return Encoded(text, pieces, states, emissions[pieces.first])

    def mentions(self, encoded: Encoded) -> list[Mention]:
        """The names in the text, in order, without overlap.

        A score is the model's probability of the span with its kind, to three decimals.
        """
        found = []
        for run in runs(encoded.emissions, self._transitions):
            start = int(encoded.pieces.word_starts[run.first])
            end = int(encoded.pieces.word_ends[run.last])
            for line in _LINE.finditer(encoded.text, start, end):  # no name goes over a line's end
                start, end = trimmed(encoded.text, line.start(), line.end())
                if run.kind is Kind.PERSON and (post := _POST.match(encoded.text, start, end)):
                    start = post.end()
                if start < end:
                    kind = self._film_or_work(encoded, run, encoded.text[start:end])
                    found.append(Mention(start, end, kind, round(run.score, 3)))
        return with_borrowed(encoded.text, found, self._known)

    def _film_or_work(self, encoded: Encoded, run: Run, words: str) -> Kind:
        """A title's kind: that of a film's known title is a film unless much speaks against it."""
        if run.kind not in (Kind.FILM, Kind.WORK):
            return run.kind
        scores = encoded.emissions[run.first : run.last + 1]
        begins = scores[0, _BEGINS[Kind.FILM]] - scores[0, _BEGINS[Kind.WORK]]
        goes_on = scores[1:, _BEGINS[Kind.FILM] + 1] - scores[1:, _BEGINS[Kind.WORK] + 1]
        least = _KNOWN_TITLE if self._known.is_title(words) else _UNKNOWN_TITLE
        return Kind.FILM if begins + goes_on.sum() > least else Kind.WORK

    def pairs(
        self,
        encoded: Encoded,
        mentions: Sequence[Mention],
        clusters: Sequence[int],
        topic: int | None,
        *,
        topic_kind: Kind = Kind.FILM,
    ) -> list[PairScore]:
        """The relations that the text states between clusters, above their thresholds.

        `clusters` gives each mention's cluster number. `topic` is the reviewed film's number; it
        may have no mention, and then `topic_kind` tells whether it is a film or another work.
        """
        order, places = located(encoded.pieces, mentions)
        return relate(
            self._heads,
            encoded.states,
            places,
            [clusters[index] for index in order],
            topic,
            topic_kind=topic_kind,
            order=order,
            thresholds=self._thresholds,
        )

    def reference_kinds(
        self,
        encoded: Encoded,
        mentions: Sequence[Mention],
        clusters: Sequence[int],
        topic: int | None,
    ) -> dict[int, tuple[ReferenceKind, float, int]]:
        """For each cluster of films or works but the topic: kind, probability, best mention."""
        order, places = located(encoded.pieces, mentions)
        if not order:
            return {}
        numbers = np.array([clusters[index] for index in order], dtype=np.int64)
        own = np.flatnonzero(numbers == topic) if topic is not None else np.zeros(0, np.int64)
        logits = self._heads.references(encoded.states, places, own).astype(np.float64)
        said = wording(encoded.text, mentions, clusters, topic)
        kinds: dict[int, tuple[ReferenceKind, float, int]] = {}
        of_cluster: dict[int, list[int]] = {}
        for index, number in enumerate(numbers.tolist()):
            if number != topic and KINDS[places.kind[index]] in (Kind.FILM, Kind.WORK):
                of_cluster.setdefault(number, []).append(index)
        for number, indices in of_cluster.items():
            total = np.logaddexp.reduce(logits[indices], axis=0)
            total -= np.logaddexp.reduce(total)
            total += _WORDS_COUNT * self._heads.words(said.get(number, {}))
            share = np.exp(total - np.logaddexp.reduce(total))
            best = int(share.argmax())
            evidence = indices[int(logits[indices, best].argmax())]
            kinds[number] = (REFERENCE_KINDS[best], round(float(share[best]), 3), order[evidence])
        return kinds

    def topic_scores(self, encoded: Encoded, mentions: Sequence[Mention]) -> list[float]:
        """For each mention the probability that it names the reviewed film, to three decimals."""
        order, places = located(encoded.pieces, mentions)
        scores = [0.0] * len(mentions)
        if order:
            logits = self._heads.topics(encoded.states, places).tolist()
            for index, logit in zip(order, logits, strict=True):
                if mentions[index].kind in (Kind.FILM, Kind.WORK):
                    scores[index] = round(1 / (1 + math.exp(-max(-60.0, min(60.0, logit)))), 3)
        return scores


_EDGE = feature(SPECIAL, NEW_LINE, 0)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A mention's span without quotation marks, brackets and a possessive 's at its edges."""
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    if end - start > 2 and text[end - 2 : end].lower() in ("'s", "’s"):
        end -= 2
    return start, end


def located(pieces: Pieces, mentions: Sequence[Mention]) -> tuple[list[int], Places]:
    """The mentions' pieces, ordered by place; the first value tells which mention each is."""
    starts = np.array([mention.start for mention in mentions], dtype=np.int64)
    ends = np.array([mention.end for mention in mentions], dtype=np.int64)
    if not len(pieces) or not len(mentions):
        none = np.zeros(0, dtype=np.int64)
        return [], Places(none, none, none)
    first = np.searchsorted(pieces.ends, starts, side="right")
    last = np.searchsorted(pieces.starts, ends, side="left") - 1
    first = np.minimum(first, len(pieces) - 1)
    last = np.maximum(last, first)
    order = np.lexsort((last, first))
    kinds = np.array([KINDS.index(mention.kind) for mention in mentions], dtype=np.int64)
    return order.tolist(), Places(first[order], last[order], kinds[order])
