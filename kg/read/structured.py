"""The structured data of a page as nodes: JSON-LD and microdata in one shape.

Both are read with extruct, one JSON-LD block at a time, so that a broken one costs only itself.
What can't be read is noted, never passed over in silence.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from extruct.jsonld import JsonLdExtractor
from extruct.w3cmicrodata import MicrodataExtractor
from lxml import html

_COMMENTED: Final = re.compile(
    r"/\*\s*<!\[CDATA\[\s*\*/|/\*\s*\]\]>\s*\*/|<!\[CDATA\[|\]\]>|<!--|-->"
)
_TRAILING_COMMA: Final = re.compile(r",(\s*[}\]])")
_URL_PROPERTIES: Final = frozenset(
    ("url", "sameas", "image", "thumbnailurl", "mainentityofpage", "contenturl", "embedurl", "item")
)
_MOST_NODES: Final = 20_000


@dataclass(frozen=True, slots=True)
class Node:
    """One thing that the markup describes, as schema.org has it.

    `data` maps property names in lower case to lists of values: strings, or nodes. `parent` is the
    node that holds it, `role` the property that does; both empty at the top. `spelt` has the names
    of the properties as the page spells them.
    """

    types: frozenset[str]
    data: dict[str, list[Any]]
    where: str
    parent: Node | None = field(default=None, repr=False)
    role: str = ""
    spelt: dict[str, str] = field(default_factory=dict, repr=False)

    def is_a(self, types: frozenset[str]) -> bool:
        """Whether it is of one of these types, written in lower case."""
        return bool(self.types & types)

    def words(self, *names: str) -> list[str]:
        """The plain values of the properties; of a node its name."""
        return [words for value in self.values(*names) for words in _plain(value)]

    def first(self, *names: str) -> str:
        """The first of `words`, "" where there is none."""
        return next(iter(self.words(*names)), "")

    def nodes(self, *names: str) -> list[Node]:
        """The values of the properties that are nodes."""
        return [value for value in self.values(*names) if isinstance(value, Node)]

    def values(self, *names: str) -> list[Any]:
        """All values of the properties."""
        return [value for name in names for value in self.data.get(name, ())]


@dataclass(slots=True)
class Structured:
    """All nodes of a page, those at the top first given, and notes of what was unreadable."""

    nodes: list[Node] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def top(self) -> list[Node]:
        """The nodes that no other one holds."""
        return [node for node in self.nodes if node.parent is None]


def structured_data(tree: html.HtmlElement) -> Structured:
    """The nodes of a page's JSON-LD and microdata. Never raises on what a page may hold."""
    found = Structured()
    for script in tree.iter("script"):
        kind = (script.get("type") or "").partition(";")[0].strip().lower()
        if kind == "application/ld+json" and (script.text_content() or "").strip():
            items = _json_items(script)
            if items is None:
                found.notes.append("a JSON-LD block that is no JSON")
                continue
            known = dict(_identified(items))
            for item in items:
                _add(item, "json-ld", known, found)
    if tree.find(".//*[@itemscope]") is not None:
        for item in _microdata(tree, found):
            _add(item, "microdata", {}, found)
    return found


def _json_items(script: html.HtmlElement) -> list[dict[str, Any]] | None:
    """The objects of a JSON-LD block, "@graph" and lists opened; None where it is no JSON."""
    try:
        data: Any = JsonLdExtractor().extract_items(script)
    except (ValueError, RecursionError):
        words = _TRAILING_COMMA.sub(r"\1", _COMMENTED.sub("", script.text_content())).strip(
            " \r\n\t;"
        )
        try:
            data, _ = json.JSONDecoder(strict=False).raw_decode(words)
        except (ValueError, RecursionError):
            return None
    return list(_opened(data, 0))


def _opened(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(data, list):
        for item in data:
            yield from _opened(item, depth + 1)
    elif isinstance(data, dict):
        graph = data.get("@graph")
        if graph is not None:
            yield from _opened(graph, depth + 1)
        if graph is None or len(data) > 2:
            yield {key: value for key, value in data.items() if key != "@graph"}


def _identified(items: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects that have an "@id" and something else besides, at any depth."""
    waiting = [items]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            if isinstance(item.get("@id"), str) and len(item) > 2:
                yield item["@id"], item
            waiting += item.values()


def _microdata(tree: html.HtmlElement, found: Structured) -> list[dict[str, Any]]:
    mended = copy.deepcopy(tree)
    for element in mended.iter("a", "time"):
        names = (element.get("itemprop") or "").lower().split()
        # a name in a link is the name, not the address it leads to
        if names and not _URL_PROPERTIES.intersection(names) and not element.get("datetime"):
            element.tag = "span"
    try:
        items: list[dict[str, Any]] = MicrodataExtractor().extract_items(mended, "")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        found.notes.append(f"microdata that can't be read ({type(error).__name__})")
        return []
    return [_as_json_ld(item, 0) for item in items]


def _as_json_ld(item: dict[str, Any], depth: int) -> dict[str, Any]:
    """A microdata item in the shape of JSON-LD."""
    data: dict[str, Any] = {"@type": item.get("type", "")}
    properties = item.get("properties")
    if isinstance(properties, dict) and depth < 12:
        for name, value in properties.items():
            values = value if isinstance(value, list) else [value]
            data[name] = [
                _as_json_ld(one, depth + 1) if isinstance(one, dict) else one for one in values
            ]
    elif isinstance(item.get("value"), str):
        data["name"] = item["value"]
    return data


def _add(
    item: dict[str, Any], where: str, known: dict[str, dict[str, Any]], found: Structured
) -> None:
    """Add an item and all that it holds; iterative in breadth, since pages nest at will."""
    waiting: list[tuple[dict[str, Any], Node | None, str, dict[str, list[Any]] | None]]
    waiting = [(item, None, "", None)]
    while waiting and len(found.nodes) < _MOST_NODES:
        data, parent, role, target = waiting.pop(0)
        node = Node(_types(data), {}, where, parent, role)
        found.nodes.append(node)
        if target is not None:
            target.setdefault(role, []).append(node)
        for key, value in data.items():
            name = key.rpartition(":")[2].lower() if not key.startswith("@") else key
            node.spelt[name] = key
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict) and _depth(node) < 12:
                    waiting.append((_resolved(one, known, node), node, name, node.data))
                elif isinstance(one, (str, int, float)) and not isinstance(one, bool):
                    node.data.setdefault(name, []).append(str(one))


def _resolved(
    item: dict[str, Any], known: dict[str, dict[str, Any]], holder: Node
) -> dict[str, Any]:
    """The object that a bare reference stands for; one that would lead in a circle stays bare."""
    if set(item) <= {"@id", "@type"} and _depth(holder) < 3:
        return known.get(str(item.get("@id")), item)
    return item


def _depth(node: Node) -> int:
    depth = 0
    while node.parent is not None:
        node = node.parent
        depth += 1
    return depth


def _types(data: dict[str, Any]) -> frozenset[str]:
    value = data.get("@type", "")
    values = value if isinstance(value, list) else [value]
    return frozenset(re.split(r"[/#:]", str(one))[-1].lower() for one in values if one)


def _plain(value: object) -> list[str]:
    if isinstance(value, Node):
        return value.words("name")[:1] or value.words("@value")[:1]
    words = " ".join(str(value).split())
    return [words] if words else []
