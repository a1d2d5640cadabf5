import time
from collections import Counter
from pathlib import Path

import pytest
from extract_fakes import names, read

from kg.extract.clusters import cluster_names
from kg.model import Evidence, Field, Kind, Span, Stated, Zone, ZoneKind

PERSON = Kind.PERSON


def groups(kind: Kind, *words: str) -> list[set[str]]:
    found: dict[int, set[str]] = {}
    for number, name in zip(cluster_names([(word, kind) for word in words]), words, strict=True):
        found.setdefault(number, set()).add(name)
    return list(found.values())


def test_a_full_name_its_surname_and_its_misspellings_are_one_person() -> None:
    spellings = ("Isild le Besco", "le Besco", "Islid Le Besco", "LE BESCO", "Besco")
    assert groups(PERSON, *spellings) == [set(spellings)]


def test_accents_make_no_difference() -> None:
    assert len(groups(PERSON, "Noémie Lvovsky", "Noemie Lvovsky", "lvovsky")) == 1


def test_a_first_name_alone_belongs_to_its_full_name() -> None:
    assert len(groups(Kind.CHARACTER, "Norma", "Norma Desmond", "Desmond")) == 1


def test_a_bare_surname_goes_to_the_nearest_full_name_before_it() -> None:
    numbers = cluster_names(
        [(name, PERSON) for name in ("Tony Scott", "Scott", "Ridley Scott", "Scott")]
    )
    assert numbers == [0, 0, 1, 1]


def test_people_of_one_surname_are_not_merged() -> None:
    assert len(groups(PERSON, "Joel", "Ethan Coen", "Frances McDormand")) == 3
    assert len(groups(PERSON, "Emmanuelle Seigner", "Mathilde Seigner")) == 2


def test_a_person_and_a_character_of_one_name_are_two_things() -> None:
    assert cluster_names([("John Malkovich", PERSON), ("John Malkovich", Kind.CHARACTER)]) == [0, 1]


def test_the_end_of_a_title_stands_for_the_title() -> None:
    assert len(groups(Kind.FILM, "All About Eve", "About Eve", "Eve")) == 1


def test_the_initials_of_a_title_stand_for_the_title() -> None:
    assert len(groups(Kind.FILM, "The Lord of the Rings", "LOTR")) == 1


@pytest.mark.parametrize("sequel", ["Die Hard 2", "Return to Oz", "The Dark Knight Rises"])
def test_a_sequel_is_another_film(sequel: str) -> None:
    first = sequel.removesuffix(" 2").removesuffix(" Rises").removeprefix("Return to ")
    assert len(groups(Kind.FILM, first, sequel)) == 2


def test_titles_that_differ_in_two_letters_are_two_films() -> None:
    assert len(groups(Kind.FILM, "North by Northwest", "North by Northeast")) == 2


def test_a_studio_is_one_with_its_short_name() -> None:
    assert len(groups(Kind.ORGANISATION, "Warner Bros.", "Warner", "Warners")) == 1


def test_a_described_part_does_not_swallow_the_name_in_it() -> None:
    found = groups(Kind.CHARACTER, "Lauren Waks", "L'amant de Lauren", "Lauren")
    assert found == [{"Lauren Waks", "Lauren"}, {"L'amant de Lauren"}]


def test_a_part_is_known_by_its_name_before_the_comma() -> None:
    assert len(groups(Kind.CHARACTER, "Jean-Claude, le garde du corps", "Jean-Claude")) == 1


def test_titles_of_a_menu_never_meet_the_names_of_the_review() -> None:
    text = "[F|Ladybug] [F|Backstage]\nEmmanuelle's [F|Backstage] is sad."
    menu = Zone(ZoneKind.NAVIGATION, 0, 18)
    extraction = read(text, zones=(menu, Zone(ZoneKind.PROSE, 18, 49)), title="Backstage")
    silent = {cluster.name for cluster in extraction.clusters if cluster.silent}
    assert silent == {"Ladybug", "Backstage"}
    assert len(extraction.cluster(extraction.topic).mentions) == 1
    assert extraction.references == ()


def test_a_stated_actor_meets_the_name_in_the_prose() -> None:
    text = "[P|Le Besco] is good.\nCast: Isild Le Besco"
    plain = "Le Besco is good.\nCast: Isild Le Besco"
    line = Span(18, 38)
    stated = Stated(
        Field.CAST, "Isild Le Besco", Evidence(line.words(plain), line), value_span=Span(24, 38)
    )
    extraction = read(text, stated=(stated,), title="Backstage")
    assert names(extraction, PERSON) == {"Isild Le Besco": {"Le Besco", "Isild Le Besco"}}


def test_clustering_stays_linear_in_the_number_of_names() -> None:
    crowd = [(f"Person{number} Name{number % 977}", PERSON) for number in range(20000)]
    started = time.process_time()
    assert len(set(cluster_names(crowd))) > 19000
    assert time.process_time() - started < 10


@pytest.mark.shared
def test_clusters_of_annotated_names_reach_their_floor(shared: Path) -> None:
    import sys

    sys.path.insert(0, str(shared / "annotation"))
    check = pytest.importorskip("check")
    kinds = {kind.letter: kind for kind in Kind}
    precision = recall = total = 0.0
    for path in sorted((shared / "annotation" / "train").glob("*.ann")):
        text, marks, _, _ = check.parse(path.read_text(encoding="utf-8"))
        gold = [mark[2] for mark in marks]
        found = cluster_names([(text[start:end], kinds[name[0]]) for start, end, name in marks])
        both = Counter(zip(gold, found, strict=True))
        size_gold, size_found = Counter(gold), Counter(found)
        for one, other in zip(gold, found, strict=True):
            precision += both[one, other] / size_found[other]
            recall += both[one, other] / size_gold[one]
            total += 1
    precision, recall = precision / total, recall / total
    assert 2 * precision * recall / (precision + recall) >= 0.985
