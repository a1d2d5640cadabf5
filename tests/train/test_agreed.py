from kg.model import Kind, Mention
from kg.train.agreed import Opinions, agreed

TEXT = "Nora waits. Ada Park plays her."
NORA = Mention(0, 4, Kind.PERSON, 0.6)
PARK = Mention(12, 20, Kind.PERSON, 0.95)


def opinions(*kinds: Kind, words: str = "Nora") -> Opinions:
    """As many reviews as kinds, each of which takes the words for a thing of that kind."""
    found = Opinions()
    for kind in kinds:
        found.count([(words, Mention(0, len(words), kind, 0.9))])
    return found


def test_what_most_reviews_call_a_part_is_a_part() -> None:
    true, doubtful = agreed(TEXT, [NORA], opinions(*[Kind.CHARACTER] * 5))
    assert [mention.kind for mention in true] == [Kind.CHARACTER]
    assert not doubtful


def test_a_doubtful_name_with_few_votes_stays_doubtful() -> None:
    assert agreed(TEXT, [NORA], opinions(Kind.CHARACTER)) == ([], [NORA])


def test_reviews_that_disagree_agree_on_nothing() -> None:
    split = opinions(*[Kind.CHARACTER] * 3, *[Kind.PERSON] * 3)
    assert agreed(TEXT, [NORA], split) == ([], [NORA])


def test_a_sure_name_that_nobody_else_has_is_taken_for_true() -> None:
    assert agreed(TEXT, [PARK], Opinions()) == ([PARK], [])


def test_a_person_whom_others_take_for_a_film_is_doubtful() -> None:
    assert agreed(TEXT, [PARK], opinions(*[Kind.FILM] * 5, words="Ada Park")) == ([], [PARK])


def test_the_published_cast_outweighs_the_votes() -> None:
    known = opinions(*[Kind.PERSON] * 9)
    known.know({"performers": [{"name": "Ada Park", "roles": ["Nora Finn"]}]})
    assert known.kind_of("Nora") is Kind.CHARACTER
    assert known.kind_of("Park") is Kind.PERSON


def test_a_name_that_part_and_actor_share_is_left_to_the_votes() -> None:
    known = Opinions()
    known.know({"performers": [{"name": "Nora Park", "roles": ["Park"]}]})
    assert known.kind_of("Park") is None
