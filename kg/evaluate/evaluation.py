"""All that is to be said of predictions on a folder of gold, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from kg.evaluate.confusion import Confusion, confusion
from kg.evaluate.intervals import Interval, intervals
from kg.evaluate.judging import Judged, together
from kg.evaluate.reliability import Reliability
from kg.evaluate.slips import Slip, slips

Rows = Mapping[str, Mapping[str, float] | int]

SHOWN = 40  # errors listed


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores with their intervals, by source, what was confused, the worst errors.

    `rows` are those of `score.py`; `sources` the same for each prefix of the documents' names,
    empty where there is only one. `other_texts` names documents whose prediction is of another
    text. `reliability` is empty where nothing was predicted here.
    """

    documents: Sequence[Judged]
    rows: Rows
    intervals: Mapping[str, Interval]
    sources: Mapping[str, Rows]
    confusion: Confusion
    slips: Sequence[Slip]
    other_texts: Sequence[str]
    reliability: Sequence[Reliability] = ()

    def as_json(self) -> dict[str, object]:
        """The rows, and under "details" all the rest."""
        details = {
            "intervals": {name: list(interval) for name, interval in self.intervals.items()},
            "sources": self.sources,
            "confusion": self.confusion.as_json(),
            "errors": [asdict(slip) for slip in self.slips],
            "other texts": list(self.other_texts),
            "reliability": {one.what: one.as_json() for one in self.reliability},
        }
        return {**self.rows, "details": details}


def evaluation(
    documents: Sequence[Judged],
    *,
    reliability: Sequence[Reliability] = (),
    errors: int = SHOWN,
) -> Evaluation:
    """Evaluate judged documents; `errors` is how many of the worst are kept."""
    by_source: dict[str, list[Judged]] = {}
    for document in documents:
        by_source.setdefault(document.source, []).append(document)
    return Evaluation(
        documents=documents,
        rows=together(documents).rows(),
        intervals=intervals([document.scores for document in documents]),
        sources={
            source or "(none)": together(some).rows()
            for source, some in sorted(by_source.items())
            if len(by_source) > 1
        },
        confusion=confusion((document.gold, document.found) for document in documents),
        slips=slips(documents, most=errors),
        other_texts=[document.name for document in documents if not document.same_text],
        reliability=reliability,
    )
