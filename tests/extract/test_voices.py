from extract_fakes import read

from kg.extract.comparisons import compared_people
from kg.extract.voices import apart, within_zones
from kg.model import Cluster, Kind, Mention, Page, Zone, ZoneKind

TEXT = "Trailers: Ladybug\nBackstage is sad.\n75"
PAGE = Page(
    "page",
    "page.txt",
    TEXT,
    zones=(
        Zone(ZoneKind.NAVIGATION, 0, 17),
        Zone(ZoneKind.PROSE, 18, 35),
        Zone(ZoneKind.SCORE, 36, 38),
    ),
)


def test_review_and_surroundings_are_read_apart_at_their_own_offsets() -> None:
    review, around = apart(PAGE)
    assert review == " " * 17 + "\nBackstage is sad.\n  "
    assert around == "Trailers: Ladybug\n" + " " * 9 + " " * 8 + "\n75"
    assert len(review) == len(around) == len(TEXT)


def test_a_page_of_nothing_but_prose_is_read_once() -> None:
    assert apart(Page("page", "page.txt", TEXT)) == (TEXT, "")


def test_no_mention_crosses_the_edge_of_a_zone() -> None:
    crossing = Mention(10, 27, Kind.FILM, 0.9)
    assert within_zones(PAGE, [crossing]) == [Mention(10, 17, Kind.FILM, 0.9)]


def test_names_of_a_menu_are_read_too() -> None:
    marked = TEXT.replace("Ladybug", "[F|Ladybug]").replace("Backstage", "[F|Backstage]")
    extraction = read(marked, zones=PAGE.zones, title="Backstage")
    assert {cluster.name: cluster.silent for cluster in extraction.clusters} == {
        "Backstage": False,
        "Ladybug": True,
    }


def compared(text: str, *names: str) -> set[str]:
    mentions = [
        Mention(text.index(name), text.index(name) + len(name), Kind.PERSON) for name in names
    ]
    clusters = [Cluster(name, Kind.PERSON, name) for name in names]
    found = compared_people(text, mentions, range(len(names)), clusters)
    return {names[number] for number in found}


def test_halves_of_somebody_are_only_compared() -> None:
    text = "Ann plays a singer—half Madonna, half Dion—who sings."
    assert compared(text, "Ann", "Madonna", "Dion") == {"Madonna", "Dion"}


def test_who_is_named_in_one_breath_is_compared_too() -> None:
    text = "the love child that Madonna and Deborah Harry would have had"
    assert compared(text, "Madonna", "Deborah Harry") == {"Madonna", "Deborah Harry"}


def test_who_acts_in_the_first_half_is_not_compared() -> None:
    assert compared("in the first half Darshan hams", "Darshan") == set()


def test_who_is_named_otherwise_too_is_not_only_compared() -> None:
    text = "She is reminiscent of Garbo. Garbo herself appears."
    mentions = [Mention(22, 27, Kind.PERSON), Mention(29, 34, Kind.PERSON)]
    clusters = [Cluster("P1", Kind.PERSON, "Garbo")]
    assert compared_people(text, mentions, [0, 0], clusters) == set()
