"""Page to Extraction: a spaCy pipeline that names, clusters and relates what a review names.

spaCy is imported when a pipeline is loaded, not with this package.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.extract.extraction import extract, extract_pages, to_extraction
    from kg.extract.pipeline import load

__all__ = ["EXTRACT_VERSION", "extract", "extract_pages", "load", "model_version", "to_extraction"]

EXTRACT_VERSION = "3"  # raised whenever the rules around the network change what comes out

_HOME = {
    "extract": "kg.extract.extraction",
    "extract_pages": "kg.extract.extraction",
    "to_extraction": "kg.extract.extraction",
    "load": "kg.extract.pipeline",
}


def model_version(
    recogniser: str | None = None, labels: Mapping[str, str | None] | None = None
) -> str:
    """The version of the weights and of the rules around them, without loading either.

    `recogniser` and `labels` name what finds the names in place of the weights, as in `load`.
    """
    from kg.extract.version import model_version as weights_version
    from kg.extract.version import names_version

    own = f"{weights_version()}+{EXTRACT_VERSION}"
    if recogniser is None:
        return own
    return f"{names_version(recogniser, labels or {})}+{own}"


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the public name is
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'kg.extract' has no attribute {name!r}")
