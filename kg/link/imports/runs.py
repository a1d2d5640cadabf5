"""The credits of one film that stand together in IMDb's table: which of them are kept, and how."""

from __future__ import annotations

import json

from kg.link.imports.credits import Credited
from kg.link.imports.faults import Faults
from kg.link.imports.staging import Staging

CAST = 24  # of a film's cast, the first so many are kept with their parts
DIRECTORS = 6

_LONGEST_RUN = 20_000  # credits of one film held at a time


class Run:
    """The credits of one film that stand together; a repeated row is counted, not kept."""

    def __init__(self, staging: Staging) -> None:
        self.film = 0
        self._staging = staging
        self._people: dict[tuple[int, str], Credited] = {}
        self._crew: dict[int, None] = {}
        self._cast = self._directors = 0

    def add(self, ref: int, job: str, part: bytes, number: int, file: str) -> None:
        """Take in one row."""
        if (ref, job) in self._people or (not job and ref in self._crew):
            self._staging.faults.count("imdb: credits left out, a second of one person's")
            return
        if job == "a":
            self._cast += 1
        elif job == "d":
            self._directors += 1
        if not job or self._cast > CAST or self._directors > DIRECTORS:
            self._crew[ref] = None
        else:
            words = "" if part == b"\\N" else _part(part, file, number, self._staging.faults)
            self._people[(ref, job)] = Credited(ref, job, words)
        if len(self._people) + len(self._crew) > _LONGEST_RUN:
            self.close()

    def close(self) -> None:
        """Write down what was taken in."""
        faults = self._staging.faults
        if self._people:
            self._staging.credit(self.film, tuple(self._people.values()))
            faults.count("imdb: credits kept, with parts", len(self._people))
            self._people = {}
        if self._crew:
            self._staging.pair(self.film, self._crew)
            faults.count("imdb: credits kept as a person's films only", len(self._crew))
            self._crew = {}
        self._cast = self._directors = 0


def _part(cell: bytes, file: str, number: int, faults: Faults) -> str:
    """The first part of a cell that holds a JSON list of them."""
    try:
        text = cell.decode("utf-8")
    except UnicodeDecodeError:
        faults.line(file, number, "not UTF-8, read as Windows-1252")
        text = cell.decode("cp1252", "replace")
    if text.startswith('["') and "\\" not in text:
        return text[2:].partition('"')[0]
    try:
        parts = json.loads(text)
    except ValueError:
        return text if len(text) <= 60 else ""
    return str(parts[0]) if isinstance(parts, list) and parts else ""
