"""Pictures and tables of a graph as files: the whole of it, or the surroundings of some films."""

from __future__ import annotations

import gzip
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import KgError, UsageError
from kg.view import interchange, picture, webpage
from kg.view.drawing import arrange
from kg.view.facts import Facts
from kg.view.neighbourhood import find_film, surroundings
from kg.view.network import reference_network
from kg.view.reading import Source, read

TITLE: Final = "Films and what they refer to"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was written: how many films and references are in the file, and how many aren't.

    `left_out` counts films that the surroundings hold beyond the limit that was asked for.
    """

    path: Path
    films: int
    references: int
    left_out: int = 0


def write(path: Path, store: Source, *, title: str = TITLE) -> Drawn:
    """Write the graph of references in the format that the ending of `path` names.

    `.graphml .gexf .html .svg .csv`, each also with `.gz` behind it. The file appears whole or not
    at all. UsageError for another ending, KgError when it can't be written.
    """
    return _write(path, _format(path), read(store), title=title)


def draw(
    store: Source,
    out: Path,
    *,
    films: Sequence[str] = (),
    steps: int = 1,
    limit: int = 60,
    title: str = "",
) -> Drawn:
    """Draw the surroundings of `films`: all within `steps` references, the closest `limit` of them.

    A film is named by its title, forgiving case and accents, with its year in parentheses where
    titles clash. Without films the surroundings of the most referenced one are drawn. UsageError
    for a film that the graph doesn't hold (it names the nearest titles) and for what `write`
    refuses.
    """
    format_name = _format(out)
    if steps < 1 or limit < 2:
        raise UsageError(
            f"expected at least 1 step and a limit of at least 2 films, found {steps} and {limit}"
        )
    facts = read(store)
    centre = tuple(find_film(facts, name) for name in films)
    part, left_out = surroundings(facts, centre, steps=steps, limit=limit)
    named = " and ".join(facts.things[iri].label for iri in centre)
    heading = title or (f"Around {named}" if named else TITLE)
    drawn = _write(out, format_name, part, title=heading, focus=centre)
    return Drawn(drawn.path, drawn.films, drawn.references, left_out)


def _format(path: Path) -> str:
    name = path.name.casefold().removesuffix(".gz")
    ending = Path(name).suffix
    if ending not in _WRITERS:
        raise UsageError(
            f"expected a file name that ends with one of {' '.join(sorted(_WRITERS))} "
            f"(with .gz behind it if you like), found {path.name!r}"
        )
    return ending


def _write(
    path: Path, format_name: str, facts: Facts, *, title: str, focus: Sequence[str] = ()
) -> Drawn:
    content = _WRITERS[format_name](facts, title, focus)
    if path.name.casefold().endswith(".gz"):
        # without a time the same graph gives the same bytes
        content = gzip.compress(content, mtime=0)
    replace(path, content)
    films = {iri for tie in facts.ties for iri in (tie.source, tie.target)} | set(focus)
    return Drawn(path, len(films), len(facts.ties))


def replace(path: Path, content: bytes) -> None:
    """Make `content` all that the file holds, so that a reader never sees half of it."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    except OSError as error:
        raise KgError(
            f"expected to write {path}, but its folder doesn't take new files ({error}); "
            "make the folder, or name another place"
        ) from error
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o666 & ~_umask())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise KgError(
            f"expected to write {path}, but the system refused ({error}); what was there before "
            "is unchanged"
        ) from error


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _graphml(facts: Facts, _title: str, focus: Sequence[str]) -> bytes:
    return interchange.graphml(arrange(reference_network(facts, alone=focus)))


def _gexf(facts: Facts, _title: str, focus: Sequence[str]) -> bytes:
    return interchange.gexf(arrange(reference_network(facts, alone=focus)))


def _csv(facts: Facts, _title: str, _focus: Sequence[str]) -> bytes:
    return interchange.edge_list(reference_network(facts))


def _svg(facts: Facts, title: str, focus: Sequence[str]) -> bytes:
    network = reference_network(facts, alone=focus)
    return picture.svg(arrange(network), title=title, focus=focus)


def _html(facts: Facts, title: str, focus: Sequence[str]) -> bytes:
    return webpage.html(facts, title=title, start=focus[0] if focus else "")


_WRITERS: Final[dict[str, Callable[[Facts, str, Sequence[str]], bytes]]] = {
    ".csv": _csv,
    ".gexf": _gexf,
    ".graphml": _graphml,
    ".html": _html,
    ".svg": _svg,
}
FORMATS: Final = tuple(_WRITERS)
"""The endings that `write` and `draw` know, without `.gz`."""
