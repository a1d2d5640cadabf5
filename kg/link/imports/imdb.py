"""IMDb's own tables, as published: title.basics, .akas, .ratings, .principals, .crew, name.basics.

They are read in that order, each once, whichever of them are there (title.basics must be). Kept
are films; of their credits the directors and the first of the cast, of all others only that the
person had to do with the film; of names those with a credit in a film that is kept.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from kg.errors import UsageError
from kg.link.imports.credits import NAMED, Credited
from kg.link.imports.faults import Faults
from kg.link.imports.lines import Progress, byte_lines, header, too_long, tsv_rows, wrong_width
from kg.link.imports.runs import DIRECTORS, Run
from kg.link.imports.staging import Staging
from kg.link.sources import FilmRecord

TABLES = (
    "title.basics",
    "title.akas",
    "title.ratings",
    "title.principals",
    "title.crew",
    "name.basics",
)
TYPES = frozenset({"movie", "tvMovie"})
VOTES = 4000  # so many are worth as much as one mention

_NONE = "\\N"
_JOBS = {b"director": "d", b"actor": "a", b"actress": "a", b"self": "a"}
_REGIONS = ("US", "GB", "XWW", "CA", "AU", "IE", "IN")  # whose titles a review in English uses
_LONGEST_RUN = 20_000  # titles of one film held at a time


def tables(paths: list[Path]) -> dict[str, Path]:
    """The tables among some paths, by name."""
    found = {}
    for path in paths:
        name = path.name.removesuffix(".gz").removesuffix(".tsv")
        if name in TABLES:
            found[name] = path
    return found


def read(
    found: Mapping[str, Path],
    staging: Staging,
    progress: Progress,
    *,
    types: frozenset[str] = TYPES,
) -> None:
    """Read the tables into the staging; UsageError without title.basics."""
    if "title.basics" not in found:
        raise UsageError(
            f"expected title.basics.tsv.gz beside {', '.join(p.name for p in found.values())}; "
            "which titles are films stands there"
        )
    if "name.basics" in found and not {"title.principals", "title.crew"} & {*found}:
        staging.faults.count("imdb: names of nobody credited, for want of title.principals")
    _basics(found["title.basics"], staging, progress, types)
    films = Films(staging)
    steps: dict[str, Callable[[Path, Staging, Films, Progress], None]] = {
        "title.akas": _akas,
        "title.ratings": _ratings,
        "title.principals": _principals,
        "title.crew": _crew,
        "name.basics": _names,
    }
    for name, step in steps.items():
        if name in found:
            step(found[name], staging, films, progress)
    staging.flush()


class Films:
    """The films that are kept, by IMDb number: two sorted arrays, twelve bytes a film."""

    def __init__(self, staging: Staging) -> None:
        self._imdb, self._films = staging.by_imdb()

    def get(self, number: int) -> int:
        """The film of an IMDb number, 0 if it isn't kept."""
        at = bisect_left(self._imdb, number)
        if at < len(self._imdb) and self._imdb[at] == number:
            return self._films[at]
        return 0


def _basics(path: Path, staging: Staging, progress: Progress, types: frozenset[str]) -> None:
    faults = staging.faults
    wanted = ("tconst", "titleType", "primaryTitle", "originalTitle", "startYear")
    for number, cells, places in tsv_rows(path, wanted, faults, progress):
        tconst, kind, title, original, year = (cells[places[name]] for name in wanted)
        if kind not in types:
            faults.count(f"imdb: titles left out, no film but {kind[:20] or 'nothing'}")
            continue
        imdb = _number(tconst, "tt")
        if not imdb or title in ("", _NONE):
            detail = f"expected an id like tt0042192 and a title, found {tconst[:20]!r}"
            faults.line(path.name, number, "no id or no title, left out", detail)
            continue
        if too_long(title, path.name, number, faults):
            continue
        if year not in ("", _NONE) and not (year.isdigit() and len(year) == 4):
            detail = f"expected a year, found {year[:20]!r}; the film is kept without one"
            faults.line(path.name, number, "year unreadable", detail)
        record = FilmRecord(
            title=title,
            source="imdb",
            year=int(year) if year.isdigit() and len(year) == 4 else None,
            others=[original] if original not in ("", _NONE, title) else [],
            imdb=imdb,
        )
        staging.add(record, issuer="imdb")


