"""Gold and prediction of one document side by side, as HTML; every word of theirs is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from kg.evaluate.annotation import Annotation
from kg.evaluate.confusion import CUT, MISSED, RIGHT, SPURIOUS, WRONG_KIND, matches
from kg.evaluate.judging import Judged
from kg.evaluate.slips import missed_relations, relation_words, spurious_relations
from kg.model import Kind

KIND_WORDS = {
    Kind.FILM.letter: "film",
    Kind.WORK.letter: "other work",
    Kind.PERSON.letter: "person",
    Kind.CHARACTER.letter: "character",
    Kind.ORGANISATION.letter: "organisation",
    Kind.AWARD.letter: "award",
}
# beside the kind's letter, so that nobody needs colours to see an error
SIGNS = {RIGHT: "", WRONG_KIND: "≠", CUT: "↔", MISSED: "−", SPURIOUS: "+"}

Mention = tuple[int, int, str]


def document(judged: Judged) -> str:
    """The document as an element that opens to show both sides."""
    gold, found = judged.gold, judged.found
    verdicts = matches(gold, found)
    left = {match.gold: match.verdict for match in verdicts if match.gold}
    right = {match.found: match.verdict for match in verdicts if match.found}
    wrong = sum(match.verdict != RIGHT for match in verdicts)
    mentions = judged.scores.counts["mentions"]
    title = gold.name(gold.topic) if gold.topic else ""
    missed, spurious = missed_relations(judged), spurious_relations(judged)
    counts = (
        f"mentions F1 {mentions.f1:.2f} · {wrong} of {len(verdicts)} wrong · "
        f"{len(missed) + len(spurious)} facts wrong"
    )
    text = found.text or gold.text
    return (
        f'<details id="{identifier(judged.name)}"><summary><span class="name">'
        f'{escape(judged.name)}</span> <span class="title">{escape(title)}</span> '
        f'<span class="counts">{counts}</span></summary><div class="sides">'
        f"{_side('Gold', gold, gold.text, left, missed, '−')}"
        f"{_side('Prediction', found, text, right, spurious, '+')}</div></details>"
    )


def identifier(name: str) -> str:
    """A document's anchor; letters that an address would escape become numbers."""
    return "d-" + "".join(c if c.isascii() and c.isalnum() else f".{ord(c):x}" for c in name)


def _side(
    heading: str,
    side: Annotation,
    text: str,
    verdicts: Mapping[Mention, str],
    wrong: Iterable[tuple[str, ...]],
    sign: str,
) -> str:
    marks = [(mention, verdict) for mention, verdict in verdicts.items()]
    return (
        f'<section class="side"><h3>{heading}</h3>'
        f'<div class="text">{_marked(side, text, marks)}</div>{_facts(side, set(wrong), sign)}'
        "</section>"
    )


def _marked(side: Annotation, text: str, marks: Iterable[tuple[Mention, str]]) -> str:
    parts = []
    at = 0
    for (start, end, thing), verdict in sorted(marks):
        if start < at:
            continue  # a mark inside another one: the format has none
        name = side.name(thing) if thing in side.entities else thing
        kind = KIND_WORDS[thing[0]]
        wrong = "" if verdict == RIGHT else " wrong"
        told = f" ({kind}{'' if verdict == RIGHT else ', ' + verdict})"
        parts += [
            escape(text[at:start]),
            f'<mark class="{thing[0]}{wrong}" title="{escape(name)}{escape(told)}">'
            f"{escape(text[start:end])}"
            f'<span class="tag" aria-hidden="true">{escape(thing)}{SIGNS[verdict]}</span>'
            f'<span class="said">{escape(told)}</span></mark>',
        ]
        at = end
    return "".join([*parts, escape(text[at:])])


def _facts(side: Annotation, wrong: set[tuple[str, ...]], sign: str) -> str:
    if not side.relations:
        return ""
    rows = []
    for relation in side.relations:
        bad = relation in wrong
        told = ' <span class="said">(wrong)</span>' if bad else ""
        rows.append(
            f'<li{" class=wrong" if bad else ""}><span class="sign" aria-hidden="true">'
            f"{sign if bad else '✓'}</span>{escape(relation_words(side, relation))}{told}</li>"
        )
    return f'<ul class="facts">{"".join(rows)}</ul>'
