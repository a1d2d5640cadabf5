"""The conditional random field's loss, for words of which one, some or all labels are possible."""

from __future__ import annotations

import torch
from torch import Tensor

from kg.extract.decode import FORBIDDEN, OUTSIDE


def surprise(emissions: Tensor, transitions: Tensor, allowed: Tensor, lengths: Tensor) -> Tensor:
    """Minus the log-probability of the allowed paths, summed over the batch.

    `emissions` [documents, words, labels], `allowed` likewise (bool), `lengths` [documents].
    Before and after a document everything is outside (Tsuboi et al. 2008 for partial marks).
    """
    possible = emissions.masked_fill(~allowed, FORBIDDEN)
    # unbound once: a slice a step would cost a whole gradient a step
    words = torch.cat((emissions, possible)).unbind(dim=1)
    forward = transitions[OUTSIDE] + words[0]
    steps = [forward]
    for word in words[1:]:
        forward = torch.logsumexp(forward[:, :, None] + transitions, dim=1) + word
        steps.append(forward)
    ends = torch.cat((lengths, lengths)) - 1
    reached = torch.stack(steps, dim=1)[torch.arange(len(ends)), ends]
    total = torch.logsumexp(reached + transitions[:, OUTSIDE], dim=1)
    free, bound = total.chunk(2)
    return (free - bound).sum()
