"""How often a named film is found and taken for the right one, the whole pipeline through.

    python -m kg.evaluate.linking links FILE --keep DIR --facts DIR [--half even|odd]
    python -m kg.evaluate.linking annotated DIR --keep DIR [--gold-mentions]

`links`: FILE is a table of reviews (`.jsonl.gz`) whose author linked some of the films named to
their IMDb number (`film_links`, with offsets into `text`). A link counts as found where a film's
name overlaps it; it is right where the film has that number or, where the catalogue's film has
none, a title and year that the fact tables give for it. The halves are of the reviews, in turn.

`annotated`: DIR holds annotated reviews; the measures are those of `kg evaluate`, or, with
`--gold-mentions`, of the linking alone: everything before it is taken from the annotation.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import ReadError
from kg.evaluate.annotation import Annotation, parse, read
from kg.evaluate.extracted import extracted
from kg.evaluate.known_films import KnownFilm, known_films
from kg.evaluate.score import Scores, folded, score_all
from kg.extract.annotate import annotation_of
from kg.link import Catalogue, link_page
from kg.link.gold import read_gold
from kg.model import Entity, Kind, LinkedPage, Span

_HALVES = {"even": 0, "odd": 1}


@dataclass(frozen=True, slots=True)
class AuthorLink:
    """A place where a review's author says by its IMDb number which film is meant."""

    span: Span
    imdb: int
    words: str
    before: int = 0  # how often the same words stand in the text before it


@dataclass(slots=True)
class LinkScore:
    """Counts over all links: `missed` were not found as a film, `unknown` found and given none."""

    right: int = 0
    wrong: int = 0
    unknown: int = 0
    missed: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All links."""
        return self.right + self.wrong + self.unknown + self.missed

    @property
    def found_right(self) -> float:
        """Of all links, the share found and given the right film."""
        return self.right / max(1, self.total)

    @property
    def given_wrong(self) -> float:
        """Of the links that were given a film, the share given a wrong one."""
        return self.wrong / max(1, self.right + self.wrong)


def author_links(path: Path) -> list[list[AuthorLink]]:
    """The author's links of every review of the table, in its order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [_links(json.loads(line)) for line in lines]


def _links(row: Mapping[str, Any]) -> list[AuthorLink]:
    return [
        AuthorLink(
            Span(link["start"], link["end"]),
            int(link["imdb_id"][2:]),
            link["text"],
            row["text"].count(link["text"], 0, link["start"]),
        )
        for link in row["film_links"]
    ]


def score_links(
    pages: Iterable[tuple[LinkedPage, list[AuthorLink]]], known: Mapping[int, KnownFilm]
) -> LinkScore:
    """Hold every author's link against what the page's names were linked to."""
    score = LinkScore()
    for linked, links in pages:
        for link in links:
            entity = _given(linked, _place(linked, link))
            verdict = _verdict(entity, link, known)
            setattr(score, verdict, getattr(score, verdict) + 1)
            if verdict != "right":
                meant = known.get(link.imdb)
                score.errors.append(
                    f"{verdict:8}{link.words:40} tt{link.imdb:07d} "
                    f"{meant.titles[0] if meant else '?'} ({meant.year if meant else '?'})"
                    f" -> {entity.id if entity else '-'}"
                )
    return score


def _place(linked: LinkedPage, link: AuthorLink) -> Span:
    """Where the link's words stand in the page's text, which reading may have tidied."""
    text = linked.page.text
    at = -1
    for _ in range(link.before + 1):
        at = text.find(link.words, at + 1)
    return link.span if at < 0 else Span(at, at + len(link.words))


def _given(linked: LinkedPage, span: Span) -> Entity | None:
    """What the film's name at that place was linked to; None where no film is named there."""
    for cluster in linked.extraction.clusters:
        for mention in cluster.mentions:
            if mention.span.overlaps(span):
                entity = linked.link(cluster.id).entity
                if entity.kind is Kind.FILM:
                    return entity
    return None


