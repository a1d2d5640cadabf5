"""CPU time and memory of linking as the pages grow: python -m tests.benchmarks.linking_scale.

Pages are made by a rule: three reviews a film on average and some films with very many, a director,
four actors with parts, misspelt names, three films named besides. Each size runs in a process of
its own, so that its peak memory is its own.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kg.link import Catalogue, resolve
from kg.model import (
    Cluster,
    Evidence,
    Extraction,
    Kind,
    Mention,
    Page,
    Reference,
    ReferenceKind,
    Relation,
    RelationName,
    Zone,
    ZoneKind,
)

SIZES = (1_000, 5_000, 20_000)
_SYLLABLES = [first + last for first in "bdfgklmnprstvz" for last in "aeo"]
_KNOWN = ("All About Eve", "Sabrina", "Vertigo", "Rear Window", "Casablanca", "Crash", "Her")


def name(number: int, words: int = 2) -> str:
    """A name of that number, always the same."""
    pick = random.Random(number)
    return " ".join(
        "".join(pick.choice(_SYLLABLES) for _ in range(3)).capitalize() for _ in range(words)
    )


def misspelt(text: str, pick: random.Random) -> str:
    """One letter doubled, now and then."""
    at = pick.randrange(len(text))
    return text[:at] + text[at] + text[at:] if pick.random() < 0.1 else text


def page(number: int, pages: int) -> Extraction:
    """One review."""
    pick = random.Random(number)
    film = (
        int(pick.paretovariate(0.6)) % (pages // 3)
        if pick.random() < 0.2
        else number % (pages // 3)
    )
    text = ""
    clusters: list[Cluster] = []

    def put(kind: Kind, words: str) -> str:
        nonlocal text
        one = f"{kind.letter}{len(clusters)}"
        mention = Mention(len(text), len(text) + len(words), kind)
        clusters.append(Cluster(one, kind, words, (mention,)))
        text += words + (". " if pick.random() < 0.3 else ", ")
        return one

    topic = put(Kind.FILM, name(film))
    relations = [
        Relation(
            RelationName.DIRECTOR,
            topic,
            put(Kind.PERSON, misspelt(name(10**6 + film), pick)),
            Evidence(text),
            0.9,
        )
    ]
    for actor in range(4):
        person = put(Kind.PERSON, misspelt(name(2 * 10**6 + 7 * film + actor), pick))
        part = put(Kind.CHARACTER, name(3 * 10**6 + 7 * film + actor, 1))
        relations.append(Relation(RelationName.CAST, topic, person, Evidence(text), 0.9, part))
    references = []
    for _ in range(3):
        known = pick.random() < 0.3
        cited = put(Kind.FILM, pick.choice(_KNOWN) if known else name(pick.randrange(pages // 3)))
        references.append(Reference(topic, cited, ReferenceKind.COMPARISON, Evidence(text), 0.8))
    text += " ".join(name(pick.randrange(10**9), 12) for _ in range(20))
    made = Page(f"page-{number}", f"{number}.txt", text, (Zone(ZoneKind.PROSE, 0, len(text)),))
    return Extraction(made, tuple(clusters), tuple(relations), tuple(references), topic, "rule")


def measure(pages: int) -> None:
    """Link so many pages, and print what it cost."""

    def made() -> Iterator[Extraction]:
        return (page(number, pages) for number in range(pages))

    started = time.process_time()
    for _ in made():
        pass
    making = time.process_time() - started
    with tempfile.TemporaryDirectory() as folder, Catalogue.open() as catalogue:
        started = time.process_time()
        links = sum(
            len(one.links) for one in resolve(made, catalogue=catalogue, scratch=Path(folder))
        )
        spent = time.process_time() - started - 2 * making
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(  # noqa: T201 - it is all that this is for
        f"| {pages:,} | {links:,} | {spent:.1f} | {1000 * spent / pages:.2f} | {peak:.0f} |",
        flush=True,
    )


def main() -> None:
    """Every size in turn."""
    print(  # noqa: T201 - likewise
        "| pages | names | CPU seconds | ms a page | peak MB |\n| --- | --- | --- | --- | --- |",
        flush=True,
    )
    for size in SIZES:
        subprocess.run([sys.executable, __file__, str(size)], check=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(int(sys.argv[1]))
    else:
        main()
