import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

from view_examples import BASE, EVE, HOSTILE, films, hostile

from kg.model import ReferenceKind
from kg.view.facts import Facts, Statement, Thing, Tie
from kg.view.webpage import embedded, html


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text of scripts and styles."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self._within = ""
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag in self.raw:
            self._within = tag
            self.raw[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._within:
            self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within:
            self.raw[self._within][-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def data_of(content: bytes) -> dict[str, object]:
    loaded: dict[str, object] = json.loads(Elements(content).raw["script"][0])
    return loaded


def test_the_policy_allows_this_script_and_this_style_and_nothing_else() -> None:
    page = Elements(html(films(), title="Films"))
    policy = next(m["content"] for m in page.all("meta") if m.get("http-equiv")) or ""
    digests = {
        "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
        for text in (page.raw["script"][1], page.raw["style"][0])
    }
    assert set(re.findall(r"'(sha256-[^']+)'", policy)) == digests
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_page_loads_nothing_from_anywhere() -> None:
    page = Elements(html(films(), title="Films"))
    assert not any("src" in attributes for _, attributes in page.found)
    assert not page.all("link")
    assert not re.search(r"@import|url\(", page.raw["style"][0])


def test_no_element_carries_script_or_style_of_its_own() -> None:
    for facts in (films(), hostile()):
        for _, attributes in Elements(html(facts, title="Films")).found:
            assert not [name for name in attributes if name.startswith("on") or name == "style"]


def test_what_reviews_say_adds_no_element_to_the_page() -> None:
    page = Elements(html(hostile(), title=HOSTILE))
    assert len(page.all("script")) == 2
    assert not page.all("img")
    assert not page.all("svg")
    assert not page.all("b")


def test_only_addresses_of_the_web_become_links() -> None:
    page = Elements(html(hostile(), title="x"))
    assert [a["href"] for a in page.all("a")] == ["#table"]
    data = json.dumps(data_of(html(hostile(), title="x")))
    assert "javascript:" not in data


def test_a_title_that_looks_like_a_slot_is_not_filled() -> None:
    content = html(films(), title="{{data}} {{script}}")
    assert b"<title>{{data}} {{script}}</title>" in content


def test_data_comes_back_from_the_page_as_it_was() -> None:
    value = {"a": "</script><!--\u2028&", "b": [1, None, "é"]}
    assert "<" not in embedded(value)
    assert json.loads(embedded(value)) == value


def test_the_data_holds_places_ranks_sentences_and_credits() -> None:
    data = data_of(html(films(), title="Films"))
    things = data["things"]
    assert isinstance(things, list)
    eve = next(thing for thing in things if thing["id"] == "film/all-about-eve-1950")
    assert (eve["name"], eve["year"], eve["refs"], eve["also"]) == (
        "All About Eve", 1950, 3, ["About Eve"],
    )  # fmt: skip
    assert len(eve["at"]) == 2
    assert data["start"] == things.index(eve)
    assert "All About My Mother bows to All About Eve." in json.dumps(data["ties"])
    assert "Margo Channing" in json.dumps(data["credits"])


def test_a_page_drawn_around_a_film_opens_on_it() -> None:
    data = data_of(html(films(), title="Films", start=f"{BASE}film/opening-night-1977"))
    assert isinstance(data["start"], int)
    assert data["things"][data["start"]]["name"] == "Opening Night"  # type: ignore[index]
    assert data["asked"] is True


def test_the_table_tells_everything_without_a_script() -> None:
    content = html(films(), title="Films").decode()
    table = content[content.index("<table") : content.index("</table>")]
    assert '<bdi class="name film">All About My Mother</bdi>' in table
    assert "All About My Mother bows to All About Eve." in table
    assert "Critic mother-1" in table
    assert "91 % sure" in table
    assert 'href="https://example.org/mother-1"' in table


def test_the_page_says_whose_words_the_quotations_are() -> None:
    content = html(films(), title="Films").decode()
    assert "The quotations are the words of the critics named beside them" in content
    assert "Made by film-kg" in content


def test_a_long_table_says_how_much_it_leaves_out() -> None:
    things = {f"{BASE}film/{n}": Thing(f"{BASE}film/{n}", "film", f"F{n}") for n in range(60)}
    names = list(things)
    ties = tuple(
        Tie(one, other, ReferenceKind.MENTION, (f"r{i}-{j}",), (Statement("Words."),))
        for i, one in enumerate(names)
        for j, other in enumerate(names)
        if i != j
    )
    content = html(Facts(things, ties), title="Films").decode()
    assert "3,540 references, the best attested first. The first 2,000 are listed" in content
    assert content.count('<td role="cell">') / 4 == 2000


def test_the_same_graph_gives_the_same_page() -> None:
    assert html(films(), title="Films") == html(films(), title="Films")


def test_an_empty_graph_has_a_page_as_well() -> None:
    data = data_of(html(Facts({}), title="Films"))
    assert data["start"] == -1


def test_the_most_referenced_film_is_where_the_page_opens() -> None:
    data = data_of(html(films(), title="Films"))
    assert isinstance(data["start"], int)
    assert data["things"][data["start"]]["id"] == EVE.removeprefix(BASE)  # type: ignore[index]
