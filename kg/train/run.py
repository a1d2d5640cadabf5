"""`kg train`: silver marks first, then annotated reviews, then thresholds, export and a check."""

from __future__ import annotations

import json
import logging
import random
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from kg.errors import ModelError, ReadError, UsageError
from kg.extract.known_names import key, split
from kg.extract.network import Network
from kg.extract.signatures import SCORED
from kg.train import documents, own, silver
from kg.train.calibrating import calibrate
from kg.train.documents import Document
from kg.train.export import SHIPPED, export, in_memory
from kg.train.lists import Lists, gather
from kg.train.measure import Scores, measure, thresholds
from kg.train.options import Options
from kg.train.plan import Plan
from kg.train.recogniser import Recogniser
from kg.train.training import Stage, Training
from kg.train.wording import learn

_LOG = logging.getLogger("kg.train")
_LOST_AT_MOST = 0.003
_ASIDE = 1
_CASTS = "films_cast_parts.jsonl.gz"  # among the facts
_PLAN = "plan.sha256"  # beside the weights: which plan the checkpoints are of
_SHOWN = ("mentions", "relations", "references with kind", "topics")


def main(
    data: Path,
    silver_reviews: Path | None,
    out: Path,
    *,
    facts: Path,
    unannotated: Sequence[Path] = (),
    held_out: Path | None = None,
    options: Options | None = None,
    resume: bool = False,
) -> Scores:
    """Train on the annotated reviews of `data` and write the weights to `out`.

    `facts` holds the files that the lists of names are made from. Reviews of `held_out` are taken
    out of the silver and unannotated ones and scored at the end; they decide nothing. `resume`
    goes on from the checkpoints in `out`. Gives the scores on the reviews kept aside. Raises
    `ModelError` if eight bits lose more than 0.3 points.
    """
    options = options or Options()
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)  # tiny gradients cost ten times as much otherwise
    torch.manual_seed(options.seed)
    # the same reviews are kept aside whatever the seed, so that seeds can be compared
    dice = random.Random(_ASIDE)  # noqa: S311  # nothing secret
    out.mkdir(parents=True, exist_ok=True)
    gold = list(documents.read(data))
    judges = list(documents.read(held_out)) if held_out else []
    seen = {own.beginning(document.text) for document in (*gold, *judges)}
    dice.shuffle(gold)
    aside, gold = gold[: options.aside], gold[options.aside :]
    _with_texts(data, aside)
    lists = gather(facts)
    early = _silver(silver_reviews, facts, lists, seen)
    _LOG.info("%d annotated, %d aside, %d silver reviews", len(gold), len(aside), len(early))
    first = Training(
        options,
        lists,
        (
            Stage(early, options.silver_epochs, False, options.names_hidden_silver),
            Stage(gold, options.gold_epochs, True, options.names_hidden),
        ),
        out / "checkpoint.pt",
    )
    trained = _trained(first, lists, aside, resume=resume)
    for number in range(options.own_rounds if unannotated and options.own_reviews else 0):
        teacher = Teacher(
            trained, lists, out / "teacher", replace(options, seed=options.seed + number)
        )
        marked = list(teacher.marked(unannotated, facts, seen))
        _LOG.info("%d reviews marked by the network itself", len(marked))
        parts = [marked[part :: options.own_parts] for part in range(options.own_parts)]
        again = Training(
            replace(options, encoder_rate=options.own_rate, head_rate=options.own_rate * 4),
            lists,
            # with the annotated ones in each part, neither's lessons are forgotten for the other's
            [Stage([*part, *gold], 1, True, options.names_hidden) for part in parts],
            out / f"checkpoint-own-{number + 1}.pt",
        )
        again.begin_with(trained)
        trained = _trained(again, lists, aside, resume=resume)
    words = learn(gold, options.wording_trust)
    scores = finish(trained, lists, aside, judges, out, options, words)
    for claim, (before, after) in calibrate(out, data, {one.name for one in aside}).items():
        _LOG.info("confidence of %ss: calibration error %.4f, now %.4f", claim, before, after)
    return scores


def _with_texts(data: Path, aside: Sequence[Document]) -> None:
    """See now, and not after hours, that what confidences are calibrated on is there."""
    lacking = [one.name for one in aside if not (data / f"{one.name}.txt").is_file()]
    if lacking:
        raise ReadError(
            f"expected the text beside each annotated review, found no {lacking[0]}.txt in {data} "
            f"({len(lacking)} are lacking)"
        )


