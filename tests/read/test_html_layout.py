"""HTML becomes text in reading order, with the shape that its markup gives."""

from __future__ import annotations

import pytest

from kg.errors import ReadError
from kg.read import html
from kg.read.boilerplate import with_main
from kg.read.layout import Layout


def laid(markup: str) -> Layout:
    return html.layout_of(html.parse(markup))


def words(markup: str) -> list[str]:
    layout = laid(markup)
    return [layout.words(block) for block in layout.blocks]


def cells(markup: str) -> list[list[str]]:
    layout = laid(markup)
    return [[layout.text[start:end] for start, end in block.cells] for block in layout.blocks]


def test_white_space_collapses_and_inline_elements_do_not_split_words() -> None:
    assert words("<p>Emma\n  <b>Sto</b>ne   and\t<i>Mia</i></p>") == ["Emma Stone and Mia"]


def test_blocks_come_in_reading_order_with_tag_level_and_gap() -> None:
    layout = laid("<h2>Cast</h2><ul><li>Ann<li>Bob</ul><div>Tail<br>line</div>")
    assert [(b.tag, b.level, b.gap, layout.words(b)) for b in layout.blocks] == [
        ("h2", 2, 0, "Cast"),
        ("li", 1, 1, "Ann"),
        ("li", 1, 0, "Bob"),
        ("div", 0, 1, "Tail"),
        ("div", 0, 0, "line"),
    ]


def test_blocks_are_ascending_disjoint_and_trimmed() -> None:
    layout = laid("<div> a <p> b </p> c <table><tr><td> d <td> e </table></div>")
    ends = 0
    for block in layout.blocks:
        assert ends <= block.start < block.end
        assert layout.words(block) == layout.words(block).strip()
        ends = block.end


def test_scripts_styles_comments_and_hidden_elements_stay_out() -> None:
    markup = (
        "<script>x()</script><style>p{}</style><p>seen<!-- not --></p><p hidden>no</p>"
        "<p style='display:none'>nor this</p><noscript>nor that</noscript><template>t</template>"
        "tail"
    )
    assert words(markup) == ["seen", "tail"]


def test_text_after_a_hidden_element_is_kept() -> None:
    assert words("<p>a<span hidden>x</span> b</p>") == ["a b"]


def test_the_full_version_of_a_shortened_text_takes_its_place() -> None:
    markup = (
        "<p style='display:block'>Starring: Ann Lee, Bob Ray, Cy Fox <a>[More]</a></p>"
        "<p style='display:none'>Starring: Ann Lee, Bob Ray, Cy Fox, Dee Orr, Ed Poe</p>"
    )
    assert words(markup) == ["Starring: Ann Lee, Bob Ray, Cy Fox, Dee Orr, Ed Poe"]


def test_the_hidden_rest_of_a_line_of_links_is_read() -> None:
    markup = (
        "<p><a href=1>Ann Lee</a> <a href=2>Bob Ray</a>"
        "<span style='display:none'> <a href=3>Cyrus Foxworthy</a> <a href=4>Dee Orr</a></span></p>"
    )
    assert cells(markup) == [["Ann Lee", "Bob Ray", "Cyrus Foxworthy", "Dee Orr"]]


def test_neighbouring_links_with_nothing_between_are_kept_apart() -> None:
    assert words("<p><a href=1>Naomi Watts</a><a href=2>Laura Harring</a></p>") == [
        "Naomi Watts\tLaura Harring"
    ]


def test_a_drop_capital_belongs_to_its_word() -> None:
    assert words("<p><span>B</span><span>ackstage opens</span></p>") == ["Backstage opens"]


def test_a_label_and_its_value_do_not_run_together() -> None:
    assert words("<p><span>Director</span><span>Ann Lee</span></p>") == ["Director\tAnn Lee"]
    assert words("<p><b>Director:</b>Ann Lee</p>") == ["Director: Ann Lee"]


def test_a_line_of_links_with_a_label_has_cells() -> None:
    assert cells("<p>Cast <a href=1>Ann Lee</a> <a href=2>Bob Ray</a></p>") == [
        ["Cast", "Ann Lee", "Bob Ray"]
    ]


def test_running_text_with_links_and_italics_has_no_cells() -> None:
    assert cells("<p>See <a href=1>Ann</a>, or <a href=2>how <i>Backstage</i> ends</a>.</p>") == [
        []
    ]
    assert cells("<li><a href=1>How <em>The Circle</em> was made</a></li>") == [[]]


def test_a_table_row_is_one_block_with_its_cells() -> None:
    markup = "<table><tr><td>Ann Lee<td>...<td>Lucie</tr><tr><th>Cast<td>A<br>B</tr></table>"
    assert cells(markup) == [["Ann Lee", "...", "Lucie"], ["Cast", "A", "B"]]
    assert [block.tag for block in laid(markup).blocks] == ["tr", "tr"]


def test_a_table_that_lays_out_the_page_is_no_row() -> None:
    prose = "This is a long review of the film that goes on and on. " * 5
    markup = (
        f"<table><tr><td><a href=1>Home</a><br><a href=2>News</a></td><td>{prose}</td></tr></table>"
    )
    assert words(markup) == ["Home", "News", prose.strip()]


