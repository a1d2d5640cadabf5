"""Every IRI below the base can be looked up, by people and by programs."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import rdflib
from conftest import Served, make_graph, serving, until

from kg.graph.mapping import quads_of
from kg.graph.store import Store

BASE = "https://w3id.org/film-kg/"
FILM = "film/opening-night-1977"


def test_a_browser_gets_a_page(served: Served) -> None:
    reply = served.ask(f"/{FILM}", accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert reply.type == "text/html"
    assert "<title>Opening Night · film-kg</title>" in reply.text.replace(" (1977)", "")
    assert '<a href="/person/gena-rowlands"><bdi>Gena Rowlands</bdi></a>' in reply.text


def test_the_page_of_a_film_has_its_parts(served: Served) -> None:
    page = served.ask(f"/{FILM}").text
    for heading in (
        "Credits and facts",
        "Cast",
        "Reviews",
        "What it refers to",
        "What refers to it",
    ):
        assert f">{heading}" in page.replace("\n", ""), heading
    assert "Where All About Eve is all poise, this one sweats." in page
    assert '<a href="/film/all-about-my-mother-1999">' in page
    assert "http://www.wikidata.org/entity/Q930396" in page


@pytest.mark.parametrize(
    ("accept", "reader"),
    [
        ("text/turtle", "turtle"),
        ("application/ld+json", "json-ld"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
    ],
)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own
def test_a_program_gets_rdf(served: Served, accept: str, reader: str) -> None:
    reply = served.ask(f"/{FILM}", accept=accept)
    assert reply.type == accept
    assert "Accept" in reply.headers["vary"]
    found = rdflib.Graph().parse(data=reply.body, format=reader, publicID=BASE)
    film = rdflib.URIRef(BASE + FILM)
    label = (film, rdflib.RDFS.label, rdflib.Literal("Opening Night"))
    assert label in found or (film, rdflib.RDFS.label, None) in found
    assert (None, rdflib.URIRef("http://www.w3.org/ns/oa#exact"), None) in found


@pytest.mark.parametrize(
    ("address", "media_type"),
    [
        (f"/{FILM}.ttl", "text/turtle"),
        (f"/{FILM}.jsonld", "application/ld+json"),
        (f"/{FILM}.nq", "application/n-quads"),
        (f"/{FILM}.html", "text/html"),
        (f"/{FILM}?format=turtle", "text/turtle"),
        (f"/{FILM}?format=ttl", "text/turtle"),
        (f"/{FILM}?format=jsonld", "application/ld+json"),
        (f"/{FILM}?format=application/rdf%2Bxml", "application/rdf+xml"),
    ],
)
def test_a_format_may_be_asked_for_by_address(
    served: Served, address: str, media_type: str
) -> None:
    assert served.ask(address).type == media_type


def test_a_format_that_there_is_not(served: Served) -> None:
    assert served.ask(f"/{FILM}?format=frog").status == 406
    assert served.ask(f"/{FILM}", accept="image/png").status == 406


def test_every_iri_of_the_graph_can_be_looked_up(served: Served, served_graph: Path) -> None:
    with Store.open(served_graph) as store:
        rows = store.query(
            "SELECT DISTINCT ?x { { ?x ?p ?o } UNION { ?s ?p ?x } UNION { GRAPH ?x { ?s ?p ?o } } "
            f'FILTER(ISIRI(?x) && STRSTARTS(STR(?x), "{BASE}")) }}'
        ).rows()
        iris = sorted(str(row[0]) for row in rows)
    iris = [iri for iri in iris if "#" not in iri]
    folders = {iri.removeprefix(BASE).partition("/")[0] for iri in iris}
    assert {
        "film",
        "person",
        "character",
        "role",
        "review",
        "rating",
        "reference",
        "source",
    } <= folders
    assert {"claim", "passage", "quotation", "work", "award", "catalogue"} <= folders
    one_of_each = {iri.removeprefix(BASE).partition("/")[0]: iri for iri in iris}
    for iri in iris:
        path = "/" + iri.removeprefix(BASE)
        assert served.ask(path).status == 200, iri
        if iri in one_of_each.values():
            turtle = served.ask(f"{path}?format=turtle")
            if turtle.status == 303:  # a graph as a whole
                turtle = served.ask(turtle.headers["location"])
            assert turtle.status == 200
            rdflib.Graph().parse(data=turtle.body, format="turtle")


def test_every_link_of_a_page_leads_somewhere(served: Served) -> None:
    import re

    for start in ("/", f"/{FILM}", "/source/opening-night-magazine", "/about", "/person/ada-reel"):
        page = served.ask(start, accept="text/html").text
        for target in re.findall(r'(?:href|src|action)="(/[^"]*)"', page):
            target = target.partition("#")[0]
            if not target.startswith("/graph"):
                assert served.ask(target.replace("&amp;", "&")).status == 200, (start, target)


def test_of_a_source_all_that_it_says_is_told(served: Served, served_graph: Path) -> None:
    iri = f"{BASE}source/opening-night-magazine"
    with Store.open(served_graph) as store:
        expected = {*store.triples(graph=iri), *store.evidence(iri)}
    reply = served.ask("/source/opening-night-magazine", accept="application/n-triples")
    assert len(reply.body.splitlines()) == len(expected)


def test_the_page_of_a_source_shows_what_each_sentence_says(served: Served) -> None:
    page = served.ask("/source/opening-night-magazine").text
    assert '<span class="verb">is directed by</span>' in page
    assert '<span class="verb">is compared with</span>' in page
    assert "144 min" in page


def test_what_only_the_catalogue_knows_can_be_looked_up(served: Served) -> None:
    page = served.ask("/person/joseph-l-mankiewicz")
    assert page.status == 200
    assert "The catalogue adds" in page.text
    turtle = served.ask("/person/joseph-l-mankiewicz.ttl").text
    assert 'rdfs:label "Joseph L. Mankiewicz"' in turtle


def test_what_the_catalogue_says_of_a_film_is_marked(served: Served) -> None:
    page = served.ask("/film/all-about-eve-1950").text
    before, _, after = page.partition("The catalogue adds")
    assert "Joseph L. Mankiewicz" in after
    assert "Joseph L. Mankiewicz" not in before


def test_pages_that_disagree_stand_side_by_side(tmp_path: Path) -> None:
    from graph_examples import OPENING_NIGHT, PageOf, magazine_review

    from kg.model import Field

    other = PageOf(
        "another",
        "[F1|Opening Night] runs 150 minutes.",
        {"F1": OPENING_NIGHT},
        topic="F1",
    )
    other.states(Field.DURATION, "150", "150 minutes")
    graph = tmp_path / "graph"
    with Store.open(graph, write=True) as store:
        for page in (magazine_review().linked(), other.linked()):
            store.bulk_load(quads_of(page)) if not list(store.pages()) else store.replace_page(
                f"{BASE}source/{page.page.id}", quads_of(page)
            )
        store.publish()
    with serving(graph) as server:
        page = server.ask(f"/{FILM}").text
    conflicts = page.partition('id="conflicts"')[2].partition("</section>")[0]
    assert "144 min" in conflicts
    assert "150 min" in conflicts


def test_nothing_is_known_of_other_names(served: Served) -> None:
    reply = served.ask("/film/opening-nihgt", accept="text/html")
    assert reply.status == 404
    assert '<a href="/film/opening-night-1977">' in reply.text, "a name that is near to it"
    machine = served.ask("/film/opening-nihgt", accept="application/json")
    assert machine.status == 404
    assert "knows nothing of" in machine.json["error"]["message"]


@pytest.mark.parametrize(
    "path",
    ["/../../etc/passwd", "/static/../app.py", "/%2e%2e/%2e%2e/etc/passwd", "/film/%00", "/%ff"],
)
def test_paths_lead_to_no_files(served: Served, path: str) -> None:
    assert served.ask(path).status in (400, 404)


def test_a_film_whose_year_was_learnt_keeps_its_old_address(tmp_path: Path) -> None:
    graph = make_graph(tmp_path / "graph")
    (graph / "redirects.tsv").write_text(
        "film/opening-nite\tfilm/opening-night\nfilm/opening-night\tfilm/opening-night-1977\n"
    )
    with serving(graph) as server:
        for old in ("opening-night", "opening-nite"):
            reply = server.ask(f"/film/{old}")
            assert reply.status == 301
            assert reply.headers["location"] == f"/{FILM}"
        assert server.ask("/film/opening-night.ttl").headers["location"] == f"/{FILM}.ttl"
        asked = server.ask("/film/opening-night?format=jsonld")
        assert asked.headers["location"] == f"/{FILM}?format=jsonld"
        (graph / "redirects.tsv").write_text("film/other\tfilm/opening-night-1977\n")
        assert server.ask("/film/opening-night").status == 404
        assert server.ask("/film/other").status == 301


def test_a_finished_build_is_picked_up_by_itself(tmp_path: Path) -> None:
    graph = make_graph(tmp_path / "graph")
    with serving(graph) as server:
        first = server.ask(f"/{FILM}")
        query = server.query("SELECT * { ?s ?p ?o }")
        assert server.ask(f"/{FILM}", if_none_match=first.headers["etag"]).status == 304
        with Store.open(graph, write=True) as store:
            store.forget(f"{BASE}source/all-about-my-mother")
            assert server.ask(f"/{FILM}", if_none_match=first.headers["etag"]).status == 304
            store.publish()
        again = server.ask(f"/{FILM}", if_none_match=first.headers["etag"])
        assert again.status == 200
        assert "all-about-my-mother" not in again.text
        later = server.query("SELECT * { ?s ?p ?o }", if_none_match=query.headers["etag"])
        assert later.status == 200
        assert len(later.body) < len(query.body)
        assert until(lambda: len(list((graph / "data").glob("snapshot-*[0-9]"))) <= 2)


def test_a_page_is_kept_by_its_tag(served: Served) -> None:
    first = served.ask(f"/{FILM}", accept="text/turtle")
    again = served.ask(f"/{FILM}", accept="text/turtle", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    other = served.ask(f"/{FILM}", accept="text/html", if_none_match=first.headers["etag"])
    assert other.status == 200


def test_links_lead_below_the_address_that_the_world_sees(served_graph: Path) -> None:
    with serving(served_graph, "--base-url", "https://films.example.org/kg/") as server:
        page = server.ask(f"/{FILM}", host="films.example.org")
        assert page.status == 200
        assert 'href="/kg/person/gena-rowlands"' in page.text
        assert 'href="/kg/static/style.css"' in page.text
        service = server.ask("/sparql", accept="text/turtle").text
        assert "<https://films.example.org/kg/sparql>" in service


def test_the_service_describes_itself(served: Served, writable: Served) -> None:
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")

    def described(server: Served) -> rdflib.Graph:
        reply = server.ask("/sparql", accept="application/rdf+xml")
        assert reply.type == "application/rdf+xml"
        return rdflib.Graph().parse(data=reply.body, format="xml")

    found = described(served)
    (service,) = found.subjects(rdflib.RDF.type, sd.Service)
    assert set(found.objects(service, sd.endpoint)) == {rdflib.URIRef(f"{served.url}/sparql")}
    assert set(found.objects(service, sd.supportedLanguage)) == {sd.SPARQL11Query}
    assert sd.SPARQL11Update in set(described(writable).objects(None, sd.supportedLanguage))
    assert len(set(found.objects(service, sd.resultFormat))) == 10


def test_the_data_set_describes_itself(served: Served) -> None:
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    reply = served.ask("/.well-known/void")
    assert reply.type == "text/turtle"
    found = rdflib.Graph().parse(data=reply.body, format="turtle")
    (dataset,) = found.subjects(rdflib.RDF.type, void.Dataset)
    assert str(found.value(dataset, void.sparqlEndpoint)) == f"{served.url}/sparql"
    counted = served.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json["results"]["bindings"]
    assert str(found.value(dataset, void.triples)) == counted[0]["n"]["value"]
    dump = urlsplit(str(found.value(dataset, void.dataDump)))
    assert served.ask(f"{dump.path}?{dump.query}").status == 200


def test_the_ontology_can_be_looked_up(served: Served) -> None:
    page = served.ask("/ontology", accept="text/html")
    assert '<dt id="alludesTo">' in page.text
    turtle = served.ask("/ontology", accept="text/turtle")
    assert len(rdflib.Graph().parse(data=turtle.body, format="turtle")) > 100
    assert served.ask("/shapes.ttl").type == "text/turtle"
    assert "@context" in json.loads(served.ask("/context.jsonld").body)
