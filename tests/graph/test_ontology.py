"""The ontology, its context and its shapes, held against what is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
import rdflib
from graph_examples import OPENING_NIGHT, PageOf, all_pages, magazine_review
from graph_synthetic import pages
from rdflib import OWL, RDF, RDFS, SH, SKOS, URIRef

from kg import vocab
from kg.graph.catalogue import catalogue_quads
from kg.graph.check import check
from kg.graph.mapping import page_graph, quads_of
from kg.graph.ntriples import written
from kg.graph.store import Store
from kg.graph.terms import Quad, Triple
from kg.graph.validation import violations
from kg.model import (
    CatalogueFact,
    Field,
    Kind,
    Literal,
    Rating,
    ReferenceKind,
    RelationName,
    ZoneKind,
)
from kg.resources import folder

BASE = vocab.BASE
DEFINING = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual)


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(folder("ontology") / "film.ttl", format="turtle")


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(folder("ontology") / "shapes.ttl", format="turtle")


def terms(*namespaces: type) -> set[str]:
    return {
        value
        for namespace in namespaces
        for name, value in vars(namespace).items()
        if isinstance(value, str) and not name.startswith("__") and name != "NAMESPACE"
    }


def defined(ontology: rdflib.Graph) -> set[str]:
    return {
        str(term)
        for kind in DEFINING
        for term in ontology.subjects(RDF.type, URIRef(kind))
        if isinstance(term, URIRef)
    }


def test_every_term_that_is_written_is_defined_and_every_defined_one_is_written(
    ontology: rdflib.Graph,
) -> None:
    works = {vocab.PREFIXES["schema"] + name for name in vocab.WORK_TYPES}
    assert defined(ontology) == terms(vocab.FK, vocab.SCHEMA, vocab.OA) | works


def test_every_term_has_a_label_and_a_comment(ontology: rdflib.Graph) -> None:
    for term in defined(ontology):
        assert len(list(ontology.objects(URIRef(term), RDFS.label))) == 1, term
        assert len(list(ontology.objects(URIRef(term), RDFS.comment))) == 1, term


def test_every_property_has_a_domain_and_a_range(ontology: rdflib.Graph) -> None:
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in ontology.subjects(RDF.type, kind):
            assert (term, RDFS.domain, None) in ontology, term
            assert (term, RDFS.range, None) in ontology, term


def test_every_property_of_our_own_is_aligned_or_said_to_be_new(ontology: rdflib.Graph) -> None:
    alignments = (
        OWL.equivalentProperty, RDFS.subPropertyOf, SKOS.exactMatch, SKOS.closeMatch,
        SKOS.relatedMatch, SKOS.scopeNote,
    )  # fmt: skip
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in ontology.subjects(RDF.type, kind):
            if str(term).startswith(vocab.FK.NAMESPACE):
                assert any((term, one, None) in ontology for one in alignments), term


def test_the_remaining_terms_that_are_written_are_rdfs_and_owls_own() -> None:
    assert {one.rpartition("#")[0] for one in terms(vocab.RDF, vocab.RDFS, vocab.OWL)} == {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns",
        "http://www.w3.org/2000/01/rdf-schema",
        "http://www.w3.org/2002/07/owl",
    }


def test_every_term_of_our_own_leads_outside_or_says_that_it_is_ours(
    ontology: rdflib.Graph,
) -> None:
    for term in terms(vocab.FK):
        assert (URIRef(term), RDFS.isDefinedBy, None) in ontology, term


def test_the_ontology_has_a_version_and_a_licence(ontology: rdflib.Graph) -> None:
    about = URIRef(vocab.FK.NAMESPACE.rstrip("#"))
    assert (about, OWL.versionInfo, None) in ontology
    assert str(ontology.value(about, URIRef("http://purl.org/dc/terms/license"))) == (
        "https://creativecommons.org/licenses/by/4.0/"
    )


def test_the_context_knows_every_property_that_is_written() -> None:
    context = json.loads((folder("ontology") / "context.jsonld").read_text("utf-8"))["@context"]
    known = {
        _expand(meaning["@id"])
        for meaning in context.values()
        if isinstance(meaning, dict) and "@id" in meaning
    }
    written = {quad.predicate for page in all_pages() for quad in quads_of(page)}
    assert written - {vocab.RDF.type} <= known
    assert terms(vocab.FK) - {vocab.FK.ReferenceKind} <= known


def _expand(name: str) -> str:
    prefix, _, local = name.partition(":")
    return vocab.PREFIXES[prefix] + local


def test_the_shapes_are_themselves_valid(shapes: rdflib.Graph) -> None:
    from pyshacl import validate

    conforms, _, text = validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_every_predicate_that_is_written_stands_in_a_shape(shapes: rdflib.Graph) -> None:
    shaped = {str(path) for path in shapes.objects(None, SH.path)}
    written = terms(vocab.SCHEMA, vocab.OA, vocab.FK)
    properties = {
        term for term in written if term.rpartition("#")[2].rpartition("/")[2][0].islower()
    }
    assert properties - {vocab.FK.refersTo} <= shaped


def test_what_the_mapping_writes_has_no_fault(examples: Store) -> None:
    assert check(examples) == ()


def test_every_kind_of_relation_reference_fact_and_grade_has_no_fault(writer: Store) -> None:
    for page in (_everything(), *pages(3, of_films=2)):
        linked = page.linked() if isinstance(page, PageOf) else page
        writer.replace_page(page_graph(linked.page.id), quads_of(linked))
    assert check(writer) == ()


def test_the_examples_are_all_that_can_be_written() -> None:
    examples = (_everything().linked(), *all_pages(), *pages(1, of_films=1))
    written = {quad.predicate for page in examples for quad in quads_of(page)}
    properties = {term for term in terms(vocab.FK, vocab.SCHEMA, vocab.OA) if _is_property(term)}
    assert properties - written <= {vocab.FK.refersTo, vocab.FK.location}


def _is_property(term: str) -> bool:
    return term.rpartition("#")[2].rpartition("/")[2][0].islower()


def test_nothing_of_the_wrong_sort_passes() -> None:
    """In each place that the mapping writes, an IRI for a literal, or a literal for an IRI."""
    quads = _page(_everything())
    unnoticed = set()
    for places in _together(quads, but={vocab.RDF.type}):
        broken = {
            one: one._replace(
                object="https://example.org/x" if isinstance(one.object, Literal) else Literal("x")
            )
            for one in places
        }
        found = violations(_lines([broken.get(one, one) for one in quads]))
        noticed = {(one.focus, one.path) for one in found}
        unnoticed |= {one for one in places if one[:2] not in noticed}
    # a claim may be of any statement that is made
    assert {one.predicate for one in unnoticed} <= {vocab.RDF.object}


def test_no_node_passes_without_its_class() -> None:
    quads = _page(_everything())
    kinds = {str(one.object): one for one in quads if one.predicate == vocab.RDF.type}
    for one in kinds.values():
        other = one._replace(object="https://example.org/X")
        assert violations(_lines([other if one == triple else triple for triple in quads])), one


def test_what_must_be_there_may_not_be_missing() -> None:
    quads = _page(magazine_review())
    unnoticed = set()
    for places in _together(quads, but={vocab.RDF.type}):
        noticed = {
            one.focus for one in violations(_lines([one for one in quads if one not in places]))
        }
        unnoticed |= {one.predicate for one in places if one.subject not in noticed}
    needed = {
        vocab.RDFS.label, vocab.SCHEMA.name, vocab.FK.linked, vocab.FK.confidence, vocab.FK.kind,
        vocab.FK.from_, vocab.FK.to, vocab.RDF.subject, vocab.RDF.predicate, vocab.RDF.object,
        vocab.OA.exact, vocab.OA.start, vocab.OA.end, vocab.OA.hasSource, vocab.FK.asPrinted,
        vocab.SCHEMA.itemReviewed, vocab.SCHEMA.isPartOf, vocab.SCHEMA.characterName,
        vocab.FK.playsCharacter,
    }  # fmt: skip
    assert unnoticed & needed == set()


def _page(page: PageOf) -> list[Triple]:
    return [Triple(*quad[:3]) for quad in quads_of(page.linked())]


def _together(quads: list[Triple], *, but: set[str]) -> Iterator[list[Triple]]:
    """One triple of each class and property, those of different nodes some at a time."""
    classes = {one.subject: str(one.object) for one in quads if one.predicate == vocab.RDF.type}
    places: dict[tuple[str, str], Triple] = {}
    for one in quads:
        if one.predicate not in but:
            places.setdefault((classes[one.subject], one.predicate), one)
    left = list(places.values())
    while left:
        some = {one.subject: one for one in left}
        yield list(some.values())
        left = [one for one in left if one not in some.values()]


def _lines(triples: list[Triple]) -> bytes:
    return "".join(
        f"<{one.subject}> <{one.predicate}> {written(one.object)} .\n" for one in triples
    ).encode()


def _everything() -> PageOf:
    """Each relation, each kind of reference, each stated fact and each form of grade once."""
    names = {
        "F1": OPENING_NIGHT,
        **{f"F{at}": replace(OPENING_NIGHT, id=f"film/f{at}", name=f"F{at}") for at in range(2, 8)},
        "W1": replace(OPENING_NIGHT, id="work/w", kind=Kind.WORK, name="W1", work_type="Book"),
        "P1": replace(OPENING_NIGHT, id="person/p", kind=Kind.PERSON, name="P1", same_as=()),
        "P2": replace(OPENING_NIGHT, id="person/q", kind=Kind.PERSON, name="P2", same_as=()),
        "C1": replace(OPENING_NIGHT, id="character/c", kind=Kind.CHARACTER, name="C1"),
        "O1": replace(OPENING_NIGHT, id="organisation/o", kind=Kind.ORGANISATION, name="O1"),
        "A1": replace(OPENING_NIGHT, id="award/a", kind=Kind.AWARD, name="A1"),
    }
    marked = "A sentence. " + " ".join(f"[{one}|{one}]" for one in names)
    page = PageOf(
        "everything", marked, names, topic="F1", date="May 2004", url="https://all.example/1"
    )
    objects = {
        RelationName.CHARACTER: "C1",
        RelationName.BASED_ON: "W1",
        RelationName.COMPANY: "O1",
        RelationName.AWARD: "A1",
        RelationName.PUBLICATION: "O1",
    }
    for name in RelationName:
        subject = {RelationName.SPOUSE: "P2", RelationName.RELATIVE: "P2"}.get(name, "F1")
        part = "C1" if name is RelationName.CAST else ""
        subject = "W1" if name is RelationName.AUTHOR else subject
        page.relation(name, subject, objects.get(name, "P1"), "A sentence.", part=part)
    for at, kind in enumerate(ReferenceKind):
        page.reference(f"F{at + 2}", kind, "A sentence.")
    for what, value in (
        (Field.TITLE, "Opening Night"),
        (Field.OTHER_TITLE, "Noche de estreno"),
        (Field.YEAR, "1977"),
        (Field.COUNTRY, "USA"),
        (Field.LANGUAGE, "English"),
        (Field.DURATION, "144"),
        (Field.GENRE, "drama"),
        (Field.DISTRIBUTOR, "Faces Distribution"),
        (Field.IDENTIFIER, "https://www.imdb.com/title/tt0076525/"),
    ):
        page.states(what, value, "A sentence.").states(what, value)
    for printed, value, best in (
        ("B+", 9.0, 12.0),
        ("3½/4", 3.5, 4.0),
        ("75", 75.0, 100.0),
        ("thumbs up", 1.0, 1.0),
        ("0", 0.0, 5.0),
        ("fresh", None, None),
    ):
        score = None if value is None or best is None else value / best
        page.ratings.append(Rating(printed, value, best, score, evidence=page.says("A sentence.")))
        critic = f"Critic of {printed}"
        page.ratings.append(Rating(printed, value, best, score, inferred=True, critic=critic))
    page.zone(ZoneKind.PROSE, page.text)
    page.quotes("A sentence.", "elsewhere", 0)
    return page


def test_the_catalogues_facts_are_not_what_a_page_says(writer: Store) -> None:
    facts = [CatalogueFact(OPENING_NIGHT, Field.YEAR, "1977")]
    writer.replace_page(writer.iris.catalogue, catalogue_quads(facts))
    assert check(writer) == ()


def test_the_catalogue_is_checked_too(writer: Store) -> None:
    person = replace(OPENING_NIGHT, id="person/p", kind=Kind.PERSON, name="P1", year=None)
    facts = [CatalogueFact(OPENING_NIGHT, Field.CAST, person, part="Myrtle Gordon")]
    quads = list(catalogue_quads(facts))
    writer.replace_page(writer.iris.catalogue, quads)
    assert check(writer) == ()
    wrong = Quad(BASE + OPENING_NIGHT.id, vocab.SCHEMA.duration, Literal("2 h"), quads[0].graph)
    writer.replace_page(writer.iris.catalogue, [*quads, wrong])
    (fault,) = check(writer)
    assert (fault.value, fault.pages) == ('schema:duration "2 h"', ("the catalogue",))


def test_a_claim_of_what_is_not_stated_is_a_fault(writer: Store) -> None:
    quads = list(quads_of(magazine_review().linked()))
    stated = next(quad for quad in quads if quad.predicate == vocab.SCHEMA.director)
    writer.replace_page(PAGE, [quad for quad in quads if quad != stated])
    (fault,) = check(writer)
    assert fault.message == "claims what the graph doesn't state"
    assert fault.pages == ("https://magazine.example/opening-night",)


def test_more_processes_find_the_same(writer: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.graph.check._AT_ONCE", 100)
    for page in pages(4, of_films=2):
        graph = page_graph(page.page.id)
        odd = Quad(graph, vocab.FK.confidence, Literal("1"), graph)
        writer.replace_page(graph, [*quads_of(page), odd])
    done: list[int] = []
    found = check(writer, jobs=2, advance=done.append)
    assert found == check(writer)
    assert (len(found), sum(done)) == (4, 4)


FILM = BASE + "film/opening-night-1977"


PAGE = page_graph("opening-night-magazine")
BROKEN = {
    "PT112M": Quad(FILM, vocab.SCHEMA.duration, Literal("112 min"), PAGE),
    "neither a person nor a group": Quad(FILM, vocab.SCHEMA.director, FILM, PAGE),
    "exactly one label": Quad(FILM, vocab.RDFS.label, Literal("Another"), PAGE),
    "no such node can say": Quad(FILM, vocab.FK.confidence, Literal("1"), PAGE),
    "exactly one review": Quad(BASE + "reference/x", vocab.RDF.type, vocab.FK.Reference, PAGE),
}


@pytest.mark.parametrize("message", BROKEN)
def test_a_fault_names_the_node_the_rule_and_the_page(writer: Store, message: str) -> None:
    writer.replace_page(PAGE, [*quads_of(magazine_review().linked()), BROKEN[message]])
    faults = check(writer)
    assert any(message in str(fault) for fault in faults), faults
    assert all("https://magazine.example/opening-night" in fault.pages for fault in faults)
    assert all(fault.as_dict()["node"] == fault.node for fault in faults)


def test_pages_that_call_one_thing_differently_are_a_fault(writer: Store) -> None:
    other = magazine_review()
    other.id = "other"
    other.entities["P1"] = replace(other.entities["P1"], name="J. Cassavetes")
    for page in (magazine_review(), other):
        writer.replace_page(page_graph(page.id), quads_of(page.linked()))
    assert "is told differently by different pages" in {fault.message for fault in check(writer)}