def test_the_share_of_link_text_is_given() -> None:
    layout = laid("<p><a href=1>abcd</a> wxyz.</p><p><a name=x>abcd</a></p>")
    assert [block.link_share for block in layout.blocks] == [0.4, 0.0]


def test_attributes_that_may_hold_a_fact_are_kept_with_their_place() -> None:
    layout = laid(
        "<p><a href=1 title='Betty Elms'>Naomi Watts</a> <img alt='4 stars'>"
        "<time datetime='2001-05-16'>May</time></p>"
    )
    block = layout.blocks[0]
    found = {(name, value): layout.text[start:end] for start, end, name, value in block.attributes}
    assert found[("title", "Betty Elms")] == "Naomi Watts"
    assert found[("alt", "4 stars")] == ""
    assert found[("datetime", "2001-05-16")] == "May"


def test_a_picture_without_text_lends_its_words_to_the_next_block() -> None:
    layout = laid(
        "<div><img alt='3.5 stars'></div><p>Good.</p><td><img src='/x/runtime.gif'></td><p>9</p>"
    )
    assert [[(name, value) for _, _, name, value in b.attributes] for b in layout.blocks] == [
        [("alt", "3.5 stars")],
        [("src", "runtime")],
    ]


def test_the_path_names_ids_and_classes() -> None:
    layout = laid("<div id=main class='a b'><ul><li class=x>Ann</li></ul></div>")
    assert layout.blocks[0].path == "div#main.a.b ul li.x"


def test_titles_in_italics_are_marked() -> None:
    layout = laid("<p>Like <i>All About Eve</i>, or <cite> The Fan </cite>.</p>")
    assert [layout.text[start:end] for start, end in layout.marked] == ["All About Eve", "The Fan"]


def test_a_wide_gap_of_forced_blanks_parts_cells() -> None:
    assert words("<p>147&nbsp;mins &nbsp; More at <a href=1>DB</a></p>") == ["147 mins\tMore at DB"]
    assert words("<p>&nbsp;&nbsp; It ends. &nbsp; It begins.</p>") == ["It ends. It begins."]


def test_words_that_an_element_of_its_own_making_shows_are_read() -> None:
    layout = laid(
        "<div><review-card quote='A toasty splash of colour.' score='3/4'></review-card></div>"
    )
    block = layout.blocks[0]
    assert layout.words(block) == "A toasty splash of colour."
    assert [(name, value) for _, _, name, value in block.attributes] == [("score", "3/4")]


def test_preformatted_prose_is_unwrapped_and_its_columns_are_cells() -> None:
    markup = (
        "<pre>\nStarring      Ann Lee\n\n"
        "The film rips most of its pages from All About\n"
        "Eve, and an early scene establishes the fixation\n"
        "of Lucie on Lauren when the superstar and a crew\npay a visit.\n</pre>"
    )
    assert words(markup)[0] == "Starring\tAnn Lee"
    assert "from All About Eve, and" in words(markup)[1]


def test_damaged_text_is_repaired() -> None:
    assert words("<p>clich├ęd&nbsp;donâ€™t Tom &amp; Co</p>") == ["clichéd don’t Tom & Co"]


@pytest.mark.parametrize(
    "broken",
    [
        "<p>one<b>two<i>three</b>four",
        "<div><span><p>one two</div></p></span>three four",
        "<table><td>one<table><tr>two</table>three four",
        "one two <p <b>three</b> four",
        "<html><body>one &#0; two &bogus; three four</body></html></body> tail",
    ],
)
def test_broken_markup_still_gives_its_words(broken: str) -> None:
    text = laid(broken).text
    assert "one" in text
    assert "four" in text or "three" in text


def test_elements_nested_ten_thousand_deep_are_read() -> None:
    layout = laid("<font><b>" * 5_000 + "deep" + "</b></font>" * 5_000)
    assert "deep" in layout.text


def test_a_saved_view_of_a_pages_source_gives_that_page() -> None:
    rows = [
        "<!DOCTYPE html>",
        "<html><head>",
        "<title>Backstage</title></head>",
        "<p",
        "id=x>Good</p>",
    ]
    listing = "".join(
        f"<tr><td class=n></td><td>{row.replace('<', '&lt;').replace('>', '&gt;')}</td></tr>"
        for row in rows
    )
    tree = html.parse(f"<html><body><form>Line wrap</form><table>{listing}</table></body></html>")
    assert html.title_of(tree) == "Backstage"
    assert html.layout_of(tree).text == "Good"


def test_nothing_to_parse_is_refused() -> None:
    with pytest.raises(ReadError, match="expected HTML"):
        html.parse("")


def test_the_boilerplate_removers_opinion_is_kept() -> None:
    prose = "The film follows a fan who moves in with the singer whom she adores, and it goes on. "
    markup = (
        "<html><body><nav><ul><li><a href=/>Home</a><li><a href=/n>News</a></ul></nav>"
        f"<article><h1>Backstage</h1><p>{prose * 3}</p><p>{prose.replace('fan', 'girl') * 3}</p>"
        "</article><footer><a href=/p>Privacy</a></footer></body></html>"
    )
    tree = html.parse(markup)
    layout = with_main(html.layout_of(tree), tree)
    main = {layout.words(block)[:4]: block.main for block in layout.blocks}
    assert main["The "] is True
    assert main["Home"] is False
    assert main["Priv"] is False
