"""JSON-LD with a context of short names: one object a node, in a fixed order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from kg.graph.prefixes import prefixes_of, shorten
from kg.graph.subjects import Subject
from kg.resources import folder

_LITERAL: Final = re.compile(r'"(.*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_LONG_ESCAPE: Final = re.compile(r"\\U([0-9A-Fa-f]{8})")
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def context_of(base: str) -> dict[str, Any]:
    """The shipped context, with the prefixes of a graph's own folders."""
    shipped = json.loads((folder("ontology") / "context.jsonld").read_text("utf-8"))["@context"]
    return {**prefixes_of(base), **shipped}


class JsonLdWriter:
    """Writes nodes as JSON-LD objects whose keys are the context's terms."""

    def __init__(self, base: str) -> None:
        self.context = context_of(base)
        self._prefixes = prefixes_of(base)
        self._terms: dict[str, tuple[str, str]] = {}
        for term, meaning in self.context.items():
            if isinstance(meaning, dict) and not term.startswith("@"):
                iri = self._expand(meaning["@id"])
                self._terms[iri] = (term, str(meaning.get("@type", "")))

    def document(self, nodes: Iterable[Subject]) -> Iterator[bytes]:
        """The document, piece by piece: the context, then a line for each node."""
        context = json.dumps(self.context, ensure_ascii=False, indent=2, sort_keys=True)
        yield b'{\n"@context": ' + context.encode() + b',\n"@graph": [\n'
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
        return {"@id": shorten(subject.iri.decode()[1:-1], self._prefixes), **written}

    def _property(self, predicate: str, obj: str) -> tuple[str, Any]:
        if predicate == _TYPE:
            return "@type", self._class(obj[1:-1])
        term, coerced = self._terms.get(predicate, (shorten(predicate, self._prefixes), ""))
        if obj.startswith("<"):
            short = shorten(obj[1:-1], self._prefixes)
            return term, short if coerced == "@id" else {"@id": short}
        return term, self._literal(obj, coerced)

    def _class(self, iri: str) -> str:
        term, _ = self._terms.get(iri, ("", ""))
        return term or shorten(iri, self._prefixes)

    def _literal(self, written: str, coerced: str) -> Any:  # noqa: ANN401 - any JSON value
        match = _LITERAL.fullmatch(written)
        if match is None:
            raise ValueError(f"expected an N-Triples literal, found {written}")
        words, language, datatype = match.groups()
        if "\\" in words:
            words = json.loads(f'"{_LONG_ESCAPE.sub(_character, words)}"', strict=False)
        if language:
            return {"@value": words, "@language": language}
        if not datatype:
            return {"@value": words} if coerced else words
        kind = shorten(datatype, self._prefixes)
        if coerced == kind:
            return words
        if kind == "xsd:boolean" and words in ("true", "false"):
            return words == "true"
        if kind == "xsd:integer" and words.lstrip("-").isdecimal():
            return int(words)
        return {"@value": words, "@type": kind}

    def _expand(self, name: str) -> str:
        prefix, colon, local = name.partition(":")
        return self._prefixes[prefix] + local if colon and prefix in self._prefixes else name


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))