def _verdict(entity: Entity | None, link: AuthorLink, known: Mapping[int, KnownFilm]) -> str:
    if entity is None:
        return "missed"
    if not entity.linked:
        return "unknown"
    numbers = [iri for iri in entity.same_as if "imdb.com/title/tt" in iri]
    if numbers:
        return "right" if numbers[0].endswith(f"/tt{link.imdb:07d}/") else "wrong"
    meant = known.get(link.imdb)
    names = {folded(name) for name in (entity.name, *entity.other_names)}
    if meant is None:  # no table has it: the author's own words are all there is to judge by
        return "right" if folded(link.words) in names else "wrong"
    if entity.year is None or abs(entity.year - meant.year) > 1:
        return "wrong"
    return "right" if names & {folded(title) for title in meant.titles} else "wrong"


def gold_linked(path: Path, catalogue: Catalogue) -> LinkedPage:
    """An annotated review linked as if all that was annotated had been extracted."""
    return link_page(read_gold(path).extraction, catalogue)


def score_annotated(
    folder: Path, catalogue: Catalogue, *, keep: Path, gold_mentions: bool = False
) -> Scores:
    """The measures of `kg evaluate` over a folder, from kept extractions or from gold mentions."""
    paths = sorted(folder.glob("*.ann"))
    if not paths:
        raise ReadError(f"expected gold annotations (*.ann) in {folder}, found none")
    if gold_mentions:
        return score_all((read(path), written(gold_linked(path, catalogue))) for path in paths)
    return score_all(
        (read(path), written(link_page(one, catalogue), path.with_suffix(".txt")))
        for path in paths
        for one in extracted([str(path.with_suffix(".txt"))], keep)
    )


def written(linked: LinkedPage, original: Path | None = None) -> Annotation:
    """The page as `kg annotate` would write it; without `original` the page's text is whole."""
    text = linked.page.text if original is None else original.read_text(encoding="utf-8")
    entities = {link.cluster: link.entity for link in linked.links}
    return parse(annotation_of(linked.extraction, entities, text)[0])


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["links", "annotated"])
    parser.add_argument("source", type=Path)
    parser.add_argument("--keep", type=Path, required=True, help="folder for the extractions")
    parser.add_argument("--facts", type=Path, help="folder of the fact tables, for `links`")
    parser.add_argument("--half", choices=sorted(_HALVES))
    parser.add_argument("--catalogue", type=Path)
    parser.add_argument("--gold-mentions", action="store_true")
    parser.add_argument("--errors", action="store_true", help="list the links that are not right")
    args = parser.parse_args()
    with Catalogue.open(args.catalogue) as catalogue:
        if args.what == "annotated":
            scores = score_annotated(
                args.source, catalogue, keep=args.keep, gold_mentions=args.gold_mentions
            )
            for name, row in scores.rows().items():
                sys.stdout.write(f"{name:28} {row}\n")
            return
        links = {
            at: here
            for at, here in enumerate(author_links(args.source))
            if here and (args.half is None or at % 2 == _HALVES[args.half])
        }
        pages = extracted([str(args.source)], args.keep, wanted=links)
        linked = (
            (link_page(page, catalogue), here)
            for page, here in zip(pages, links.values(), strict=True)
        )
        score = score_links(linked, known_films(args.facts, args.source))
    counts = {
        "right": score.right,
        "wrong": score.wrong,
        "given none": score.unknown,
        "not found": score.missed,
    }
    for name, number in counts.items():
        sys.stdout.write(f"{number:6} {name}\n")
    sys.stdout.write(f"{score.found_right:6.4f} of all links found and right\n")
    sys.stdout.write(f"{score.given_wrong:6.4f} of the links given are wrong\n")
    if args.errors:
        sys.stdout.write("".join(f"{error}\n" for error in sorted(score.errors)))


if __name__ == "__main__":
    main()
