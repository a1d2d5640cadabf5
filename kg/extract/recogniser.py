"""What the pipeline asks of a network, and one loaded network a process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, cast

from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]  # no types

from kg.extract.calibration import Calibration
from kg.model import Kind, Mention, ReferenceKind, RelationName


class PairScore(Protocol):
    """A relation between two clusters, by number; `evidence` indexes the mentions that say it."""

    @property
    def name(self) -> RelationName: ...  # noqa: D102 - the fields are those of the value
    @property
    def subject(self) -> int: ...  # noqa: D102
    @property
    def object(self) -> int: ...  # noqa: D102
    @property
    def part(self) -> int | None: ...  # noqa: D102
    @property
    def score(self) -> float: ...  # noqa: D102
    @property
    def evidence(self) -> tuple[int, ...]: ...  # noqa: D102


class Recogniser(Protocol):
    """A network that reads a text once and answers from what it read.

    `clusters` gives the cluster number of each mention, `topic` that of the reviewed film, which
    may have no mention.
    """

    @property
    def version(self) -> str:
        """Changes whenever its answers may."""

    @property
    def calibration(self) -> Calibration:
        """What makes its scores honest, at the end of the pipeline."""

    def encode(self, text: str) -> Any:  # noqa: ANN401 - the network's own affair
        """Read a text of any length, once."""

    def mentions(self, encoded: Any) -> list[Mention]:  # noqa: ANN401
        """The names in the text, in order, without overlap."""

    def pairs(
        self,
        encoded: Any,  # noqa: ANN401
        mentions: Sequence[Mention],
        clusters: Sequence[int],
        topic: int | None,
        *,
        topic_kind: Kind = Kind.FILM,
    ) -> Sequence[PairScore]:
        """The relations that the text states between clusters."""

    def reference_kinds(
        self,
        encoded: Any,  # noqa: ANN401
        mentions: Sequence[Mention],
        clusters: Sequence[int],
        topic: int | None,
    ) -> Mapping[int, tuple[ReferenceKind, float, int]]:
        """How the topic stands to each other film or work: kind, score, best mention."""

    def topic_scores(self, encoded: Any, mentions: Sequence[Mention]) -> list[float]:  # noqa: ANN401
        """For each mention the probability that it names the reviewed film."""


@lru_cache(maxsize=1)
def _libraries() -> ThreadpoolController:
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[Any]:
    """Arithmetic on one thread for as long as the context lasts.

    The heads' matrices are small: several threads spend their time waiting for one another, and
    many times as much of it where other processes want the cores.
    """
    return cast(AbstractContextManager[Any], _libraries().limit(limits=1, user_api="blas"))


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as one network read it; it lives only while the pipeline runs.

    `around` is what was read of the text that surrounds the review: menus, grades. Names come from
    both, all else from the review alone.
    """

    recogniser: Recogniser
    encoded: Any
    around: Any = None

    @classmethod
    def of(cls, recogniser: Recogniser, text: str, around: str = "") -> Reading:
        """Have the text read, and what surrounds it; both have the same offsets."""
        with one_thread():
            surrounding = recogniser.encode(around) if around else None
            return cls(recogniser, recogniser.encode(text), surrounding)

    def mentions(self) -> list[Mention]:
        """The names in the text, in order, without overlap."""
        with one_thread():
            found = self.recogniser.mentions(self.encoded)
            if self.around is not None:
                found = [*found, *self.recogniser.mentions(self.around)]
            return sorted(found, key=lambda mention: mention.start)

    def pairs(
        self,
        mentions: Sequence[Mention],
        clusters: Sequence[int],
        topic: int | None,
        *,
        topic_kind: Kind,
    ) -> Sequence[PairScore]:
        """The relations that the text states between clusters."""
        with one_thread():
            return self.recogniser.pairs(
                self.encoded, mentions, clusters, topic, topic_kind=topic_kind
            )

    def reference_kinds(
        self, mentions: Sequence[Mention], clusters: Sequence[int], topic: int | None
    ) -> Mapping[int, tuple[ReferenceKind, float, int]]:
        """How the topic stands to each other film or work."""
        with one_thread():
            return self.recogniser.reference_kinds(self.encoded, mentions, clusters, topic)

    def topic_scores(self, mentions: Sequence[Mention]) -> list[float]:
        """For each mention the probability that it names the reviewed film."""
        with one_thread():
            return self.recogniser.topic_scores(self.encoded, mentions)


@lru_cache(maxsize=4)
def recogniser_from(
    folder: Path | None, names: str = "", labels: tuple[tuple[str, str], ...] = ()
) -> Recogniser:
    """The network whose weights lie in `folder` (None: the shipped ones), loaded once a process.

    `names` lets a spaCy pipeline or `gliner:MODEL` find the names in its place, `labels` are what
    its labels stand for.
    """
    from kg.extract.network import Network

    network = cast(Recogniser, Network.load(folder))
    if not names:
        return network
    from kg.extract.stand_in import StandIn, finder_from

    kinds = {label: Kind(kind) if kind else None for label, kind in labels}
    return StandIn(finder_from(names, kinds), network)
