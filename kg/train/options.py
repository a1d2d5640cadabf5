"""All that a training run can be told, in one place; stored beside the weights it made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How the shipped weights are trained. Lengths in pieces, shares of 0..1."""

    seed: int = 1
    threads: int = 2
    # the reviews of `data` kept aside to choose thresholds, never trained on
    aside: int = 100
    silver_epochs: int = 1
    gold_epochs: int = 6
    # then, from the weights so far: reviews that these mark themselves, and the annotated again
    own_reviews: int = 3000
    own_epochs: int = 1
    own_gold_epochs: int = 4
    own_rate: float = 1e-4
    batch: int = 2048
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    warm_up: float = 0.06
    decay: float = 0.01
    dropout: float = 0.1
    head_width: int = 128
    clip: float = 1.0
    # bfloat16 for the encoder's products; more than twice as fast where the processor has it
    half: bool = True
    # augmentation: shares of the documents, and of the titles within them
    lower_cased: float = 0.07
    upper_titles: float = 0.05
    quotes_dropped: float = 0.25
    quotes_added: float = 0.08
    titles_swapped: float = 0.35
    swapped_each: float = 0.5
    names_hidden: float = 0.15
    names_hidden_silver: float = 0.5
