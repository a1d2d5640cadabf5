"""The grades that a page gives as a whole: the critic's own, averages, the public's."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from kg.model import Evidence, Rating, Span
from kg.read.attribution import pictured_stars
from kg.read.labels import Topic, label_of
from kg.read.layout import Layout
from kg.read.pair import Labelled
from kg.read.ratings import Found, find_ratings, make_rating, parse_rating, placed
from kg.read.shape import Shape

_COUNT: Final = re.compile(
    r"\b(?:reviews?|ratings?|critics?|votes?|users?|based on|recenz|kritik)", re.IGNORECASE
)
_MEASURE: Final = re.compile(
    r"meter\b|score|rating|average|liked|critics?\b|audience|users?\b|approval|hodnocen|bewertung|"
    r"wertung|note\b|valoraci|voto|grade|reviews?",
    re.IGNORECASE,
)
_SCORE_LINE: Final = re.compile(
    r"^(?:user|critic|critics|audience|reader|member|overall|average|our)?['’]?s?\s?"
    r"(?:score|rating|grade)\s*:?\s+(?P<value>\d{1,3}(?:[.,]\d)?)(?![\d%/])(?!.*\bof\b)",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(
    r"(?<=[.!?])[\"”’)\]]*(?:\s*\[[^\]]{1,6}\])*\s+(?=[\"“‘(]?[A-ZÀ-Þ0-9])"
)
_SUBJECT: Final = re.compile(
    r"^(?i:(?:on|at|in|according to|for)\s)?(?i:(?:his|her|a|the)\s\w+\s(?:for|in|on)\s)?"
    r"(?i:the\s)?(?i:review[\s-]aggregat\w+\s(?:(?:web)?site,?\s)?|(?:critic|reviewer)\s)?"
    r"(?:[a-z]+\s){0,3}?"
    r"(?P<name>[A-ZÀ-Þ][\w.'’&-]*(?:\s(?:of|the|&)?\s?[A-ZÀ-Þ][\w.'’&-]*){0,3})"
)
_GIVES: Final = re.compile(
    r"\b(?:gave|gives|give|award(?:ed|s|ing)?|assign(?:ed|s)?|rated?|scor(?:e|ed|ing)|grade[ds]?|"
    r"holds?|has|received|approval|rating|graded)\b",
    re.IGNORECASE,
)
_PRONOUNS: Final = frozenset(
    ("The", "It", "This", "That", "In", "On", "At", "For", "A", "An", "He", "She", "They", "His")
)


@dataclass(frozen=True, slots=True)
class Score:
    """A grade of the page, with the blocks that print it. `prose` marks one in running text."""

    rating: Rating
    blocks: tuple[int, ...]
    prose: bool = False


def labelled_scores(layout: Layout, pairs: list[Labelled]) -> list[Score]:
    """The grades behind a label: "Average Rating: 4.3/10", "Grade: B-"."""
    found: list[Score] = []
    for pair in pairs:
        if pair.label.topic is not Topic.SCORE:
            continue
        label = layout.text[pair.line.start : pair.values[0].start].strip(" \t:\n")
        for value in pair.values:
            words = value.words(layout.text)
            rating = _whole(words, label)
            if rating is not None:
                at = words.find(rating.as_printed)
                span = Span(
                    value.start + max(at, 0), value.start + max(at, 0) + len(rating.as_printed)
                )
                who = label if _is_average(label) else ""
                rating = replace(placed(rating, layout.text, span), measure=who)
                found.append(Score(rating, pair.blocks))
                break
    return found


def _whole(words: str, label: str) -> Rating | None:
    """The rating of a label's value; a certificate ("PG-13", "15", "R (for violence)") is none."""
    if re.match(r"(?:PG|NC|G|R|U|X|M|TV)\b(?!\w)", words) and not re.match(r"[A-F][+-]?$", words):
        return None
    certain = _is_average(label) or "score" in label.lower()
    rating = parse_rating(words, listed=certain)
    if rating is not None and rating.best is None and "score" in label.lower():
        rating = parse_rating(words, best=10.0)
    if rating is None or rating.score is None:
        return None
    return rating


