"""How much of what real pages state is read: recall and precision by field.

    python -m kg.evaluate.pages DIR

DIR is searched for `NAME.facts.json` with the page `NAME.html` or `NAME.txt` beside it; an
`index.json` in it maps pages to the names of their facts instead. Names are compared without case,
accents and punctuation. Only what a page's lists, headings, grades and zones give is measured here;
what its prose says is the extraction's part. The facts list casts and grades up to a length, so the
precision of those is a lower bound.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kg.errors import KgError, UsageError
from kg.model import Field, Page, Refusal, ZoneKind
from kg.read import documents, page_of
from kg.read.labels import fold

_TOLERANCE: Final = 0.006
_CUT: Final = 15
_MANY_VOICES: Final = re.compile(r"average|users?|members|score|meter|all critics", re.IGNORECASE)
_LISTED: Final = (ZoneKind.CREDITS, ZoneKind.CAST)


@dataclass(slots=True)
class Score:
    """Counts of one field: what was wanted, what was found, what of it was right."""

    wanted: int = 0
    found: int = 0
    right: int = 0
    misses: list[str] = field(default_factory=list)
    extras: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float | None:
        """The share of what was wanted that was found; None where nothing was wanted."""
        return self.right / self.wanted if self.wanted else None

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right; None where nothing was found."""
        return self.right / self.found if self.found else None

    def add(self, page: str, wanted: Iterable[str], found: Iterable[str]) -> None:
        """Count one page's values, compared by their keys."""
        gold, got = {key(one): one for one in wanted}, {key(one): one for one in found}
        self.wanted += len(gold)
        self.found += len(got)
        self.right += len(gold.keys() & got.keys())
        self.misses += [f"{page}: {gold[one]}" for one in gold if one not in got]
        self.extras += [f"{page}: {got[one]}" for one in got if one not in gold]


def key(words: str) -> str:
    """A name as it is compared: folded, letters and digits only."""
    return "".join(letter for letter in fold(words) if letter.isalnum())


