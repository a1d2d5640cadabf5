import pytest

from kg.extract.language import OTHER, is_english, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("הסרט הזה נפלא. " * 20, "Hebrew"),
        ("これは素晴らしい映画です。" * 10, "Japanese"),
        ("这是一部很好的电影。" * 10, "Chinese"),
        ("Фильм очень хороший и интересный. " * 10, "Russian or another Cyrillic language"),
        ("Der Film ist sehr gut, und die Musik ist auch nicht schlecht. " * 4, "German"),
        ("La película es muy buena, pero el final no me gusta. " * 4, "Spanish"),
        ("Le film est très beau, mais la fin ne me plaît pas du tout. " * 4, "French"),
        ("De film is heel mooi, maar het einde vind ik niet zo goed. " * 4, "Dutch"),
        ("It is a fine film, and the ending is not what you expect. " * 4, "English"),
        ("Kino Morgen Tanz Apfel " * 30, OTHER),
        ("🎬🍿" * 300, None),
        ("", None),
        ("Short.", None),
    ],
)
def test_a_language_is_told_by_its_script_or_small_words(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_a_review_in_english_may_quote_another_script() -> None:
    text = "The title, これは素晴らしい映画です, is all that I could read of it. " * 3
    assert is_english(text + "It is a film of the kind that they do not make now. " * 10)
