"""Who said it, where and when: the short lines beside a quoted review."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from kg.model import Rating, Span
from kg.read.dates import AGO, DATE
from kg.read.labels import Topic, label_of
from kg.read.layout import Layout
from kg.read.ratings import (
    find_ratings,
    make_rating,
    parse_rating,
    placed,
    rating_from_class,
)

_BY: Final = re.compile(
    r"^(?:(?:full |user |film |movie )?(?:review(?:ed)?|written|posted|submitted|comment(?:ed)?|"
    r"rated|added|published|recenze|kritik|critique)?\s?(?:by|von|par|por|de|di|od)(?:\s*:|\s)|"
    r"(?:author|reviewer|critic|user|name|from|by|autor|kritiker|auteur|critique)\s*:|[-–—~])\s*",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r"\s+(?:from|of|for|aus|de|at)\s+(?=[A-ZÀ-Þ])")
_PIECES: Final = re.compile(r"\s*[\t|•·;\n]\s*|\s+[-–—~/]\s*|\s*[-–—]\s+|\s*/\s*(?=[A-ZÀ-Þ])")
_PAPER: Final = re.compile(
    r"\b(?:times|post|news|herald|magazine|mag|reviews?|journal|weekly|chronicle|tribune|guardian|"
    r"radio|tv|film|films|movies?|cinema|today|express|daily|dispatch|gazette|star|sun|mirror|"
    r"observer|independent|telegraph|standard|globe|press|press-telegram|monitor|inquirer|"
    r"examiner|register|reporter|entertainment|week|world|voice|bee|banner|sentinel|examiner|"
    r"mercury|record|republic|union|examiner|critic|critics|online|blog|network|zeitung|anzeiger|"
    r"spiegel|monde|pais|país|corriere|repubblica|society|arts|culture|screen|digest|insider|"
    r"republican|citizen|courier|leader|enquirer|advocate|bulletin|ledger|intelligencer|argus|"
    r"free press|international|npr|bbc|cnn|abc|cbs|nbc|usa|uk|nyc)\b|\.(?:com|net|org|co|de|fr)\b"
    r"|\(.*\)|^(?:the|le|la|der|die|das|el|il)\s|\[",
    re.IGNORECASE,
)
_NOISE: Final = re.compile(
    r"full review|read (?:full|more|the|review|article)|\bmore\b|\breply\b|\blikes?\b|\bliked\b|"
    r"\bhelpful\b|\bcomments?\b|permalink|\breport\b|\bshare\b|top critic|super reviewer|verified|"
    r"click to|view all|show all|spoiler|\bfollow\b|^\d+$|^n/?r$|^\W*$|\bcritics?\s?consensus\b|"
    r"^(?:movie |film )?reviews?(?:\s?:|\s(?:for|of)\s)|"
    r"\ball reviews\b|\buseful\b|original score|^\(.*\)$",
    re.IGNORECASE,
)
_STAR_PICTURE: Final = re.compile(r"(?:^|[\s_-])star(?:$|[\s_-](?!\d))|fa-star\b", re.IGNORECASE)
_NO_STAR: Final = re.compile(
    r"empty|half|\boff\b|-o\b|outline|gr[ae]y|blank|none|rating|superrev", re.IGNORECASE
)
_LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the lines beside a quotation tell of it; names in the order in which they stand."""

    names: tuple[str, ...] = ()
    date: str = ""
    rating: Rating | None = None
    explicit: bool = False  # a name was introduced by "by" or a label
    score_label: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.names or self.date or self.rating)

    def joined(self, other: Attribution) -> Attribution:
        """Both together; what comes first counts, and a name after "by" before others."""
        first, second = self.names, other.names
        if other.explicit and not self.explicit:
            first, second = second, first
        return Attribution(
            first + tuple(name for name in second if name not in first),
            self.date or other.date,
            self.rating or other.rating,
            self.explicit or other.explicit,
            self.score_label or other.score_label,
        )

    def critic_and_publication(self, *, users: bool, paper_first: bool = False) -> tuple[str, str]:
        """The names told apart: a person writes, a paper prints; users write for nobody.

        `paper_first` is the order of the list around, for names that don't tell it themselves.
        """
        names = list(self.names)
        if not names:
            return "", ""
        if users or len(names) == 1:
            first = names[0]
            paper = not users and not self.explicit and is_paper(first)
            return ("", first) if paper else (first, "")
        one, other = names[0], names[1]
        paper, later = is_paper(one), is_paper(other)
        swap = paper if paper != later else paper_first and not self.explicit
        return (other, one) if swap else (one, other)


