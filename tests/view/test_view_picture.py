from itertools import combinations
from xml.etree import ElementTree as ET

import networkx as nx
from view_examples import EVE, films, hostile

from kg.view import labels, picture
from kg.view.drawing import arrange
from kg.view.network import people_network, reference_network

SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_names_every_film_and_tells_what_each_line_means() -> None:
    root = ET.fromstring(picture.svg(arrange(reference_network(films())), title="Films"))
    written = [text.text for text in root.iter(f"{SVG}text")]
    assert "All About Eve (1950)" in written
    assert {"Remake", "Allusion", "Comparison", "Mention"} <= set(written)


def test_every_line_tells_its_sentences_when_pointed_at() -> None:
    root = ET.fromstring(picture.svg(arrange(reference_network(films())), title="Films"))
    tooltips = [path.findtext(f"{SVG}title") for path in root.iter(f"{SVG}path")]
    assert any(
        tip and tip.startswith("Opening Night is compared with All About Eve") and "Colder" in tip
        for tip in tooltips
    )


def test_the_picture_is_light_or_dark_as_the_system_is_and_says_who_made_it() -> None:
    content = picture.svg(arrange(reference_network(films())), title="Films").decode()
    assert "prefers-color-scheme: dark" in content
    assert "made by film-kg" in content


def test_hostile_names_stay_text() -> None:
    content = picture.svg(arrange(reference_network(hostile())), title="</title><script>").decode()
    root = ET.fromstring(content)
    assert not list(root.iter(f"{SVG}script"))
    assert not list(root.iter(f"{SVG}img"))
    assert "\x00" not in content


def test_long_names_are_cut_in_labels_and_whole_in_tooltips() -> None:
    root = ET.fromstring(picture.svg(arrange(reference_network(hostile())), title="x"))
    assert max(len(text.text or "") for text in root.iter(f"{SVG}text")) < 100
    assert max(len(title.text or "") for title in root.iter(f"{SVG}title")) > 9000


def test_no_label_lies_upon_another() -> None:
    drawing = arrange(reference_network(films()))
    for one, other in combinations(labels.place(drawing), 2):
        apart = (
            one.box[2] <= other.box[0] or other.box[2] <= one.box[0]
            or one.box[3] <= other.box[1] or other.box[3] <= one.box[1]
        )  # fmt: skip
        assert apart, (one, other)


def test_films_in_focus_are_ringed() -> None:
    content = picture.svg(arrange(reference_network(films())), title="x", focus=[EVE])
    root = ET.fromstring(content)
    ringed = [
        c.findtext(f"{SVG}title")
        for c in root.iter(f"{SVG}circle")
        if "focus" in (c.get("class") or "")
    ]
    assert ringed == ["All About Eve (1950)"]


def test_people_and_an_empty_graph_can_be_drawn_as_well() -> None:
    people = picture.svg(arrange(people_network(films())), title="People").decode()
    assert "Bette Davis" in people
    ET.fromstring(picture.svg(arrange(nx.MultiDiGraph()), title="Nothing"))
