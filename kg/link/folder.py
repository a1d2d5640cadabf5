"""Where an imported catalogue lies: a folder that names its newest file, replaced whole.

    catalogue/CURRENT             the name of the file that is read
    catalogue/catalogue-4.sqlite  that file; it is never changed
    catalogue/import.part/        an import under way, or what a killed one left behind

A reader that has a file open keeps it; whoever opens the folder next reads the newer one.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from kg.errors import UsageError

CURRENT = "CURRENT"
VARIABLE = "FILM_KG_CATALOGUE"
REMEMBERED = "catalogue.txt"  # in the folder of a graph
SHIPPED_ONE = "shipped"

_NAME = "catalogue-{}.sqlite"


def current(path: Path) -> Path:
    """The file of a catalogue that is given as a file or a folder; UsageError if it has none."""
    if not path.is_dir():
        return path
    try:
        name = (path / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise UsageError(
            f"expected a catalogue in {path}, found none; `kg catalogue import` makes one"
        ) from None
    return path / name


def publish(fresh: Path, folder: Path) -> Path:
    """Make a finished file the folder's catalogue, in one step; gives its place."""
    numbers = [int(old.stem.rpartition("-")[2]) for old in folder.glob(_NAME.format("*"))]
    place = folder / _NAME.format(max(numbers, default=0) + 1)
    fresh.replace(place)
    pointer = folder / f"{CURRENT}.part"
    with pointer.open("w", encoding="utf-8") as text:
        text.write(f"{place.name}\n")
        text.flush()
        os.fsync(text.fileno())
    pointer.replace(folder / CURRENT)
    for old in folder.glob(_NAME.format("*")):
        if old != place:
            with suppress(PermissionError):  # Windows keeps what is read; the next import tries
                old.unlink()
    return place


def usual() -> Path:
    """Where imports go and builds look unless told otherwise: a folder of the user's own data."""
    given = os.environ.get(VARIABLE)
    if given:
        return Path(given)
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "film-kg" / "catalogue"


def chosen(path: Path | None) -> Path | None:
    """The catalogue to read: the one given, else the user's own if there is one, else None.

    None is the shipped one, which `shipped` asks for. UsageError where the one given, or named by
    the environment, isn't there.
    """
    if path is not None and str(path) == SHIPPED_ONE:
        return None
    if path is not None or os.environ.get(VARIABLE):
        place = path or usual()
        if not current(place).is_file():
            raise UsageError(f"expected a catalogue at {place}, found none")
        return place
    return usual() if (usual() / CURRENT).is_file() else None


def of_graph(graph: Path, given: Path | None) -> Path | None:
    """The catalogue that a graph is linked with; one that is given is kept in mind for later.

    So a correction, or another page, is linked with the catalogue of the rest.
    """
    memo = graph / REMEMBERED
    if given is None and memo.exists():
        given = Path(memo.read_text(encoding="utf-8").strip())
    elif given is not None:
        place = given if str(given) == SHIPPED_ONE else given.resolve()
        if memo.exists() or str(given) != SHIPPED_ONE:
            chosen(given)  # one that isn't there is not kept in mind
            memo.write_text(f"{place}\n", encoding="utf-8")
    return chosen(given)
