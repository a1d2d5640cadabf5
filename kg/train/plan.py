"""A training run as one file tells it: what is read, where the weights go, seeds and options.

    data = "annotation/train"            # annotated reviews, with their texts beside them
    facts = "facts"                      # what the lists of known names are made from
    silver = "reviews/log.jsonl.gz"      # reviews with titles in italics; may be left out
    unannotated = ["reviews/users.jsonl.gz"]
    held_out = "annotation/dev"          # scored at the end, decides nothing; may be left out
    out = "weights"
    seeds = [1]

    [options]
    gold_epochs = 6

Paths are relative to the file. TOML, or YAML with the same keys.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import yaml

from kg.errors import UsageError
from kg.train.options import Options

_FOLDERS = ("data", "facts", "held_out")
_FILES = ("silver",)
_REQUIRED = ("data", "facts", "out")
_KEYS = (*_FOLDERS, *_FILES, "unannotated", "out", "seeds", "options")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a training run reads and writes, and how it trains."""

    data: Path
    facts: Path
    out: Path
    silver: Path | None = None
    unannotated: tuple[Path, ...] = ()
    held_out: Path | None = None
    seeds: tuple[int, ...] = (1,)
    options: Options = field(default_factory=Options)

    def digest(self) -> str:
        """Changes whenever the plan would train other weights."""
        told = asdict(self) | {"out": ""}
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def read_plan(path: Path) -> Plan:
    """The plan in a file; UsageError, with the key, where it is none or names what isn't there."""
    told = _content(path)
    unknown = sorted(told.keys() - set(_KEYS))
    if unknown:
        raise _wrong(path, unknown[0], f"one of {', '.join(_KEYS)}", unknown[0])
    for key in _REQUIRED:
        if key not in told:
            raise _wrong(path, key, "a path", None)
    base = path.resolve().parent
    folders = {key: _path(path, base, key, told[key]) for key in _FOLDERS if key in told}
    files = {key: _path(path, base, key, told[key]) for key in _FILES if key in told}
    for key, folder in folders.items():
        if not folder.is_dir():
            raise _wrong(path, key, "a folder", folder)
    unannotated = told.get("unannotated", [])
    if not isinstance(unannotated, list):
        raise _wrong(path, "unannotated", "a list of files", unannotated)
    more = tuple(_path(path, base, "unannotated", name) for name in unannotated)
    for key, file in (*files.items(), *(("unannotated", file) for file in more)):
        if not file.is_file():
            raise _wrong(path, key, "a file", file)
    return Plan(
        data=folders["data"],
        facts=folders["facts"],
        out=_path(path, base, "out", told["out"]),
        silver=files.get("silver"),
        unannotated=more,
        held_out=folders.get("held_out"),
        seeds=_seeds(path, told.get("seeds", [1])),
        options=_options(path, told.get("options", {})),
    )


def _content(path: Path) -> Mapping[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
        told = tomllib.loads(text) if path.suffix == ".toml" else yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, yaml.YAMLError) as error:
        raise UsageError(f"expected a plan of training in {path} (TOML or YAML): {error}") from None
    if not isinstance(told, dict):
        raise UsageError(f"expected keys with their values in {path}, found {type(told).__name__}")
    return told


def _path(path: Path, base: Path, key: str, value: object) -> Path:
    if not isinstance(value, str) or not value:
        raise _wrong(path, key, "a path", value)
    return base / value


def _seeds(path: Path, value: object) -> tuple[int, ...]:
    fit = isinstance(value, list) and value and all(type(seed) is int for seed in value)
    if not fit or len(set(value)) != len(value):  # type: ignore[arg-type, call-overload, unused-ignore]
        raise _wrong(path, "seeds", "a list of different whole numbers", value)
    return tuple(value)  # type: ignore[arg-type, unused-ignore]


def _options(path: Path, value: object) -> Options:
    if not isinstance(value, dict):
        raise _wrong(path, "options", "a table", value)
    defaults = Options()
    kinds = {option.name: type(getattr(defaults, option.name)) for option in fields(Options)}
    kinds.pop("seed")  # `seeds` says it
    checked: dict[str, Any] = {}
    for name, given in value.items():
        if name not in kinds:
            raise _wrong(path, f"options.{name}", f"one of {', '.join(sorted(kinds))}", name)
        kind = kinds[name]
        whole = kind is float and type(given) is int
        if type(given) is not kind and not whole:
            raise _wrong(path, f"options.{name}", f"{kind.__name__}", given)
        checked[name] = kind(given)
    return replace(defaults, **checked)


def _wrong(path: Path, key: str, expected: str, found: object) -> UsageError:
    shown = "nothing" if found is None else repr(str(found) if isinstance(found, Path) else found)
    return UsageError(f"expected {expected} as {key!r} in {path}, found {shown}")
