import re
from pathlib import Path

import pytest

from kg.graph import terminology
from kg.graph.document import document

ROOT = Path(__file__).parents[2]


def test_the_documentation_of_the_graph_is_current() -> None:
    assert (ROOT / "docs" / "graph.md").read_text(encoding="utf-8") == document()


def test_the_documentation_of_the_ontology_is_current() -> None:
    page = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    assert page == terminology.document()


def test_every_link_within_the_ontologys_page_leads_to_a_term() -> None:
    page = terminology.document()
    assert set(re.findall(r"\]\(#(\w+)\)", page)) <= set(re.findall(r'<a id="(\w+)">', page))


@pytest.mark.parametrize(
    "page",
    ["README.md", *(f"docs/{page.name}" for page in sorted((ROOT / "docs").glob("*.md")))],
)
def test_links_between_files_lead_somewhere(page: str) -> None:
    path = ROOT / page
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []
