"""The page of documentation on the commands, written from the parser itself.

python -m kg.cli.document > docs/commands.md
"""

from __future__ import annotations

from argparse import ArgumentParser, _StoreAction, _SubParsersAction

from kg.cli.arguments import make_parser

_HEAD = """# Commands

Data goes to stdout, everything else to stderr. Exit codes: 0 done; 1 something was refused under
`--strict`, or a check found faults; 2 wrong use; 3 failed.
"""


def document() -> str:
    """The page as Markdown."""
    parts = [_HEAD]
    for name, child in _commands(make_parser()).items():
        parts.append(f"## kg {name}\n\n{child.description}\n")
        parts.append(f"```sh\n{(child.epilog or '').removeprefix('example: ')}\n```\n")
        rows = [_row(action) for action in child._actions if action.dest != "help"]
        parts.append("| argument | meaning |\n| --- | --- |\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def _commands(parser: ArgumentParser) -> dict[str, ArgumentParser]:
    found: dict[str, ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            for name, child in action.choices.items():
                below = {f"{name} {inner}": one for inner, one in _commands(child).items()}
                found |= below or {name: child}
    return found


def _row(action: object) -> str:
    assert hasattr(action, "option_strings")
    strings: list[str] = action.option_strings
    metavar = getattr(action, "metavar", None) or ""
    shown = " ".join(metavar) if isinstance(metavar, tuple) else metavar
    takes = isinstance(action, _StoreAction) or getattr(action, "nargs", 0) != 0
    name = " ".join([*strings[:1], *([shown] if takes and shown else [])])
    text = str(getattr(action, "help", "")).replace(
        "%(default)s", str(getattr(action, "default", ""))
    )
    return f"| `{name}` | {text} |"


if __name__ == "__main__":
    print(document(), end="")
