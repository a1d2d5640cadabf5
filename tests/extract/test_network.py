"""The shipped network on texts written for the purpose."""

import time
from pathlib import Path

import pytest

from kg.errors import ModelError
from kg.extract.network import Network, trimmed
from kg.extract.version import model_meta, model_version
from kg.model import Kind, Mention, ReferenceKind, RelationName

TEXT = (
    "Ridley Scott's Alien stars Sigourney Weaver as Ripley. It is far better than "
    'Steven Spielberg\'s "Jaws", and Weaver is superb.'
)


@pytest.fixture(scope="module")
def network() -> Network:
    return Network.load()


def place(words: str, kind: Kind, text: str = TEXT) -> Mention:
    start = text.index(words)
    return Mention(start, start + len(words), kind)


MENTIONS = [
    place("Ridley Scott", Kind.PERSON),
    place("Alien", Kind.FILM),
    place("Sigourney Weaver", Kind.PERSON),
    place("Ripley", Kind.CHARACTER),
    place("Steven Spielberg", Kind.PERSON),
    place("Jaws", Kind.FILM),
]


def test_names_are_found_with_their_kinds_and_exact_spans(network: Network) -> None:
    found = {
        (mention.words(TEXT), mention.kind) for mention in network.mentions(network.encode(TEXT))
    }
    assert found >= {
        ("Ridley Scott", Kind.PERSON),
        ("Alien", Kind.FILM),
        ("Sigourney Weaver", Kind.PERSON),
        ("Ripley", Kind.CHARACTER),
        ("Steven Spielberg", Kind.PERSON),
        ("Jaws", Kind.FILM),
    }


def test_credits_are_read_with_the_film_that_they_belong_to(network: Network) -> None:
    pairs = network.pairs(network.encode(TEXT), MENTIONS, range(6), 1)
    said = {(pair.name, pair.subject, pair.object, pair.part) for pair in pairs}
    assert (RelationName.DIRECTOR, 1, 0, None) in said
    assert (RelationName.CAST, 1, 2, 3) in said
    assert (RelationName.DIRECTOR, 5, 4, None) in said


def test_the_evidence_of_a_relation_are_mentions_that_were_handed_in(network: Network) -> None:
    backwards = MENTIONS[::-1]
    pairs = network.pairs(network.encode(TEXT), backwards, range(6), 4)
    cast = next(pair for pair in pairs if pair.name is RelationName.CAST)
    assert cast.object == backwards.index(MENTIONS[2])
    assert cast.object in cast.evidence


def test_a_topic_that_is_never_named_still_has_its_credits(network: Network) -> None:
    text = "Jane Campion directs with a sure hand, and Holly Hunter is superb as Ada."
    mentions = [
        place("Jane Campion", Kind.PERSON, text),
        place("Holly Hunter", Kind.PERSON, text),
        place("Ada", Kind.CHARACTER, text),
    ]
    pairs = network.pairs(network.encode(text), mentions, range(3), 9)
    assert (RelationName.CAST, 9, 1, 2) in {
        (pair.name, pair.subject, pair.object, pair.part) for pair in pairs
    }


def test_without_a_topic_nothing_is_said_of_one(network: Network) -> None:
    pairs = network.pairs(network.encode(TEXT), MENTIONS, range(6), None)
    assert {pair.subject for pair in pairs} <= set(range(6))


def test_another_film_is_compared(network: Network) -> None:
    text = "Alien is a fine thriller, though not nearly as frightening as Jaws."
    mentions = [place("Alien", Kind.FILM, text), place("Jaws", Kind.FILM, text)]
    kinds = network.reference_kinds(network.encode(text), mentions, [4, 7], 4)
    kind, score, evidence = kinds[7]
    assert (list(kinds), kind, evidence) == ([7], ReferenceKind.COMPARISON, 1)
    assert 0 < score <= 1


def test_the_same_text_gives_the_same_result(network: Network) -> None:
    first, second = network.encode(TEXT), Network.load().encode(TEXT)
    assert (first.states == second.states).all()
    assert network.mentions(first) == network.mentions(second)


def test_scores_are_probabilities_of_three_decimals(network: Network) -> None:
    for mention in network.mentions(network.encode(TEXT)):
        assert 0 < mention.score <= 1
        assert round(mention.score, 3) == mention.score


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "\x00\x07\x1b",
        "🎬" * 500,
        "a" * 100_000,
        "שלום עולם " * 50,
        "\ufeff",
        "…",
    ],
    ids=["empty", "blank", "lines", "control", "emoji", "one word", "hebrew", "mark", "dots"],
)
def test_no_text_is_too_odd(network: Network, text: str) -> None:
    encoded = network.encode(text)
    mentions = network.mentions(encoded)
    assert all(0 <= mention.start < mention.end <= len(text) for mention in mentions)
    clusters = range(len(mentions))
    assert isinstance(network.pairs(encoded, mentions, clusters, None), list)
    assert isinstance(network.reference_kinds(encoded, mentions, clusters, 0), dict)
    assert len(network.topic_scores(encoded, mentions)) == len(mentions)


def test_nothing_is_cut_off_at_the_end_of_a_long_text(network: Network) -> None:
    text = "It goes on and on, and nothing much happens at all. " * 120 + TEXT
    last = network.mentions(network.encode(text))[-1]
    assert last.start > len(text) - len(TEXT)


def test_time_grows_with_the_length_and_no_faster(network: Network) -> None:
    def seconds(times: int) -> float:
        began = time.perf_counter()
        encoded = network.encode(TEXT * times)
        mentions = network.mentions(encoded)
        network.pairs(encoded, mentions, range(len(mentions)), 0)
        return time.perf_counter() - began

    seconds(2)
    assert seconds(80) < 4 * 3 * max(seconds(20), 0.05)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ('"Jaws"', "Jaws"),
        ("Kubrick's", "Kubrick"),
        ("(Alien,", "Alien"),
        ("Airplane!", "Airplane!"),
        ("Dr. No", "Dr. No"),
        ("'s", "s"),
        ('""', ""),
    ],
)
def test_a_mention_is_the_bare_name(words: str, kept: str) -> None:
    start, end = trimmed(words, 0, len(words))
    assert words[start:end] == kept


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"meta\.json"):
        Network.load(tmp_path)


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    meta = (Path(model_meta.__globals__["FOLDER"]) / "meta.json").read_text(encoding="utf-8")
    (tmp_path / "meta.json").write_text(meta, encoding="utf-8")
    (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="train the model"):
        Network.load(tmp_path)


def test_the_version_is_known_without_loading_anything(network: Network) -> None:
    assert model_version() == network.version


def test_what_somebody_does_is_no_part_of_the_name(network: Network) -> None:
    text = "Alien gains much from DP Derek Vanlint, and composer Jerry Goldsmith is at his best."
    words = {mention.words(text) for mention in network.mentions(network.encode(text))}
    assert {"Derek Vanlint", "Jerry Goldsmith"} <= words


def test_no_name_goes_over_the_end_of_a_line(network: Network) -> None:
    text = "Sigourney Weaver\nTom Skerritt\nVeronica Cartwright\nHarry Dean Stanton"
    words = [mention.words(text) for mention in network.mentions(network.encode(text))]
    assert words == text.splitlines()
