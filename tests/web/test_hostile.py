"""Reviews are hostile input: whatever they say is shown as words."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from conftest import Served, serving
from graph_examples import PageOf

from kg.graph.mapping import quads_of
from kg.graph.store import Store
from kg.model import Entity, Field, Kind, Rating, ReferenceKind, RelationName

SCRIPT = "<script>alert(1)</script>"
ATTRIBUTE = '" onmouseover="alert(1)'
LONG = "Long " * 2000
TURNED = "\u202egnirts\u202c"
TEMPLATE = "{{ 7 * 7 }}{% raw %}"
NAMES = {
    "script-1990": SCRIPT,
    "attribute-1991": ATTRIBUTE,
    "long-1992": LONG,
    "turned-1993": TURNED,
    "template-1994": TEMPLATE,
}


def hostile_pages() -> Iterator[PageOf]:
    for slug, name in NAMES.items():
        film = Entity(
            f"film/{slug}",
            Kind.FILM,
            name,
            int(slug[-4:]),
            ("javascript:alert(1)", "https://example.org/?a=1&b=<2>"),
            (f"also {name}",),
        )
        other = Entity("film/script-1990", Kind.FILM, SCRIPT, 1990)
        person = Entity(f"person/{slug}", Kind.PERSON, f"Person {name}")
        part = Entity(f"character/{slug}", Kind.CHARACTER, f"Part {name}")
        page = PageOf(
            f"page-{slug}",
            f"[F1|{name}] has [P1|Person {name}] as [C1|Part {name}] & is like [F2|{SCRIPT}].",
            {"F1": film, "F2": other, "P1": person, "C1": part},
            topic="F1",
            url=f"https://example.org/{slug}?<script>alert(1)</script>",
            critic=f"Critic {name}",
            publication=SCRIPT,
            date="<b>never</b>",
        )
        page.relation(RelationName.CAST, "F1", "P1", page.text, part="C1")
        page.reference("F2", ReferenceKind.COMPARISON, page.text)
        page.states(Field.GENRE, "<img src=x onerror=alert(1)>")
        page.ratings.append(Rating("<i>5</i>/5", 5.0, 5.0, 1.0, evidence=page.says("like")))
        yield page


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    graph = tmp_path_factory.mktemp("hostile") / "graph"
    with Store.open(graph, write=True) as store:
        store.bulk_load(quad for page in hostile_pages() for quad in quads_of(page.linked()))
        store.publish()
    with serving(graph) as server:
        yield server


class _Tags(HTMLParser):
    """Every tag and attribute that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def is_harmless(page: str) -> None:
    tags = _Tags()
    tags.feed(page)
    assert tags.found
    for tag, attributes in tags.found:
        assert tag not in ("script", "img", "iframe", "object", "b", "i"), tag
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action"):
            target = attributes.get(name) or ""
            assert target.startswith(("/", "#", "http://", "https://")) or not target, target


@pytest.mark.parametrize("slug", NAMES)
@pytest.mark.parametrize("folder", ["film", "person", "character", "source/page", "review/page"])
def test_what_a_page_says_is_shown_as_words(hostile: Served, folder: str, slug: str) -> None:
    path = f"/{folder}-{slug}" if "/" in folder else f"/{folder}/{slug}"
    reply = hostile.ask(path, accept="text/html")
    assert reply.status == 200
    is_harmless(reply.text)
    assert "49" not in reply.text.partition("<main")[2].partition("template")[0]


def test_a_name_of_ten_thousand_letters_makes_a_short_title(hostile: Served) -> None:
    page = hostile.ask("/film/long-1992", accept="text/html").text
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert len(title) < 200


def test_a_name_that_turns_the_text_is_kept_to_itself(hostile: Served) -> None:
    page = hostile.ask("/film/turned-1993", accept="text/html").text
    assert f"<bdi>{TURNED}</bdi>" in page
    assert "\u202e" not in page.partition("<title>")[2].partition("</title>")[0]


@pytest.mark.parametrize("query", [SCRIPT, ATTRIBUTE, TURNED, "%00", "a" * 5000, "\x00\x1b"])
def test_what_is_searched_for_is_shown_as_words(hostile: Served, query: str) -> None:
    from urllib.parse import quote

    reply = hostile.ask(f"/search?q={quote(query)}", accept="text/html")
    assert reply.status == 200
    is_harmless(reply.text)


def test_the_path_of_nothing_is_shown_as_words(hostile: Served) -> None:
    reply = hostile.ask("/film/%3Cscript%3Ealert(1)%3C/script%3E", accept="text/html")
    assert reply.status == 404
    is_harmless(reply.text)


def test_answers_of_queries_are_shown_as_words(hostile: Served) -> None:
    for query in ("SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s rdfs:label ?o }", f"ASK {SCRIPT}"):
        from urllib.parse import urlencode

        reply = hostile.ask("/sparql?" + urlencode({"query": query}), accept="text/html")
        is_harmless(reply.text)


def test_other_pages_are_harmless(hostile: Served) -> None:
    for path in ("/", "/about", "/ontology", "/sparql"):
        is_harmless(hostile.ask(path, accept="text/html").text)


def test_the_drawn_graph_holds_no_script_of_others(hostile: Served) -> None:
    reply = hostile.ask("/graph", accept="text/html", timeout=120)
    assert reply.status == 200
    assert SCRIPT not in reply.text
    assert "script-src 'sha256-" in reply.headers["content-security-policy"]


@pytest.mark.parametrize("slug", NAMES)
def test_data_is_well_formed_whatever_it_says(hostile: Served, slug: str) -> None:
    import rdflib

    for ending, reader in ((".ttl", "turtle"), (".rdf", "xml"), (".nt", "nt")):
        reply = hostile.ask(f"/film/{slug}{ending}")
        found = rdflib.Graph().parse(data=reply.body, format=reader)
        labels = {str(one) for one in found.objects(None, rdflib.RDFS.label)}
        assert NAMES[slug] in labels
