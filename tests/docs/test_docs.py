import re
from pathlib import Path

import pytest

from kg.graph.document import document

ROOT = Path(__file__).parents[2]


def test_the_documentation_of_the_graph_is_current() -> None:
    assert (ROOT / "docs" / "graph.md").read_text(encoding="utf-8") == document()


@pytest.mark.parametrize("page", ["README.md", "docs/commands.md", "docs/graph.md"])
def test_links_between_files_lead_somewhere(page: str) -> None:
    path = ROOT / page
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []
