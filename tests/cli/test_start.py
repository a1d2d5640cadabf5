import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli.arguments import make_parser
from kg.cli.document import document

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("words", [["--help"], ["query"]])
def test_help_and_queries_start_without_the_recogniser(words: list[str]) -> None:
    code = (
        "import sys; from kg.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'onnxruntime', 'torch', 'rdflib', 'networkx'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr


def test_wrong_use_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        make_parser().parse_args(["build"])
    assert ended.value.code == 2
    assert "SOURCE" in capsys.readouterr().err


def test_every_command_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("build", "query", "explain", "export", "draw", "annotate", "evaluate"):
        with pytest.raises(SystemExit):
            make_parser().parse_args([command, "--help"])
        assert f"example: kg {command}" in capsys.readouterr().out


def test_the_documentation_of_the_commands_is_current() -> None:
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == document()