def _akas(path: Path, staging: Staging, films: Films, progress: Progress) -> None:
    wanted = ("titleId", "title", "region")

    def kept() -> Iterator[tuple[int, int, str]]:
        for number, cells, places in tsv_rows(path, wanted, staging.faults, progress):
            title_id, title, region = (cells[places[name]] for name in wanted)
            film = films.get(_number(title_id, "tt"))
            if not film or title in ("", _NONE):
                continue
            if not too_long(title, path.name, number, staging.faults):
                rank = _REGIONS.index(region) if region in _REGIONS else len(_REGIONS)
                yield film, rank, title

    for film, rows in groupby(kept(), key=lambda row: row[0]):
        best: dict[str, int] = {}
        for _, rank, title in rows:
            if len(best) < _LONGEST_RUN:
                best[title] = min(rank, best.get(title, rank))
        staging.add_titles(film, sorted(best, key=lambda title: best[title]))


def _ratings(path: Path, staging: Staging, films: Films, progress: Progress) -> None:
    wanted = ("tconst", "numVotes")

    def known() -> Iterator[tuple[float, int]]:
        for number, cells, places in tsv_rows(path, wanted, staging.faults, progress):
            imdb, votes = _number(cells[places["tconst"]], "tt"), cells[places["numVotes"]]
            if not votes.isdigit():
                detail = f"expected a number of votes, found {votes[:20]!r}; the line was left out"
                staging.faults.line(path.name, number, "no number of votes, left out", detail)
            elif films.get(imdb):
                yield int(votes) / VOTES, imdb

    staging.weigh(known())


def _principals(path: Path, staging: Staging, films: Films, progress: Progress) -> None:
    """The one table of tens of millions of rows: read as bytes, decoded only where kept."""
    faults = staging.faults
    wanted = ("tconst", "nconst", "category", "characters")
    lines = byte_lines(path, progress)
    _, first = next(lines, (1, b""))
    names = first.decode("utf-8", "replace").rstrip("\r\n").split("\t")
    places = header(names, wanted, path.name)
    t, n, c, p = (places[name] for name in wanted)
    width, current, film = len(places), b"", 0
    run = Run(staging)
    others = 0
    for number, line in lines:
        cells = line.rstrip(b"\r\n").split(b"\t")
        if len(cells) != width:
            if cells != [b""]:
                wrong_width(path.name, number, width, len(cells), faults)
            continue
        if cells[t] != current:
            run.close()
            current = cells[t]
            film = films.get(_number(current.decode("ascii", "replace"), "tt"))
            run.film = film
        if not film:
            others += 1
            continue
        person = cells[n]
        if person[:2] != b"nm" or not person[2:].isdigit() or int(person[2:]) >= NAMED:
            _no_person(path.name, number, person, faults)
            continue
        run.add(int(person[2:]), _JOBS.get(cells[c], ""), cells[p], number, path.name)
    run.close()
    faults.count("imdb: credits left out, of titles that are no films here", others)


def _crew(path: Path, staging: Staging, films: Films, progress: Progress) -> None:
    wanted = ("tconst", "directors", "writers")
    for number, cells, places in tsv_rows(path, wanted, staging.faults, progress):
        tconst, directors, writers = (cells[places[name]] for name in wanted)
        film = films.get(_number(tconst, "tt"))
        if not film:
            continue
        refs = array("I")
        for nconst in f"{directors},{writers}".split(","):
            ref = _number(nconst, "nm")
            if 0 < ref < NAMED:
                refs.append(ref)
            elif nconst not in ("", _NONE):
                _no_person(path.name, number, nconst.encode(), staging.faults)
        known = 0 if directors in ("", _NONE) else directors.count(",") + 1
        kept = refs[: min(known, DIRECTORS)]
        staging.credit(film, tuple(Credited(ref, "d") for ref in kept))
        staging.pair(film, refs[len(kept) :])


def _names(path: Path, staging: Staging, films: Films, progress: Progress) -> None:
    del films  # names are kept by their credits
    staging.flush()
    wanted = ("nconst", "primaryName")
    left_out = 0
    for number, cells, places in tsv_rows(path, wanted, staging.faults, progress):
        nconst, name = (cells[places[column]] for column in wanted)
        ref = _number(nconst, "nm")
        if not 0 < ref < NAMED or name in ("", _NONE):
            detail = f"expected an id like nm0000012 and a name, found {nconst[:20]!r}"
            staging.faults.line(path.name, number, "no id or no name, left out", detail)
        elif too_long(name, path.name, number, staging.faults):
            continue
        elif staging.weight(ref) > 0:
            staging.name(ref, name)
        else:
            left_out += 1
    staging.faults.count("imdb: names left out, without a credit in a film", left_out)


def _number(text: str, prefix: str) -> int:
    """The number of an id with that prefix, 0 if it is none."""
    digits = text[2:]
    return int(digits) if text[:2] == prefix and digits.isdigit() and len(digits) < 10 else 0


def _no_person(file: str, number: int, found: bytes, faults: Faults) -> None:
    shown = found[:20].decode("ascii", "replace")
    detail = f"expected an id like nm0000012, found {shown!r}; the credit was left out"
    faults.line(file, number, "no person's id, left out", detail)
