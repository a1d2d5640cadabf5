"""What the user has put right, in a file of four verbs that people can read and edit.

A line has a verb and its parts, with a tab or two spaces between them. What follows `#` is a note;
empty lines say nothing.

    same       film/backstage-2005   film/backstage                        # one film
    different  person/john-smith     person/jon-smith
    different  source/reviews/a.txt  film/sabrina-1954                     # it is the one of 1995
    wrong      film/backstage-2005   schema:director  person/john-smith
    wrong      film/backstage-2005   schema:genre     drama    source/reviews/a.txt
    add        film/backstage-2005   schema:director  person/emmanuelle-bercot "Emmanuelle Bercot"

Things are named by the path of their IRI (or the whole IRI); a thing that no page names carries its
name behind its path. `same` puts the first thing in the second one's place, `different` keeps a
name, or the names of one page, from a thing: both are obeyed when names are linked. `wrong` takes a
statement out, everywhere or on one page; `add` puts one in: both are for the graph.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kg.errors import UsageError
from kg.link.consistency import check
from kg.model import Correction

_PARTS = {"same": (2,), "different": (2,), "wrong": (1, 3, 4), "add": (3,)}
_EXAMPLES = {
    "same": "same  film/backstage-2005  film/backstage",
    "different": "different  person/john-smith  person/jon-smith",
    "wrong": "wrong  film/backstage-2005  schema:director  person/john-smith",
    "add": "add  film/backstage-2005  schema:director  person/jane-smith",
}
_GAP = re.compile(r"\t\s*| {2,}")
_NOTE = re.compile(r"(?:^|\s)#(?:\s|$)")
_LABELLED = re.compile(r'(?P<path>[a-z]+/\S+(?: as [a-z]+/\S+)?) "(?P<label>.+)"$')
_HEAD = (
    "# What you have put right: kept by every build. One correction a line; a line that is taken\n"
    "# out is undone. `kg link --list` and `kg fact --list` show them with their numbers.\n"
)


class Corrections(tuple[Correction, ...]):
    """The corrections of one file, in its order."""

    __slots__ = ()

    @classmethod
    def read(cls, path: Path) -> Corrections:
        """The corrections in the file; none where there is no file.

        UsageError, with file and line, on a line that can't be understood and on two lines that
        contradict each other.
        """
        found = cls.of(_lines(path), str(path))
        check(found, str(path))
        return found

    @classmethod
    def of(cls, lines: Sequence[str], name: str) -> Corrections:
        """The corrections in the lines of the file of that name, each with the line's number."""
        return cls(
            _correction(line, f"{name}, line {number}", number)
            for number, line in enumerate(lines, start=1)
            if _said(line)[0]
        )

    @property
    def digest(self) -> str:
        """A hash of what the corrections say."""
        return hashlib.sha256("\n".join(map(written, self)).encode()).hexdigest()


def add_correction(path: Path, correction: Correction) -> Correction:
    """Append a correction, leaving everything else in the file as it is; gives it with its line.

    One that the file has already is not written again. UsageError where it contradicts another.
    """
    lines = _lines(path)
    held = Corrections.of(lines, str(path))
    for one in held:
        if one == correction:
            return one
    added = written(correction)
    _correction(added, "what you say now", 0)  # as it will be read
    check((*held, replace(correction, line=0)), str(path))
    lines = lines or _HEAD.splitlines()
    _replace(path, [*lines, added])
    return replace(correction, line=len(lines) + 1)


def undo_corrections(path: Path, numbers: Sequence[int]) -> list[Correction]:
    """Take the corrections of these lines out of the file; the rest stays as it is.

    UsageError where a line holds no correction: then nothing is taken out.
    """
    lines = _lines(path)
    held = {one.line: one for one in Corrections.of(lines, str(path))}
    for number in numbers:
        if number not in held:
            known = ", ".join(map(str, held)) or "none"
            raise UsageError(
                f"expected the number of a correction in {path} ({known}), found {number}"
            )
    _replace(path, [line for at, line in enumerate(lines, start=1) if at not in set(numbers)])
    return [held[number] for number in sorted(set(numbers))]


def written(correction: Correction) -> str:
    """The correction as its line in the file."""
    labels = correction.labels
    cells = (
        correction.verb,
        _cell(correction.subject, labels[0]),
        _cell(correction.predicate),
        _cell(correction.object, labels[1]),
        _cell(correction.page),
        f"# {_cell(correction.note)}" if correction.note.strip() else "",
    )
    return "\t".join(cell for cell in cells if cell)


def _cell(text: str, label: str = "") -> str:
    """Words of a cell on one line, with single spaces, so that none parts it."""
    words = " ".join(text.split())
    if not label:
        return words
    return f'{words} "{" ".join(label.split())}"'


def _lines(path: Path) -> list[str]:
    if not path.exists():
        return []
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UsageError(
            f"expected the corrections in {path} as UTF-8, found other bytes ({error}); save the "
            "file as UTF-8"
        ) from error


def _replace(path: Path, lines: Sequence[str]) -> None:
    part = path.with_name(f"{path.name}.part")
    part.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    part.replace(path)


def _said(line: str) -> tuple[str, str]:
    """What a line says, and its note. A `#` in quotation marks begins none."""
    for mark in _NOTE.finditer(line):
        if line.count('"', 0, mark.start()) % 2 == 0:
            return line[: mark.start()].strip(), line[mark.end() :].strip()
    return line.strip(), ""


def _correction(line: str, where: str, number: int) -> Correction:
    said, note = _said(line)
    verb, *parts = _GAP.split(said)
    if verb not in _PARTS:
        known = ", ".join(_PARTS)
        word = verb.split()[0]
        if word in _PARTS:
            raise UsageError(
                f"{where}: expected a tab or two spaces between the parts, found {said!r}; write "
                f"for example: {_EXAMPLES[word]}"
            )
        raise UsageError(f"{where}: expected one of {known} at its beginning, found {verb!r}")
    if len(parts) not in _PARTS[verb]:
        wanted = " or ".join(map(str, _PARTS[verb]))
        raise UsageError(
            f"{where}: expected {wanted} parts after {verb!r}, a tab or two spaces before each, "
            f"found {len(parts)}; write for example: {_EXAMPLES[verb]}"
        )
    subject, label = _labelled(parts[0])
    if len(parts) < 3:
        other, other_label = _labelled(parts[1]) if len(parts) == 2 else ("", "")
        return Correction(verb, subject, other, labels=(label, other_label), note=note, line=number)
    other, other_label = _labelled(parts[2])
    return Correction(
        verb,
        subject,
        other,
        parts[1],
        parts[3] if len(parts) > 3 else "",
        (label, other_label),
        note,
        number,
    )


def _labelled(cell: str) -> tuple[str, str]:
    match = _LABELLED.match(cell)
    return (match["path"], match["label"]) if match else (cell, "")
