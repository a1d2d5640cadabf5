"""The whole network for training: encoder, names, heads, and the sum of their losses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.decode import FORBIDDEN, LABELS, allowed
from kg.train.batches import Batch
from kg.train.crf import surprise
from kg.train.encoder import WIDTH, Encoder
from kg.train.heads import Heads
from kg.train.options import Options


@dataclass(frozen=True, slots=True)
class Losses:
    """Surprise in nats, each summed over the batch."""

    names: Tensor
    relations: Tensor
    references: Tensor
    topics: Tensor

    def total(self) -> Tensor:
        """Their sum."""
        return self.names + self.relations + self.references + self.topics


class Recogniser(nn.Module):
    """Everything that is trained."""

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.in_half = options.half
        self.encoder = Encoder(options.dropout)
        self.dropout = nn.Dropout(options.dropout)
        self.names = nn.Linear(WIDTH, len(LABELS))
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.heads = Heads(options.head_width, options.dropout)
        self.register_buffer("possible", torch.from_numpy(allowed()), persistent=False)

    def rules(self) -> Tensor:
        """[labels, labels]: the learnt transitions, the impossible ones forbidden."""
        possible: Tensor = self.get_buffer("possible")
        return self.transitions.masked_fill(~possible, FORBIDDEN)

    def states(self, ids: Tensor, features: Tensor, mask: Tensor | None) -> Tensor:
        """States [windows, pieces, width], in single precision whatever the products are."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.in_half and self.training):
            states: Tensor = self.encoder(ids, features, mask)
        return states.float()

    def losses(self, batch: Batch) -> Losses:
        """What the batch surprises the network with."""
        padded = self.states(batch.ids, batch.features, batch.mask[:, None, None, :])
        states = padded.reshape(-1, WIDTH)[batch.own]
        emissions = self.names(self.dropout(states))[batch.words]
        names = surprise(emissions, self.rules(), batch.allowed, batch.lengths)
        zero = names.new_zeros(())
        if not len(batch.first):
            return Losses(names, zero, zero, zero)
        mentions = torch.cat((states[batch.first], states[batch.last]), dim=1)
        mentions = self.dropout(mentions)
        return Losses(
            names,
            self._relations(states, mentions, batch),
            self._references(states, mentions, batch),
            self._topics(states, mentions, batch),
        )

    def _relations(self, states: Tensor, mentions: Tensor, batch: Batch) -> Tensor:
        logits = torch.cat(
            (
                self.heads.pairs(states, mentions, batch),
                self.heads.against("topic", states, mentions, batch),
            )
        )
        joint = _grouped(logits, batch.group, len(batch.wanted))
        loss = functional.binary_cross_entropy_with_logits(joint, batch.wanted, reduction="none")
        return loss[batch.asked].sum()

    def _references(self, states: Tensor, mentions: Tensor, batch: Batch) -> Tensor:
        if not len(batch.reference_kinds):
            return states.new_zeros(())
        logits = self.heads.against("reference", states, mentions, batch)
        joint = _grouped(logits, batch.reference, len(batch.reference_kinds))
        return functional.cross_entropy(joint, batch.reference_kinds, reduction="sum")

    def _topics(self, states: Tensor, mentions: Tensor, batch: Batch) -> Tensor:
        asked = batch.topics >= 0
        logits = self.heads.against("subject", states, mentions, batch)[asked, 0]
        return functional.binary_cross_entropy_with_logits(
            logits, batch.topics[asked].float(), reduction="sum"
        )

    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """The heads' weights and the transitions, as `heads.npz` holds them."""
        kept = {name: value.detach().numpy() for name, value in self.heads.state_dict().items()}
        return {**kept, "transitions": self.rules().detach().numpy()}


def _grouped(logits: Tensor, group: Tensor, groups: int) -> Tensor:
    """Log-sum-exp of the rows of each group, [groups, outputs]; rows of group -1 are left out."""
    kept = group >= 0
    logits, group = logits[kept], group[kept]
    index = group[:, None].expand_as(logits)
    top = torch.full((groups, logits.shape[1]), -torch.inf)
    top = top.scatter_reduce(0, index, logits.detach(), "amax")
    total = torch.zeros(groups, logits.shape[1])
    total = total.index_add(0, group, torch.exp(logits - top[group]))
    return top + torch.log(total)
