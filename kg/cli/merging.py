"""`kg merge` and `kg diff`."""

from __future__ import annotations

import json
from argparse import Namespace
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.api import open as open_graph
from kg.graph.diff import Change, Difference, diff
from kg.joiner import Joined, join

_SHOWN = 20  # names of a list; the rest is counted
_WIDE = 10_000  # columns where the output goes into a file: nothing is cut or wrapped


def merge(options: Namespace) -> int:
    """Join two graphs, then tell what became of them."""
    joined = join(options.one, options.other, into=options.into)
    console = Console(stderr=True, highlight=False, markup=False)
    for conflict in joined.conflicts:
        console.print(f"conflict: {conflict}", soft_wrap=True)
    _list(console, "both read it, differently; the first reading is kept", joined.differing)
    console.print(joined_table(joined, (str(options.one), str(options.other))))
    console.print(f"The joined graph is in {joined.into}.", soft_wrap=True)
    return 0


def joined_table(joined: Joined, names: tuple[str, str]) -> Table:
    """Counts of the two graphs and of the joined one, side by side."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("")
    for name in (*names, "joined"):
        table.add_column(Text(name), justify="right")
    table.add_column("in both", justify="right")
    table.add_row("Pages", *(f"{number:,}" for number in joined.pages), f"{joined.shared:,}")
    for name in joined.counts[2]:
        numbers = [one.get(name, 0) for one in joined.counts]
        met = numbers[0] + numbers[1] - numbers[2]
        table.add_row(
            name.capitalize(), *(f"{number:,}" for number in numbers), f"{met:,}" if met > 0 else ""
        )
    if joined.corrections:
        table.add_row("Corrections taken over", "", f"{joined.corrections:,}", "", "")
    return table


def compare(options: Namespace) -> int:
    """Show what facts came and went from one graph to another; 1 if they differ."""
    with open_graph(options.one) as one, open_graph(options.other) as other:
        found = diff(one.store, other.store)
    if options.json:
        print(json.dumps(as_json(found), ensure_ascii=False, indent=1))
    else:
        console = Console(highlight=False, markup=False, emoji=False)
        if not console.is_terminal:
            console = Console(width=_WIDE, highlight=False, markup=False, emoji=False)
        show(found, console)
    return 1 if found else 0


def as_json(found: Difference) -> dict[str, object]:
    """The difference as JSON: counts first, then lists."""
    return {
        "counts": _counts(found),
        "pages": {"came": found.pages_came, "went": found.pages_went},
        "things": {"came": found.things_came, "went": found.things_went},
        "facts": [change.as_dict() for change in found.changes],
    }


def show(found: Difference, console: Console) -> None:
    """Film by film, what came (+) and what went (-); then the counts."""
    for (film, title), changes in groupby(found.changes, key=lambda one: (one.film, one.title)):
        path = film.removeprefix(found.base)
        console.print(Text.assemble((title, "bold"), "  ", (path, "dim")), soft_wrap=True)
        for change in changes:
            console.print(_line(change), soft_wrap=True)
        console.print()
    for what, names in (
        ("+ page", found.pages_came),
        ("- page", found.pages_went),
        ("+ thing", found.things_came),
        ("- thing", found.things_went),
    ):
        _list(console, what, [name.removeprefix(found.base) for name in names])
    if not found:
        console.print("no difference")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in ("", "came", "went"):
        table.add_column(head, justify="right" if head else "left")
    counted = _counts(found)
    for name in ("facts", "pages", "things", "facts_with_other_pages"):
        row = (counted[f"{name}_came"], counted[f"{name}_went"])
        table.add_row(name.capitalize().replace("_", " "), *(f"{one:,}" for one in row))
    console.print(table)
    if found.confidence:
        console.print(f"{found.confidence:,} facts are stated with another confidence")


def _line(change: Change) -> Text:
    sign, colour = ("+", "green") if change.came else ("-", "red")
    pages = ", ".join(change.pages[:3])
    more = f" and {len(change.pages) - 3} more" if len(change.pages) > 3 else ""
    return Text.assemble(
        (f"  {sign} {change.words}: {change.value}", colour),
        (f"  {change.confidence:.2f}  {pages}{more}", "dim"),
    )


def _counts(found: Difference) -> dict[str, int]:
    came = sum(change.came for change in found.changes)
    return {
        "facts_came": came,
        "facts_went": len(found.changes) - came,
        "pages_came": len(found.pages_came),
        "pages_went": len(found.pages_went),
        "things_came": len(found.things_came),
        "things_went": len(found.things_went),
        "facts_with_other_pages_came": found.more_voices,
        "facts_with_other_pages_went": found.fewer_voices,
        "confidence_changed": found.confidence,
    }


def _list(console: Console, what: str, names: list[str]) -> None:
    for name in names[:_SHOWN]:
        console.print(f"{what}: {name}", soft_wrap=True)
    if len(names) > _SHOWN:
        console.print(f"{what}: {len(names) - _SHOWN} more")
