"""How often reviews name each title: the number only, nothing of their words.

Counted are marked titles: in italics or quotation marks, or followed by a year in parentheses.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Container, Iterator
from pathlib import Path

from kg.link.fold import key

_MARKED = re.compile(r"(?<!\w)_([^_\n]{1,80})_|[\"“]([^\"“”\n]{1,80})[\"”]")
_DATED = re.compile(r" \((1[89]\d\d|20[0-3]\d)\)")
_BEFORE = 120  # characters that a title before its year may take
_LONGEST = 10  # words


class Counts:
    """Number of times that each folded title was named, alone and with its year."""

    def __init__(self) -> None:
        self.named: Counter[str] = Counter()
        self.dated: Counter[tuple[str, int]] = Counter()
        self.reviewed: Counter[int] = Counter()  # by IMDb number


def count(folder: Path, titles: Container[str]) -> Counts:
    """Count the titles named in all `*.jsonl.gz` below `folder`; `titles` holds folded keys."""
    counts = Counts()
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if (row.get("imdb_id") or "").startswith("tt"):
                    counts.reviewed[int(row["imdb_id"][2:])] += 1
                own = key(re.sub(r"\s*\(.*", "", row.get("title") or ""))
                for name in set(_marked(row["text"], titles)) - {own}:
                    counts.named[name] += 1
                for pair in set(_dated(row["text"], titles)):
                    counts.dated[pair] += 1
    return counts


def _marked(text: str, titles: Container[str]) -> Iterator[str]:
    for match in _MARKED.finditer(text):
        name = key((match[1] or match[2]).rstrip(" ,.;:"))
        if name in titles:
            yield name


def _dated(text: str, titles: Container[str]) -> Iterator[tuple[str, int]]:
    for match in _DATED.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        before = before.rpartition(")")[2].rpartition("\n")[2]
        words = before.replace("_", "").replace('"', "").split()[-_LONGEST:]
        for at in range(len(words)):  # the longest title that ends before the year
            if words[at][0].isupper() or words[at][0].isdigit():
                name = key(" ".join(words[at:]))
                if name in titles:
                    yield name, int(match[1])
                    break
