"""The sample corpus: every page has gold, and the gold obeys the annotation guidelines."""

import gzip
import html
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "corpus"
GOLD = CORPUS / "gold"
PAGES = CORPUS / "pages"
MARK = re.compile(r"\[([FWPCOA]\d+)\|([^\[\]|]+)\]")
ENTITY = re.compile(r"([FWPCOA]\d+) = (.+)")
YEAR = re.compile(r" \((\d{4}|\?)\)( topic)?$")
KINDS = {"remake", "sequel", "allusion", "comparison", "filmography", "mention"}
ARGUMENTS = {
    "director": ("FW", "PO"),
    "writer": ("FW", "PO"),
    "producer": ("FW", "PO"),
    "cinematographer": ("FW", "P"),
    "composer": ("FW", "PO"),
    "editor": ("FW", "P"),
    "cast": ("FW", "PO", "C"),
    "character": ("FW", "C"),
    "author": ("W", "PO"),
    "based_on": ("FW", "FW"),
    "company": ("FW", "O"),
    "award": ("FWPO", "A", "F"),
    "spouse": ("P", "P"),
    "relative": ("P", "P"),
    "critic": ("FW", "P"),
    "publication": ("FW", "O"),
}
OPTIONAL_THIRD = {"cast", "award"}


@dataclass(frozen=True)
class Gold:
    name: str
    marked: str
    text: str
    entities: dict[str, str]
    relations: tuple[tuple[str, ...], ...]

    @property
    def topic(self) -> str:
        return next(key for key, value in self.entities.items() if value.endswith(" topic"))


def read_gold(path: Path) -> Gold:
    body, _, tail = path.read_bytes().decode("utf8").rpartition("\n---\n")
    entities: dict[str, str] = {}
    relations: list[tuple[str, ...]] = []
    for line in tail.splitlines():
        if found := ENTITY.fullmatch(line):
            assert found[1] not in entities, f"{path.name}: two lines for {found[1]}"
            entities[found[1]] = found[2]
        elif line:
            relations.append(tuple(line.split()))
    text = MARK.sub(lambda mark: mark[2], body)
    return Gold(path.stem, body, text, entities, tuple(relations))


ALL = [read_gold(path) for path in sorted(GOLD.glob("*.ann"))]
INDEX: dict[str, list[str]] = json.loads((GOLD / "index.json").read_text(encoding="utf8"))
each_gold = pytest.mark.parametrize("gold", ALL, ids=lambda gold: gold.name)


def page_files() -> list[Path]:
    return sorted(path for path in PAGES.rglob("*") if path.is_file() and path.suffix != ".title")


def page_words(path: Path) -> str:
    """All that a page says, tags and row quoting taken away, blanks as one."""
    raw = path.read_bytes()
    if path.suffix == ".gz":
        raw = gzip.decompress(raw)
    try:
        words = raw.decode("utf8")
    except UnicodeDecodeError:
        words = raw.decode("cp1252")
    if path.suffix == ".jsonl":
        words = "\n".join(json.loads(line)["text"] for line in words.splitlines())
    if path.suffix == ".csv":
        words = words.replace('""', '"')
    if path.suffix == ".html" or ".warc" in path.name:
        words = html.unescape(re.sub(r"<[^>]*>", "", words))
    return " ".join(words.replace("*", "").split())


@each_gold
def test_gold_without_its_marks_is_the_text(gold: Gold) -> None:
    text = (GOLD / f"{gold.name}.txt").read_bytes().decode("utf8")
    assert gold.text.strip("\n") == text.strip("\n")
    assert gold.text.strip()


@each_gold
def test_no_mark_is_broken_or_nested(gold: Gold) -> None:
    assert not re.search(r"\[[FWPCOA]\d+", MARK.sub("", gold.marked))


@each_gold
def test_gold_has_exactly_one_topic(gold: Gold) -> None:
    topics = [value for value in gold.entities.values() if value.endswith(" topic")]
    assert len(topics) == 1


@each_gold
def test_every_mark_has_an_entity_line_and_the_other_way_round(gold: Gold) -> None:
    marked = {mark[1] for mark in MARK.finditer(gold.marked)}
    assert marked - gold.entities.keys() == set()
    assert gold.entities.keys() - marked - {gold.topic} == set()


@each_gold
def test_films_and_works_carry_a_year(gold: Gold) -> None:
    dated = [value for key, value in gold.entities.items() if key[0] in "FW"]
    assert [value for value in dated if not YEAR.search(value)] == []


@each_gold
def test_relations_have_the_parts_that_the_guidelines_ask_for(gold: Gold) -> None:
    for name, *parts in gold.relations:
        if name == "refers":
            subject, cited, kind = parts
            assert subject == gold.topic
            assert cited in gold.entities
            assert cited[0] in "FW"
            assert kind in KINDS
            continue
        letters = ARGUMENTS[name]
        fewest = len(letters) - (name in OPTIONAL_THIRD)
        assert fewest <= len(parts) <= len(letters), (name, parts)
        for part, allowed in zip(parts, letters, strict=False):
            assert part in gold.entities, (name, parts)
            assert part[0] in allowed, (name, parts)
    assert max(Counter(gold.relations).values(), default=1) == 1


