"""Names that are spelt nearly alike: few rows are read, only those are compared.

A misspelt name is nearly always one letter off, and all that is one letter off can be listed; the
index tells what of it exists. Besides come titles that hold all words but one, or begin alike. Only
these are compared whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rapidfuzz import fuzz, process

from kg.link.fold import content_words, fold, key, name_key
from kg.link.reader import Reader
from kg.link.schema import surname_of

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORT = 4  # letters that a word needs to be taken for misspelt
_BLOCK = 400  # rows of one block that are compared
_CROWD = 1500  # bearers of one surname above which only those of a like first name are compared
_SLACK = 20  # how much less alike the names as written may be than once folded
_LONGEST = 80
_LISTED = 40  # letters of a name up to which all that is one letter off is listed


def one_off(word: str) -> set[str]:
    """The words one letter away: one left out, one too many, one wrong, two changed about."""
    if not _SHORT <= len(word) <= _LISTED:
        return set()
    splits = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        *(left + right[1:] for left, right in splits if right),
        *(left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1),
        *(left + letter + right[1:] for left, right in splits if right for letter in _LETTERS),
        *(left + letter + right for left, right in splits for letter in _LETTERS),
    } - {word}


def near_titles(reader: Reader, name: str, *, at_least: float, limit: int) -> dict[int, float]:
    """Films with a title spelt nearly like `name`, with the likeness."""
    wanted = key(name)
    if not 5 <= len(wanted) <= 3 * _LONGEST:
        return {}
    words = content_words(fold(name))
    numbers = set(reader.named_any(one_off(wanted)))
    for left_out in range(len(words)) if len(words) > 1 else ():
        others = words[:left_out] + words[left_out + 1 :]
        numbers.update(reader.with_words(others, limit=_BLOCK))
    numbers.update(reader.beginning(wanted[: max(5, len(wanted) // 2)], limit=_BLOCK))
    titles = list(reader.titles(numbers))
    best: dict[int, float] = {}
    for at, likeness in _alike(wanted, name, [title for _, title in titles], key, at_least, limit):
        number = titles[at][0]
        best[number] = max(best.get(number, 0.0), likeness)
    return best


def near_people(reader: Reader, name: str, *, at_least: float, limit: int) -> dict[int, float]:
    """People whose name is spelt nearly like `name`, with the likeness."""
    wanted = name_key(name)
    if not 4 <= len(wanted) <= _LONGEST:
        return {}
    surname = surname_of(wanted)
    given = wanted[len(surname) :]
    rows: list[tuple[int, str]] = []
    for first, people in reader.bearers([surname, *one_off(surname)]):
        if people <= _BLOCK or not given:
            rows += reader.people_between(first, first + min(people, _BLOCK))
            continue
        bearer = surname_of(name_key(reader.people_between(first, first + 1)[0][1]))
        for start in (given[:3], given[:2]) if people > _CROWD else ("",):
            begin = reader.person_at(bearer + start, first, first + people)
            end = reader.person_at(f"{bearer}{start}\uffff", first, first + people)
            rows += reader.people_between(begin, min(end, begin + _CROWD))
    rows = list(dict.fromkeys(rows))
    found = _alike(wanted, name, [row[1] for row in rows], name_key, at_least, limit)
    return {rows[at][0]: likeness for at, likeness in found}


def _alike(
    wanted: str,
    name: str,
    names: list[str],
    folded: Callable[[str], str],
    at_least: float,
    limit: int,
) -> Iterable[tuple[int, float]]:
    """Places in `names` of those that are alike once folded; folding is dear, so few are folded."""
    likely = process.extract(
        name.casefold(),
        [other.casefold() for other in names],
        scorer=fuzz.ratio,
        score_cutoff=at_least * 100 - _SLACK,
        limit=8 * limit,
    )
    places = [at for _, _, at in likely]
    near = process.extract(
        wanted,
        [folded(names[at]) for at in places],
        scorer=fuzz.ratio,
        score_cutoff=at_least * 100,
        limit=limit,
    )
    return [(places[at], score / 100) for _, score, at in near]
