"""The store: what it holds after which change, who may open it, and what it says when it can't."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from graph_examples import aggregator, all_pages, later_review, magazine_review
from graph_synthetic import pages

from kg.errors import StoreError, UsageError
from kg.graph.mapping import page_graph, quads_of
from kg.graph.ntriples import written
from kg.graph.store import Store
from kg.graph.terms import Quad, Triple
from kg.model import LinkedPage, Literal
from kg.vocab import BASE, FK, RDF, SCHEMA

OPENING = BASE + "film/opening-night-1977"


def put(store: Store, page: LinkedPage) -> str:
    graph = page_graph(page.page.id, base=store.base)
    store.replace_page(graph, quads_of(page, base=store.base))
    return graph


def default_graph(store: Store) -> set[Triple]:
    found = list(store.triples())
    assert len(found) == len(set(found))
    return set(found)


def all_that_pages_say(store: Store) -> set[Triple]:
    return {
        triple
        for page in store.pages()
        for triple in (*store.triples(graph=page), *store.evidence(page))
    }


def number(store: Store, sparql: str) -> int:
    ((value,),) = store.query(sparql).printed()
    return int(value)


def test_the_default_graph_holds_what_any_page_says_once(writer: Store) -> None:
    for page in all_pages():
        put(writer, page)
    assert default_graph(writer) == all_that_pages_say(writer)


def test_a_replaced_page_leaves_nothing_of_its_old_words(writer: Store) -> None:
    put(writer, magazine_review().linked())
    shorter = magazine_review()
    shorter.relations.clear()
    graph = put(writer, shorter.linked())
    assert {*writer.triples(graph=graph), *writer.evidence(graph)} == {
        Triple(*quad[:3]) for quad in quads_of(shorter.linked())
    }
    assert default_graph(writer) == all_that_pages_say(writer)


def test_what_another_page_says_too_stays(writer: Store) -> None:
    graph = put(writer, magazine_review().linked())
    put(writer, aggregator().linked())
    writer.forget(graph)
    assert list(writer.triples(OPENING, FK.comparedTo))
    assert not list(writer.triples(OPENING, SCHEMA.director))
    assert default_graph(writer) == all_that_pages_say(writer)


def test_claims_and_passages_stand_in_the_default_graph_and_nowhere_else(writer: Store) -> None:
    single = put(writer, magazine_review().linked())
    assert len(list(writer.triples(None, RDF.type, FK.Claim))) > 5
    assert not list(writer.triples(None, RDF.type, FK.Claim, graph=single))
    assert not list(writer.triples(None, RDF.type, FK.Passage, graph=single))
    assert list(writer.triples(OPENING, SCHEMA.director, graph=single))
    writer.bulk_load(quads_of(magazine_review().linked()))
    assert not list(writer.triples(None, RDF.type, FK.Claim, graph=single))


def test_a_graph_of_the_first_format_loses_its_copies_of_evidence(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as writer:
        graph = put(writer, magazine_review().linked())
        put(writer, aggregator().linked())
        expected = set(writer.engine)
        lines = "\n".join(
            f"<{one.subject}> <{one.predicate}> {written(one.object)} ."
            for one in writer.evidence(graph)
        )
        writer.engine.update(f"INSERT DATA {{ GRAPH <{graph}> {{ {lines} }} }}")
        assert set(writer.engine) != expected
        writer.publish()
    (tmp_path / "graph.json").write_text(json.dumps({"format": 1, "base": BASE}))
    with Store.open(tmp_path) as reader:
        assert default_graph(reader)
    with Store.open(tmp_path, write=True) as writer:
        assert set(writer.engine) == expected
    assert json.loads((tmp_path / "graph.json").read_text())["format"] == 2


def test_a_forgotten_page_is_gone_with_its_graph(writer: Store) -> None:
    graph = put(writer, magazine_review().linked())
    assert writer.forget(graph)
    assert list(writer.graphs()) == []
    assert default_graph(writer) == set()


def test_forgetting_an_unknown_page_does_nothing(writer: Store) -> None:
    assert not writer.forget(BASE + "source/never-read")


def test_the_same_page_again_changes_nothing(writer: Store) -> None:
    put(writer, magazine_review().linked())
    before = writer.changes
    put(writer, magazine_review().linked())
    assert writer.changes == before


def test_a_thousand_pages_on_one_film_count_its_director_once(writer: Store) -> None:
    known = pages(1000, of_films=1, references=0)
    writer.bulk_load(quad for page in known for quad in quads_of(page))
    rows = "SELECT (COUNT(*) AS ?n) { ?film schema:director ?d ; schema:actor ?a }"
    assert number(writer, rows) == 4
    assert (
        number(writer, "SELECT (COUNT(*) AS ?n) { ?c a fk:Claim ; rdf:predicate schema:director }")
        == 1000
    )


def test_one_of_a_thousand_pages_on_one_film_is_replaced(writer: Store) -> None:
    first, *others = pages(1000, of_films=1, references=0)
    writer.bulk_load(quad for page in (first, *others) for quad in quads_of(page))
    graph = page_graph(first.page.id)
    writer.forget(graph)
    assert graph not in set(writer.pages())
    assert number(writer, "SELECT (COUNT(*) AS ?n) { ?film schema:director ?d }") == 1
    assert number(writer, "SELECT (COUNT(*) AS ?n) { ?s a fk:Source }") == 999


def test_a_bulk_load_gives_what_page_by_page_gives(tmp_path: Path) -> None:
    known = list(islice(pages(30, of_films=7), 30))
    with (
        Store.open(tmp_path / "bulk", write=True) as bulk,
        Store.open(tmp_path / "single", write=True) as single,
    ):
        bulk.bulk_load(quad for page in known for quad in quads_of(page))
        for page in known:
            put(single, page)
        assert default_graph(bulk) == default_graph(single)
        assert set(bulk.engine) == set(single.engine)


def test_a_bulk_load_replaces_the_whole_graph(writer: Store) -> None:
    put(writer, magazine_review().linked())
    writer.bulk_load(quads_of(later_review().linked()))
    assert list(writer.pages()) == [BASE + "source/all-about-my-mother"]


def test_a_bulk_load_that_fails_leaves_the_graph_as_it_was(writer: Store) -> None:
    put(writer, magazine_review().linked())
    before = default_graph(writer)

    def broken() -> Iterator[Quad]:
        yield from quads_of(later_review().linked())
        raise ValueError("the page can't be mapped")

    with pytest.raises(ValueError, match="can't be mapped"):
        writer.bulk_load(broken())
    assert default_graph(writer) == before


def test_literals_of_every_kind_come_back_as_they_went_in(writer: Store) -> None:
    words = Literal('quote " backslash \\ tab \t newline \n emoji 🎬 and \x7f')
    graph = page_graph("odd")
    quad = Quad(BASE + "film/odd", SCHEMA.genre, words, graph)
    writer.replace_page(graph, [quad])
    assert [triple.object for triple in writer.triples(BASE + "film/odd")] == [words]
    writer.bulk_load([quad])
    assert [triple.object for triple in writer.triples(BASE + "film/odd")] == [words]


def test_catalogue_facts_stay_out_of_the_default_graph(writer: Store) -> None:
    graph = writer.iris.catalogue
    fact = Quad(OPENING, SCHEMA.director, BASE + "person/john-cassavetes", graph)
    writer.replace_page(graph, [fact])
    assert default_graph(writer) == set()
    assert list(writer.triples(graph=graph)) == [Triple(*fact[:3])]
    writer.bulk_load([fact])
    assert default_graph(writer) == set()


def test_a_catalogue_fact_does_not_keep_what_a_forgotten_page_said(writer: Store) -> None:
    said = Triple(OPENING, SCHEMA.director, BASE + "person/john-cassavetes")
    page = page_graph("p")
    writer.replace_page(page, [Quad(*said, page)])
    writer.replace_page(writer.iris.catalogue, [Quad(*said, writer.iris.catalogue)])
    writer.forget(page)
    assert default_graph(writer) == set()


def test_a_reader_sees_what_was_published_and_no_more(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as writer:
        put(writer, magazine_review().linked())
        writer.publish()
        put(writer, later_review().linked())
        with Store.open(tmp_path) as reader:
            assert len(list(reader.pages())) == 1
            assert not reader.refresh()
            writer.publish()
            assert reader.refresh()
            assert len(list(reader.pages())) == 2


def test_a_reader_goes_on_reading_while_the_graph_is_rebuilt(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as writer:
        put(writer, magazine_review().linked())
        writer.publish()
        with Store.open(tmp_path) as reader:
            before = default_graph(reader)
            for _ in range(3):
                writer.bulk_load(quads_of(later_review().linked()))
                writer.publish()
            assert default_graph(reader) == before


def test_old_snapshots_go_once_nobody_reads_them(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as writer:
        put(writer, magazine_review().linked())
        writer.publish()
        reader = Store.open(tmp_path)
        writer.publish()
        assert len(list((tmp_path / "data").glob("snapshot-*[0-9]"))) == 2
        reader.close()
        writer.publish()
        assert len(list((tmp_path / "data").glob("snapshot-*[0-9]"))) == 1
        assert len(list((tmp_path / "data").glob("*.lock"))) == 1


def test_the_last_reader_of_an_old_snapshot_takes_it_along(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as writer:
        graph = put(writer, magazine_review().linked())
        writer.publish()
        moving, closing = Store.open(tmp_path), Store.open(tmp_path)
        writer.forget(graph)
        writer.publish()
        assert moving.refresh()
        assert len(list((tmp_path / "data").glob("snapshot-*[0-9]"))) == 2
        assert default_graph(closing)
        closing.close()
        assert len(list((tmp_path / "data").glob("snapshot-*[0-9]"))) == 1
        assert default_graph(moving) == set()
        moving.close()
        assert len(list((tmp_path / "data").glob("snapshot-*[0-9]"))) == 1


def test_what_was_written_and_not_published_is_there_for_the_next_writer(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as writer:
        put(writer, magazine_review().linked())
    with Store.open(tmp_path, write=True) as writer:
        assert len(list(writer.pages())) == 1


def test_a_rebuild_starts_empty_and_readers_keep_the_old_graph_until_it_is_published(
    tmp_path: Path,
) -> None:
    with Store.open(tmp_path, write=True) as writer:
        put(writer, magazine_review().linked())
        writer.publish()
    with Store.open(tmp_path, write=True, rebuild=True) as writer:
        assert list(writer.pages()) == []
        put(writer, later_review().linked())
        with Store.open(tmp_path) as reader:
            assert list(reader.pages()) == [BASE + "source/opening-night-magazine"]
            writer.publish()
            reader.refresh()
            assert list(reader.pages()) == [BASE + "source/all-about-my-mother"]


def test_an_interrupted_rebuild_leaves_the_old_graph(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as writer:
        put(writer, magazine_review().linked())
        writer.publish()
    with Store.open(tmp_path, write=True, rebuild=True) as writer:
        put(writer, later_review().linked())
    with Store.open(tmp_path, write=True) as writer:
        assert list(writer.pages()) == [BASE + "source/opening-night-magazine"]


def test_a_rebuild_may_take_another_base(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as writer:
        writer.publish()
    with Store.open(tmp_path, write=True, rebuild=True, base="https://example.org/kg/") as writer:
        writer.publish()
    with Store.open(tmp_path) as reader:
        assert reader.base == "https://example.org/kg/"


def test_a_second_writer_is_refused_by_name(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True):
        script = textwrap.dedent(
            f"""
            from kg.errors import StoreError
            from kg.graph.store import Store
            try:
                Store.open({str(tmp_path)!r}, write=True)
            except StoreError as error:
                print(error)
            """
        )
        found = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True
        ).stdout
    assert f"process {os.getpid()} is writing it" in found


def test_a_second_writer_in_the_same_process_is_refused(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True), pytest.raises(StoreError, match="only writer"):
        Store.open(tmp_path, write=True)


def test_the_next_writer_may_come_when_the_first_has_closed(tmp_path: Path) -> None:
    Store.open(tmp_path, write=True).close()
    Store.open(tmp_path, write=True).close()


def test_a_reader_can_not_write(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as writer:
        writer.publish()
    with Store.open(tmp_path) as reader, pytest.raises(StoreError, match="opened for reading"):
        reader.forget(BASE + "source/p")


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = Store.open(tmp_path, write=True)
    store.close()
    with pytest.raises(StoreError, match="was closed"):
        store.query("ASK {}")


def test_a_folder_without_a_graph_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(
        StoreError, match=r"found none; make one with kg build SOURCE\.\.\. --graph"
    ):
        Store.open(tmp_path / "nothing")


def test_a_graph_that_was_never_published_is_told_apart(tmp_path: Path) -> None:
    Store.open(tmp_path, write=True).close()
    with pytest.raises(StoreError, match="first build hasn't ended"):
        Store.open(tmp_path)


@pytest.mark.parametrize(
    ("found", "advice"), [(0, "build it again with kg build"), (99, "install a newer film-kg")]
)
def test_another_format_is_refused_with_what_to_do(tmp_path: Path, found: int, advice: str) -> None:
    with Store.open(tmp_path, write=True) as writer:
        writer.publish()
    (tmp_path / "graph.json").write_text(json.dumps({"format": found, "base": BASE}))
    for write in (False, True):
        with pytest.raises(StoreError, match=advice):
            Store.open(tmp_path, write=write)


def test_a_graph_of_an_older_format_can_be_rebuilt(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as writer:
        writer.publish()
    (tmp_path / "graph.json").write_text(json.dumps({"format": 0, "base": BASE}))
    with Store.open(tmp_path, write=True, rebuild=True) as writer:
        writer.publish()
    Store.open(tmp_path).close()


def test_a_broken_description_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as writer:
        writer.publish()
    (tmp_path / "graph.json").write_text("{")
    with pytest.raises(StoreError, match="--rebuild"):
        Store.open(tmp_path)


def test_another_base_is_refused(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True, base="https://example.org/kg/") as writer:
        writer.publish()
    with pytest.raises(StoreError, match="leave --base out"):
        Store.open(tmp_path, base=BASE)


@pytest.mark.parametrize("base", ["", "film-kg/", "https://example.org/kg", "https://a b/"])
def test_a_base_that_can_begin_no_name_is_wrong_use(tmp_path: Path, base: str) -> None:
    with pytest.raises(UsageError, match="ends with / or #"):
        Store.open(tmp_path, write=True, base=base or "x")


def test_damaged_files_are_a_store_error(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as writer:
        put(writer, magazine_review().linked())
        writer.publish()
    for file in (tmp_path / "data").rglob("*"):
        if file.is_file() and file.suffix in (".sst", ".log", "") and file.name != "LOCK":
            file.write_bytes(b"damaged" * 100)
    with pytest.raises(StoreError, match="--rebuild"), Store.open(tmp_path) as reader:
        list(reader.triples())


def test_a_database_that_is_gone_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    with Store.open(tmp_path, write=True) as writer:
        put(writer, magazine_review().linked())
        writer.publish()
    shutil.rmtree(next((tmp_path / "data").glob("live-*")))
    with pytest.raises(StoreError, match="found none; build it again"):
        Store.open(tmp_path, write=True)


def test_a_full_disk_is_a_store_error_and_changes_nothing(tmp_path: Path) -> None:
    """A limit on the size of files stands for the end of the disk."""
    script = textwrap.dedent(
        f"""
        import resource, signal, sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from graph_examples import magazine_review
        from graph_synthetic import pages
        from kg.errors import StoreError
        from kg.graph.mapping import quads_of
        from kg.graph.store import Store

        store = Store.open({str(tmp_path)!r}, write=True)
        first = list(quads_of(magazine_review().linked()))
        store.replace_page(first[0].graph, first)
        store.publish()
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        try:
            for page in pages(500, of_films=100):
                quads = list(quads_of(page))
                store.replace_page(quads[0].graph, quads)
        except StoreError as error:
            print(error)
        """
    )
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "is full" in found.stdout
    assert "make room" in found.stdout
    with Store.open(tmp_path) as reader:
        assert list(reader.pages()) == [BASE + "source/opening-night-magazine"]
    with Store.open(tmp_path, write=True) as writer:
        assert default_graph(writer) == all_that_pages_say(writer)
        assert number(writer, f"SELECT (COUNT(*) AS ?n) {{ ?s <{RDF.type}> <{FK.Source}> }}") >= 1
