"""What the shipped weights say of themselves, read without any library."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from kg.errors import ModelError

FOLDER = Path(__file__).parent / "weights"


def model_meta(folder: Path | None = None) -> dict[str, Any]:
    """The model's `meta.json`: version, labels, thresholds, options, scores.

    Raises `ModelError` where the file is missing or is no such file.
    """
    path = (folder or FOLDER) / "meta.json"
    try:
        meta = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"expected the model's meta.json at {path}, found {error}; install film-kg again or "
            "train the model with `kg train`"
        ) from error
    if not isinstance(meta, dict) or not isinstance(meta.get("version"), str):
        raise ModelError(f"expected a JSON object with a version in {path}; install film-kg again")
    return meta


def model_version(folder: Path | None = None) -> str:
    """The version of the weights; it changes whenever their bytes do."""
    return str(model_meta(folder)["version"])


def names_version(name: str, labels: Mapping[str, str | None]) -> str:
    """What another model that finds the names is known by, without loading it."""
    try:
        of = version(name)
    except (PackageNotFoundError, ValueError):
        meta = Path(name) / "meta.json"
        of = hashlib.sha256(meta.read_bytes()).hexdigest()[:12] if meta.is_file() else ""
    changed = ",".join(f"{label}={kind or ''}" for label, kind in sorted(labels.items()))
    return " ".join(filter(None, (name, of, changed)))
