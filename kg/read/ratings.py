"""Grades as critics print them, brought to one scale: stars, fractions, percentages, letters.

`score` is the value divided by the best one, with the worst taken as 0. Letters run from A+ (1) to
F (0) in twelve even steps. Where the page doesn't print its scale, the scale is inferred from the
form and the rating says so, or it is left unknown and the score is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.model import Evidence, Rating, Span

GRADES: Final = ("F", "D-", "D", "D+", "C-", "C", "C+", "B-", "B", "B+", "A-", "A", "A+")

_WORDS: Final = {
    "zero": 0.0,
    "no": 0.0,
    "half": 0.5,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
    "five": 5.0,
    "six": 6.0,
    "seven": 7.0,
    "eight": 8.0,
    "nine": 9.0,
    "ten": 10.0,
}
_VULGAR: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}

_NUMBER: Final = (
    r"(?:\d{1,3}(?:[.,]\d{1,2})?(?!\d)\s?(?:[½¼¾⅓⅔]|[\s-]1/2|\s?(?:&|and|and a)\shalf\b)?"
    r"|[½¼¾](?=[\s/*★-])"
    r"|(?:zero|half|one|two|three|four|five|six|seven|eight|nine|ten)"
    r"(?:(?:[\s-]and[\s-]|[\s-]&[\s-]|[\s-])(?:a|one)?[\s-]?half)?)"
)
_BEST: Final = r"(?:100|10|20|[3-9]|four|five|six|ten|a possible (?:four|five|ten|\d+))"
_STAR_WORD: Final = r"[\s-]?(?:full |whole |big |little |shiny |gold(?:en)? )?stars?"

_OUT_OF: Final = re.compile(
    rf"(?<![\d.,$€£/])(?P<value>{_NUMBER})(?:{_STAR_WORD})?[\s,]{{0,2}}\(?"
    rf"(?:out )?of (?P<best>{_BEST})(?=(?P=value)|[^\w.,]|[.,](?!\d)|$)(?P<stars>{_STAR_WORD})?\)?",
    re.IGNORECASE,
)
_OF_ABROAD: Final = re.compile(
    r"(?<![\d.,])(?P<value>\d{1,3}(?:[.,]\d)?)\s(?:von|sur|su|de|z|ze|av|van|из|od)\s"
    r"(?P<best>100|10|20|[456])(?![\d%]|[.,]\d)(?P<stars>\s(?:sterne|étoiles|estrellas|stelle|hvězd"
    r"|punkten|stjärnor|sterren))?",
    re.IGNORECASE,
)
_FRACTION: Final = re.compile(
    r"(?<![\d.,$€£/])(?P<value>\d{1,3}(?:[.,]\d{1,2})?\s?[½¼¾]?|\d\s1/2)\s?/\s?"
    r"(?P<best>100|10|20|12|[3-8])(?![\d/%]|[.,]\d|\s?/)"
)
_PERCENT: Final = re.compile(r"(?<![\d.,$€£-])(?P<value>100|\d{1,2}(?:[.,]\d)?)\s?%")
_STARS: Final = re.compile(r"(?P<full>★+)\s?(?P<half>½|1/2|⯨|⯪)?\s?(?P<empty>☆*)")
_ASTERISKS: Final = re.compile(
    r"(?<![\w*])(?P<full>\*{1,5})(?P<half>\s?½|\s?1/2)?(?![\w*])"
    rf"(?:\s?\(?(?:out of|/)\s?(?P<best>{_BEST}|\*{{4,5}})(?:{_STAR_WORD})?\)?)?",
    re.IGNORECASE,
)
_NUMBER_STARS: Final = re.compile(rf"(?<![\d.,/])(?P<value>{_NUMBER}){_STAR_WORD}\b", re.IGNORECASE)
_GRADE: Final = re.compile(
    r"(?<![\w&+-])(?P<letter>[A-DF])(?P<sign>[+＋]|[-–−](?!\w)| ?plus\b| ?minus\b)?(?![\w&'’+])"
)
_GRADE_LABEL: Final = re.compile(
    r"\b(?:grade|note|mark|rating|score)s?\s*(?:is|of)?\s*:?\s*(?:an? )?$", re.IGNORECASE
)
_GOES_ON: Final = re.compile(r"[\s-]*[^\W\d_]{2}")
_THUMBS: Final = re.compile(
    r"\b(?P<count>two|2|one|1|a)?\s?(?:big\s)?thumbs?[\s-](?:way\s|enthusiastically\s)?(?P<way>up|down)\b",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(  # "8.6 (212 ratings)"
    r"(?P<value>\d{1,3}(?:[.,]\d)?),?\s+(?:[(]|based on)[^)]*\d.*$", re.IGNORECASE
)
_BARE: Final = re.compile(r"(?P<value>\d{1,3}(?:[.,]\d)?)")


@dataclass(frozen=True, slots=True)
class Found:
    """A rating and where in the searched text its words stand."""

    start: int
    end: int
    rating: Rating


def normalise(value: float | None, best: float | None) -> float | None:
    """`value` divided by `best`, whatever the worst grade is; None if it has no place there."""
    if value is None or best is None or best <= 0 or not 0 <= value <= best:
        return None
    return round(value / best, 4)


def number(words: str) -> float | None:
    """The number that words such as "3 1/2", "2½", "3,5" or "two and a half" print."""
    words = words.strip().lower().replace("–", "-")
    vulgar = sum(_VULGAR.get(character, 0.0) for character in words)
    half = 0.5 if re.search(r"1/2|(?:and|&)[\s-]?(?:a|one)?[\s-]?half|\w[\s-]half", words) else 0.0
    head = re.match(r"\d+(?:[.,]\d+)?", words)
    if head:
        return float(head[0].replace(",", ".")) + vulgar + half
    word = re.match(r"[a-z]+", words)
    if word and word[0] in _WORDS:
        return _WORDS[word[0]] + vulgar + half
    return vulgar or None


def grade_value(grade: str) -> float | None:
    """The step of a letter grade, 0 (F) to 12 (A+); None if it is none."""
    letter = grade.strip().upper().replace("MINUS", "-").replace("PLUS", "+")
    letter = re.sub(r"\s", "", letter).translate(str.maketrans("–−＋", "--+"))
    return float(GRADES.index(letter)) if letter in GRADES else None


def make_rating(
    as_printed: str, value: float | None, best: float | None, *, inferred: bool = False
) -> Rating:
    """A rating with its normalised score."""
    return Rating(
        " ".join(as_printed.split()), value, best, normalise(value, best), inferred=inferred
    )


def parse_rating(words: str, *, listed: bool = False, best: float | None = None) -> Rating | None:
    """The rating that `words` as a whole print, None if they print none.

    `listed` says that the words stand where a list has its scores, so that a bare number counts;
    `best` is the scale where something else (an attribute) gives it. Words that hold a choice of
    grades ("A A- B+", "1 2 3 4 5") print none.
    """
    words = words.strip()
    if not words or len(words) > 200:
        return None
    found = next(find_ratings(words, strict=False), None)
    if found is not None:
        return found.rating
    bare = _BARE.fullmatch(words) or (_COUNTED.match(words) if listed else None)
    if bare is None or not (listed or best):
        return None
    value = number(bare["value"])
    if value is None or value > (best or 100):
        return None
    if best is None and value <= 5 and not bare["value"].isdigit():
        return make_rating(words, value, None)  # of 5 or of 10: nothing tells
    if best:
        return make_rating(words, value, best)
    return make_rating(words, value, 10.0 if value <= 10 else 100.0, inferred=True)


def find_ratings(text: str, *, strict: bool = True) -> Iterator[Found]:
    """The ratings that stand in `text`, ascending; a repetition of the one before is left out.

    `strict` is for prose: a lone letter counts only after "grade", a percentage never, and stars
    in words ("three stars") only with their scale.
    """
    taken: list[Found] = []
    for found in _all(text, strict=strict):
        if any(found.start < other.end and other.start < found.end for other in taken):
            continue
        taken.append(found)
    taken.sort(key=lambda found: found.start)
    if not strict and _is_choice(text, taken):
        return
    last: Found | None = None
    for found in taken:
        repeated = last is not None and (
            found.rating.as_printed == last.rating.as_printed and found.start - last.end <= 1
        )
        if not repeated:
            yield found
        last = found


def _is_choice(text: str, found: list[Found]) -> bool:
    grades = [
        one.rating.as_printed for one in found if grade_value(one.rating.as_printed) is not None
    ]
    return len(set(grades)) > 2 and len(set(grades)) == len(found) and len(text) < 80


def _all(text: str, *, strict: bool) -> Iterator[Found]:
    yield from _scaled(text, strict=strict)
    yield from _glyphs(text, strict=strict)
    yield from _letters(text, strict=strict)
    for match in _THUMBS.finditer(text):
        best = 2.0 if (match["count"] or "").lower() in ("two", "2") else 1.0
        value = best if match["way"].lower() == "up" else 0.0
        if not strict or match["count"]:
            yield _found(match, make_rating(match[0], value, best, inferred=True))
    if strict:
        return
    for match in _PERCENT.finditer(text):
        yield _found(match, make_rating(match[0], number(match["value"]), 100.0))
    for match in _NUMBER_STARS.finditer(text):
        yield _found(match, make_rating(match[0], number(match["value"]), None))


def _scaled(text: str, *, strict: bool) -> Iterator[Found]:
    for match in _OUT_OF.finditer(text):
        value, best = number(match["value"]), number(match["best"].split()[-1])
        # "four of five friends" is a count, "four of five stars" and "3 out of 5" are grades
        plain = "out of" not in match[0].lower() and "star" not in match[0].lower()
        counted = not match["value"][0].isdigit() and "star" not in match[0].lower()
        if value is None or best is None or value > best or plain or counted:
            continue
        yield _found(match, make_rating(match[0], value, best))
    for match in _OF_ABROAD.finditer(text):
        value, best = number(match["value"]), number(match["best"])
        told = bool(match["stars"]) or not strict
        if told and value is not None and best is not None and value <= best:
            yield _found(match, make_rating(match[0], value, best))
    for match in _FRACTION.finditer(text):
        value, best = number(match["value"]), number(match["best"])
        half = match[0].replace(" ", "") in ("1/2", "1/3", "1/4", "2/3", "3/4") and (
            text[match.end() : match.end() + 1].isalpha()
            or re.match(r"\s?(?:hours?|hrs?|mile|inch|of\b|the\b|cup)", text[match.end() :])
        )
        if value is None or best is None or value > best or half:
            continue
        if text[max(0, match.start() - 1) : match.start()] == "-":
            continue
        if strict and best not in (4.0, 5.0, 10.0, 100.0):
            continue
        yield _found(match, make_rating(match[0], value, best))


def _glyphs(text: str, *, strict: bool) -> Iterator[Found]:
    for match in _STARS.finditer(text):
        value = len(match["full"]) + (0.5 if match["half"] else 0.0)
        whole = value + len(match["empty"])
        whole = float(int(whole + 0.5)) if match["empty"] else max(5.0, value)
        yield _found(match, make_rating(match[0], value, whole, inferred=not match["empty"]))
    for match in _ASTERISKS.finditer(text):
        value = len(match["full"]) + (0.5 if match["half"] else 0.0)
        printed = match["best"]
        if printed is None and (value < 1.5 or (strict and not match["half"])):
            continue  # a footnote's mark, or emphasis
        if printed is None:
            best: float | None = 4.0 if value <= 4 else 5.0
        else:
            best = float(len(printed)) if printed[0] == "*" else number(printed.split()[-1])
        yield _found(match, make_rating(match[0], value, best, inferred=printed is None))


def _letters(text: str, *, strict: bool) -> Iterator[Found]:
    for match in _GRADE.finditer(text):
        labelled = bool(
            _GRADE_LABEL.search(text[: match.start()]) and not _GOES_ON.match(text, match.end())
        )
        alone = not text[: match.start()].strip(" \t:([|-") and not text[match.end() :].strip(
            " \t.)]|"
        )
        signed = match["sign"] is not None
        before = text[: match.start()].rstrip()
        closing = signed and before.endswith((",", "(", "–", "—", "|", ":"))
        alone = alone or (closing and not text[match.end() :].strip(" .)]"))
        if not (labelled or (not strict and (alone or (signed and len(text) < 40)))):
            spelled = signed and match["sign"].strip() in ("plus", "minus")
            if not spelled:
                continue
        value = grade_value(match[0])
        if value is not None:
            yield _found(match, make_rating(match[0], value, 12.0))


def _found(match: re.Match[str], rating: Rating) -> Found:
    return Found(match.start(), match.end(), rating)


_CLASS: Final = re.compile(
    r"(?:^|\s)(?:[a-z]+[-_])?(?P<name>rated|rating|stars?|score|note)[-_](?P<value>\d{1,3}(?:[-_.]5)?)(?=$|[\s_])",
    re.IGNORECASE,
)


def rating_from_class(words: str) -> Rating | None:
    """The rating that a class such as "rated-9" (of 10) or "stars-4" (of 5) hints at, inferred."""
    match = _CLASS.search(words)
    if match is None:
        return None
    value = float(match["value"].replace("-", ".").replace("_", "."))
    if (match["name"].lower() in ("star", "stars") and value <= 5) or (
        value <= 5 and match["value"] != str(int(value))
    ):
        best = 5.0
    elif value <= 10:
        best = 10.0
    elif value <= 50 and value % 5 == 0:
        best = 50.0
    else:
        best = 100.0
    return make_rating(match[0].strip(), value, best, inferred=True)


def placed(
    rating: Rating, text: str, span: Span, *, critic: str = "", publication: str = ""
) -> Rating:
    """The rating with its words' place in the page and the one who gave it."""
    evidence = Evidence(span.words(text), span)
    return replace(rating, critic=critic, publication=publication, evidence=evidence)
