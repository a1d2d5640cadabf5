"""What the pipeline hangs on a spaCy `Doc`, and how it survives a trip to another process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import srsly  # type: ignore[import-untyped]  # it ships no types
from spacy.tokens import Doc

from kg.extract.recogniser import Reading
from kg.model import Cluster, Mention, Page, Reference, Relation

DEFAULTS: dict[str, object] = {
    "page": None,  # Page: its zones, its stated facts; None is one zone of prose
    "reading": None,  # Reading: the encoder's pass, while the pipeline runs
    "mentions": (),  # tuple[Mention, ...] in order, exact to the character
    "cluster_numbers": (),  # tuple[int, ...]: for each mention, its place in `clusters`
    "stated_numbers": (),  # tuple[int, ...]: likewise for each name that the page states
    "clusters": (),  # tuple[Cluster, ...]
    "topic": "",  # the id of the reviewed film's cluster
    "relations": (),  # tuple[Relation, ...]
    "references": (),  # tuple[Reference, ...]
    "notes": (),  # tuple[str, ...]
    "model": "",  # the network's version
}
_VALUES: dict[str, type] = {
    value.__name__: value for value in (Page, Mention, Cluster, Relation, Reference)
}
_TAG = "kg.model"


def register() -> None:
    """Make the extensions known to spaCy; calling it again changes nothing."""
    for name, default in DEFAULTS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
    srsly.msgpack_encoders("film-kg", func=_encode)
    srsly.msgpack_decoders("film-kg", func=_decode)


def page_of(doc: Doc) -> Page:
    """The page that the doc was made from; a bare text is a page of nothing but prose."""
    page: Page | None = doc._.page
    if page is None:
        page = doc._.page = Page(id="", source="", text=doc.text)
    return page


def _encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:  # noqa: ANN401
    if isinstance(value, Reading):
        return None
    name = type(value).__name__
    if _VALUES.get(name) is type(value):
        return {_TAG: name, "value": msgspec.msgpack.encode(value)}
    return value if chain is None else chain(value)


def _decode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:  # noqa: ANN401
    if isinstance(value, dict) and value.keys() == {_TAG, "value"}:
        return msgspec.msgpack.decode(value["value"], type=_VALUES[value[_TAG]])
    return value if chain is None else chain(value)