@each_gold
def test_no_film_has_two_references_and_the_topic_has_none(gold: Gold) -> None:
    cited = [parts[2] for parts in gold.relations if parts[0] == "refers"]
    assert len(cited) == len(set(cited))
    assert gold.topic not in cited


@each_gold
def test_a_marked_name_is_marked_wherever_it_stands(gold: Gold) -> None:
    bare = MARK.sub("\0", gold.marked)
    names = {mark[2] for mark in MARK.finditer(gold.marked)}
    left = [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", bare)]
    assert left == []


def test_the_index_names_every_page_and_every_gold_text() -> None:
    assert {f"pages/{path.relative_to(PAGES).as_posix()}" for path in page_files()} == set(INDEX)
    assert {name for names in INDEX.values() for name in names} == {gold.name for gold in ALL}
    assert [page for page, names in INDEX.items() if not names] == []


@pytest.mark.parametrize("page", INDEX)
def test_the_page_holds_the_words_of_its_gold(page: str) -> None:
    words = page_words(CORPUS / page)
    for name in INDEX[page]:
        text = (GOLD / f"{name}.txt").read_text(encoding="utf8")
        paragraphs = [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
        # a syndicated page has a headline and a by-line of its own; the review is the same
        long = [paragraph for paragraph in paragraphs if len(paragraph) > 200]
        assert [paragraph for paragraph in long or paragraphs if paragraph not in words] == []


def test_there_are_more_than_forty_pages_in_every_format() -> None:
    files = page_files()
    assert len(files) >= 44
    endings = {"".join(path.suffixes[-2:]) for path in files}
    assert {".txt", ".md", ".html", ".jsonl", ".csv", ".warc.gz", ".txt.gz"} <= endings
    assert any(b"\r\n" in path.read_bytes() for path in files if path.suffix == ".txt")
    assert any(path.with_suffix(".title").exists() for path in files)


def test_no_page_is_empty_and_the_whole_is_small() -> None:
    assert [path.name for path in page_files() if len(page_words(path)) < 80] == []
    assert sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()) < 400_000


def test_the_films_refer_to_one_another_in_one_connected_graph() -> None:
    neighbours: dict[str, set[str]] = {}
    reviewed: set[str] = set()
    for gold in ALL:
        names = {key: value.removesuffix(" topic") for key, value in gold.entities.items()}
        if names[gold.topic] == "Unknown (?)":
            continue
        reviewed.add(names[gold.topic])
        for parts in gold.relations:
            if parts[0] == "refers":
                neighbours.setdefault(names[parts[1]], set()).add(names[parts[2]])
                neighbours.setdefault(names[parts[2]], set()).add(names[parts[1]])
    reached: set[str] = set()
    waiting = {min(reviewed)}
    while waiting:
        film = waiting.pop()
        reached.add(film)
        waiting |= neighbours.get(film, set()) - reached
    assert len(reviewed) >= 25
    assert reviewed - reached == set()


def test_several_films_are_reviewed_on_three_pages_or_more() -> None:
    reviewed = Counter(gold.entities[gold.topic] for gold in ALL)
    assert sum(number >= 3 for number in reviewed.values()) >= 3


def test_references_of_every_kind_occur() -> None:
    kinds = {parts[3] for gold in ALL for parts in gold.relations if parts[0] == "refers"}
    assert kinds == KINDS


def test_one_title_means_one_film_throughout() -> None:
    years: dict[str, set[str]] = {}
    for gold in ALL:
        for key, value in gold.entities.items():
            if key[0] == "F":
                title, _, year = value.removesuffix(" topic").rpartition(" (")
                years.setdefault(title, set()).add(year)
    twice = {title for title, found in years.items() if len(found) > 1}
    assert twice == {"Suspiria", "Nosferatu", "Breathless"}  # each has a remake of the same name


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.facts.json")), ids=lambda path: path.stem)
def test_stated_facts_agree_with_the_gold(path: Path) -> None:
    facts = json.loads(path.read_text(encoding="utf8"))
    gold = read_gold(GOLD / f"{path.name.removesuffix('.facts.json')}.ann")
    assert YEAR.sub("", gold.entities[gold.topic]) == facts["film"]
    names = {key: YEAR.sub("", value) for key, value in gold.entities.items()}
    cited = {names[p[2]] for p in gold.relations if p[0] == "refers" and p[2][0] == "F"}
    assert set(facts["films_referenced_in_review_prose"]) == cited
    for rating in facts["ratings"]:
        score = rating["normalised_0_1"]
        assert score is None or 0 <= score <= 1


def test_the_licence_and_the_readme_are_there() -> None:
    assert "CC0 1.0 Universal" in (CORPUS / "LICENSE").read_text(encoding="utf8")
    readme = (CORPUS / "README.md").read_text(encoding="utf8")
    assert "kg build corpus/pages" in readme
    for folder in PAGES.iterdir():
        assert f"pages/{folder.name}" in readme