def _is_average(label: str) -> bool:
    """Whether a label names many voices: "Average rating", "User score"; "Grade" names one."""
    return bool(
        re.search(
            r"average|user|critics|audience|member|reader|community|meter|metascore|all|public|"
            r"imdb|viewers|weighted|spectateurs|presse",
            label,
            re.IGNORECASE,
        )
    )


def block_scores(
    layout: Layout, shapes: tuple[Shape, ...], barred: set[int], title_block: int | None
) -> list[Score]:
    """Blocks that are a grade and little else, beside words that say of what."""
    graded: dict[int, Found] = {}
    above = title_block or 0
    for number, block in enumerate(layout.blocks):
        words = layout.words(block)
        if number in barred or len(words) > 120 or shapes[number].prose:
            continue
        if above and block.path and number < above - 3:
            continue  # what stands above the title in markup is the site's
        ratings = list(find_ratings(words, strict=False)) or _unscaled(words)
        if ratings and len({one.rating.score for one in ratings}) == 1:
            graded[number] = ratings[-1]
    found: list[Score] = []
    for number, one in graded.items():
        if one.rating.score is not None and not _is_choice(graded, number):
            score = _block_score(layout, shapes, number, one, title_block)
            found += [score] if score is not None else []
    return found


def pictured_scores(layout: Layout, barred: set[int], title_block: int | None) -> list[Score]:
    """Grades of the page's own review that only pictures or their alt texts give, by its title."""
    if title_block is None:
        return []
    found: list[Score] = []
    for number in range(max(0, title_block - 3), min(title_block + 9, len(layout.blocks))):
        if number in barred and number != title_block:
            continue
        rating = _of_pictures(layout, number)
        if rating is not None:
            evidence = Evidence(rating.as_printed, None, "markup")
            found.append(Score(replace(rating, evidence=evidence), ()))
    return found if len({one.rating.score for one in found}) == 1 else []


def _of_pictures(layout: Layout, number: int) -> Rating | None:
    stars = pictured_stars(layout, number)
    if stars:
        return make_rating(stars, len(stars) - 0.5 * stars.endswith("½"), 5.0, inferred=True)
    for _, _, name, value in layout.blocks[number].attributes:
        if name in ("alt", "aria-label", "title") and len(value) < 60 and "star" in value.lower():
            rating = parse_rating(value)
            if rating is not None and rating.score is not None:
                return rating
    return None


def _unscaled(words: str) -> list[Found]:
    """The grade of a line such as "User score 8.6, based on 212 ratings"."""
    match = _SCORE_LINE.match(words)
    rating = parse_rating(match["value"], listed=True) if match else None
    if match is None or rating is None:
        return []
    return [Found(match.start("value"), match.end("value"), rating)]


def _is_choice(graded: dict[int, Found], number: int) -> bool:
    """Whether a letter stands in a row of others, from which a visitor picks one."""
    if graded[number].rating.best != 12.0:
        return False
    near = {
        graded[other].rating.as_printed
        for other in range(number - 3, number + 4)
        if other in graded and graded[other].rating.best == 12.0
    }
    return len(near) >= 3


