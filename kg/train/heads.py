"""The heads for training: the arithmetic of `kg.extract.heads` over a batch, with gradients."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from kg.extract.decode import KINDS
from kg.extract.heads import REFERENCE_KINDS
from kg.extract.instances import BUCKETS
from kg.extract.signatures import OUTPUTS
from kg.train.batches import Batch
from kg.train.encoder import WIDTH


class Heads(nn.Module):
    """Relations, references and topic; the parameters bear the names of `heads.npz`."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        kinds = len(KINDS)
        self.pair_subject = nn.Linear(2 * WIDTH, width)
        self.pair_object = nn.Linear(2 * WIDTH, width, bias=False)
        self.pair_between = nn.Linear(WIDTH, width, bias=False)
        self.pair_kinds = _table(kinds * kinds, width)
        self.pair_distance = _table(BUCKETS, width)
        self.pair_out = nn.Linear(width, OUTPUTS)
        for name, outputs in (
            ("topic", OUTPUTS),
            ("reference", len(REFERENCE_KINDS)),
            ("subject", 1),
        ):
            self.add_module(f"{name}_mention", nn.Linear(2 * WIDTH, width))
            self.add_module(f"{name}_left", nn.Linear(WIDTH, width, bias=False))
            self.add_module(f"{name}_right", nn.Linear(WIDTH, width, bias=False))
            self.add_module(f"{name}_kind", _table(kinds, width))
            if name != "subject":
                self.add_module(f"{name}_distance", _table(BUCKETS + 1, width))
                self.add_module(f"{name}_film", nn.Linear(2 * WIDTH, width, bias=False))
            self.add_module(f"{name}_out", nn.Linear(width, outputs))
        nn.init.constant_(self.pair_out.bias, -3.0)
        nn.init.constant_(self.get_submodule("topic_out").bias, -3.0)  # type: ignore[arg-type]

    def pairs(self, states: Tensor, mentions: Tensor, batch: Batch) -> Tensor:
        """[pairs, OUTPUTS] logits of the batch's pairs."""
        kind = batch.kind[batch.subject] * len(KINDS) + batch.kind[batch.object]
        total = (
            self.pair_subject(mentions)[batch.subject]
            + self.pair_object(mentions)[batch.object]
            + _means(self.pair_between(states), batch.between_start, batch.between_end)
            + self.pair_kinds(kind)
            + self.pair_distance(batch.bucket)
        )
        result: Tensor = self.pair_out(self.dropout(torch.relu(total)))
        return result

    def against(self, name: str, states: Tensor, mentions: Tensor, batch: Batch) -> Tensor:
        """[mentions, outputs] logits of the head "topic", "reference" or "subject"."""
        part = self.get_submodule
        total: Tensor = (
            part(f"{name}_mention")(mentions)
            + _means(part(f"{name}_left")(states), batch.left, batch.first)
            + _means(part(f"{name}_right")(states), batch.last + 1, batch.right)
            + part(f"{name}_kind")(batch.kind)
        )
        if name != "subject":
            total = total + part(f"{name}_distance")(batch.nearest)
            films = torch.zeros(batch.documents, mentions.shape[1])
            films.index_add_(0, batch.document[batch.topic], mentions[batch.topic])
            count = torch.bincount(batch.document[batch.topic], minlength=batch.documents)
            films = films / count.clamp(min=1)[:, None]
            total = total + part(f"{name}_film")(films)[batch.document]
        result: Tensor = part(f"{name}_out")(self.dropout(torch.relu(total)))
        return result


def _table(rows: int, width: int) -> nn.Embedding:
    table = nn.Embedding(rows, width)
    nn.init.normal_(table.weight, std=0.02)
    return table


def _means(projected: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
    sums = torch.cat((torch.zeros(1, projected.shape[1]), projected.cumsum(0)))
    return (sums[ends] - sums[starts]) / (ends - starts).clamp(min=1)[:, None]
