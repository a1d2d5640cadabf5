from extract_fakes import FakePair, FakeRecogniser, read

from kg.extract.confidence import surer
from kg.model import Evidence, Extraction, Field, Kind, Mention, RelationName, Stated

TEXT = "Alien stars Sigourney Weaver and Tom Skerritt."


def extraction(**page: object) -> Extraction:
    fake = FakeRecogniser(scores={"Alien": 0.9})
    fake.known[TEXT] = [
        Mention(0, 5, Kind.FILM, 0.9),
        Mention(12, 28, Kind.PERSON, 0.95),
        Mention(33, 45, Kind.PERSON, 0.6),
    ]
    fake.relations = [
        FakePair(RelationName.CAST, 0, 1, evidence=(0, 1)),
        FakePair(RelationName.CAST, 0, 2, evidence=(0, 2)),
    ]
    return read(TEXT, fake=fake, title="Alien", **page)


def test_what_is_sure_enough_stays() -> None:
    whole = extraction()
    assert surer(whole, 0.0) is whole
    assert surer(whole, 0.3) is whole


def test_a_doubtful_name_goes_with_what_is_said_of_it() -> None:
    kept = surer(extraction(), 0.7)
    assert [cluster.name for cluster in kept.clusters] == ["Alien", "Sigourney Weaver"]
    assert [relation.object for relation in kept.relations] == ["P1"]
    assert kept.notes == ("names or facts less sure than 0.7",)


def test_the_reviewed_film_stays_though_its_mentions_go() -> None:
    kept = surer(extraction(), 0.999)
    assert [(cluster.name, cluster.mentions) for cluster in kept.clusters] == [("Alien", ())]
    assert kept.topic == "F1"


def test_what_the_page_states_stays() -> None:
    stated = (Stated(Field.CAST, "Tom Skerritt", Evidence("Cast: Tom Skerritt")),)
    kept = surer(extraction(stated=stated), 0.999)
    assert [relation.stated for relation in kept.relations] == [True]
    assert [cluster.name for cluster in kept.clusters] == ["Alien", "Tom Skerritt"]
