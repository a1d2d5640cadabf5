"""Look-ups and scans of the catalogue beside the peers, in one run.

    python -m tests.benchmarks.catalogue [--catalogue DIR] [--titles 20000] [--names 200]

CPU time counts, so that a busy machine changes little. Every peer gets the titles (and where it
fits the people) of the same catalogue; looked up are names drawn from it, as they stand, and with
one letter wrong. spaCy's matchers and FlashText scan texts, so theirs stand under scanning. Needs
`flashtext` besides.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import ahocorasick_rs
import spacy
from flashtext import KeywordProcessor
from rapidfuzz import fuzz, process
from spacy.matcher import PhraseMatcher

from kg.extract.known_names import KnownNames, key, split
from kg.link import Catalogue
from kg.link.fold import fold
from kg.link.folder import chosen

PAGES = Path(__file__).parents[2] / "corpus" / "pages"


def median(run: Callable[[str], object], names: Sequence[str]) -> tuple[float, float]:
    """Median and 95th percentile of the CPU milliseconds of one call."""
    times = []
    for name in names:
        started = time.thread_time()
        run(name)
        times.append(1000 * (time.thread_time() - started))
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def misspelt(name: str, chance: random.Random) -> str:
    """The name with two letters changed about, or one left out."""
    at = chance.randrange(1, len(name) - 1)
    if chance.random() < 0.5:
        return name[:at] + name[at + 1 :]
    return name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]


def lookups(catalogue: Catalogue, count: int) -> Iterator[tuple[str, str, float, float, str]]:
    """What was asked, of whom, median, 95th percentile, and how often the right one came first."""
    rows = sqlite3.connect(f"file:{catalogue.path}?mode=ro&immutable=1", uri=True)
    chance = random.Random(5)
    titles = [row[0] for row in rows.execute("SELECT title FROM film")]
    (last,) = rows.execute("SELECT max(id) FROM person").fetchone()
    wanted = [t for t in chance.sample(titles, 4 * count) if len(t) > 6][:count]
    people = [
        rows.execute(
            "SELECT name FROM person WHERE id = ?", (chance.randrange(1, last),)
        ).fetchone()
        for _ in range(2 * count)
    ]
    persons = [row[0] for row in people if len(row[0]) > 8][:count]
    wrong = [misspelt(name, chance) for name in wanted]
    wrong_people = [misspelt(name, chance) for name in persons]

    def hits(find: Callable[[str], set[str]], asked: Sequence[str], right: Sequence[str]) -> str:
        good = sum(fold(r) in {fold(n) for n in find(a)} for a, r in zip(asked, right, strict=True))
        return f"{good / len(asked):.0%}"

    fresh = catalogue.path

    def pick(name: str) -> set[str]:
        found = process.extract(name, titles, scorer=fuzz.ratio, score_cutoff=86, limit=5)
        return {row[0] for row in found}

    def like(column: str, table: str) -> Callable[[str], set[str]]:
        query = f"SELECT {column} FROM {table} WHERE {column} LIKE ?"
        return lambda name: {row[0] for row in rows.execute(query, (name,))}

    for what, asked, right in (
        ("a title", wanted, wanted),
        ("a misspelt title", wrong, wanted),
    ):
        ours = Catalogue.open(fresh)
        found = hits(lambda n, c=ours: _titles(c, n), asked, right)
        ours.close()
        ours = Catalogue.open(fresh)
        yield what, "film-kg", *median(ours.films, asked), found
        ours.close()
        few = max(5, count // 10)
        yield (
            what,
            f"rapidfuzz over a list of {len(titles):,}",
            *median(pick, asked[:few]),
            hits(pick, asked[:few], right[:few]),
        )
        by = like("title", "film")
        yield what, "SQLite LIKE", *median(by, asked[:few]), hits(by, asked[:few], right[:few])
    for what, asked, right, find in (
        ("a person", persons, persons, "people"),
        ("a misspelt person", wrong_people, persons, "near_people"),
    ):
        ours = Catalogue.open(fresh)
        call = getattr(ours, find)
        found = hits(lambda n, c=call: {p.name for p in c(n)}, asked, right)
        ours.close()
        ours = Catalogue.open(fresh)
        yield what, "film-kg", *median(getattr(ours, find), asked), found
        ours.close()
        few = 5
        by = like("name", "person")
        yield what, "SQLite LIKE", *median(by, asked[:few]), hits(by, asked[:few], right[:few])
    rows.close()


def _titles(catalogue: Catalogue, name: str) -> set[str]:
    return {
        title
        for found in catalogue.films(name)[:5]
        for title in (found.film.title, *found.film.others)
    }


def scans(catalogue: Catalogue, count: int) -> Iterator[tuple[str, float, float, int]]:
    """Who scanned, seconds to get ready, million characters a second, and names found."""
    rows = sqlite3.connect(f"file:{catalogue.path}?mode=ro&immutable=1", uri=True)
    query = "SELECT title FROM film WHERE length(title) > 3 ORDER BY id LIMIT ?"
    titles = [row[0] for row in rows.execute(query, (count,))]
    rows.close()
    texts = [
        path.read_text(encoding="utf-8", errors="replace") for path in sorted(PAGES.rglob("*.txt"))
    ] * 3
    size = sum(map(len, texts)) / 1e6
    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000

    def measured(ready: Callable[[], Callable[[str], int]]) -> tuple[float, float, int]:
        started = time.process_time()
        scan = ready()
        begun = time.process_time()
        found = sum(scan(text) for text in texts)
        return begun - started, size / max(time.process_time() - begun, 1e-9), found // 3

    def known() -> Callable[[str], int]:
        names = KnownNames([key(split(title)) for title in titles], [])
        return lambda text: sum(state in (1, 3) for state in names.states(split(text)))

    def automaton() -> Callable[[str], int]:
        kind = ahocorasick_rs.MatchKind.LeftmostLongest
        found = ahocorasick_rs.AhoCorasick(titles, matchkind=kind)
        return lambda text: len(found.find_matches_as_indexes(text))

    def flashtext() -> Callable[[str], int]:
        processor = KeywordProcessor()
        processor.add_keywords_from_list(titles)
        return lambda text: len(processor.extract_keywords(text))

    def phrases() -> Callable[[str], int]:
        matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        matcher.add("FILM", list(nlp.tokenizer.pipe(titles)))
        return lambda text: len(matcher(nlp.make_doc(text)))

    def ruler() -> Callable[[str], int]:
        pipe = spacy.blank("en")
        pipe.max_length = nlp.max_length
        rules = pipe.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
        rules.add_patterns([{"label": "FILM", "pattern": title} for title in titles])  # type: ignore[attr-defined]
        return lambda text: len(pipe(text).ents)

    for name, ready in (
        ("film-kg, words of its own list", known),
        ("film-kg, ahocorasick_rs", automaton),
        ("FlashText", flashtext),
        ("spaCy PhraseMatcher", phrases),
        ("spaCy EntityRuler", ruler),
    ):
        yield name, *measured(ready)


def main() -> None:
    """Print both tables as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--catalogue", type=Path)
    parser.add_argument("--titles", type=int, default=20_000)
    parser.add_argument("--names", type=int, default=200)
    options = parser.parse_args()
    out = sys.stdout.write
    opened = []
    for _ in range(9):
        started = time.perf_counter()
        Catalogue.open(chosen(options.catalogue)).close()
        opened.append(1000 * (time.perf_counter() - started))
    with Catalogue.open(chosen(options.catalogue)) as catalogue:
        info = catalogue.info()
        out(f"{int(info['films']):,} films, {int(info['people']):,} people; ")
        out(f"opened in {statistics.median(opened):.1f} ms\n\n")
        out("| looked up | by | median ms | 95% ms | right one found |\n")
        out("| --- | --- | ---: | ---: | ---: |\n")
        for what, who, middle, high, found in lookups(catalogue, options.names):
            out(f"| {what} | {who} | {middle:.2f} | {high:.2f} | {found} |\n")
        out(
            f"\n| scan with {options.titles:,} titles | ready, s | million characters/s | names |\n"
        )
        out("| --- | ---: | ---: | ---: |\n")
        for who, ready, speed, number in scans(catalogue, options.titles):
            out(f"| {who} | {ready:.2f} | {speed:.2f} | {number:,} |\n")


if __name__ == "__main__":
    main()
