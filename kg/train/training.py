"""The loop over the epochs, with its rate, its checkpoint and its progress."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from kg.errors import ModelError
from kg.extract.known_names import KnownNames
from kg.train.augment import augmented
from kg.train.batches import batches
from kg.train.documents import Document
from kg.train.examples import Example, example
from kg.train.export import tokenizer
from kg.train.lists import Lists
from kg.train.options import Options
from kg.train.recogniser import Recogniser

_LOG = logging.getLogger("kg.train")
_EVERY = 25


@dataclass(frozen=True, slots=True)
class Stage:
    """Reviews to be read so many times; `changed` copies of them, or as they are.

    `hidden` is the share of reviews that are read without the lists of known names.
    """

    documents: Sequence[Document]
    epochs: int
    changed: bool
    hidden: float


class Training:
    """The loop over the epochs of all stages, under one rate that rises and falls."""

    def __init__(
        self, options: Options, lists: Lists, stages: Sequence[Stage], checkpoint: Path
    ) -> None:
        self.options = options
        self.recogniser = Recogniser(options)
        self.recogniser.encoder.load_published()
        self.epoch = 0
        self._stages = [stage for stage in stages for _ in range(stage.epochs)]
        self._titles = lists.titles
        self._known = lists.known()
        self._tokenizer = tokenizer()
        self._checkpoint = checkpoint
        encoder = list(self.recogniser.encoder.parameters())
        inside = {id(parameter) for parameter in encoder}
        heads = [part for part in self.recogniser.parameters() if id(part) not in inside]
        self._optimiser = torch.optim.AdamW(
            [
                {"params": encoder, "rate": options.encoder_rate},
                {"params": heads, "rate": options.head_rate},
            ],
            weight_decay=options.decay,
            fused=True,
        )
        self._all_steps = max(1, sum(self._steps(stage.documents) for stage in self._stages))
        self._step = 0
        self._mean: list[Tensor] | None = None

    def _steps(self, reviews: Sequence[Document]) -> int:
        # about four and a third characters a piece, and batches are not quite full
        characters = sum(len(document.text) for document in reviews)
        return int(characters / 4.3 / self.options.batch / 0.88)

    def epochs(self) -> Iterator[int]:
        """Train, one epoch at a time; yields each one's number when its checkpoint is written."""
        while self.epoch < self.last():
            self.train_epoch()
            yield self.epoch

    def last(self) -> int:
        """How many epochs there are."""
        return len(self._stages)

    def train_epoch(self) -> None:
        """One pass over the reviews of the stage that it is in."""
        dice = random.Random(f"{self.options.seed} {self.epoch}")  # noqa: S311
        torch.manual_seed(self.options.seed * 1000 + self.epoch)
        examples = self._examples(self._stages[self.epoch], dice)
        self.recogniser.train()
        began, read = time.monotonic(), 0
        for number, batch in enumerate(batches(examples, self.options.batch, dice)):
            losses = self.recogniser.losses(batch)
            self._descend(losses.total() / batch.pieces)
            read += batch.pieces
            if number % _EVERY == 0:
                parts = (losses.names, losses.relations, losses.references, losses.topics)
                _LOG.info(
                    "epoch %d of %d, step %d of %d, %.0f pieces/s, nats a document: %s",
                    self.epoch + 1,
                    self.last(),
                    self._step,
                    self._all_steps,
                    read / (time.monotonic() - began),
                    " ".join(f"{part.item() / batch.documents:.2f}" for part in parts),
                )
        self.epoch += 1
        self._save()

    def _examples(self, stage: Stage, dice: random.Random) -> list[Example]:
        made = []
        for document in stage.documents:
            changed = document
            if stage.changed:
                changed = augmented(document, self.options, self._titles, dice)
            known: KnownNames | None = None if dice.random() < stage.hidden else self._known
            made.append(example(changed, self._tokenizer, known))
        return made

    def _descend(self, loss: Tensor) -> None:
        warm = max(1, int(self.options.warm_up * self._all_steps))
        left = max(0.02, (self._all_steps - self._step) / max(1, self._all_steps - warm))
        share = min((self._step + 1) / warm, left)
        for group in self._optimiser.param_groups:
            group["lr"] = group["rate"] * share
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        torch.nn.utils.clip_grad_norm_(self.recogniser.parameters(), self.options.clip)
        self._optimiser.step()
        self._step += 1
        if self.options.averaged:
            now = [parameter.detach() for parameter in self.recogniser.parameters()]
            if self._mean is None:
                self._mean = [parameter.clone() for parameter in now]
            else:
                # the first steps count for little, as in Adam
                share = max(1 - self.options.averaged, 1 / (self._step + 1))
                torch._foreach_lerp_(self._mean, now, share)

    def averaged(self) -> Recogniser:
        """The running mean of the weights (Polyak & Juditsky 1992), or the weights themselves."""
        if self._mean is None:
            return self.recogniser
        mean = Recogniser(self.options)
        with torch.no_grad():
            for parameter, value in zip(mean.parameters(), self._mean, strict=True):
                parameter.copy_(value)
        mean.eval()
        return mean

    def _save(self) -> None:
        state = {
            "epoch": self.epoch,
            "step": self._step,
            "weights": self.recogniser.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "mean": self._mean,
        }
        part = self._checkpoint.with_suffix(".part")
        torch.save(state, part)
        part.replace(self._checkpoint)

    def begin_with(self, recogniser: Recogniser) -> None:
        """Start from these weights in place of the published ones."""
        self.recogniser.load_state_dict(recogniser.state_dict())

    def resume(self) -> None:
        """Go on from the checkpoint, if there is one; `ModelError` if it doesn't fit."""
        if not self._checkpoint.exists():
            return
        try:
            state = torch.load(self._checkpoint, weights_only=True)
            self.recogniser.load_state_dict(state["weights"])
            self._optimiser.load_state_dict(state["optimiser"])
        except (OSError, KeyError, RuntimeError) as error:
            raise ModelError(
                f"expected a checkpoint of this training at {self._checkpoint}, found {error}; "
                "train without resuming"
            ) from error
        self.epoch, self._step = state["epoch"], state["step"]
        self._mean = state.get("mean")
