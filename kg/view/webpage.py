"""The graph as one self-contained page: no network, no script but its own, nothing trusted.

The page's parts lie beside this file in `page/`. What reviews say enters it in two ways only: as
JSON in a data block, with every character escaped that could end the block, and as escaped text in
the table. The policy in its head allows exactly this script and this style, by their hashes, so
that nothing which slipped through could run or call out.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.view import wording
from kg.view.facts import Facts, Statement, Tie, web_address
from kg.view.pagedata import page_data
from kg.view.palette import KINDS

_FOLDER = Path(__file__).parent / "page"
_SCRIPTS = (
    "elements", "model", "state", "search", "force", "grid", "painter", "stage", "pointer", "panel",
    "filters", "scene", "surroundings", "address", "app",
)  # fmt: skip
_ROWS = 2000
_SENTENCES = 3
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}

COLOPHON = (
    "Made by film-kg, which read these references from reviews by machine; what it isn't sure of "
    "it says. The quotations are the words of the critics named beside them, and remain theirs."
)


def html(facts: Facts, *, title: str, start: str = "") -> bytes:
    """The page as UTF-8; it opens around the film `start` (an IRI) where one is given."""
    script = _script()
    style = (_FOLDER / "style.css").read_text(encoding="utf-8").strip()
    data = page_data(facts, title=title, colophon=COLOPHON, start=start)
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    rows, summary = _table(facts)
    slots = {
        "policy": policy,
        "version": escape(_version()),
        "title": escape(wording.xml_text(title)),
        "style": style,
        "script": script,
        "summary": escape(summary),
        "rows": rows,
        "colophon": escape(COLOPHON),
        "data": embedded(data),
    }
    template = (_FOLDER / "index.html").read_text(encoding="utf-8")
    return _filled(template, slots).encode("utf-8")


def embedded(value: object) -> str:
    """`value` as JSON that no HTML parser can mistake for the end of a script or a comment."""
    return json.dumps(_clean(value), ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _clean(value: object) -> object:
    """`value` with each string free of what neither XML nor UTF-8 can hold."""
    if isinstance(value, str):
        return wording.xml_text(value)
    if isinstance(value, Mapping):
        return {key: _clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return value


def _script() -> str:
    parts = [(_FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "})();"


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def _filled(template: str, slots: Mapping[str, str]) -> str:
    """Each slot filled in one pass, so that no value is searched for slots in its turn."""
    return _SLOT.sub(lambda match: slots[match[1]], template)


def _version() -> str:
    try:
        return version("film-kg")
    except PackageNotFoundError:  # run from a checkout that isn't installed
        return ""


def _table(facts: Facts) -> tuple[str, str]:
    """The rows of the table, the best attested first, and the sentence that stands above them."""
    ordered = sorted(
        facts.ties,
        key=lambda tie: (
            -tie.weight,
            facts.things[tie.source].label,
            facts.things[tie.target].label,
            tie.kind,
        ),
    )
    shown = ordered[:_ROWS]
    summary = f"{len(ordered):,} references, the best attested first."
    if len(shown) < len(ordered):
        summary += (
            f" The first {len(shown):,} are listed; the others are in the map and in the panel "
            "of each film."
        )
    return "\n".join(_row(facts, tie) for tie in shown), summary


def _row(facts: Facts, tie: Tie) -> str:
    said = "".join(_saying(one) for one in tie.statements[:_SENTENCES])
    more = len(tie.statements) - _SENTENCES
    if more > 0:
        said += f"<p><cite>and {more} more</cite></p>"
    return (
        # a narrow screen shows rows as blocks; the roles keep them a table for those who listen
        f'<tr role="row"><td role="cell">{_title(facts, tie.source)}</td>'
        f'<td role="cell">{KINDS[tie.kind].label}</td>'
        f'<td role="cell">{_title(facts, tie.target)}</td><td role="cell">{said}</td></tr>'
    )


def _title(facts: Facts, iri: str) -> str:
    thing = facts.things[iri]
    year = f' <span class="year">{thing.year}</span>' if thing.year is not None else ""
    return f'<bdi class="name {thing.kind}">{_text(thing.label)}</bdi>{year}'


def _saying(statement: Statement) -> str:
    place = statement.publication or statement.source
    where = f"<bdi>{_text(place)}</bdi>" if place else ""
    if where and (address := web_address(statement.url)):
        where = f'<a href="{_text(address)}" rel="noopener noreferrer external">{where}</a>'
    sure = "" if statement.confidence is None else f"{statement.confidence * 100:.0f} % sure"
    critic = f"<bdi>{_text(statement.critic)}</bdi>" if statement.critic else ""
    note = " · ".join(part for part in (critic, where, sure) if part)
    quote = f'<q dir="auto">{_text(wording.quotable(statement.exact))}</q>'
    return f"<p>{quote}" + (f" <cite>{note}</cite>" if note else "") + "</p>"


def _text(words: str) -> str:
    return escape(wording.xml_text(words))
