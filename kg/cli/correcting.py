"""`kg link` and `kg fact`: what the user puts right, shown and undone."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence

from kg.builder import relink
from kg.correct import Correcting
from kg.engine.userword import CORRECTIONS
from kg.errors import UsageError
from kg.graph.places import open_graph
from kg.graph.remote.address import beside
from kg.link import Catalogue
from kg.link.folder import of_graph
from kg.model import Correction

_LINKING = ("same", "different")
_FACTS = ("wrong", "add")


def link(options: Namespace) -> int:
    """Say who is who, list what was said, or undo it."""
    return _run(
        options,
        _LINKING,
        {
            "same": lambda to, said: [to.same(said[0], said[1], options.note)],
            "different": lambda to, said: [to.different(said[0], said[1], options.note)],
        },
    )


def fact(options: Namespace) -> int:
    """Say that a fact is wrong, or a new one; list what was said, or undo it."""
    return _run(
        options,
        _FACTS,
        {
            "wrong": lambda to, said: [to.wrong(said, options.note)],
            "add": lambda to, said: to.add(said, options.note),
        },
    )


_Verb = Callable[[Correcting, Sequence[str]], list[Correction]]


def _run(options: Namespace, verbs: Sequence[str], says: dict[str, _Verb]) -> int:
    folder = beside(options.graph)
    with open_graph(options.graph) as store, Catalogue.open(of_graph(folder, None)) as catalogue:
        to = Correcting(store, folder, catalogue)
        if options.list:
            _show([one for one in to.all() if one.verb in verbs])
            return 0
        done: list[Correction] = []
        if options.undo:
            done = to.undo(options.undo)
            _tell("undone", done)
        for verb, say in says.items():
            said = getattr(options, verb)
            if said:
                done = say(to, said)
                _tell("noted", done)
    if not done:
        named = ", ".join(f"--{verb}" for verb in (*verbs, "list", "undo"))
        raise UsageError(f"expected one of {named}, found none of them")
    report = relink(options.graph)
    pages = "page" if report.written == 1 else "pages"
    print(
        f"{report.written} {pages} written anew; {folder / CORRECTIONS} keeps the correction",
        file=sys.stderr,
    )
    return 0


def _tell(what: str, corrections: Sequence[Correction]) -> None:
    for one in corrections:
        print(f"{what}: {_words(one)}", file=sys.stderr)


def _show(corrections: Sequence[Correction]) -> None:
    """A line each on stdout: its number, a tab, what it says, and its note if it has one."""
    for one in corrections:
        print(one.line, _words(one), *([f"# {one.note}"] if one.note else []), sep="\t")
    if not corrections:
        print("nothing has been corrected", file=sys.stderr)


def _words(one: Correction) -> str:
    where = f"on {one.page}" if one.page else ""
    joined = {"same": "is the same as", "different": "is not"}.get(one.verb)
    if joined:
        return f"{one.subject} {joined} {one.object}"
    parts = (f"{one.verb}:", one.subject, one.predicate, one.object, where)
    return " ".join(part for part in parts if part)
