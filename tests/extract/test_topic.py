from extract_fakes import FakeRecogniser, read

from kg.model import Evidence, Field, Kind, Stated, Zone, ZoneKind


def topic(marked: str, **page: object) -> str | None:
    """The name of the reviewed film; None where the page reviews none."""
    extraction = read(marked, **page)
    return extraction.cluster(extraction.topic).name if extraction.topic else None


def test_a_given_title_finds_its_film_among_others() -> None:
    text = "Beyond [F|Sunset Boulevard], [F|Backstage] takes its pages from [F|About Eve]."
    assert topic(text, title="Backstage") == "Backstage"


def test_a_given_title_in_catalogue_order_finds_its_film() -> None:
    extraction = read("[F|Mummy's Tomb] is a dull film.", title="Mummy's Tomb;The (1942)")
    assert extraction.cluster(extraction.topic).name == "The Mummy's Tomb"
    assert extraction.cluster(extraction.topic).mentions


def test_a_given_title_that_the_text_never_names_is_the_topic_without_a_mention() -> None:
    extraction = read("It is better than [F|Psycho].", title="Backstage")
    film = extraction.cluster(extraction.topic)
    assert (film.name, film.mentions) == ("Backstage", ())


def test_the_first_film_of_a_number_is_not_the_sequel() -> None:
    extraction = read("The cast of [F|Phantasm] is back.", title="Phantasm II")
    assert extraction.cluster(extraction.topic).mentions == ()


def test_without_a_title_the_film_that_the_prose_speaks_of_is_the_topic() -> None:
    text = (
        "[P|Emmanuelle Bercot]'s [F|Backstage] is a film about a fan. [F|Backstage] was better "
        "than I feared, though it owes much to [F|All About Eve]. See [F|Backstage]."
    )
    fake = FakeRecogniser(scores={"Backstage": 0.7})
    assert topic(text, fake=fake) == "Backstage"


def test_a_film_that_is_only_compared_is_not_the_topic() -> None:
    text = "I saw this on a plane. The lead is good. It was a bit like [F|Psycho], but longer."
    extraction = read(text)
    assert extraction.cluster(extraction.topic).name == ""


def test_a_page_of_menus_reviews_nothing() -> None:
    menu = Zone(ZoneKind.NAVIGATION, 0, 18)
    assert topic("[F|Ladybug] [F|Backstage]\n", zones=(menu,)) is None


def test_a_review_of_nothing_that_is_named_has_no_topic() -> None:
    assert topic("I did not like it at all.") is None


def test_a_stated_title_names_the_film() -> None:
    stated = Stated(Field.TITLE, "Backstage", Evidence("Backstage", None, "json-ld"))
    assert topic("[F|Backstage] is fine, [F|Almost Famous] finer.", stated=(stated,)) == "Backstage"


def test_a_series_is_a_work() -> None:
    extraction = read("It is fun.", title="Fallout (TV) (2024)", critic="Ann Example")
    assert extraction.cluster(extraction.topic).kind is Kind.WORK


def test_a_film_is_never_its_own_reference() -> None:
    fake = FakeRecogniser()
    extraction = read("[F|Backstage] is like [F|Psycho].", fake=fake, title="Backstage")
    assert [reference.cited for reference in extraction.references] == ["F2"]


def test_the_film_that_the_prose_calls_the_listed_directors_is_the_topic() -> None:
    marked = "Seen beside [F|Vagabond], [P|Kim Lund]'s [F|Late Ferry] is warm as milk."
    listed = Stated(Field.DIRECTOR, "Kim Lund", Evidence("Director: Kim Lund"))
    assert topic(marked, stated=(listed,)) == "Late Ferry"


def test_a_film_whose_title_stands_in_the_address_is_the_topic() -> None:
    marked = "A night of rain, and [F|Vagabond] on my mind; later there was [F|Late Ferry]."
    assert topic(marked, source="reviews/late-ferry-again.txt") == "Late Ferry"
