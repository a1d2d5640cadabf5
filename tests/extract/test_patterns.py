import pytest
from extract_fakes import FakePair, FakeRecogniser, facts, read

from kg.model import RelationName, Zone, ZoneKind


def said(marked: str) -> set[tuple[str, ...]]:
    return facts(read(marked, title="Backstage"))


@pytest.mark.parametrize(
    "text",
    [
        "[C|Lucie] ([P|Isild Le Besco]) runs away.",
        "[P|Isild Le Besco] ([C|Lucie]) runs away.",
        "There's [P|Isild Le Besco] as [C|Lucie], a fan.",
        "[P|Isild Le Besco] plays the shy [C|Lucie].",
        "[C|Lucie], played by [P|Isild Le Besco], runs away.",
        "[P|Isild Le Besco]'s [C|Lucie] runs away.",
    ],
)
def test_a_turn_of_phrase_gives_actor_and_part(text: str) -> None:
    assert said(text) == {("cast", "Backstage", "Isild Le Besco", "Lucie")}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            '[P|Cameron Crowe]\'s "[F|Almost Famous]"',
            ("director", "Almost Famous", "Cameron Crowe"),
        ),
        ("directed by [P|Ann Example]", ("director", "Backstage", "Ann Example")),
        ("thanks to DP [P|Agnes Godard]", ("cinematographer", "Backstage", "Agnes Godard")),
        ("It was shot by [P|Agnes Godard]", ("cinematographer", "Backstage", "Agnes Godard")),
        (
            "hit songs (penned by [P|Laurent Marimbert] and sung by her)",
            ("composer", "Backstage", "Laurent Marimbert"),
        ),
        ("songs -- written by [P|Ann Example]", ("composer", "Backstage", "Ann Example")),
        ("[P|Seigner] (wife of [P|Roman Polanski])", ("spouse", "Seigner", "Roman Polanski")),
        ("[F|Psycho]'s [C|Norman] is here", ("character", "Psycho", "Norman")),
        ("[P|Mary Shelley]'s novel [W|Frankenstein]", ("author", "Frankenstein", "Mary Shelley")),
    ],
)
def test_a_turn_of_phrase_gives_a_credit(text: str, fact: tuple[str, ...]) -> None:
    assert said(text) == {fact}


def test_people_named_in_one_breath_with_an_actor_act_too() -> None:
    text = "starring [P|Ann One], [P|Bob Two] ([C|Max]) and [P|Cid Three]."
    assert said(text) == {
        ("cast", "Backstage", "Ann One"),
        ("cast", "Backstage", "Bob Two", "Max"),
        ("cast", "Backstage", "Cid Three"),
    }


def test_people_who_are_only_compared_are_in_no_cast() -> None:
    assert said("a singer, half [P|Madonna], half [P|Céline Dion]") == set()


def test_a_credit_behind_another_title_is_not_the_reviewed_films() -> None:
    assert ("cast", "Backstage", "Ann One") not in said("like [F|Psycho] starring [P|Ann One]")


def test_a_relation_of_the_wrong_kinds_is_refused() -> None:
    fake = FakeRecogniser(relations=[FakePair(RelationName.DIRECTOR, 0, 1)])
    assert facts(read("[C|Lucie] cries.", fake=fake, title="Backstage")) == set()


def test_the_evidence_of_a_relation_is_its_sentence() -> None:
    extraction = read("It rains. [C|Lucie] ([P|Ann One]) cries. It ends.", title="Backstage")
    (relation,) = extraction.relations
    assert relation.evidence.exact == "Lucie (Ann One) cries."
    assert relation.evidence.span is not None
    assert relation.evidence.span.words(extraction.page.text) == relation.evidence.exact


def test_two_snippets_are_two_voices() -> None:
    text = "[P|Ann One] is good. [C|Lucie] too."
    zones = (Zone(ZoneKind.SNIPPET, 0, 16), Zone(ZoneKind.SNIPPET, 16, 31))
    pair = FakePair(RelationName.CAST, 0, 1, 2, evidence=(0, 1))
    fake = FakeRecogniser(relations=[pair])
    found = read(text, fake=fake, zones=zones, title="Backstage")
    assert all(relation.part == "" for relation in found.relations)


def test_two_rows_of_names_are_matched_one_by_one() -> None:
    text = "With [P|Ann One] and [P|Bob Two] as [C|Max] and [C|Eva], it is fine."
    assert said(text) == {
        ("cast", "Backstage", "Ann One", "Max"),
        ("cast", "Backstage", "Bob Two", "Eva"),
    }


def test_a_person_whose_film_is_named_acts_in_that_film() -> None:
    assert said('in the [P|Ann One] film "[F|The Fan]"') == {("cast", "The Fan", "Ann One")}


def test_who_somebody_is_not_is_in_no_cast() -> None:
    fake = FakeRecogniser(
        relations=[FakePair(RelationName.CAST, 0, 1), FakePair(RelationName.CAST, 0, 2)]
    )
    found = read("They're no [P|Ann One] and [P|Bob Two].", fake=fake, title="Backstage")
    assert facts(found) == set()
