"""The few words beside a graph that tell which program can read it: format version and base."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.graph.iris import Iris
from kg.graph.snapshots import replace_file

FORMAT: Final = 2
"""1: pages' graphs held copies of their claims and passages. Its graphs are read as they are, and
the next writer takes the copies out."""
_READ: Final = (1, FORMAT)
_FILE: Final = "graph.json"


def is_described(directory: Path) -> bool:
    """Whether there is a graph in the folder, of whatever format."""
    return (directory / _FILE).exists()


def describe(directory: Path, iris: Iris) -> None:
    """Say that the folder holds a graph of this format and base."""
    described = json.dumps({"format": FORMAT, "base": iris.base}, indent=2) + "\n"
    replace_file(directory / _FILE, described.encode())


def is_outdated(directory: Path) -> bool:
    """Whether a graph that this program can read is of an older format than it writes."""
    return bool(json.loads((directory / _FILE).read_bytes())["format"] != FORMAT)


def read(directory: Path, base: str | None) -> Iris:
    """The base of the graph that is there, after checking that this program can read it."""
    described = directory / _FILE
    try:
        content = json.loads(described.read_bytes())
        found, held = content["format"], content["base"]
    except FileNotFoundError:
        raise StoreError(
            f"expected a graph in {directory}, found none; make one with "
            f"kg build SOURCE... --graph {directory}, or name another with --graph"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"expected format and base in {described}, found something else ({error}); "
            f"build the graph again with kg build SOURCE... --graph {directory} --rebuild"
        ) from error
    if found not in _READ:
        newer = isinstance(found, int) and found > FORMAT
        advice = (
            "install a newer film-kg"
            if newer
            else f"build it again with kg build SOURCE... --graph {directory} --rebuild"
        )
        raise StoreError(
            f"expected a graph of format {FORMAT} in {directory}, found format {found}; {advice}"
        )
    if base is not None and Iris(base).base != held:
        raise StoreError(
            f"expected a graph with the base {base} in {directory}, found one with {held}; "
            "leave --base out, or build it again with --rebuild"
        )
    return Iris(held)
