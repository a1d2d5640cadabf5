"""How an explanation looks on a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from kg.graph.explanation import Account, Explanation, Fact, Meaning, Saying

_KINDS = {"film": "film", "work": "work", "person": "person", "character": "character"}
_NAMES = 12  # names told of one thing
_PAGES = 3  # of one name
_CLAIM = 14  # letters of a claim's path that are enough to ask by
_WIDTH = 100  # the longest comfortable line; a sentence is wrapped there


def as_json(explanation: Explanation) -> dict[str, Any]:
    """The explanation as plain values, in the words of its classes."""
    return asdict(explanation)


def show(explanation: Explanation, console: Console) -> None:
    """Print it: each fact, and below it the sentences that say it."""
    if not explanation.accounts:
        console.print(f"Nothing in this graph is called {explanation.name!r}.")
        if explanation.suggestions:
            near = ", ".join(named.label for named in explanation.suggestions)
            console.print(f"Near to it: {near}")
        return
    for account in explanation.accounts:
        _show_account(account, console)


def _show_account(account: Account, console: Console) -> None:
    kind = _KINDS.get(account.kind, account.kind)
    known = "" if account.linked else ", not in the catalogue"
    title = Text(account.label, style="bold")
    title.append(f"  {kind}{known}", style="dim")
    console.print(title)
    console.print(Text(f"  {account.iri}", style="dim"))
    if account.other_names:
        console.print(f"  also written: {', '.join(account.other_names)}")
    for iri in account.same_as:
        console.print(Text(f"  same as {iri}", style="dim"))
    console.print()
    _show_facts(account.facts, console)
    if account.known:
        console.print(Text("  The catalogue adds, and no page says:", style="italic"))
        for fact in account.known:
            line = Text("  ")
            line.append(f"{fact.words} ", style="cyan")
            line.append(_value(fact))
            console.print(line)
        console.print()
    if account.meanings:
        console.print(Text("  Names that mean it, and why:", style="italic"))
        for meaning in account.meanings[:_NAMES]:
            _show_meaning(meaning, console)
        if len(account.meanings) > _NAMES:
            console.print(f"  and {len(account.meanings) - _NAMES} more; --json shows all")
        console.print()


def _show_meaning(meaning: Meaning, console: Console) -> None:
    width = min(console.width, _WIDTH)
    line = Text(f"“{meaning.name}”", style="bold")
    line.append(f"  {meaning.score:.2f}", style="cyan")
    why = "; ".join(meaning.reasons) or "the name alone"
    line.append(f"  {why}", style="default")
    console.print(Padding(line, (0, 0, 0, 2), expand=False), width=width)
    if meaning.rivals:
        rivals = ", ".join(f"{one.label} {one.score:.2f}" for one in meaning.rivals)
        console.print(
            Padding(Text(f"rather than {rivals}", style="dim"), (0, 0, 0, 6), expand=False),
            width=width,
        )
    shown = ", ".join(meaning.pages[:_PAGES])
    more = len(meaning.pages) - _PAGES
    told = f"in {shown} and {more} more" if more > 0 else f"in {shown}"
    console.print(Padding(Text(told, style="dim"), (0, 0, 0, 6), expand=False), width=width)


def _show_facts(facts: Iterable[Fact], console: Console) -> None:
    for fact in facts:
        line = Text("  ")
        line.append(f"{fact.words} ", style="cyan")
        line.append(_value(fact), style="bold")
        notes = [f"{fact.confidence:.2f}"] if fact.sayings else []
        if fact.catalogue:
            notes.append("the catalogue agrees")
        if fact.corrected:
            notes.append("added by you")
        if fact.disputed:
            notes.append("another page says otherwise")
        line.append(f"  ({'; '.join(notes)})" if notes else "", style="dim")
        console.print(line)
        for saying in fact.sayings:
            console.print(
                Padding(_said(saying), (0, 0, 0, 6), expand=False), width=min(console.width, _WIDTH)
            )
    console.print()


def _value(fact: Fact) -> str:
    return f"{fact.value} ({fact.part})" if fact.part else fact.value


def _said(saying: Saying) -> Text:
    words = Text(f"“{' '.join(saying.words.split())}”")
    by = ", ".join(part for part in (saying.critic, saying.publication, saying.source) if part)
    place = f" {saying.start}-{saying.end}" if saying.start is not None else ""
    if saying.where and saying.where not in ("text", "corrections"):
        place = f" {saying.where}"
    words.append(f" {by}{place}, {saying.confidence:.2f}", style="dim")
    if saying.claim:
        words.append(f"  {saying.claim[:_CLAIM]}", style="dim")
    return words
