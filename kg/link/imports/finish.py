"""The catalogue's file written from what was gathered, table by table, each in its own order."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from itertools import count, pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.errors import KgError
from kg.link.fold import fold, surname
from kg.link.imports.credits import NAMED, read_credits
from kg.link.imports.lines import Progress
from kg.link.imports.numbering import Numbering
from kg.link.imports.runs import CAST, DIRECTORS
from kg.link.imports.staging import Staging
from kg.link.names import names_of, words_of
from kg.link.schema import Credit, create, pack_credits
from kg.link.slug import path as iri_path
from kg.model import Kind

_PART = 60  # characters of a part's name
_STEP = 2000
_CHUNK = 1 << 20  # pairs looked at together
_SHARE = 1 << 22  # pairs sorted together


def finish(staging: Staging, numbering: Numbering, out: Path, progress: Progress) -> None:
    """Write the catalogue; `out` must not be there."""
    target = sqlite3.connect(out, isolation_level=None)
    target.execute("PRAGMA page_size = 4096")
    target.execute("PRAGMA journal_mode = OFF")
    target.execute("PRAGMA synchronous = OFF")
    target.execute("PRAGMA cache_size = -65536")
    create(target)
    target.execute("BEGIN")
    final = _films(staging, numbering, target, progress)
    _people(staging, numbering, target, final, progress)
    target.executemany(
        "INSERT INTO surname VALUES (?, ?, ?)",
        staging.rows.execute("SELECT word, first, people FROM surname ORDER BY word, first"),
    )
    staging.faults.count("people", numbering.people)
    target.execute("COMMIT")
    target.close()


def write_info(out: Path, info: dict[str, str]) -> None:
    """Tell in the file what it is."""
    with sqlite3.connect(out) as target:
        target.executemany("INSERT OR REPLACE INTO info VALUES (?, ?)", sorted(info.items()))
    target.close()


def _films(
    staging: Staging, numbering: Numbering, target: sqlite3.Connection, progress: Progress
) -> npt.NDArray[np.int32]:
    """Write films, names and words; gives the final number of every staged film."""
    rows = staging.rows
    rows.executescript(
        "CREATE INDEX IF NOT EXISTS credit_film ON credit (film);"
        "CREATE TABLE name (key TEXT, film INTEGER, kind INTEGER);"
        "CREATE TABLE word (word INTEGER, film INTEGER);"
        "CREATE TABLE path (path TEXT PRIMARY KEY) WITHOUT ROWID; BEGIN"
    )
    _keep_paths(rows)
    (last,) = rows.execute("SELECT coalesce(max(id), 0) FROM film").fetchone()
    merged = _merged(rows)
    last = max([last, *(gone for gone, _ in merged)])
    (films,) = rows.execute("SELECT count(*) FROM film").fetchone()
    final: npt.NDArray[np.int32] = np.zeros(last + 1, np.int32)
    progress.start("Writing films", films)
    insert = rows.cursor()
    query = (
        "SELECT id, title, year, other, country, wikidata, imdb, tmdb, known, series, suffix, base "
        "FROM film ORDER BY known DESC, title, year, id"
    )
    for at, row in enumerate(rows.execute(query), start=1):
        film, title, year, other, country, wikidata, imdb, tmdb, known, series, suffix, base = row
        final[film] = at
        others = other.split("\n") if other else []
        people = _credits(film, staging, numbering)
        if not base:
            suffix = _suffix(title, year, imdb, wikidata, people, rows)
        target.execute(
            "INSERT INTO film VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                at,
                title,
                year,
                other or None,
                country or None,
                wikidata,
                imdb,
                tmdb,
                round(math.log2(1 + known), 2),
                series,
                suffix or None,
                pack_credits(people) or None,
            ),
        )
        names = names_of(title, others, series=bool(series))
        insert.executemany(
            "INSERT INTO name VALUES (?, ?, ?)", [(name, at, kind) for name, kind in names.items()]
        )
        insert.executemany(
            "INSERT INTO word VALUES (?, ?)", [(word, at) for word in words_of(title, others)]
        )
        if not at % _STEP:
            progress.advance(_STEP)
    progress.advance(films % _STEP)
    for table in ("name", "word"):
        progress.start(f"Sorting {table}s", None)
        marks = "?, ?, ?" if table == "name" else "?, ?"
        target.executemany(
            f"INSERT INTO {table} VALUES ({marks})",  # noqa: S608 - one of two names
            rows.execute(f"SELECT * FROM {table} ORDER BY 1, 2"),  # noqa: S608
        )
    staging.faults.count("films", films)
    for gone, stays in merged:
        final[gone] = final[stays]
    return final


def _merged(rows: sqlite3.Connection) -> list[tuple[int, int]]:
    if not rows.execute("SELECT 1 FROM sqlite_master WHERE name = 'gone'").fetchone():
        return []
    return rows.execute("SELECT film, stays FROM gone").fetchall()


def _keep_paths(rows: sqlite3.Connection) -> None:
    """Enter the paths of the films that the catalogue had: they stay as they are."""
    for title, year, suffix in rows.execute("SELECT title, year, suffix FROM film WHERE base"):
        rows.execute(
            "INSERT OR IGNORE INTO path VALUES (?)", (iri_path(Kind.FILM, title, year, suffix),)
        )


def _suffix(
    title: str,
    year: int | None,
    imdb: int | None,
    wikidata: int | None,
    people: list[Credit],
    rows: sqlite3.Connection,
) -> str:
    """What tells a new film apart in its path: nothing, its director, its identifier, a number."""
    identifier = f"tt{imdb:07d}" if imdb else f"q{wikidata}" if wikidata else ""
    for sign in _signs(year, identifier, people, rows):
        fresh = rows.execute(
            "INSERT OR IGNORE INTO path VALUES (?)", (iri_path(Kind.FILM, title, year, sign),)
        )
        if fresh.rowcount:
            return sign
    raise KgError(f"no path is left for {title!r} ({year})")


def _signs(
    year: int | None, identifier: str, people: list[Credit], rows: sqlite3.Connection
) -> Iterator[str]:
    if year is not None:  # without a year the bare path is for films that only pages know
        yield ""
        director = next((one.person for one in people if one.job == "d"), 0)
        if director:
            (name,) = rows.execute(
                "SELECT name FROM person WHERE number = ?", (director,)
            ).fetchone()
            yield from filter(None, [surname(fold(name))])
    yield from filter(None, [identifier])
    yield from map(str, count(2))


def _credits(film: int, staging: Staging, numbering: Numbering) -> list[Credit]:
    """A film's directors and cast, each once, those of a name alone as whom other sources name."""
    credited = list(read_credits(staging.rows, film))
    if not credited:
        return []
    numbers = [numbering.number(one.ref) for one in credited]
    groups = numbering.group[numbers].tolist()
    known = {
        group: number
        for one, number, group in zip(credited, numbers, groups, strict=True)
        if one.ref < NAMED
    }
    kept: dict[tuple[int, str], str] = {}
    nameless = 0
    for one, number, group in zip(credited, numbers, groups, strict=True):
        if not number:
            nameless += 1
            continue
        person = known.get(group, number) if one.ref >= NAMED else number
        part = one.part if len(one.part) <= _PART else ""
        kept[(person, one.job)] = kept.get((person, one.job)) or part
    staging.faults.count("credits left out, of people without a name", nameless)
    directors = [Credit(*who, part) for who, part in kept.items() if who[1] == "d"]
    cast = [Credit(*who, part) for who, part in kept.items() if who[1] == "a"]
    return [*directors[:DIRECTORS], *cast[:CAST]]


