"""Exports: read back by another library, the same bytes each time, never half a file."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
import rdflib
from graph_examples import all_pages, magazine_review
from rdflib.compare import isomorphic

from kg.errors import StoreError, UsageError
from kg.graph.mapping import page_graph, quads_of
from kg.graph.serialise import ENDINGS, write
from kg.graph.store import Store
from kg.graph.terms import Quad
from kg.model import Literal
from kg.vocab import BASE, SCHEMA

# rdflib's own readers use what rdflib has deprecated
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

PARSERS = {".ttl": "turtle", ".nt": "nt", ".jsonld": "json-ld", ".rdf": "xml"}
DATASETS = {".nq": "nquads", ".trig": "trig"}


def default_graph(store: Store) -> rdflib.Graph:
    """The store's default graph in rdflib, without any of our writers in between."""
    graph = rdflib.Graph()
    for subject, predicate, obj in store.triples():
        graph.add((rdflib.URIRef(subject), rdflib.URIRef(predicate), _term(obj)))
    return graph


def _term(obj: str | Literal) -> rdflib.URIRef | rdflib.Literal:
    if isinstance(obj, str):
        return rdflib.URIRef(obj)
    return rdflib.Literal(obj.value, datatype=obj.datatype or None, lang=obj.language or None)


@pytest.mark.parametrize("ending", PARSERS)
def test_rdflib_reads_the_same_graph_back(examples: Store, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"graph{ending}"
    write(examples, path)
    assert isomorphic(rdflib.Graph().parse(path, format=PARSERS[ending]), default_graph(examples))


@pytest.mark.parametrize("ending", DATASETS)
def test_rdflib_reads_every_page_back(examples: Store, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"graph{ending}"
    write(examples, path)
    dataset = rdflib.Dataset()
    dataset.parse(path, format=DATASETS[ending])
    assert isomorphic(dataset.default_graph, default_graph(examples))
    for page in examples.pages():
        found = dataset.graph(rdflib.URIRef(page))
        assert len(found) == sum(1 for _ in examples.triples(graph=page))


@pytest.mark.parametrize("ending", ENDINGS)
def test_odd_words_and_names_survive(writer: Store, tmp_path: Path, ending: str) -> None:
    graph = page_graph("odd")
    subjects = ["film/été-1999", "film/a.b", "film/-x", "source/a/../b", "film/x?y#z", "work/a:b"]
    words = ['"quoted" \\ and \t tab', "two\nlines\r\n", "emoji 🎬 \U0001f39e", "'''", "<&>", "]]>"]
    quads = [
        Quad(BASE + subject, SCHEMA.name, Literal(text), graph)
        for subject in subjects
        for text in words
    ]
    quads.append(Quad(BASE + "film/x", SCHEMA.name, Literal("mot", language="fr"), graph))
    quads.append(Quad(BASE + "film/x", SCHEMA.sameAs, "https://example.org/a,b;c(d)", graph))
    writer.replace_page(graph, quads)
    path = tmp_path / f"graph{ending}"
    write(writer, path)
    parsed = rdflib.Dataset()
    parsed.parse(path, format=PARSERS.get(ending) or DATASETS[ending])
    assert isomorphic(parsed.default_graph, default_graph(writer))


@pytest.mark.parametrize("ending", [*ENDINGS, ".ttl.gz"])
def test_the_same_graph_gives_the_same_bytes(examples: Store, tmp_path: Path, ending: str) -> None:
    other = tmp_path / "other"
    with Store.open(other, write=True) as store:
        for page in reversed(all_pages()):
            quads = list(quads_of(page))
            store.replace_page(quads[0].graph, reversed(quads))
        write(examples, tmp_path / f"one{ending}")
        write(store, tmp_path / f"two{ending}")
    assert (tmp_path / f"one{ending}").read_bytes() == (tmp_path / f"two{ending}").read_bytes()


def test_the_hash_seed_does_not_change_the_bytes(tmp_path: Path) -> None:
    script = textwrap.dedent(
        f"""
        import sys
        from pathlib import Path
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from graph_examples import all_pages
        from kg.graph.mapping import quads_of
        from kg.graph.serialise import serialise
        from kg.graph.store import Store
        with Store.open(Path(sys.argv[1]), write=True) as store:
            store.bulk_load(quad for page in all_pages() for quad in quads_of(page))
            sys.stdout.buffer.write(serialise(store, ".trig"))
        """
    )
    written = {
        subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / seed)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(written) == 1


def test_turtle_is_written_to_be_read(examples: Store, tmp_path: Path) -> None:
    write(examples, tmp_path / "graph.ttl")
    text = (tmp_path / "graph.ttl").read_text("utf-8")
    assert (
        textwrap.dedent(
            """
            film:opening-night-1977 a schema:Movie ;
                rdfs:label "Opening Night" ;
                schema:name "Opening Night" ;
                schema:actor person:gena-rowlands ;
                schema:character character:myrtle-gordon ;
                schema:countryOfOrigin "USA" ;
                schema:director person:john-cassavetes ;
                schema:duration "PT144M" ;
                fk:comparedTo film:all-about-eve-1950, work:a-streetcar-named-desire ;
                fk:linked true ;
            """
        )
        in text
    )
    assert text.index("# Films") < text.index("# People") < text.index("# Passages")


def _framed(store: Store, tmp_path: Path) -> dict[str, dict[str, Any]]:
    write(store, tmp_path / "graph.jsonld")
    found = json.loads((tmp_path / "graph.jsonld").read_bytes())["@graph"]
    return {node["@id"]: node for node in found}


def test_json_ld_has_short_names_and_no_prefix_in_sight(examples: Store, tmp_path: Path) -> None:
    film = _framed(examples, tmp_path)["film/opening-night-1977"]
    assert film["director"] == {"@id": "person/john-cassavetes", "name": "John Cassavetes"}
    assert film["@type"] == "Movie"
    assert {one["kind"] for one in film["references"]} == {"Comparison"}


def test_json_ld_is_framed_by_film(examples: Store, tmp_path: Path) -> None:
    nodes = _framed(examples, tmp_path)
    film = nodes["film/opening-night-1977"]
    claim = next(one for one in film["claims"] if one["predicate"] == "director")
    assert claim["object"]["name"] == "John Cassavetes"
    assert "John Cassavetes" in json.dumps(film["references"][0]["passage"]) or claim["passage"]
    assert {one["reviewRating"]["asPrinted"] for one in film["reviews"] if "reviewRating" in one}
    assert film["part"]["characterName"] == "Myrtle Gordon"
    inside = ("claim/", "reference/", "review/", "rating/", "role/")
    assert [name for name in nodes if name.startswith(inside)] == []


def test_what_no_film_holds_stands_by_itself(writer: Store, tmp_path: Path) -> None:
    graph = page_graph("loose")
    writer.replace_page(graph, [Quad(BASE + "claim/loose", SCHEMA.name, Literal("lost"), graph)])
    assert _framed(writer, tmp_path)["claim/loose"] == {"@id": "claim/loose", "name": "lost"}


def test_a_base_that_ends_with_a_hash_is_read_back_from_json_ld(tmp_path: Path) -> None:
    base = "https://example.org/kg#"
    with Store.open(tmp_path / "graph", write=True, base=base) as store:
        store.bulk_load(quads_of(magazine_review().linked(), base=base))
        write(store, tmp_path / "graph.jsonld")
        parsed = rdflib.Graph().parse(tmp_path / "graph.jsonld", format="json-ld")
        assert isomorphic(parsed, default_graph(store))


def test_gz_compresses(examples: Store, tmp_path: Path) -> None:
    write(examples, tmp_path / "graph.nt")
    write(examples, tmp_path / "graph.nt.gz")
    assert (
        gzip.decompress((tmp_path / "graph.nt.gz").read_bytes())
        == (tmp_path / "graph.nt").read_bytes()
    )


@pytest.mark.parametrize("name", ["graph", "graph.doc", "graph.gz", "ttl"])
def test_another_ending_is_wrong_use(examples: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"ends with one of \.ttl"):
        write(examples, tmp_path / name)


def test_an_export_that_fails_leaves_what_was_there(
    examples: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "graph.nt"
    path.write_text("as it was")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="nothing there was changed"):
        write(examples, path)
    assert path.read_text() == "as it was"
    assert [one.name for one in tmp_path.iterdir()] == ["graph.nt"]


def test_a_folder_that_is_not_there_is_a_store_error(examples: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can't be written"):
        write(examples, tmp_path / "nowhere" / "graph.nt")
