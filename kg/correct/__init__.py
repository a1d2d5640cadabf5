"""The user puts right what a graph says."""

from __future__ import annotations

from kg.correct.correcting import Correcting

__all__ = ["Correcting"]
