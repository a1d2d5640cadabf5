"""Words that two pages share are found, and boilerplate is not."""

from link_fakes import link, review

from kg.link import Catalogue
from kg.model import Extraction, Quotation

SENTENCE = "The camera circles the singer as though it were afraid to wake her from a long dream."
OTHER = "Nothing in the second half lives up to the nervous promise of that opening."


def quotations(*pages: Extraction, catalogue: Catalogue) -> dict[str, tuple[Quotation, ...]]:
    linked = link(*pages, catalogue=catalogue)
    return {name: page.quotations for name, page in linked.items()}


def test_a_sentence_on_two_pages_is_one_quotation_on_each(catalogue: Catalogue) -> None:
    one = review("a", f"Plain words come first here. {SENTENCE} And others follow.")
    other = review("b", f"As a colleague has it: {SENTENCE} {OTHER}")
    found = quotations(one, other, catalogue=catalogue)
    (mine,), (theirs,) = found["a"], found["b"]
    assert mine.exact == SENTENCE.rstrip(".")
    assert (mine.other, theirs.other) == ("b", "a")
    assert mine.other_span == theirs.span
    assert theirs.span.words(other.page.text) == SENTENCE.rstrip(".")


def test_a_quotation_that_is_cut_off_is_still_one(catalogue: Catalogue) -> None:
    one = review("a", f"{SENTENCE} {OTHER}")
    other = review("b", f"...{' '.join(SENTENCE.split()[3:14])}... Quite so, and well put.")
    found = quotations(one, other, catalogue=catalogue)
    assert [q.exact for q in found["a"]] == [" ".join(SENTENCE.split()[3:14])]


def test_a_long_clause_of_a_longer_sentence_is_one(catalogue: Catalogue) -> None:
    words = SENTENCE.rstrip(".")
    before = "It has been said by somebody whose name escapes me at this late hour, that once more"
    after = "and so on for a great many words that are nobody's but the writer's own in the end"
    one = review("a", f"{before} {words} {after}.")
    other = review("b", f"Wholly other words stand here before {words}, or so they told us then.")
    assert quotations(one, other, catalogue=catalogue)["a"][0].exact == words


def test_quotation_marks_case_and_white_space_do_not_count(catalogue: Catalogue) -> None:
    one = review("a", SENTENCE)
    other = review("b", f"“{SENTENCE.upper().replace(' ', chr(10))}”")
    assert len(quotations(one, other, catalogue=catalogue)["a"]) == 1


def test_a_turn_of_phrase_is_no_quotation(catalogue: Catalogue) -> None:
    one = review("a", "It is one of the best films of the year, and more than that to me.")
    other = review("b", "Say what you like, this is one of the best films of the decade so far.")
    assert quotations(one, other, catalogue=catalogue) == {"a": (), "b": ()}


def test_a_review_printed_twice_is_one_quotation(catalogue: Catalogue) -> None:
    text = f"{SENTENCE} {OTHER} Then it ends in the rain, and everybody goes home without her."
    found = quotations(review("a", text), review("b", text), catalogue=catalogue)
    assert [q.exact for q in found["a"]] == [text.rstrip(".")]


def test_a_line_on_many_pages_is_boilerplate(catalogue: Catalogue) -> None:
    line = "All reviews on these pages are the opinion of their authors and of nobody else."
    pages = [review(f"p{n}", f"Page number {n} is short. {line}") for n in range(25)]
    found = quotations(*pages, catalogue=catalogue)
    assert not any(found.values())


def test_a_quotation_beside_boilerplate_is_still_found(catalogue: Catalogue) -> None:
    line = "All reviews on these pages are the opinion of their authors and of nobody else."
    pages = [review(f"p{n}", f"Page number {n} is short. {line}") for n in range(25)]
    pages += [review("a", f"{SENTENCE} {line}"), review("b", f"{SENTENCE} {OTHER}")]
    found = quotations(*pages, catalogue=catalogue)
    assert [q.other for q in found["a"]] == ["b"]


def test_a_page_of_few_words_has_no_quotations(catalogue: Catalogue) -> None:
    found = quotations(review("a", "Dull."), review("b", "Dull."), catalogue=catalogue)
    assert found == {"a": (), "b": ()}
