"""What the user has put right, in a file of four verbs that people can read and edit.

Each line has a verb and its parts, parted by tabs; empty lines and lines with `#` say nothing.

    same       film/backstage        film/backstage-2005
    different  person/john-smith     person/jon-smith
    wrong      claim/3f2a...
    wrong      film/backstage        schema:director person/john-smith
    add        film/backstage        schema:director person/emmanuelle-bercot

`same` and `different` name things by the path of their IRI (or the whole IRI) and are applied when
names are linked: the second thing of `same` takes the first one's place, and a name that gives the
first of `different` is never taken for the second. `wrong` and `add` are for the graph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from kg.errors import UsageError
from kg.link.fold import name_key
from kg.link.slug import tail
from kg.model import Correction

_PARTS = {"same": (2,), "different": (2,), "wrong": (1, 3), "add": (3,)}
_FOLDERS = ("film", "work", "person", "character", "organisation", "award")


class Corrections(tuple[Correction, ...]):
    """The corrections of one file, in its order."""

    __slots__ = ()

    @classmethod
    def read(cls, path: Path) -> Corrections:
        """The corrections in the file; none where there is no file. UsageError on a bad line."""
        if not path.exists():
            return cls()
        lines = path.read_text(encoding="utf-8").splitlines()
        return cls(
            _correction([cell.strip() for cell in line.split("\t") if cell.strip()], where)
            for number, line in enumerate(lines, start=1)
            for where in [f"{path}, line {number}"]
            if line.strip() and not line.lstrip().startswith("#")
        )

    def write(self, path: Path) -> None:
        """Replace the file whole; comments in it are not kept."""
        _replace(path, "".join(f"{_line(correction)}\n" for correction in self))

    @property
    def digest(self) -> str:
        """A hash of what the corrections say."""
        return hashlib.sha256("\n".join(map(_line, self)).encode()).hexdigest()


def add_correction(path: Path, correction: Correction) -> None:
    """Append a correction, once, leaving everything else in the file as it is."""
    line = _line(correction)
    _correction(line.split("\t"), "the correction to add")
    if correction in Corrections.read(path):
        return
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    gap = "" if not old or old.endswith("\n") else "\n"
    _replace(path, f"{old}{gap}{line}\n")


def _line(correction: Correction) -> str:
    cells = (correction.verb, correction.subject, correction.predicate, correction.object)
    return "\t".join(" ".join(cell.split()) for cell in cells if cell)


def _replace(path: Path, text: str) -> None:
    part = path.with_name(f"{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def _correction(cells: list[str], where: str) -> Correction:
    verb, *parts = cells
    if verb not in _PARTS:
        raise UsageError(f"{where}: expected one of {', '.join(_PARTS)}, found {verb!r}")
    if len(parts) not in _PARTS[verb]:
        wanted = " or ".join(map(str, _PARTS[verb]))
        raise UsageError(
            f"{where}: expected {wanted} parts after {verb!r}, parted by tabs, found {len(parts)}"
        )
    if len(parts) == 3:
        return Correction(verb, parts[0], parts[2], parts[1])
    return Correction(verb, parts[0], parts[1] if len(parts) > 1 else "")


def entity_path(text: str) -> str:
    """The path below the base of a thing that is given as a whole IRI or as a path."""
    folder, _, name = text.rstrip("/").rpartition("/")
    kind = folder.rpartition("/")[2]
    return f"{kind}/{name}" if kind in _FOLDERS else text


class Verdicts:
    """`same` and `different`, ready to be asked."""

    def __init__(self, corrections: Sequence[Correction]) -> None:
        self._same: dict[str, str] = {}
        self._apart: set[tuple[str, str]] = set()
        self._apart_names: set[tuple[str, str]] = set()
        for correction in corrections:
            one, other = entity_path(correction.subject), entity_path(correction.object)
            if correction.verb == "same" and self.stands_for(one) != other:
                self._same[other] = one
            elif correction.verb == "different":
                self._apart |= {(one, other), (other, one)}
                names = [name_key(tail(place).replace("-", " ")) for place in (one, other)]
                self._apart_names |= {(names[0], names[1]), (names[1], names[0])}

    def stands_for(self, entity_id: str) -> str:
        """The path that takes this one's place, itself if none does."""
        seen = {entity_id}
        while (following := self._same.get(entity_id)) is not None and following not in seen:
            entity_id = following
            seen.add(entity_id)
        return entity_id

    def apart(self, one: str, other: str) -> bool:
        """Whether the user has said that the two are different things."""
        return (one, other) in self._apart

    def apart_names(self, one: str, other: str) -> bool:
        """Likewise of two folded names (`name_key`) of people."""
        return (one, other) in self._apart_names

    def __bool__(self) -> bool:
        return bool(self._same or self._apart)
