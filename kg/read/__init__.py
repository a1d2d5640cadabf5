"""Sources and formats, up to a page: clean text, zones, and what the markup states.

documents(sources)   files, folders, globs, standard input -> documents, lazily and cheaply
page_of(document)    the costly part: text repaired, laid out, zoned; pure, so it runs anywhere
"""

from kg.read.document import Document, Fields
from kg.read.options import Columns, Format, ReadOptions
from kg.read.page import READ_VERSION, page_of
from kg.read.sources import documents, total

__all__ = [
    "READ_VERSION",
    "Columns",
    "Document",
    "Fields",
    "Format",
    "ReadOptions",
    "documents",
    "page_of",
    "total",
]
