"""What names mean doesn't depend on the order of the pages, nor on how they were divided."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from link_fakes import ids, link, review

from kg.link import Catalogue
from kg.model import Correction, Extraction

TITLES = ("Qwxzt Rising", "Qwxzt", "All About Eve", "Sabrina", "Vorblatt")
DIRECTORS = ("Jon Smithers", "John Smithers", "Billy Wilder", "Ann Vole", "")
ACTORS = ("Bette Davis", "Noemie Kral", "Noémie Kral", "Davis", "Kral")
PARTS = ("Mara Voss", "Mara", "Eve")
SAID = (
    Correction("same", "person/john-smithers", "person/ann-vole"),
    Correction("different", "person/noemie-kral", "person/bette-davis"),
    Correction("different", "source/page-1", "film/sabrina-1954"),
    Correction("same", "film/qwxzt", "film/vorblatt"),
)


@st.composite
def pages(draw: st.DrawFn) -> list[Extraction]:
    """Reviews that name one another's films and people, in several spellings."""
    made = []
    for number in range(draw(st.integers(2, 7))):
        title = draw(st.sampled_from(TITLES))
        director, actor = draw(st.sampled_from(DIRECTORS)), draw(st.sampled_from(ACTORS))
        text = f"[F1|{title}] by [P1|{director or 'nobody'}] has [P2|{actor}] as "
        text += f"[C1|{draw(st.sampled_from(PARTS))}], after [F2|{draw(st.sampled_from(TITLES))}]."
        relations = ["cast F1 P2 C1", *(["director F1 P1"] if director else [])]
        year = draw(st.sampled_from([None, 1954, 1995, 1999]))
        made.append(review(f"page-{number}", text, *relations, title=title, year=year))
    return made


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=pages(), seed=st.integers(0, 1000), said=st.sets(st.sampled_from(range(len(SAID)))))
def test_names_mean_the_same_whatever_the_order_of_the_pages(
    catalogue: Catalogue, made: list[Extraction], seed: int, said: set[int]
) -> None:
    corrections = [SAID[at] for at in sorted(said)]
    shuffled = random.Random(seed).sample(made, len(made))
    one = link(*made, catalogue=catalogue, corrections=corrections)
    other = link(*shuffled, catalogue=catalogue, corrections=corrections)
    assert {page: ids(linked) for page, linked in one.items()} == {
        page: ids(linked) for page, linked in other.items()
    }
    assert {page: linked.links for page, linked in one.items()} == {
        page: linked.links for page, linked in other.items()
    }