def is_paper(words: str) -> bool:
    """Whether a name looks like a publication's and not like a person's."""
    count = len(words.split())
    return looks_printed(words) or count == 1 or count > 4 or words.isupper()


def looks_printed(words: str) -> bool:
    """Whether a name holds a word that newspapers, magazines and sites are named with."""
    return bool(_PAPER.search(words))


def attribution_of(
    layout: Layout, number: int, *, noise: frozenset[str] = frozenset()
) -> Attribution:
    """What a short block tells of the quotation beside it; empty for a block that tells nothing."""
    block = layout.blocks[number]
    words = layout.words(block)
    found = _of_attributes(layout, number)
    if len(words) > _LONGEST or words in noise:
        return found
    rest = words
    rating: Rating | None = None
    for one in find_ratings(words, strict=False):
        if one.rating.score is None and "star" not in one.rating.as_printed.lower():
            continue
        span = Span(block.start + one.start, block.start + one.end)
        rating = placed(one.rating, layout.text, span)
        rest = rest[: one.start] + "\t" + rest[one.end :]
        break
    bare = parse_rating(words, listed=True) if rating is None and len(words) <= 4 else None
    if bare is not None:
        return Attribution(rating=placed(bare, layout.text, Span(block.start, block.end))).joined(
            found
        )
    date = DATE.search(rest) or AGO.search(rest)
    told = date[0] if date else ""
    if date:
        rest = rest[: date.start()] + "\t" + rest[date.end() :]
    names, explicit = _names(rest)
    label = bool(re.search(r"\b(?:rating|score|grade|stars?)\s*:", words, re.IGNORECASE))
    return Attribution(tuple(names), told, rating, explicit, label).joined(found)


def _of_attributes(layout: Layout, number: int) -> Attribution:
    """Grades and dates that only the markup gives."""
    rating: Rating | None = None
    date = ""
    stars = pictured_stars(layout, number)
    if stars:
        rating = make_rating(stars, len(stars) - 0.5 * stars.endswith("½"), 5.0, inferred=True)
    for _, _, name, value in layout.blocks[number].attributes:
        if name in ("alt", "aria-label", "title") and rating is None and len(value) < 60:
            parsed = parse_rating(value)
            if parsed is not None and parsed.score is not None:
                rating = parsed
        elif name == "class" and rating is None:
            rating = rating_from_class(value)
        elif name == "datetime" and not date:
            date = value[:10]
    return Attribution((), date, rating)


def pictured_stars(layout: Layout, number: int) -> str:
    """Stars that are pictures side by side, as the signs that they stand for."""
    block = layout.blocks[number]
    half = layout.words(block).strip() == "½"
    full: Counter[str] = Counter()
    for _, _, name, value in block.attributes:
        if name == "class" and _STAR_PICTURE.search(value) and not _NO_STAR.search(value):
            full[value] += 1
        half = half or (name == "class" and "star" in value and "half" in value)
    most = max(full.values(), default=0)
    if not 2 - half <= most <= 5 - half:
        return ""
    return "★" * most + "½" * half


def _names(rest: str) -> tuple[list[str], bool]:
    names: list[str] = []
    explicit = False
    for piece in _PIECES.split(rest):
        words = piece.strip(' \t,.:;|“”"')
        if words.count("(") != words.count(")"):
            words = words.strip("() ")
        lead = _BY.match(words + " ")
        if lead is not None:
            words = words[lead.end() :].strip(" \t,:")
            explicit = True
            source = _FROM.search(words)
            words = words[: source.start()] if source else words
        label = label_of(words.split(":")[0]) if ":" in words else None
        if label is not None and label.topic is Topic.SCORE:
            continue
        if not words or _NOISE.search(words) or label_of(words) is not None or len(words) > 60:
            continue
        if not any(map(str.isalpha, words)) or len(words.split()) > 6 or "<" in words:
            continue
        comma = re.match(r"([^(:]+?)(?:,|\s?:)\s+(?=[A-ZÀ-Þ“\"])(.+)$", words)
        if comma and len(comma[1].split()) <= 4:
            names += [comma[1].strip(), comma[2].strip()]
        else:
            names.append(words)
    return names, explicit


def is_noise(words: str) -> bool:
    """Whether a line is a button or a count beside a review and no part of it."""
    return len(words.split()) <= 6 and bool(_NOISE.search(words))


def without_repeats(layout: Layout, numbers: list[int], *, often: int) -> frozenset[str]:
    """Lines that stand beside many quotations alike and so tell of none."""
    counts: dict[str, int] = {}
    for number in numbers:
        words = layout.words(layout.blocks[number])
        counts[words] = counts.get(words, 0) + 1
    return frozenset(
        words for words, count in counts.items() if count >= often and parse_rating(words) is None
    )
