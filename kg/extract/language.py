"""Which language a page is written in: by its script, or by the small words that none lacks.

The recogniser reads English only, so what matters is whether a text is English; the other languages
are told apart so that a report can name them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from kg.extract.names import word_set

ENGLISH = "English"

_SMALL_WORDS = {
    ENGLISH: word_set(
        "the of and to is that it in was for with as his her he she this but are on by an be not "
        "have has you who from at one they all so i its if about like or we what there when which "
        "their"
    ),
    "French": word_set(
        "le la les de des du un une et est dans que qui pour pas sur plus par avec son sa ses il "
        "elle ce cette sont mais ou au aux nous vous ne se film été très comme où leur"
    ),
    "Spanish": word_set(
        "el la los las de del un una y es en que por para con su sus no se lo al como más pero "
        "esta este ha son muy película sobre cuando también hay sin fue ser"
    ),
    "Italian": word_set(
        "il lo la gli le di del della dei delle un una e è in che per con non si da al alla come "
        "più ma anche questo questa sono nel nella suo sua film molto ha"
    ),
    "Portuguese": word_set(
        "o os a as de do da dos das um uma e é em no na que por para com não se mais mas como seu "
        "sua ao foi muito filme também são pelo pela"
    ),
    "German": word_set(
        "der die das und ist in den dem des ein eine einer einen von zu mit auf für nicht sich "
        "auch als wie aber es er sie man wird war noch nur bei aus film sind haben oder"
    ),
    "Dutch": word_set(
        "de het een en van is in dat die op te voor met niet zijn aan er maar om ook als bij door "
        "naar over uit nog wel hij ze deze wordt heeft dan"
    ),
    "Swedish": word_set(
        "och det att i en är som på för med av den till ett inte om har de men sig han hon var så "
        "filmen mycket från eller när också bara"
    ),
    "Danish or Norwegian": word_set(
        "og det at i en er som på for med af av den til et ikke om har de men sig seg han hun var "
        "så filmen meget mye fra eller når også bare"
    ),
    "Polish": word_set(
        "i w nie na to że się z do jest jak ale o po tak za od co by był dla przez film jego jej "
        "są czy tylko ten które bardzo"
    ),
    "Turkish": word_set(
        "ve bir bu da de için ile çok ama gibi daha olarak ne var film kadar en o sonra değil olan "
        "her ki ya"
    ),
}
# the first word of a letter's Unicode name; Latin is told by words
_SCRIPTS = {
    "ARABIC": "Arabic or Persian",
    "HEBREW": "Hebrew",
    "CYRILLIC": "Russian or another Cyrillic language",
    "GREEK": "Greek",
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "DEVANAGARI": "Hindi",
    "BENGALI": "Bengali",
    "TAMIL": "Tamil",
    "TELUGU": "Telugu",
    "THAI": "Thai",
    "GEORGIAN": "Georgian",
    "ARMENIAN": "Armenian",
}
OTHER = "another language"
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20000  # characters
_ENOUGH = 30  # words; fewer tell nothing
_LETTERS = 60  # letters of another script; fewer tell nothing
_SHARE = 0.12  # English prose has about 0.4 of its small words, lists of names some 0.1


def language_of(text: str) -> str | None:
    """The language's English name, `OTHER` for one unknown, None where there is too little text."""
    return _language(text[:_SAMPLE])


@lru_cache(maxsize=4)  # a page is asked for it several times
def _language(sample: str) -> str | None:
    if script := _script(sample):
        return script
    words = Counter(_WORD.findall(sample.lower()))
    total = words.total()
    if total < _ENOUGH:
        return None
    if _share(words, ENGLISH) >= _SHARE:
        return ENGLISH
    best = max(_SMALL_WORDS, key=lambda language: _share(words, language))
    return best if _share(words, best) >= _SHARE else OTHER


def is_english(text: str) -> bool | None:
    """Whether the text is English; None where it is too short to tell, or holds hardly a word."""
    language = language_of(text)
    return None if language is None else language == ENGLISH


def _share(words: Counter[str], language: str) -> float:
    return sum(words[word] for word in _SMALL_WORDS[language]) / words.total()


def _script(sample: str) -> str | None:
    """The language of a text most of whose letters are of another script than the Latin one."""
    counts: Counter[str] = Counter()
    letters = 0
    for letter in sample:
        if letter.isalpha():
            letters += 1
            if letter > "\u02ff":
                name = unicodedata.name(letter, "").split(" ", 1)[0]
                counts[_SCRIPTS.get(name, "")] += 1
    foreign = sum(count for language, count in counts.items() if language)
    if foreign < _LETTERS or foreign < letters / 2:
        return None
    if counts["Japanese"] * 10 > foreign:  # which mixes its own letters with the Chinese ones
        return "Japanese"
    counts.pop("", None)
    return counts.most_common(1)[0][0]
