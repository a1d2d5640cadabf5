"""A dump in the form of IMDb's tables, made by a rule: films, names and credits in any number.

    python -m tests.benchmarks.catalogue_generate OUT --films 700000 --names 10000000 \\
        --credits 50000000

The films that ship with the package are in it under their own identifiers, with their own people
and as well known as they are; no other is better known than a few thousand voters make it.
The others bear made-up titles of the words of real ones, as often as those are used, and one in
sixteen the whole title of another film; people are named from real first names and surnames,
common ones often, and as many made-up surnames. A few work a lot and most once. The same numbers
give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.link.catalogue import SHIPPED
from kg.link.schema import unpack_credits

FIRST_FILM = 50_000_000  # identifiers that IMDb hasn't given out
FIRST_NAME = 30_000_000
_JOBS = ("actor", "actress", "actor", "self", "writer", "producer", "composer", "editor")
_SYLLABLES = (
    "ba be bo da de di ka ke ki ko la le lo ma mi mo na ne no ra re ri ro sa se ta te ti to va vi"
)
_BLOCK = 100_000


class Words:
    """Names drawn as often as they occur in what ships."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        rows = sqlite3.connect(f"file:{SHIPPED}?mode=ro&immutable=1", uri=True)
        self.films = rows.execute(
            "SELECT title, year, imdb, prior, credits FROM film WHERE imdb IS NOT NULL ORDER BY id"
        ).fetchall()
        self.people = {
            number: (name, imdb)
            for number, name, imdb in rows.execute("SELECT id, name, imdb FROM person")
        }
        rows.close()
        self.titles = [row[0] for row in self.films]
        names = [name.split() for name, _ in self.people.values()]
        self.title_words = _common(word for title in self.titles for word in title.split())
        self.given = _common(words[0] for words in names if len(words) > 1)
        self.surnames = _common(words[-1] for words in names)
        self.lengths = [len(title.split()) for title in self.titles]

    def pick(self, table: tuple[Sequence[str], npt.NDArray[np.float64]], count: int) -> list[str]:
        """Some of the words, the common ones often."""
        words, shares = table
        places = np.searchsorted(shares, self.random.random(count))
        return [words[min(place, len(words) - 1)] for place in places.tolist()]

    def make_titles(self, count: int) -> list[str]:
        """Titles of as many words as real ones have; one in sixteen is a real one."""
        lengths = self.random.choice(self.lengths, count).tolist()
        words = iter(self.pick(self.title_words, sum(lengths)))
        made = [" ".join(next(words) for _ in range(length)) for length in lengths]
        for at in self.random.integers(0, count, count // 16).tolist():
            made[at] = self.titles[int(self.random.integers(len(self.titles)))]
        return made

    def make_names(self, count: int) -> list[str]:
        """Names of people; half of the surnames are made up."""
        given, last = self.pick(self.given, count), self.pick(self.surnames, count)
        syllables = _SYLLABLES.split()
        made = self.random.integers(0, len(syllables), (count, 4)).tolist()
        length = self.random.integers(2, 5, count).tolist()
        own = self.random.random(count).tolist()
        return [
            f"{first} {surname if one < 0.5 else _surname(syllables, parts[:size])}"
            for first, surname, one, parts, size in zip(given, last, own, made, length, strict=True)
        ]


def _surname(syllables: Sequence[str], parts: Sequence[int]) -> str:
    return "".join(syllables[part] for part in parts).capitalize()


def _common(words: Iterator[str]) -> tuple[Sequence[str], npt.NDArray[np.float64]]:
    counts = Counter(words)
    ordered = sorted(counts, key=lambda word: (-counts[word], word))
    shares = np.cumsum([counts[word] for word in ordered], dtype=np.float64)
    return ordered, shares / shares[-1]


@contextmanager
def table(folder: Path, name: str, columns: str) -> Iterator[TextIOWrapper]:
    """A gzipped table to be written, its header first."""
    path = folder / f"{name}.tsv.gz"
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", 1, raw, 0) as packed,
        TextIOWrapper(packed, encoding="utf-8", newline="\n") as text,
    ):
        text.write("\t".join(columns.split()) + "\n")
        yield text


def generate(folder: Path, *, films: int, names: int, credits_: int, seed: int = 7) -> None:
    """Write the tables."""
    folder.mkdir(parents=True, exist_ok=True)
    words = Words(seed)
    _titles(folder, words, films)
    _credits(folder, words, films, names, credits_)
    _names(folder, words, names)


