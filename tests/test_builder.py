import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.builder import build, relink
from kg.engine import local
from kg.engine.local import Outcome
from kg.graph.store import Store
from kg.read import Document
from kg.report import BuildOptions

CORPUS = Path(__file__).parents[1] / "corpus" / "pages" / "users"
OPTIONS = BuildOptions(jobs=1)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for page in sorted(CORPUS.glob("*.txt"))[:4]:
        shutil.copy(page, folder)
    return folder


def quads(graph: Path) -> bytes:
    from kg.graph.serialise import serialise

    with Store.open(graph) as store:
        return serialise(store, ".nq")


def test_the_same_pages_give_the_same_bytes(pages: Path, tmp_path: Path) -> None:
    build([str(pages)], graph=tmp_path / "one", options=OPTIONS)
    build([str(pages)], graph=tmp_path / "other", options=OPTIONS)
    assert quads(tmp_path / "one") == quads(tmp_path / "other")


def test_pages_added_one_by_one_give_the_graph_of_all_at_once(pages: Path, tmp_path: Path) -> None:
    for page in sorted(pages.iterdir(), reverse=True):
        build([f"{pages}/{page.name[:12]}*"], graph=tmp_path / "grown", options=OPTIONS)
    build([f"{pages}/*.txt"], graph=tmp_path / "whole", options=OPTIONS)
    assert quads(tmp_path / "grown") == quads(tmp_path / "whole")


def test_only_a_changed_page_is_read_and_written_again(pages: Path, tmp_path: Path) -> None:
    build([str(pages)], graph=tmp_path / "graph", options=OPTIONS)
    changed = min(pages.iterdir())
    changed.write_text(changed.read_text(encoding="utf-8") + "\n\nSplendid.\n", encoding="utf-8")
    report = build([str(pages)], graph=tmp_path / "graph", options=OPTIONS)
    assert (report.read, report.unchanged) == (1, 3)
    assert report.written <= 2


def test_an_interrupted_build_goes_on_where_it_stopped(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = local.run

    def cut(documents: Iterable[Document], **how: Any) -> Iterator[Outcome]:  # noqa: ANN401
        for number, outcome in enumerate(whole(documents, **how)):
            if number == 2:
                raise KeyboardInterrupt
            yield outcome

    graph = tmp_path / "graph"
    monkeypatch.setattr(local, "run", cut)
    with pytest.raises(KeyboardInterrupt):
        build([str(pages)], graph=graph, options=OPTIONS)
    monkeypatch.setattr(local, "run", whole)
    report = build([str(pages)], graph=graph, options=OPTIONS)
    assert (report.read, report.unchanged, report.pages) == (2, 2, 4)
    build([str(pages)], graph=tmp_path / "whole", options=OPTIONS)
    assert quads(graph) == quads(tmp_path / "whole")


def test_linking_again_without_a_change_writes_nothing(pages: Path, tmp_path: Path) -> None:
    build([str(pages)], graph=tmp_path / "graph", options=OPTIONS)
    before = quads(tmp_path / "graph")
    assert relink(tmp_path / "graph").written == 0
    assert quads(tmp_path / "graph") == before


def test_a_rebuild_forgets_pages_that_are_gone(pages: Path, tmp_path: Path) -> None:
    build([str(pages)], graph=tmp_path / "graph", options=OPTIONS)
    min(pages.iterdir()).unlink()
    report = build(
        [str(pages)], graph=tmp_path / "graph", options=BuildOptions(jobs=1, rebuild=True)
    )
    assert (report.read, report.pages) == (3, 3)
