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
    # then, in rounds from the weights so far: reviews that these mark themselves, in that many
    # parts, each read together with the annotated ones
    own_rounds: int = 2
    own_reviews: int = 6000
    own_parts: int = 3
    own_rate: float = 8e-5
    batch: int = 2048
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    warm_up: float = 0.06
    decay: float = 0.01
    dropout: float = 0.1
    head_width: int = 128
    clip: float = 1.0
    # how much of the running mean of the weights each step keeps; 0 for no mean
    averaged: float = 0.995
    # how far the words around a title are trusted for the kind of reference, and in their favour
    wording_trust: float = 0.2
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