def _people(
    staging: Staging,
    numbering: Numbering,
    target: sqlite3.Connection,
    final: npt.NDArray[np.int32],
    progress: Progress,
) -> None:
    progress.start("Writing people", numbering.people)
    films = _films_of_people(staging, numbering, final)
    done = 0
    rows = staging.rows.execute("SELECT number, name, imdb FROM person ORDER BY number")
    batch: list[tuple[int, str, int | None, bytes | None]] = []
    for (number, name, imdb), packed in zip(rows, films, strict=True):
        batch.append((number, name, imdb, packed or None))
        if len(batch) == _STEP:
            target.executemany("INSERT INTO person VALUES (?, ?, ?, ?)", batch)
            done += len(batch)
            batch.clear()
            progress.advance(_STEP)
    target.executemany("INSERT INTO person VALUES (?, ?, ?, ?)", batch)
    progress.advance(len(batch))


def _films_of_people(
    staging: Staging, numbering: Numbering, final: npt.NDArray[np.int32]
) -> Iterator[bytes]:
    """For each person in order the films, packed; a few million pairs are sorted at a time."""
    numbered = staging.folder / "numbered.i32"
    counts: npt.NDArray[np.int64] = np.zeros(numbering.people + 1, np.int64)
    with numbered.open("wb") as out:
        for pairs in _blocks(staging.pairs()):
            people = numbering.numbers(pairs[:, 0].astype(np.uint32))
            np.column_stack([people, final[pairs[:, 1]]]).astype(np.int32).tofile(out)
            counts += np.bincount(people, minlength=numbering.people + 1)
    for first, end in _shares(counts):
        parts = [np.zeros(0, np.int64)]
        for known in _blocks(numbered):
            inside = known[(known[:, 0] >= first) & (known[:, 0] < end)].astype(np.int64)
            parts.append((inside[:, 0] << 32) | inside[:, 1])
        both = np.concatenate(parts)
        both.sort()  # numpy.unique hashes, which takes ten times as long
        both = both[np.diff(both, prepend=-1) != 0]
        yield from pack_groups(both >> 32, both & 0xFFFFFFFF, first, end)


