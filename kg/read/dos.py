"""UTF-8 that was read as one of the old DOS code pages, put right: "clich├ęd" to "clichéd".

ftfy repairs what Windows' and the Mac's code pages do to UTF-8, but a whole line at a time for
the DOS ones, and not 850 and 852 at all. A line may hold both damaged and sound words, so this
works span by span: a span is taken where its characters, as bytes of the code page, are UTF-8.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CODE_PAGES: Final = ("cp850", "cp852", "cp437")


def _class(code_page: str, first: int, last: int) -> str:
    characters = bytes(range(first, last + 1)).decode(code_page)
    return "[" + "".join(map(re.escape, characters)) + "]"


def _pattern(code_page: str) -> re.Pattern[str]:
    """Matches each run of characters that are well-formed UTF-8 of two to four bytes."""
    more = _class(code_page, 0x80, 0xBF)
    two, three, four = ((0xC2, 0xDF), (0xE0, 0xEF), (0xF0, 0xF4))
    return re.compile(
        f"(?:{_class(code_page, *two)}{more}"
        f"|{_class(code_page, *three)}{more}{more}"
        f"|{_class(code_page, *four)}{more}{more}{more})+"
    )


_PATTERNS: Final = {code_page: _pattern(code_page) for code_page in _CODE_PAGES}
_ANY: Final = re.compile("|".join(pattern.pattern for pattern in _PATTERNS.values()))


def mend_dos(text: str) -> str:
    """The text with each span put right that is plainly better so; the others as they are."""
    if text.isascii():
        return text
    return _ANY.sub(_mended, text)


def _mended(match: re.Match[str]) -> str:
    best, best_score = match[0], 0
    for code_page, pattern in _PATTERNS.items():
        found = pattern.match(match[0])
        if not found:
            continue
        damaged, rest = found[0], match[0][found.end() :]
        try:
            repaired = damaged.encode(code_page).decode("utf-8")
        except UnicodeError:
            continue
        score = _gain(damaged, repaired) - len(rest)
        if score > best_score:
            best, best_score = repaired + (mend_dos(rest) if rest else ""), score
    return best


def _gain(damaged: str, repaired: str) -> int:
    """How much likelier the repaired words are in a text; 0 or less where they aren't plainly so.

    Lines and blocks of a DOS screen don't stand in words, so such a span is proof enough. A span of
    letters alone ("ÔÇÖ", "ðá") may be a word: it must give a common sign, or letters of one other
    script in a row.
    """
    if not all(map(_is_plausible, repaired)):
        return 0
    gain = len(damaged) - len(repaired)
    if any(_is_drawn(character) for character in damaged):
        return 10 + gain
    if all("\u2010" <= character <= "\u203a" or character in "€™★☆✓" for character in repaired):
        return 10 + gain
    scripts = {_script(character) for character in repaired}
    if len(repaired) > 1 and len(scripts) == 1 and scripts <= {"CYRILLIC", "GREEK", "HEBREW"}:
        return 5 + gain
    return 0


def _is_drawn(character: str) -> bool:
    return "\u2500" <= character <= "\u25a0"


def _is_plausible(character: str) -> bool:
    """Whether text may well hold it: a letter, a quotation mark, a dash, a sign, a blank."""
    category = unicodedata.category(character)
    if category[0] == "L":
        return True
    return character in "\xa0…•€£¥¢§©®™°·¿¡ªº½¼¾¹²³×÷¶†‡‰★☆✓" or category in (
        "Pd",
        "Pi",
        "Pf",
        "Mn",
    )


def _script(character: str) -> str:
    return unicodedata.name(character, "").split(" ")[0]