def follow(plan: Plan, *, fresh: bool = False) -> Scores:
    """Train as planned; a run that was cut off goes on from its last whole epoch.

    With several seeds each trains below `out`, and the weights that do best on the reviews kept
    aside become those of `out`. UsageError where `out` holds another plan's training and `fresh`
    doesn't say that it may go.
    """
    _claim(plan, fresh=fresh)
    scores: dict[int, Scores] = {}
    for seed in plan.seeds:
        options = replace(plan.options, seed=seed)
        out = plan.out if len(plan.seeds) == 1 else plan.out / f"seed-{seed}"
        scores[seed] = main(
            plan.data,
            plan.silver,
            out,
            facts=plan.facts,
            unannotated=plan.unannotated,
            held_out=plan.held_out,
            options=options,
            resume=True,
        )
    best = max(plan.seeds, key=lambda seed: scores[seed].counts["mentions"].f1)
    if len(plan.seeds) > 1:
        _LOG.info("seed %d does best on the reviews kept aside", best)
        for name in SHIPPED:
            shutil.copyfile(plan.out / f"seed-{best}" / name, plan.out / name)
    return scores[best]


def _claim(plan: Plan, *, fresh: bool) -> None:
    """Make `out` this plan's, or see that it is."""
    mark = plan.out / _PLAN
    plan.out.mkdir(parents=True, exist_ok=True)
    held = mark.read_text(encoding="utf-8").strip() if mark.is_file() else ""
    stopped = sorted(plan.out.glob("**/checkpoint*.pt"))
    if fresh:
        for checkpoint in stopped:
            checkpoint.unlink()
    elif stopped and held != plan.digest():
        raise UsageError(
            f"expected {plan.out} to be empty or of this plan, found a training that was begun "
            "with other data or options; choose another `out`, or say --fresh to begin anew there"
        )
    mark.write_text(plan.digest() + "\n", encoding="utf-8")


def _trained(
    training: Training, lists: Lists, aside: Sequence[Document], *, resume: bool
) -> Recogniser:
    if resume:
        training.resume()
    for epoch in training.epochs():
        network = in_memory(training.averaged(), lists, _even())
        _tell(f"aside after epoch {epoch}", measure(network, aside))
    return training.averaged()


@dataclass(frozen=True, slots=True)
class Teacher:
    """The network as it is now, in eight bits for speed, about to mark unannotated reviews."""

    recogniser: Recogniser
    lists: Lists
    folder: Path
    options: Options

    def marked(
        self, reviews: Sequence[Path], facts: Path, seen: Collection[str]
    ) -> Iterator[Document]:
        """The reviews that it marks, corrected by what is agreed on in all reviews of a film."""
        export(self.recogniser, self.lists, {"thresholds": _even()}, self.folder, eight_bits=True)
        network = Network.load(self.folder)
        number, seed = self.options.own_reviews, self.options.seed
        return own.read(reviews, number, network, seen, seed, facts / _CASTS)


def finish(
    recogniser: Recogniser,
    lists: Lists,
    aside: Sequence[Document],
    judges: Sequence[Document],
    out: Path,
    options: Options,
    words: Mapping[str, NDArray[np.float32]],
) -> Scores:
    """Choose thresholds, export in eight bits, and hold that against full precision.

    Gives what eight bits reach on the reviews kept aside.
    """
    chosen = thresholds(in_memory(recogniser, lists, _even()), aside)
    whole = measure(in_memory(recogniser, lists, chosen, words), judges or aside)
    _tell("full precision", whole)
    meta = {"thresholds": chosen, "options": asdict(options)}
    export(recogniser, lists, meta, out, eight_bits=True, words=words)
    small = measure(Network.load(out), judges or aside)
    _tell("eight bits", small)
    path = out / "meta.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    stored["scores"] = {"full precision": whole.rounded(), "eight bits": small.rounded()}
    path.write_text(json.dumps(stored, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    lost = whole.counts["mentions"].f1 - small.counts["mentions"].f1
    if lost > _LOST_AT_MOST:
        raise ModelError(
            f"expected eight bits to lose at most {_LOST_AT_MOST} F1, found {lost:.4f} in {out}; "
            "export again with other quantisation"
        )
    return measure(Network.load(out), aside) if judges else small


def _even() -> dict[str, float]:
    """Thresholds before any are chosen."""
    return {**dict.fromkeys(map(str, SCORED), 0.5), "plays": 0.5}


def _silver(
    reviews: Path | None, facts: Path, lists: Lists, seen: Collection[str]
) -> list[Document]:
    """The silver reviews, without those that are annotated or held out."""
    if reviews is None:
        return []
    titles = {key(split(title)) for title in lists.titles}
    made = silver.read(reviews, facts / _CASTS, titles)
    return [document for document in made if own.beginning(document.text) not in seen]


def _tell(when: str, scores: Scores) -> None:
    rounded = scores.rounded()
    _LOG.info("%s: %s", when, " ".join(f"{name} {rounded.get(name, 0):.3f}" for name in _SHOWN))
    for name, score in rounded.items():
        _LOG.info("  %s %.3f of %d", name, score, scores.counts[name].true)
