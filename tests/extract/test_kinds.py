from extract_fakes import unmarked

from kg.extract.kinds import settle_kinds
from kg.extract.title_marks import with_directors_film, with_title
from kg.model import Kind, Mention


def kinds(marked: str) -> list[str]:
    text, mentions = unmarked(marked)
    return [mention.kind.letter for mention in settle_kinds(text, mentions)]


def test_a_name_taken_for_person_and_character_is_what_it_mostly_is() -> None:
    assert kinds("[C|Lucie], [P|Lucie] and [C|Lucie]") == ["C", "C", "C"]


def test_a_bare_surname_is_of_its_full_names_kind() -> None:
    assert kinds("[P|Shirley Temple] and [F|Temple], [C|Temple]") == ["P", "P", "P"]


def test_a_quoted_title_is_no_surname() -> None:
    assert kinds('[P|Jane Temple] in "[F|Temple]"') == ["P", "F"]


def test_a_surname_that_person_and_character_share_stays_as_it_is() -> None:
    assert kinds("[P|Ann One], [C|Max One] and [C|One]") == ["P", "C", "C"]


def test_a_doubtful_title_follows_its_other_mentions() -> None:
    text = "Psycho and Psycho"
    sure, unsure = Mention(0, 6, Kind.FILM, 0.9), Mention(11, 17, Kind.WORK, 0.4)
    assert [m.kind for m in settle_kinds(text, [sure, unsure])] == [Kind.FILM, Kind.FILM]


def titled(text: str, title: str, *mentions: Mention) -> list[str]:
    return [m.words(text) for m in with_title(text, mentions, [title])]


def test_a_given_title_of_three_words_is_found_whatever_its_capitals() -> None:
    assert titled("I saw Breaking The Waves.", "Breaking the Waves") == ["Breaking The Waves"]


def test_words_in_small_letters_are_no_title() -> None:
    assert titled("waves that keep breaking the waves", "Breaking the Waves") == []


def test_one_word_is_the_title_only_in_quotes() -> None:
    assert titled('Tommy is lonely in "Psycho". A Psycho.', "Psycho") == ["Psycho"]


def test_a_part_of_the_title_gives_way_to_the_whole() -> None:
    text = "I saw Full Metal Jacket."
    part = Mention(6, 16, Kind.FILM, 0.8)
    assert titled(text, "Full Metal Jacket", part) == ["Full Metal Jacket"]


def test_a_longer_title_is_left_alone() -> None:
    text = "I saw The Wild Bunch Returns."
    longer = Mention(6, 28, Kind.FILM, 0.8)
    assert titled(text, "The Wild Bunch", longer) == ["The Wild Bunch Returns"]


def test_the_film_of_a_credited_director_is_found_by_its_possessive() -> None:
    text = "Ann Example's Backstage never settles. What Backstage promised, it lacks."
    found = with_directors_film(text, [Mention(0, 11, Kind.PERSON)], ["Ann Example"])
    assert [m.words(text) for m in found] == ["Ann Example", "Backstage", "Backstage"]


def test_a_word_in_capitals_that_never_comes_back_is_no_title() -> None:
    text = "Ann Example's Boston accent is fine."
    assert with_directors_film(text, [], ["Ann Example"]) == []