def pages_with_facts(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Each page that has its facts beside it, with those facts."""
    for path in sorted(folder.rglob("*.facts.json")):
        stem = path.name.removesuffix(".facts.json")
        for ending in (".html", ".htm", ".txt", ".md"):
            page = path.with_name(stem + ending)
            if page.exists():
                yield page, json.loads(path.read_text(encoding="utf-8"))
                break


def indexed_pages(folder: Path) -> Iterator[tuple[Page, dict[str, Any]]]:
    """The pages that an `index.json` names: page file -> names of its documents' facts, in order.

    The files stand relative to the folder above.
    """
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    for file, names in index.items():
        found = documents([str(folder.parent / file)])
        for name, document in zip(names, found, strict=False):
            facts = folder / f"{name}.facts.json"
            if facts.exists() and not isinstance(document, Refusal):
                yield page_of(document), json.loads(facts.read_text(encoding="utf-8"))


def measure(folder: Path) -> dict[str, Score]:
    """The scores by field over all pages of a folder. UsageError where there are none."""
    scores: dict[str, Score] = {}
    if (folder / "index.json").exists():
        for page, facts in indexed_pages(folder):
            _count(scores, page.id, page, facts)
        return scores
    for path, facts in pages_with_facts(folder):
        for document in documents([str(path)]):
            if isinstance(document, Refusal):
                raise UsageError(f"expected a page in {path}, found none: {document.reason}")
            _count(scores, path.stem, page_of(document), facts)
    if not scores:
        raise UsageError(
            f"expected pages with NAME.facts.json below {folder}, found none; name their folder"
        )
    return scores


def _count(scores: dict[str, Score], name: str, page: Page, facts: dict[str, Any]) -> None:
    def score(field_name: str) -> Score:
        return scores.setdefault(field_name, Score())

    def values(*fields: Field) -> list[str]:
        return [one.value for one in page.stated if one.field in fields]

    titles = {key(page.title), *(key(one) for one in values(Field.TITLE))} - {""}
    film = facts["film"]
    score("film").add(
        name, [film], [film] if key(film) in titles else ([page.title] * bool(titles))
    )
    if facts["year"]:
        years = [str(page.year)] if page.year else values(Field.YEAR)[:1]
        score("year").add(name, [str(facts["year"])], years)
    for label, one in (("director", Field.DIRECTOR), ("writer", Field.WRITER)):
        if facts[label + "s"] or values(one):
            score(label).add(name, facts[label + "s"], values(one))
    if facts["runtime_min"]:
        score("runtime").add(name, [str(facts["runtime_min"])], values(Field.DURATION))
    cast = [(one.value, one.part) for one in page.stated if one.field is Field.CAST]
    gold = [(actor, part or "") for actor, part in facts["cast"]]
    prose_only = _only_in_prose(page, [actor for actor, _ in gold])
    if len(gold) >= _CUT:  # the facts go no further; what is found besides can't be judged
        known = {key(actor) for actor, _ in gold}
        cast = [(actor, part) for actor, part in cast if key(actor) in known]
    score("cast").add(name, [actor for actor, _ in gold], [actor for actor, _ in cast])
    score("cast in lists").add(
        name,
        [actor for actor, _ in gold if actor not in prose_only],
        [actor for actor, _ in cast],
    )
    score("part in lists").add(
        name,
        [f"{actor} = {part}" for actor, part in gold if part and actor not in prose_only],
        [f"{actor} = {part}" for actor, part in cast if part],
    )
    _count_ratings(score("rating"), score("rating with giver"), name, page, facts["ratings"])
    _count_zones(score("silent title"), score("title in prose"), name, page, facts)


def _only_in_prose(page: Page, names: list[str]) -> set[str]:
    """The names that no list of the page holds, so that only its sentences can tell them."""
    listed = key(" ".join(page.text[z.start : z.end] for z in page.zones if z.kind in _LISTED))
    prose = key(" ".join(page.text[z.start : z.end] for z in page.zones if z.kind.speaks))
    return {one for one in names if key(one) not in listed and key(one) in prose}


def _count_ratings(
    score: Score, givers: Score, name: str, page: Page, gold: list[dict[str, Any]]
) -> None:
    free = [one for one in page.ratings if one.score is not None]
    score.found += len(free)
    for wanted in gold:
        value = wanted["normalised_0_1"]
        if value is None:
            continue
        score.wanted += 1
        close = [one for one in free if abs((one.score or 0.0) - value) <= _TOLERANCE]
        by = key(wanted["by"] or "")
        close.sort(key=lambda one: not _names(by, one.critic, one.publication or one.measure))
        if not close:
            score.misses.append(f"{name}: {wanted['by']}: {wanted['as_printed']}")
            continue
        score.right += 1
        if not by or _MANY_VOICES.search(wanted["by"]):
            free.remove(close[0])
            continue
        givers.wanted += 1
        givers.found += 1
        right = _names(by, close[0].critic, close[0].publication)
        givers.right += right
        if not right:
            told = f"{close[0].critic} / {close[0].publication}"
            givers.misses.append(f"{name}: {wanted['by']}: {wanted['as_printed']}: {told}")
        free.remove(close[0])
    score.extras += [f"{name}: {one.as_printed} {one.critic} {one.publication}" for one in free]


def _names(by: str, critic: str, publication: str) -> bool:
    told = key(critic) or key(publication)
    return bool(told) and told in by


def _count_zones(
    silent: Score, spoken: Score, name: str, page: Page, facts: dict[str, Any]
) -> None:
    speaking = [(z.start, z.end) for z in page.zones if z.kind.speaks]
    for title in facts["titles_on_page_that_are_NOT_references"]:
        said = [at for at in _places(page.text, title) if any(s <= at < e for s, e in speaking)]
        silent.wanted += 1
        silent.found += 1
        silent.right += not said
        if said:
            around = page.text[max(0, said[0] - 30) : said[0] + 40].replace("\n", " ")
            silent.misses.append(f"{name}: {title}: …{around}…")
    for title in facts["films_referenced_in_review_prose"]:
        places = _places(page.text, re.sub(r"\s*\(.*\)$", "", title))
        if not places:
            continue
        spoken.wanted += 1
        spoken.found += 1
        right = any(s <= at < e for at in places for s, e in speaking)
        spoken.right += right
        if not right:
            spoken.misses.append(f"{name}: {title}")


def _places(text: str, title: str) -> list[int]:
    words = r"\s+".join(re.escape(word) for word in title.split())
    pattern = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    return [match.start() for match in pattern.finditer(text)]


def table(scores: dict[str, Score], *, misses: bool = True) -> str:
    """The scores as lines of text, with what was missed and what was found besides."""
    lines = [f"{'field':<18} {'wanted':>6} {'right':>6} {'recall':>7} {'precision':>9}"]
    for name, score in scores.items():
        recall = "-" if score.recall is None else f"{score.recall:.3f}"
        precision = "-" if score.precision is None else f"{score.precision:.3f}"
        lines.append(f"{name:<18} {score.wanted:>6} {score.right:>6} {recall:>7} {precision:>9}")
    for name, score in scores.items() if misses else ():
        lines += [f"\n{name}: missed"] * bool(score.misses) + score.misses
        lines += [f"\n{name}: besides"] * bool(score.extras) + score.extras
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Measure the folder that is named on the command line and write the table to stdout."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--short", action="store_true", help="the table without the misses")
    options = parser.parse_args(arguments)
    try:
        scores = measure(options.folder)
    except KgError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(table(scores, misses=not options.short) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