def _blocks(path: Path) -> Iterator[npt.NDArray[np.int32]]:
    """The pairs of a file, a million at a time: numbers of 31 bits at most."""
    with path.open("rb") as pairs:
        while (block := np.fromfile(pairs, np.int32, 2 * _CHUNK)).size:
            yield block.reshape(-1, 2)


def _shares(counts: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Ranges of people that have a few million pairs each; number 0 is nobody."""
    total = np.cumsum(np.where(np.arange(counts.size) > 0, counts, 0))
    first = 1
    while first < counts.size:
        end = int(np.searchsorted(total, total[first - 1] + _SHARE, side="right"))
        end = min(max(end, first + 1), counts.size)
        yield first, end
        first = end


def pack_groups(
    people: npt.NDArray[np.int64], films: npt.NDArray[np.int64], first: int, end: int
) -> Iterator[bytes]:
    """`pack_ids` of the films of each person from `first` to `end`, all at once.

    Both arrays are sorted, by person, then by film.
    """
    begins = np.searchsorted(people, np.arange(first, end + 1))
    steps = np.diff(films, prepend=0)
    starts = begins[:-1][begins[:-1] < begins[1:]]
    steps[starts] = films[starts]
    sizes: npt.NDArray[np.int64] = np.ones(len(films), np.int64)
    for more in (1, 2, 3, 4):
        sizes = sizes + (steps >= 1 << 7 * more)
    ends = np.cumsum(sizes)
    packed: npt.NDArray[np.uint8] = np.zeros(int(ends[-1]) if ends.size else 0, np.uint8)
    places = ends - sizes
    for byte in range(5):
        has = sizes > byte
        value = (steps[has] >> 7 * byte) & 0x7F
        follows = (sizes[has] > byte + 1).astype(np.int64) << 7
        packed[places[has] + byte] = (value | follows).astype(np.uint8)
    data = packed.tobytes()
    bounds = np.concatenate([[0], ends])[begins].tolist()
    for one, other in pairwise(bounds):
        yield data[one:other]
