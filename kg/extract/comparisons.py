"""People who are in no cast: "half Madonna", "reminiscent of Garbo", "a novel by", "they're no".

Of the people whose every mention stands so, nine in ten are not in the cast of the reviewed film
(1,218 annotated reviews).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.phrases import JOINT
from kg.model import Cluster, Kind, Mention

_BEFORE = re.compile(
    r"(?:\b(?:love[- ]?child|cross|mix|mixture|hybrid|marriage|blend|combination)\s+"
    r"(?:of|between|that)\s+(?:\w+\s+){0,2}"
    r"|\b(?:reminiscent of|remind(?:s|ed)? (?:me|us|one|you) of|recall(?:s|ing)?|evok(?:es|ing)|"
    r"echo(?:es|ing)|channel(?:s|l?ing)|resembl(?:es|ing)|aping|imitat(?:es|ing)|"
    r"mimic(?:s|king)?|[àa] la|in the (?:style|manner|vein|tradition|mold|mould) of|"
    r"compar(?:ed|able|isons?) (?:to|with)|similar to|inspired by|influenced by|answer to|"
    r"heir to|impersonat(?:es|ing)|impression of|shades of|ghost of|not since)\s+"
    r"(?:\w+\s+){0,2}"
    r"|\b(?:than|as (?:\w+ )?as)\s+(?:\w+\s+)?"
    r"|\b(?:the next|another)\s+|(?:['’](?:s|re)|\b(?:is|are|was|were)) (?:no|hardly)\s+"
    r"|\b(?:wanted|considered|intended for|offered (?:\w+ ){0,3}to|turned down by|replac(?:ed|ing)|"
    r"instead of|passed over)\s+(?:\w+\s+)?"
    r"|\b(?:dedicated to|tribute to|homage to|in memory of|songs? by|music (?:of|by)|cover of|"
    r"novels? (?:of|by)|books? by|stor(?:y|ies) (?:of|by)|works? of|poems? (?:of|by)|"
    r"plays? (?:of|by)|quot(?:es|ing|ed)|biograph\w+ of|biopic of|(?:life|death|murder|career) of)"
    r"\s+(?:\w+\s+)?"
    r"|\ba (?:young|female|male|modern|poor man's|latter-day|low-rent)\s+"
    r"|\bhalf\s+[^.;]{2,40},?\s+(?:and\s+)?half\s+)$",
    re.IGNORECASE,
)
_HALF = re.compile(r"\bhalf\s+$", re.IGNORECASE)
_OTHER_HALF = re.compile(r",?\s+(?:and\s+)?half\b", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?:-like|-esque|-ish|-style|-type| wannabe|-wannabe| clone| impersonat| lookalike|"
    r" look-alike| knock-?off| imitat"
    r"|\s+(?:films|movies|comedies|westerns|flicks|pictures|fans?|novels?|books?|songs?)\b)",
    re.IGNORECASE,
)


def compared_people(
    text: str, mentions: Sequence[Mention], numbers: Sequence[int], clusters: Sequence[Cluster]
) -> set[int]:
    """The numbers of the people of whom every mention speaks so.

    Whoever is named in one breath with such a person is meant alike.
    """
    found: set[int] = set()
    others: set[int] = set()
    last: int | None = None  # the end of the mention before, if somebody is likened to it
    for mention, number in zip(mentions, numbers, strict=True):
        if clusters[number].kind is not Kind.PERSON:
            last = None
            continue
        before = text[max(0, mention.start - 60) : mention.start]
        behind = text[mention.end : mention.end + 20]
        here = (
            _BEFORE.search(before) is not None
            or _BEHIND.match(behind) is not None
            or (_HALF.search(before) is not None and _OTHER_HALF.match(behind) is not None)
            or (last is not None and JOINT.fullmatch(text[last : mention.start]) is not None)
        )
        last = mention.end if here else None
        (found if here else others).add(number)
    return found - others
