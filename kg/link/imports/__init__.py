"""Imports into the catalogue: one module a source, streaming, into one file that is swapped whole.

source -> records            imdb, wikidata, endpoint, tmdb, movielens, columns, catalogue_rdf
records -> staging           on disk; films joined by identifier as they come
staging -> numbering         people sorted by name, two of one name kept apart
        -> meeting           films joined by title, year and people
        -> finish            the catalogue's tables, each written in its order
"""

from __future__ import annotations

from kg.link.imports.detect import Form
from kg.link.imports.run import ImportOptions, import_catalogue

__all__ = ["Form", "ImportOptions", "import_catalogue"]
