"""A label and its value: what the finders of labels give."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Span
from kg.read.labels import Label
from kg.read.names import split_names


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label with the stretches of text that hold its value.

    `line` covers the label and the value; `blocks` are the numbers of the blocks concerned, the
    label's first. `colon` tells whether the page sets the label off with one.
    """

    label: Label
    line: Span
    values: tuple[Span, ...]
    blocks: tuple[int, ...]
    colon: bool


def only_names(text: str, value: Span) -> bool:
    """Whether a stretch holds a list of names and hardly anything else."""
    names = split_names(text, value.start, value.end)
    covered = sum(len(name.words) + len(name.note) + 2 for name in names)
    return bool(names) and covered + 8 >= 0.85 * (value.end - value.start)
