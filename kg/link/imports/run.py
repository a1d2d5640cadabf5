"""One import: the catalogue as it is and new sources together, written anew, then swapped whole."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from kg.errors import UsageError
from kg.link import catalogue_rdf
from kg.link.catalogue import SHIPPED
from kg.link.folder import CURRENT, current, publish
from kg.link.imports import columns, endpoint, imdb, movielens, tmdb, wikidata
from kg.link.imports.base import take_in
from kg.link.imports.detect import Form, Source, sources
from kg.link.imports.faults import Faults
from kg.link.imports.finish import finish, write_info
from kg.link.imports.lines import Progress, Silent
from kg.link.imports.meeting import meet
from kg.link.imports.numbering import Numbering
from kg.link.imports.staging import Staging
from kg.link.reader import connect
from kg.link.sources import FilmRecord

WORK = "import.part"
_SORTS = "SQLITE_TMPDIR"
KEPT = "pages"  # of an endpoint, until the import that asked for them is done


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import.

    `form` is what the files are, where their names and first lines don't tell. `columns` maps
    fields to the columns of a CSV. `types` are IMDb's types of title that count as films.
    `anew` leaves out what the folder's catalogue holds, but not what is `beneath`: the catalogue
    that ships with the package.
    """

    form: Form | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    types: frozenset[str] = imdb.TYPES
    query: str = endpoint.QUERY
    manners: endpoint.Manners = field(default_factory=endpoint.Manners)
    anew: bool = False
    beneath: Path = SHIPPED


def import_catalogue(
    names: Sequence[str],
    folder: Path,
    *,
    options: ImportOptions | None = None,
    progress: Progress | None = None,
) -> Faults:
    """Add films and people of `names` to the catalogue in `folder`; gives what was counted.

    The folder's catalogue, or the shipped one where there is none yet, stays in it, films met by
    their identifiers. Until the end nothing of it is touched: UsageError or ReadError leave it as
    it was.
    """
    options = options or ImportOptions()
    progress = progress or Silent()
    found = sources(names, form=options.form)
    if not found:
        raise UsageError("expected at least one file, folder or address to import, found none")
    before = folder / CURRENT
    base = current(folder) if before.exists() and not options.anew else options.beneath
    faults = Faults()
    with _work(folder) as work:
        staging = Staging(work, faults)
        try:
            take_in(base, staging, progress)
            for source in found:
                _read(source, staging, folder, options, progress)
            staging.flush()
            progress.start("Sorting people", None)
            numbering = Numbering(staging)
            progress.start("Joining films", None)
            meet(staging, numbering)
            fresh = work / "catalogue.sqlite"
            finish(staging, numbering, fresh, progress)
        finally:
            staging.close()
        write_info(fresh, _info(base, found, faults))
        publish(fresh, folder)
    shutil.rmtree(folder / KEPT, ignore_errors=True)
    return faults


def _read(
    source: Source, staging: Staging, folder: Path, options: ImportOptions, progress: Progress
) -> None:
    faults = staging.faults
    if source.form is Form.IMDB:
        imdb.read(imdb.tables(source.paths), staging, progress, types=options.types)
        return
    for record, known in _films(source, folder, options, faults, progress):
        staging.add(record, known=known, issuer=str(source.form))


def _films(
    source: Source, folder: Path, options: ImportOptions, faults: Faults, progress: Progress
) -> Iterator[tuple[FilmRecord, float]]:
    if source.form is Form.ENDPOINT:
        yield from endpoint.read(
            source.url,
            folder / KEPT,
            faults,
            progress,
            query=options.query,
            manners=options.manners,
        )
        return
    if source.form is Form.MOVIELENS:
        links = [path for path in source.paths if path.name.startswith("links")]
        movies = [path for path in source.paths if path not in links]
        if len(movies) != 1:
            raise UsageError(f"expected one movies.csv of MovieLens, found {source.name}")
        yield from movielens.read(movies[0], links[0] if links else None, faults, progress)
        return
    (path,) = source.paths
    text = path.name.lower().removesuffix(".gz").endswith((".csv", ".tsv", ".txt"))
    match source.form:
        case Form.WIKIDATA:
            read = wikidata.read_csv if text else wikidata.read_json
            yield from read(path, faults, progress)
        case Form.TMDB:
            export = tmdb.read_csv if text else tmdb.read_export
            yield from export(path, faults, progress)
        case Form.RDF:
            yield from catalogue_rdf.read_rdf(path, folder / WORK, faults, progress)
        case _:
            yield from columns.read(path, options.columns, faults, progress)


@contextmanager
def _work(folder: Path) -> Iterator[Path]:
    """The folder of an import under way; what a killed one left is cleared first."""
    work = folder / WORK
    work.mkdir(parents=True, exist_ok=True)
    lock = sqlite3.connect(work / "lock.sqlite", isolation_level=None, timeout=0)
    try:
        lock.execute("PRAGMA locking_mode = EXCLUSIVE")
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        raise UsageError(
            f"expected no other import into {folder}, found one under way; wait for its end"
        ) from error
    before = os.environ.get(_SORTS)
    try:
        for left in work.iterdir():
            if left.is_dir():
                shutil.rmtree(left)
            elif not left.name.startswith("lock.sqlite"):
                left.unlink()
        os.environ[_SORTS] = str(work)  # sorting takes as much room as the tables
        yield work
    finally:
        if before is None:
            os.environ.pop(_SORTS, None)
        else:
            os.environ[_SORTS] = before
        lock.close()
        shutil.rmtree(work, ignore_errors=True)


def _info(base: Path, found: list[Source], faults: Faults) -> dict[str, str]:
    catalogue = connect(base)
    told = dict(catalogue.execute("SELECT name, value FROM info"))
    catalogue.close()
    counts = {name: str(number) for name, number in faults.tally.counts.items()}
    left_out = {f"lines: {name}": str(number) for name, number in faults.bad.counts.items()}
    day = datetime.now(UTC).strftime("%Y-%m-%d")
    imported = f"{day}: {'; '.join(source.name for source in found)}"
    history = [told["imported"]] if "imported" in told else []
    return {
        **{name: value for name, value in told.items() if name not in ("films", "people")},
        **counts,
        **left_out,
        "imported": "\n".join([*history, imported]),
    }
