"""Fit the weights of the disambiguation: `python -m kg.link.fit --gold DIR --catalogue FILE`.

The catalogue should be one compiled without the annotated titles, or every name would seem known.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from kg.link.catalogue import Catalogue
from kg.link.disambiguate import WEIGHTS, usable
from kg.link.evidence import PageEvidence
from kg.link.features import NAMES, Case
from kg.link.gold import Gold, read_gold
from kg.link.known import Film
from kg.model import Kind

_PENALTY = 0.5
_STEPS = 60
_ONLY_AGAINST = {
    "other title",
    "part of the title",
    "short form",
    "near spelling",
    "unlikeness",
    "better kind of match exists",
}


def same_title(name: str, other: str) -> bool:
    """Whether two titles are one but for case, accents, punctuation and a leading article."""
    return _bare(name) == _bare(other)


def is_right(film: Film, name: str, year: int) -> bool:
    """Whether the film is the one that the annotator named, a year off allowed."""
    if film.year is None or abs(film.year - year) > 1:
        return False
    return any(same_title(title, name) for title in (film.title, *film.others))


def cases(gold: Gold, catalogue: Catalogue) -> Iterator[list[tuple[Case, bool]]]:
    """For each film whose year the annotators knew, its candidates and which of them is right."""
    page = PageEvidence(gold.extraction)
    topic_name = gold.names.get(gold.extraction.topic, ("", None))
    topic = right_film(catalogue, *topic_name)
    for cluster_id, film in page.films.items():
        name, year = gold.names[cluster_id]
        if film.cluster.kind is not Kind.FILM or year is None:
            continue
        weighed, _ = usable(film, page, catalogue, topic)
        yield [(case, is_right(case.found.film, name, year)) for case in weighed]


def right_film(catalogue: Catalogue, name: str, year: int | None) -> Film | None:
    """The catalogue's film of that title and year, if it has one."""
    found = catalogue.films(name) if year else []
    return next((f.film for f in found if is_right(f.film, name, year or 0)), None)


def fit(examples: list[tuple[Case, bool]]) -> dict[str, float]:
    """Weights of a logistic regression with a light quadratic penalty.

    What can only count against a film is left out where the examples happen to speak for it.
    """
    values = np.array([case.values for case, _ in examples])
    weights = _regress(values, examples)
    while wrong := [
        at for at, weight in enumerate(weights) if weight > 0 and NAMES[at] in _ONLY_AGAINST
    ]:
        values[:, wrong] = 0.0
        weights = _regress(values, examples)
    return {name: round(float(w) + 0.0, 3) for name, w in zip(NAMES, weights, strict=True)}


def _regress(values: np.ndarray, examples: list[tuple[Case, bool]]) -> np.ndarray:
    right = np.array([1.0 if is_true else 0.0 for _, is_true in examples])
    penalty = np.full(len(NAMES), _PENALTY)
    penalty[0] = 0.0

    weights = np.zeros(len(NAMES))
    for _ in range(_STEPS):  # Newton's method; the penalised loss is convex
        chance = 1.0 / (1.0 + np.exp(-np.clip(values @ weights, -30, 30)))
        slope = values.T @ (chance - right) + 2 * penalty * weights
        bend = (values * (chance * (1 - chance))[:, None]).T @ values + np.diag(2 * penalty + 1e-9)
        weights -= np.linalg.solve(bend, slope)
    return weights


def main() -> None:
    """Fit on a folder of annotated reviews and write the weights that ship."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--catalogue", type=Path, required=True)
    parser.add_argument("--threshold", type=float, default=0.3)
    args = parser.parse_args()
    catalogue = Catalogue.open(args.catalogue)
    examples = [
        example
        for path in sorted(args.gold.glob("*.ann"))
        for group in cases(read_gold(path), catalogue)
        for example in group
    ]
    weights = fit(examples)
    stored = {"threshold": args.threshold, "weights": weights}
    WEIGHTS.write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, weight in weights.items():
        sys.stderr.write(f"{weight:8.2f} {name}\n")
    sys.stderr.write(f"{len(examples)} candidates, {sum(r for _, r in examples)} of them right\n")


def _bare(title: str) -> str:
    split = unicodedata.normalize("NFKD", title)
    plain = "".join(char for char in split if not unicodedata.combining(char)).lower()
    return re.sub(r"^(the|a|an) ", "", re.sub(r"[^a-z0-9]+", " ", plain).strip())


if __name__ == "__main__":
    main()