def _block_score(
    layout: Layout,
    shapes: tuple[Shape, ...],
    number: int,
    one: Found,
    title_block: int | None,
) -> Score | None:
    block = layout.blocks[number]
    words = layout.words(block)
    rest = (words[: one.start] + " " + words[one.end :]).replace(one.rating.as_printed, " ")
    rest = " ".join(re.sub(r"[\d.,%()★½☆*/-]|\bout of\b", " ", rest).split())
    span = Span(block.start + one.start, block.start + one.end)
    near = title_block is not None and 0 < number - title_block <= 12
    percent = "%" in one.rating.as_printed
    own = bool(_MEASURE.search(rest))
    opening = one.start == 0 and number in (0, len(layout.blocks) - 1) and not block.path
    if opening and not percent and (one.rating.best != 12.0 or not rest):
        return Score(placed(one.rating, layout.text, span), (number,))  # "3.5/4, and I'd go again"
    if rest and not own and len(rest.split()) > 2:
        return None
    beside = _label_beside(layout, shapes, number) if not own else rest
    closing = _ends_review(shapes, number) and not rest
    if percent and (shapes[number].sentence or not (beside or near or closing)):
        return None
    if percent and rest and not own:
        return None
    if not (beside or near or _plain(one.rating) or _ends_review(shapes, number)):
        return None
    who = beside if beside and not own else ""
    return Score(replace(placed(one.rating, layout.text, span), measure=who), (number,))


def _ends_review(shapes: tuple[Shape, ...], number: int) -> bool:
    """Whether a block closes or opens the review: running text of the same place touches it."""
    steps = shapes[number].steps[:-1]
    return any(
        0 <= other < len(shapes) and shapes[other].prose and shapes[other].steps[:-1] == steps
        for other in (number - 1, number + 1, number - 2)
    )


def _plain(rating: Rating) -> bool:
    """Whether the form alone says that it is a grade: stars, or a value with its scale."""
    return (
        "★" in rating.as_printed
        or "*" in rating.as_printed
        or (not rating.inferred and "%" not in rating.as_printed and rating.best != 12.0)
    )


def _label_beside(layout: Layout, shapes: tuple[Shape, ...], number: int) -> str:
    """The short line above or below that says what a number measures."""
    for other in (number - 1, number + 1):
        if not 0 <= other < len(layout.blocks):
            continue
        words = layout.words(layout.blocks[other])
        few = shapes[other].words <= 4 and layout.blocks[other].link_share < 0.5
        label = label_of(words)
        measures = label is not None and label.topic is Topic.SCORE
        if few and (measures or _MEASURE.search(words)) and not re.search(r"\d", words):
            return words.strip(" :")
    return ""


def prose_scores(layout: Layout, numbers: list[int]) -> list[Score]:
    """Grades in running text, with the name at the head of the sentence as the giver."""
    found: list[Score] = []
    for number in numbers:
        block = layout.blocks[number]
        text = layout.words(block)
        subject = ""
        start = 0
        for match in [*_SENTENCE.finditer(text), None]:
            end = match.start() if match else len(text)
            sentence = text[start:end]
            subject = _subject(sentence) or subject
            for one in _ratings_said(sentence):
                span = Span(block.start + start + one.start, block.start + start + one.end)
                rating = placed(
                    one.rating, layout.text, span, publication=_giver(sentence, subject)
                )
                found.append(Score(rating, (number,), prose=True))
            start = match.end() if match else end
    return found


def _ratings_said(sentence: str) -> list[Found]:
    said = [one for one in find_ratings(sentence) if one.rating.score is not None]
    if _COUNT.search(sentence) and _GIVES.search(sentence):
        said += [
            one
            for one in find_ratings(sentence, strict=False)
            if "%" in one.rating.as_printed and one.rating.score is not None
        ][:1]
    return sorted(said, key=lambda one: one.start)


def _subject(sentence: str) -> str:
    match = _SUBJECT.match(sentence.strip(' "“'))
    if match is None:
        return ""
    name = match["name"].strip(" ,.'’")
    name = re.sub(r"['’]s.*$", "", name)
    return "" if name.split()[0] in _PRONOUNS else name


def _giver(sentence: str, subject: str) -> str:
    """Who gave a grade: the sentence's own subject where it gives, else nobody named."""
    return subject if subject and _GIVES.search(sentence) else ""


def repeated_left_out(scores: list[Score]) -> list[Score]:
    """The scores without those that the page prints twice for the same giver."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for score in scores:
        giver = score.rating.measure or score.rating.publication or score.rating.critic
        key = (score.rating.as_printed, giver)
        if key not in seen:
            seen.add(key)
            kept.append(score)
    return kept
