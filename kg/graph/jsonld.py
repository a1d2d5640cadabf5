"""JSON-LD with a context of short names: one object a node, in a fixed order."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from kg.graph.subjects import Subject
from kg.resources import folder
from kg.vocab import RDF, XSD

_LITERAL: Final = re.compile(r'"(.*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_LONG_ESCAPE: Final = re.compile(r"\\U([0-9A-Fa-f]{8})")
Hold = Callable[[str, str], dict[str, Any] | None]
"""Takes a property and the IRI that it names."""
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
            if isinstance(meaning, dict) and "@id" in meaning
        }
        self._backwards = {
            self._expand(meaning["@reverse"]): term
            for term, meaning in self.context.items()
            if isinstance(meaning, dict) and "@reverse" in meaning
        }

    def document(self, nodes: Iterable[Subject]) -> Iterator[bytes]:
        """The document, piece by piece: the context, then a line for each node."""
        return self.document_of(self.object(subject) for subject in nodes)

    def document_of(self, objects: Iterable[dict[str, Any]]) -> Iterator[bytes]:
        """The document of these nodes; of a node that holds others each stands on its own line."""
        lines = (
            f"{json.dumps(term)}: {json.dumps(meaning, ensure_ascii=False)}"
            for term, meaning in self.context.items()
        )
        yield ('{\n"@context": {\n' + ",\n".join(lines) + '\n},\n"@graph": [\n').encode()
        separator = b""
        for one in objects:
            yield separator + _written(one).encode()
            separator = b",\n"
        yield b"\n]\n}\n"

    def object(self, subject: Subject, hold: Hold | None = None) -> dict[str, Any]:
        """One node. `hold` may put an object in the place of what a property names by its IRI."""
        values: dict[str, list[Any]] = {}
        for predicate, obj in subject.said:
            named = predicate.decode()[1:-1]
            term, value = self._property(named, obj.decode())
            if hold is not None and obj.startswith(b"<"):
                value = hold(named, obj.decode()[1:-1]) or value
            values.setdefault(term, []).append(value)
        written = {key: one[0] if len(one) == 1 else one for key, one in sorted(values.items())}
        return {"@id": self.reference(subject.iri.decode()[1:-1]), **written}

    def backwards(self, predicate: str) -> str:
        """What the property is called from its object's side; KeyError if the context has none."""
        return self._backwards[predicate]

    def _property(self, predicate: str, obj: str) -> tuple[str, Any]:
        if predicate == RDF.type:
            return "@type", self._word(obj[1:-1])
        term, coerced = self._terms.get(predicate, (predicate, ""))
        if not obj.startswith("<"):
            return term, self._literal(obj, coerced)
        if coerced == "@vocab":
            return term, self._word(obj[1:-1])
        reference = self.reference(obj[1:-1])
        return term, reference if coerced == "@id" else {"@id": reference}

    def _word(self, iri: str) -> str:
        """A class or property by its term, else as a reference."""
        return self._terms[iri][0] if iri in self._terms else self._compact(iri)

    def reference(self, iri: str) -> str:
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


def _written(one: dict[str, Any]) -> str:
    """A node on one line, or, if it holds others, each of its values on a line."""
    if not any(_holds(value) for value in one.values()):
        return json.dumps(one, ensure_ascii=False)
    lines = []
    for key, value in one.items():
        written = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list) and _holds(value):
            each = ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in value)
            written = f"[\n  {each}]"
        lines.append(f"{json.dumps(key)}: {written}")
    return "{" + ",\n ".join(lines) + "}"


def _holds(value: object) -> bool:
    """Whether a value is an object with more in it than a name, or has one among its items."""
    if isinstance(value, list):
        return any(isinstance(item, dict) for item in value)
    return isinstance(value, dict) and len(value) > len(("@id", "name"))


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))
