from extract_fakes import facts, names, read

from kg.model import Evidence, Field, Kind, Span, Stated, Zone, ZoneKind

TEXT = (
    "[P|Bercot] made a sad film. [C|Lucie] cries.\n"
    "Director: Emmanuelle Bercot\n"
    "Isild Le Besco as Lucie;\n"
    "Strand Releasing"
)
PLAIN = TEXT.replace("[P|", "").replace("[C|", "").replace("]", "")


def place(words: str) -> Span:
    start = PLAIN.rindex(words)
    return Span(start, start + len(words))


def line(words: str) -> Evidence:
    return Evidence(words, place(words))


STATED = (
    Stated(
        Field.DIRECTOR,
        "Emmanuelle Bercot",
        line("Director: Emmanuelle Bercot"),
        value_span=place("Emmanuelle Bercot"),
    ),
    Stated(
        Field.CAST,
        "Isild Le Besco",
        line("Isild Le Besco as Lucie"),
        part="Lucie",
        value_span=place("Isild Le Besco"),
        part_span=place("Lucie"),
    ),
    Stated(
        Field.DISTRIBUTOR,
        "Strand Releasing",
        line("Strand Releasing"),
        value_span=place("Strand Releasing"),
    ),
    Stated(Field.WRITER, "Jérôme Tonnerre", Evidence("writer", None), origin="json-ld"),
    Stated(Field.COUNTRY, "France", Evidence("France", None), origin="json-ld"),
)


def test_stated_facts_become_relations_of_the_topic() -> None:
    assert facts(read(TEXT, stated=STATED, title="Backstage")) == {
        ("director", "Backstage", "Emmanuelle Bercot"),
        ("cast", "Backstage", "Isild Le Besco", "Lucie"),
        ("company", "Backstage", "Strand Releasing"),
        ("writer", "Backstage", "Jérôme Tonnerre"),
    }


def test_the_line_that_states_a_fact_is_its_evidence() -> None:
    extraction = read(TEXT, stated=STATED, title="Backstage")
    for relation in extraction.relations:
        if relation.evidence.span is not None:
            assert relation.evidence.span.words(extraction.page.text) == relation.evidence.exact


def test_stated_names_are_mentions_and_meet_the_prose() -> None:
    extraction = read(TEXT, stated=STATED, title="Backstage")
    assert names(extraction, Kind.PERSON)["Emmanuelle Bercot"] == {"Bercot", "Emmanuelle Bercot"}
    assert len(extraction.cluster("C1").mentions) == 2


def test_a_name_that_only_the_markup_gives_has_no_mention() -> None:
    assert (
        names(read(TEXT, stated=STATED, title="Backstage"), Kind.PERSON)["Jérôme Tonnerre"] == set()
    )


def test_markup_is_named_as_the_place_of_its_facts() -> None:
    extraction = read(TEXT, stated=STATED, title="Backstage")
    where = {relation.evidence.where for relation in extraction.relations}
    assert where == {"text", "json-ld"}


def test_a_fact_that_two_lists_state_is_given_once() -> None:
    again = Stated(Field.DIRECTOR, "Emmanuelle Bercot", Evidence("x", None), origin="json-ld")
    extraction = read(TEXT, stated=(again, *STATED), title="Backstage")
    directors = [r for r in extraction.relations if r.name.value == "director"]
    assert len(directors) == 1
    assert directors[0].evidence.span is not None


def test_prose_that_repeats_a_stated_fact_is_kept_as_evidence() -> None:
    text = "[F|Backstage] by director [P|Bercot] is sad.\nEmmanuelle Bercot"
    plain = "Backstage by director Bercot is sad.\nEmmanuelle Bercot"
    span = Span(37, 54)
    stated = Stated(
        Field.DIRECTOR, "Emmanuelle Bercot", Evidence(span.words(plain), span), "", span
    )
    extraction = read(text, stated=(stated,), title="Backstage")
    assert [relation.stated for relation in extraction.relations] == [True, False]
    assert extraction.relations[1].evidence.exact == "Backstage by director Bercot is sad."


def test_critic_and_publication_are_relations_of_the_topic() -> None:
    extraction = read(
        "[F|Backstage] is sad.", title="Backstage", critic="Ann Example", publication="The Paper"
    )
    assert facts(extraction) == {
        ("critic", "Backstage", "Ann Example"),
        ("publication", "Backstage", "The Paper"),
    }


def test_a_credit_zone_states_nothing_that_its_labels_do_not() -> None:
    text = "[F|Backstage] is sad.\nstarring [P|Ann Example]"
    zones = (Zone(ZoneKind.PROSE, 0, 18), Zone(ZoneKind.CREDITS, 18, 38))
    assert facts(read(text, zones=zones, title="Backstage")) == set()
