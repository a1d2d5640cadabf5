"""Extractions of a folder or file of reviews, made once and kept, to measure later stages by.

Extracting is the costly step; linking can then be measured again in seconds. A kept extraction is
made anew when the model or its page changes.
"""

from __future__ import annotations

import zlib
from collections.abc import Container, Iterator, Sequence
from pathlib import Path

import msgspec

from kg.errors import ReadError
from kg.extract import extract, load, model_version
from kg.model import Extraction, Refusal
from kg.read import documents, page_of

_decode = msgspec.msgpack.Decoder(Extraction).decode
_encode = msgspec.msgpack.Encoder().encode


def extracted(
    sources: Sequence[str], keep: Path, *, wanted: Container[int] | None = None
) -> Iterator[Extraction]:
    """The extractions of the pages of `sources`, in their order; `keep` is a folder for them.

    `wanted` are the numbers of the pages that are asked for, from 0.
    """
    keep.mkdir(parents=True, exist_ok=True)
    nlp = None
    for at, document in enumerate(documents(list(sources))):
        if wanted is not None and at not in wanted:
            continue
        if isinstance(document, Refusal):
            raise ReadError(f"expected a page in {document.source}, found none: {document.reason}")
        page = page_of(document)
        file = keep / f"{zlib.crc32(page.digest.encode()):08x}-{page.id}.{model_version()}"
        if file.exists():
            yield _decode(zlib.decompress(file.read_bytes()))
            continue
        nlp = nlp or load()
        extraction = extract(nlp, page)
        file.write_bytes(zlib.compress(_encode(extraction), 3))
        yield extraction
