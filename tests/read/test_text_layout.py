"""Plain text becomes blocks that show its shape."""

from __future__ import annotations

from kg.read.text import layout_of, unwrapped


def shapes(text: str) -> list[tuple[str, int, str]]:
    layout = layout_of(text)
    return [(block.tag, block.level, layout.words(block)) for block in layout.blocks]


def test_a_line_is_a_block_and_blank_lines_are_a_gap() -> None:
    layout = layout_of("One\n\n\nTwo\nThree\n")
    assert [(layout.words(block), block.gap) for block in layout.blocks] == [
        ("One", 0),
        ("Two", 2),
        ("Three", 0),
    ]


def test_bullets_and_numbers_stand_outside_their_items() -> None:
    assert shapes("  • Fugue\n  • Diosa\n  1. 75\n    Good words\n") == [
        ("li", 1, "Fugue"),
        ("li", 1, "Diosa"),
        ("li", 1, "75"),
        ("", 2, "Good words"),
    ]


def test_a_dash_is_a_bullet_only_in_company() -> None:
    assert shapes("- one\n- two") == [("li", 1, "one"), ("li", 1, "two")]
    assert shapes("- Roger Ebert") == [("", 0, "- Roger Ebert")]


def test_a_year_at_the_start_is_no_number_of_an_item() -> None:
    assert shapes("1984. A good year.") == [("", 0, "1984. A good year.")]


def test_headings_with_hashes_or_underlines_have_a_rank() -> None:
    assert shapes("## The Cast\nAnn\n\nPlot\n====\nIt goes on") == [
        ("h2", 2, "The Cast"),
        ("", 0, "Ann"),
        ("h1", 1, "Plot"),
        ("", 0, "It goes on"),
    ]


def test_columns_parted_by_tabs_or_wide_gaps_are_cells() -> None:
    layout = layout_of("Isild Le Besco      Lucie\nA\tB\tC\nplain words")
    cells = [[layout.text[start:end] for start, end in block.cells] for block in layout.blocks]
    assert cells == [["Isild Le Besco", "Lucie"], ["A", "B", "C"], []]


def test_a_hard_wrapped_paragraph_becomes_one_block_of_equal_length() -> None:
    text = (
        "The film rips most of its pages from All About\n"
        "Eve, and an early scene establishes the fixation\n"
        "of Lucie on Lauren when the superstar and a crew\n"
        "pay a visit.\n\nNext paragraph."
    )
    joined = unwrapped(text)
    assert len(joined) == len(text)
    assert "All About Eve" in joined
    assert len(layout_of(joined).blocks) == 2


def test_a_list_of_titles_or_a_verse_is_not_joined() -> None:
    for text in (
        "Fugue\nFrikis\nBlue for a Boy\nBest Friend",
        "Strand Releasing\n112 min\nDirector: Emmanuelle Bercot\nWriters: A, B\nCast: C, D and E",
        "Roses are red and so are my eyes\nViolets\nSugar is sweet, as the old song tells it\nSo",
    ):
        assert unwrapped(text) == text


def test_long_lines_are_no_hard_wrapping() -> None:
    text = "\n".join("word " * 60 for _ in range(3))
    assert unwrapped(text) == text


def test_a_list_of_names_that_goes_on_indented_is_one_block_without_columns() -> None:
    text = "Starring:  John Travolta, Uma Thurman,\n      Ving Rhames\nDirector:  Quentin Tarantino"
    layout = layout_of(unwrapped(text))
    assert [len(block.cells) for block in layout.blocks] == [0, 0]
    assert layout.words(layout.blocks[0]).split() == [
        "Starring:",
        "John",
        "Travolta,",
        "Uma",
        "Thurman,",
        "Ving",
        "Rhames",
    ]
