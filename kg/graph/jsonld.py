"""JSON-LD with a context of short names: one object a node, in a fixed order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from kg.graph.subjects import Subject
from kg.resources import folder
from kg.vocab import RDF, XSD

_LITERAL: Final = re.compile(r'"(.*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_LONG_ESCAPE: Final = re.compile(r"\\U([0-9A-Fa-f]{8})")
# what would not come back from a relative reference as it went in (RFC 3986, section 5.2.4)
_NOT_RELATIVE: Final = re.compile(r"(?:^|/)\.{1,2}(?:/|$)|^/|^$|^[^/]*:|[?#]")


def context_of(base: str) -> dict[str, Any]:
    """The shipped context and the base, below which names are written without it."""
    shipped = json.loads((folder("ontology") / "context.jsonld").read_text("utf-8"))["@context"]
    return {**shipped, "@base": base} if base.endswith("/") else dict(shipped)


class JsonLdWriter:
    """Writes nodes as JSON-LD objects whose keys are the context's terms."""

    def __init__(self, base: str) -> None:
        self.context = context_of(base)
        self._base = base
        self._prefixes = {
            term: meaning
            for term, meaning in self.context.items()
            if isinstance(meaning, str) and not term.startswith("@")
        }
        # what each IRI is called, and the type that a value of it needn't repeat
        self._terms: dict[str, tuple[str, str]] = {
            self._expand(meaning["@id"]): (term, self._expand(meaning.get("@type", "")))
            for term, meaning in self.context.items()
            if isinstance(meaning, dict)
        }

    def document(self, nodes: Iterable[Subject]) -> Iterator[bytes]:
        """The document, piece by piece: the context, then a line for each node."""
        lines = (
            f"{json.dumps(term)}: {json.dumps(meaning, ensure_ascii=False)}"
            for term, meaning in self.context.items()
        )
        yield ('{\n"@context": {\n' + ",\n".join(lines) + '\n},\n"@graph": [\n').encode()
        separator = b""
        for subject in nodes:
            written = json.dumps(self.object(subject), ensure_ascii=False)
            yield separator + written.encode()
            separator = b",\n"
        yield b"\n]\n}\n"

    def object(self, subject: Subject) -> dict[str, Any]:
        """One node."""
        values: dict[str, list[Any]] = {}
        for predicate, obj in subject.said:
            term, value = self._property(predicate.decode()[1:-1], obj.decode())
            values.setdefault(term, []).append(value)
        written = {key: one[0] if len(one) == 1 else one for key, one in sorted(values.items())}
        return {"@id": self._reference(subject.iri.decode()[1:-1]), **written}

    def _property(self, predicate: str, obj: str) -> tuple[str, Any]:
        if predicate == RDF.type:
            return "@type", self._word(obj[1:-1])
        term, coerced = self._terms.get(predicate, (predicate, ""))
        if not obj.startswith("<"):
            return term, self._literal(obj, coerced)
        if coerced == "@vocab":
            return term, self._word(obj[1:-1])
        reference = self._reference(obj[1:-1])
        return term, reference if coerced == "@id" else {"@id": reference}

    def _word(self, iri: str) -> str:
        """A class or property by its term, else as a reference."""
        return self._terms[iri][0] if iri in self._terms else self._compact(iri)

    def _reference(self, iri: str) -> str:
        """A node below the base without it, another one with a prefix."""
        if "@base" in self.context and iri.startswith(self._base):
            rest = iri[len(self._base) :]
            if not _NOT_RELATIVE.search(rest):
                return rest
        return self._compact(iri)

    def _compact(self, iri: str) -> str:
        for prefix, namespace in self._prefixes.items():
            local = iri[len(namespace) :]
            if iri.startswith(namespace) and local and not local.startswith("/"):
                return f"{prefix}:{local}"
        return iri

    def _literal(self, written: str, coerced: str) -> Any:  # noqa: ANN401 - any JSON value
        match = _LITERAL.fullmatch(written)
        if match is None:
            raise ValueError(f"expected an N-Triples literal, found {written}")
        words, language, datatype = match.groups()
        if "\\" in words:
            words = json.loads(f'"{_LONG_ESCAPE.sub(_character, words)}"', strict=False)
        if language:
            return {"@value": words, "@language": language}
        if (datatype or "") == coerced:
            return words
        if datatype == XSD.boolean and words in ("true", "false") and not coerced:
            return words == "true"
        if datatype == XSD.integer and words.isdecimal() and not coerced:
            return int(words)
        typed = {"@type": self._compact(datatype)} if datatype else {}
        return {"@value": words, **typed}

    def _expand(self, name: str) -> str:
        prefix, colon, local = name.partition(":")
        return self._prefixes[prefix] + local if colon and prefix in self._prefixes else name


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))