def _titles(folder: Path, words: Words, films: int) -> None:
    random = words.random
    basics = "tconst titleType primaryTitle originalTitle isAdult startYear endYear "
    basics += "runtimeMinutes genres"
    with (
        table(folder, "title.basics", basics) as out,
        table(
            folder,
            "title.akas",
            "titleId ordering title region language types attributes isOriginalTitle",
        ) as akas,
        table(folder, "title.ratings", "tconst averageRating numVotes") as ratings,
    ):
        for title, year, imdb, prior, _ in words.films[:films]:
            when = year or "\\N"
            out.write(f"tt{imdb:07d}\tmovie\t{title}\t{title}\t0\t{when}\t\\N\t100\tDrama\n")
            ratings.write(f"tt{imdb:07d}\t7.0\t{int(3000 * (2**prior - 1))}\n")
        made = max(films - len(words.films), 0)
        for at in range(0, made, _BLOCK):
            count = min(_BLOCK, made - at)
            titles, others = words.make_titles(count), words.make_titles(count)
            years = (2026 - random.gamma(2.0, 14.0, count)).clip(1890).astype(int).tolist()
            votes = random.zipf(1.6, count).clip(5, 20_000).tolist()
            rated = random.random(count).tolist()
            for one in range(count):
                tconst = f"tt{FIRST_FILM + at + one}"
                title, other = titles[one], others[one]
                out.write(
                    f"{tconst}\tmovie\t{title}\t{title}\t0\t{years[one]}\t\\N\t90\tDrama\n"
                    f"tt{90_000_000 + at + one}\ttvEpisode\tEpisode #1.{one}\tEpisode #1.{one}\t0"
                    f"\t{years[one]}\t\\N\t\\N\t\\N\n"
                )
                akas.write(f"{tconst}\t1\t{title}\tUS\t\\N\t\\N\t\\N\t0\n")
                if rated[one] < 0.4:
                    akas.write(f"{tconst}\t2\t{other}\tFR\tfr\t\\N\t\\N\t0\n")
                if rated[one] < 0.6:
                    ratings.write(f"{tconst}\t6.1\t{votes[one]}\n")


def _credits(folder: Path, words: Words, films: int, names: int, credits_: int) -> None:
    random = words.random
    columns = "tconst ordering nconst category job characters"
    with table(folder, "title.principals", columns) as out:
        written = 0
        for _, _, imdb, _, packed in words.films[:films]:
            for order, one in enumerate(unpack_credits(packed), start=1):
                person = words.people[one.person][1] or 20_000_000 + one.person
                part = json.dumps([one.part], ensure_ascii=False) if one.part else "\\N"
                job = "director" if one.job == "d" else "actor"
                out.write(f"tt{imdb:07d}\t{order}\tnm{person:07d}\t{job}\t\\N\t{part}\n")
                written += 1
        made = max(films - len(words.films), 0)
        mean = max(credits_ - written, 0) / max(made, 1)
        parts = [json.dumps([name], ensure_ascii=False) for name in words.make_names(20_000)]
        for at in range(0, made, _BLOCK // 10):
            count = min(_BLOCK // 10, made - at)
            sizes = random.poisson(mean, count).clip(1)
            # a few work a lot, most once or twice
            people = (names * random.random(int(sizes.sum())) ** 1.6).astype(int).tolist()
            jobs = random.integers(0, len(_JOBS), len(people)).tolist()
            part = random.integers(0, 2 * len(parts), len(people)).tolist()
            place = 0
            lines = []
            for film, size in enumerate(sizes.tolist()):
                tconst = f"tt{FIRST_FILM + at + film}"
                for order in range(size):
                    job = "director" if not order else _JOBS[jobs[place]]
                    plays = job in ("actor", "actress", "self") and part[place] < len(parts)
                    who = FIRST_NAME + people[place]
                    shown = parts[part[place]] if plays else "\\N"
                    lines.append(f"{tconst}\t{order + 1}\tnm{who}\t{job}\t\\N\t{shown}\n")
                    place += 1
            out.write("".join(lines))


def _names(folder: Path, words: Words, names: int) -> None:
    columns = "nconst primaryName birthYear deathYear primaryProfession knownForTitles"
    with table(folder, "name.basics", columns) as out:
        for number, (name, imdb) in words.people.items():
            out.write(f"nm{imdb or 20_000_000 + number:07d}\t{name}\t\\N\t\\N\tactor\t\\N\n")
        for at in range(0, names, _BLOCK):
            made = words.make_names(min(_BLOCK, names - at))
            out.write(
                "".join(
                    f"nm{FIRST_NAME + at + one}\t{name}\t\\N\t\\N\tactor\t\\N\n"
                    for one, name in enumerate(made)
                )
            )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--films", type=int, default=700_000)
    parser.add_argument("--names", type=int, default=10_000_000)
    parser.add_argument("--credits", type=int, default=50_000_000)
    options = parser.parse_args()
    generate(options.out, films=options.films, names=options.names, credits_=options.credits)


if __name__ == "__main__":
    main()
