"""Page to Extraction: the pipeline's result as plain values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any, cast

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.extensions import page_of
from kg.model import Extraction, Page

_VOCABULARY = 100_000  # strings
_SURROGATE = re.compile("[\ud800-\udfff]")


def extract(nlp: Language, page: Page) -> Extraction:
    """All that the page says, in values that need no library. The same page, the same result."""
    text = _SURROGATE.sub("\ufffd", page.text)  # half a surrogate pair is no character
    with _words_let_go(nlp):
        doc = nlp.make_doc(text)
        doc._.page = page if text == page.text else replace(page, text=text)
        found = to_extraction(nlp(doc))
        del doc
    return found if text == page.text else replace(found, page=page)


def _words_let_go(nlp: Language) -> AbstractContextManager[object]:
    """Memory that is freed after the page, once the vocabulary holds the language's common words.

    spaCy keeps every word it ever met; over a million pages that would be all of the memory.
    """
    vocabulary: Any = nlp.vocab
    if len(vocabulary.strings) < _VOCABULARY or vocabulary.in_memory_zone:
        return nullcontext()
    return cast(AbstractContextManager[object], nlp.memory_zone())


def extract_pages(nlp: Language, pages: Iterable[Page]) -> Iterator[Extraction]:
    """The extractions of many pages, in their order, one at a time."""
    for page in pages:
        yield extract(nlp, page)


def to_extraction(doc: Doc) -> Extraction:
    """What the pipeline hung on the doc, as one value."""
    clusters, topic = tuple(doc._.clusters), doc._.topic
    relations, references = tuple(doc._.relations), tuple(doc._.references)
    notes = tuple(doc._.notes)
    if topic and not clusters[0].name:
        # the text never names its film: kept only where something hangs on it
        used = references or any(topic in (r.subject, r.object, r.part) for r in relations)
        if used:
            notes = (*notes, "the reviewed film is never named")
        else:
            clusters, topic = clusters[1:], ""
    return Extraction(
        page=page_of(doc),
        clusters=clusters,
        relations=relations,
        references=references,
        topic=topic,
        model=doc._.model,
        notes=notes,
    )
