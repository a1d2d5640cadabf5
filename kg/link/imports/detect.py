"""Which source a path or an address is, by its name and its first line."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from kg.errors import ReadError, UsageError
from kg.link.imports import imdb
from kg.link.imports.columns import FIELDS
from kg.link.imports.lines import delimiter_of, opened

_RDF = (".ttl", ".nt", ".nq", ".trig", ".rdf", ".owl", ".xml", ".jsonld")


class Form(StrEnum):
    """The sources that are understood."""

    IMDB = "imdb"
    WIKIDATA = "wikidata"
    ENDPOINT = "endpoint"
    TMDB = "tmdb"
    MOVIELENS = "movielens"
    CSV = "csv"
    RDF = "rdf"


@dataclass(slots=True)
class Source:
    """What one form is read from: its files, or its address."""

    form: Form
    paths: list[Path] = field(default_factory=list)
    url: str = ""

    @property
    def name(self) -> str:
        """How it is called in a report."""
        return self.url or ", ".join(path.name for path in self.paths)


def sources(names: Iterable[str], *, form: Form | None = None) -> list[Source]:
    """The sources among paths, folders and addresses, IMDb's and MovieLens' tables put together.

    `form` is what the user says that they are. UsageError where one isn't there or isn't
    understood.
    """
    found: list[Source] = []
    together: dict[Form, Source] = {}
    for name in names:
        if name.startswith(("http://", "https://")):
            found.append(Source(Form.ENDPOINT, url=name))
            continue
        for path in _files(Path(name)):
            own = form or _form(path)
            if own in (Form.IMDB, Form.MOVIELENS):
                if own not in together:
                    together[own] = Source(own)
                    found.append(together[own])
                together[own].paths.append(path)
            else:
                found.append(Source(own, [path]))
    return found


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise UsageError(f"expected a file, a folder or an address to import, found no {path}")
    if not path.is_dir():
        return [path]
    inside = sorted(file for file in path.iterdir() if file.is_file())
    names = {file.name.removesuffix(".gz") for file in inside}
    if imdb.tables(inside):
        return [file for file in inside if imdb.tables([file])]
    if "movies.csv" in names:
        return [f for f in inside if f.name.removesuffix(".gz") in ("movies.csv", "links.csv")]
    known = [f for f in inside if f.name.removesuffix(".gz").endswith((*_RDF, ".csv", ".json"))]
    if not known:
        shown = ", ".join(file.name for file in inside[:8]) or "no file"
        raise UsageError(f"expected tables that can be imported in {path}, found {shown}")
    return known


def _form(path: Path) -> Form:
    """What a file is."""
    name = path.name.lower().removesuffix(".gz")
    if imdb.tables([path]):
        return Form.IMDB
    if name.endswith(_RDF):
        return Form.RDF
    head = _head(path)
    if name.startswith(("movie_ids", "person_ids")) or '"original_title"' in head.split("\n")[0]:
        return Form.TMDB if head.lstrip().startswith("{") else _table(path, name, head)
    if head.lstrip()[:1] in ("{", "["):
        if "@context" in head:
            return Form.RDF
        return Form.WIKIDATA
    return _table(path, name, head)


def _table(path: Path, name: str, head: str) -> Form:
    first = head.lstrip("\ufeff").partition("\n")[0].strip()
    cells = [cell.strip().strip('"').lstrip("?") for cell in first.split(delimiter_of(first))]
    if "movieId" in cells and {"title", "imdbId"} & {*cells}:
        return Form.MOVIELENS
    if "original_title" in cells and {"id", "movie_id"} & {*cells}:
        return Form.TMDB
    if "movie_id" in cells and {"cast", "crew"} <= {*cells}:
        return Form.TMDB
    if cells[0] in ("film", "item", "movie", "work") and "/entity/Q" in head:
        return Form.WIKIDATA
    if "tconst" in cells or "nconst" in cells:
        raise UsageError(
            f"{path.name}: expected one of IMDb's tables under its own name "
            f"({', '.join(imdb.TABLES)}), each with .tsv or .tsv.gz"
        )
    if name.endswith((".csv", ".tsv", ".txt")) or len(cells) > 1:
        return Form.CSV
    raise UsageError(
        f"{path.name}: expected a table of IMDb, Wikidata, TMDB or MovieLens, a CSV with a header "
        f"(columns such as {', '.join(list(FIELDS)[:5])}), or RDF; found {first[:60]!r}; name the "
        f"form with --as {'|'.join(form for form in Form if form is not Form.ENDPOINT)}"
    )


def _head(path: Path) -> str:
    try:
        with opened(path) as source:
            return source.read(1 << 14).decode("utf-8", "replace")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ReadError(
            f"{path.name}, line 1: the compressed file is damaged or breaks off ({error}); load it "
            "again"
        ) from error
    except OSError as error:
        raise ReadError(f"{path}: can't be read: {error.strerror or error}") from error
