"""Rows of JSON files one at a time: JSON Lines, a list of objects, or SPARQL results."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import ReadError
from kg.link.imports.faults import Faults
from kg.link.imports.lines import Progress, byte_lines, decoded

_SPACE = " \t\r\n,"
_LARGEST = 1 << 24


def json_lines(
    path: Path, faults: Faults, progress: Progress
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and object of each line; a line that holds none is counted."""
    for number, raw in byte_lines(path, progress):
        line = decoded(raw, path.name, number, faults).strip()
        if not line:
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            faults.line(path.name, number, "no JSON, left out", f"expected JSON: {error}")
            continue
        if isinstance(row, dict):
            yield number, row
        else:
            detail = f"expected a JSON object, found {line[:40]!r}; the line was left out"
            faults.line(path.name, number, "no JSON object, left out", detail)


def json_rows(path: Path, progress: Progress) -> Iterator[tuple[int, dict[str, str]]]:
    """Line and values of each result of a SPARQL query in JSON, or of a plain list of objects.

    ReadError where the file is neither, or breaks off.
    """
    text = _Text(path, progress)
    text.seek_list()
    while (item := text.item()) is not None:
        yield text.line, {name: _value(value) for name, value in item.items()}


class _Text:
    """A file's text read forward, never more of it than one object needs."""

    def __init__(self, path: Path, progress: Progress) -> None:
        self._file = path.name
        self._lines = byte_lines(path, progress)
        self._decode = codecs.getincrementaldecoder("utf-8-sig")(errors="replace").decode
        self._decoder = json.JSONDecoder()
        self._buffer = ""
        self.line = 1

    def seek_list(self) -> None:
        """Go to the first object of the list of rows."""
        while not self._buffer.strip():
            self._more("a list of results")
        if self._buffer.lstrip().startswith("["):
            self._take(self._buffer.index("[") + 1)
            return
        while '"bindings"' not in self._buffer:
            self._more('"bindings"')
        self._take(self._buffer.index('"bindings"') + len('"bindings"'))
        while "[" not in self._buffer:
            self._more("a list of results")
        self._take(self._buffer.index("[") + 1)

    def item(self) -> dict[str, Any] | None:
        """The next object, None at the end of the list."""
        while True:
            rest = self._buffer.lstrip(_SPACE)
            self._take(len(self._buffer) - len(rest))
            if rest.startswith("]"):
                return None
            try:
                item, end = self._decoder.raw_decode(rest)
            except ValueError:
                self._more("another result or the end of the list")
                continue
            if not isinstance(item, dict):
                raise ReadError(
                    f"{self._file}, line {self.line}: expected an object, found {rest[:40]!r}"
                )
            self._take(end)
            return item

    def _more(self, wanted: str) -> None:
        line = next(self._lines, None)
        if line is None or len(self._buffer) > _LARGEST:
            shown = self._buffer.strip()[:40] or "the end of the file"
            raise ReadError(
                f"{self._file}, line {self.line}: expected {wanted}, found {shown!r}; the file "
                "holds no SPARQL results in JSON, or breaks off: load it again"
            )
        self._buffer += self._decode(line[1] + b"\n")

    def _take(self, length: int) -> None:
        self.line += self._buffer.count("\n", 0, length)
        self._buffer = self._buffer[length:]


def _value(value: object) -> str:
    """The plain value of a binding, or of a cell."""
    if isinstance(value, dict):
        value = value.get("value")
    return "" if value is None else str(value)
