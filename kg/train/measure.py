"""How well a network does on annotated reviews, and the thresholds that suit it best.

Names are found from the text alone. Relations and references are scored with the annotated names
and clusters given, so that the figures tell of the heads alone; `kg evaluate` scores the whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.extract.network import Encoded, Network
from kg.extract.relating import PairScore
from kg.extract.signatures import BOTH_WAYS, SCORED
from kg.model import Kind, RelationName
from kg.train.documents import Document, kind_of
from kg.train.examples import mentions_of

_FEW = 12
_LEAST = 0.02
_STEPS = tuple(step / 50 for step in range(5, 46))


@dataclass(slots=True)
class Count:
    """True positives, and how many were predicted and how many are true."""

    right: int = 0
    found: int = 0
    true: int = 0

    def add(self, gold: set[object], predicted: set[object]) -> None:
        """Count one document."""
        self.right += len(gold & predicted)
        self.found += len(predicted)
        self.true += len(gold)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where nothing is right."""
        return 2 * self.right / (self.found + self.true) if self.right else 0.0


@dataclass(slots=True)
class Scores:
    """Counts by name: "mentions", "mentions FILM", "relations", "relation cast", ..."""

    counts: defaultdict[str, Count] = field(default_factory=lambda: defaultdict(Count))

    def rounded(self) -> dict[str, float]:
        """F1 by name, to four decimals."""
        return {name: round(count.f1, 4) for name, count in sorted(self.counts.items())}


Line = tuple[str, ...]


def measure(network: Network, documents: Iterable[Document]) -> Scores:
    """Score the network's names, relations, references and topics on annotated reviews."""
    scores = Scores()
    counts = scores.counts
    for document in documents:
        encoded = network.encode(document.text)
        gold = {(mark.start, mark.end, kind_of(mark.thing)) for mark in document.marks}
        predicted = {
            (mention.start, mention.end, mention.kind) for mention in network.mentions(encoded)
        }
        counts["mentions"].add(set(gold), set(predicted))
        for kind in Kind:
            counts[f"mentions {kind}"].add(
                {mention for mention in gold if mention[2] is kind},
                {mention for mention in predicted if mention[2] is kind},
            )
        mentions, things = mentions_of(document)
        numbers = {thing: number for number, thing in enumerate(document.things)}
        names = list(document.things)
        clusters = [numbers[thing] for thing in things]
        topic = numbers.get(document.topic or "")
        _relations(counts, document, lines(stated(network, document, encoded), names))
        kinds = network.reference_kinds(encoded, mentions, clusters, topic)
        counts["references with kind"].add(
            {(thing, kind) for thing, kind in document.references.items() if thing in set(things)},
            {(names[number], kind) for number, (kind, _, _) in kinds.items()},
        )
        for thing, score in zip(things, network.topic_scores(encoded, mentions), strict=True):
            if kind_of(thing) in (Kind.FILM, Kind.WORK):
                count = counts["topics"]
                count.found += score >= 0.5
                count.true += thing == document.topic
                count.right += score >= 0.5 and thing == document.topic
    return scores


def _both_ways(line: Line) -> Line:
    return (line[0], *sorted(line[1:])) if line[0] in BOTH_WAYS else line


def lines(pairs: Sequence[PairScore], names: Sequence[str]) -> set[Line]:
    """Relations as the lines of an annotation."""
    found: set[Line] = set()
    for pair in pairs:
        third = () if pair.part is None else (names[pair.part],)
        found.add(_both_ways((str(pair.name), names[pair.subject], names[pair.object], *third)))
    return found


def _relations(counts: Mapping[str, Count], document: Document, predicted: set[Line]) -> None:
    scored = {str(name) for name in SCORED}
    gold = {_both_ways(line) for line in document.relations if line[0] in scored}
    # a character without an actor isn't counted in the whole, as in the published measure
    whole = [
        {line for line in side if line[0] != RelationName.CHARACTER} for side in (gold, predicted)
    ]
    counts["relations"].add(set(whole[0]), set(whole[1]))
    short = [{line[:3] for line in side} for side in whole]
    counts["relations, part left out"].add(set(short[0]), set(short[1]))
    for name in scored:
        counts[f"relation {name}"].add(
            {line for line in gold if line[0] == name},
            {line for line in predicted if line[0] == name},
        )


def thresholds(network: Network, documents: Sequence[Document]) -> dict[str, float]:
    """The thresholds that give the best F1; what is rare shares one with all others."""
    read = [(document, network.encode(document.text)) for document in documents]
    low = network.with_thresholds({**dict.fromkeys(SCORED, _LEAST), "plays": 0.5})
    scored: list[tuple[Line, float, bool]] = []
    true: Counter[str] = Counter()
    for document, encoded in read:
        gold = {_both_ways(line)[:3] for line in document.relations}
        true.update(line[0] for line in gold)
        names = list(document.things)
        for pair in stated(low, document, encoded):
            line = _both_ways((str(pair.name), names[pair.subject], names[pair.object]))
            scored.append((line, pair.score, line in gold))
    shared = _best(
        [entry for entry in scored if entry[0][0] != RelationName.CHARACTER],
        sum(count for name, count in true.items() if name in SCORED),
    )
    chosen = {
        str(name): _best([entry for entry in scored if entry[0][0] == name], true[name])
        if true[name] >= _FEW
        else shared
        for name in SCORED
    }
    best = (0.0, 0.5)
    for step in _STEPS[::4]:
        trial = network.with_thresholds({**chosen, "plays": step})
        scores = Scores()
        for document, encoded in read:
            pairs = stated(trial, document, encoded)
            _relations(scores.counts, document, lines(pairs, list(document.things)))
        best = max(best, (scores.counts["relation cast"].f1, step))
    return {**chosen, "plays": best[1]}


def stated(network: Network, document: Document, encoded: Encoded) -> list[PairScore]:
    """The relations that the network finds between the annotated things."""
    mentions, things = mentions_of(document)
    numbers = {thing: number for number, thing in enumerate(document.things)}
    return network.pairs(
        encoded,
        mentions,
        [numbers[thing] for thing in things],
        numbers.get(document.topic or ""),
        topic_kind=kind_of(document.topic) if document.topic else Kind.FILM,
    )


def _best(scored: Sequence[tuple[Line, float, bool]], true: int) -> float:
    def f1(step: float) -> float:
        kept = [right for _, score, right in scored if score >= step]
        return 2 * sum(kept) / max(1, len(kept) + true)

    # the mean of neighbouring steps, so that no single lucky step is chosen
    smooth = {step: sum(f1(step + shift / 50) for shift in (-2, -1, 0, 1, 2)) for step in _STEPS}
    return max(_STEPS, key=lambda step: smooth[step])
