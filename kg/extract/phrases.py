"""Turns of phrase that give a person a credit in the reviewed film: "directed by", "shot by".

Each holds in at least four cases of five on the annotated training reviews, where no other title
stands between it and the start of its sentence.
"""

from __future__ import annotations

import re

from kg.model import RelationName

QUOTE = r"[\"'“”‘’«»*_]*"
_PRAISE = (
    r"(?:(?:the|a|an|of|by|first-time|young|old|great|late|legendary|famed|famous|veteran|talented|"
    r"british|french|american|italian|german|japanese|acclaimed|\w+ly)\s+){0,3}"
)
_GOOD = (
    r"(?:good|great|excellent|brilliant|wonderful|perfect|terrific|superb|fine|fantastic|awful|"
    r"terrible|miscast|outstanding|amazing|bad|solid|fun|funny|hilarious|charming|convincing|"
    r"wasted|annoying|cute|effective|strong)"
)


def _before(*phrases: str) -> re.Pattern[str]:
    """Phrases that end where the name begins."""
    return re.compile(rf"(?:{'|'.join(phrases)})$", re.IGNORECASE)


def _behind(*phrases: str) -> re.Pattern[str]:
    """Phrases that begin where the name ends."""
    return re.compile(rf"(?:{'|'.join(phrases)})", re.IGNORECASE)


BEFORE: dict[RelationName, re.Pattern[str]] = {
    RelationName.DIRECTOR: _before(
        r"\b(?<!assistant )(?<!casting )(?<!music )(?<!art )(?:co-?)?director(?:[-/]\w+)*,?\s+",
        rf"\b(?:co-)?directed(?: and \w+)?(?:, \w+)?\s+by\s+{_PRAISE}",
        rf"\b(?:direction (?:by|of|from)|helmed by)\s+{_PRAISE}",
    ),
    RelationName.WRITER: _before(
        rf"\b(?:co-)?(?:written|scripted|penned)(?: and \w+)?(?: \w+)?\s+by\s+{_PRAISE}",
        r"\b(?:screen-?play|script|screenwriting|dialogue)(?: is)?(?: written)?\s+(?:by|from)\s+"
        rf"{_PRAISE}",
        r"\b(?:screen-?writers?|script-?writers?|writers?|scripter)(?:[-/]\w+)*,?\s+",
    ),
    RelationName.PRODUCER: _before(
        rf"\bproduced(?: and \w+)?\s+by\s+{_PRAISE}",
        r"\b(?:executive )?producers?(?:[-/]\w+)*,?\s+",
    ),
    RelationName.CINEMATOGRAPHER: _before(
        r"\b(?:cinematographer|D\.?P\.?|D\.?O\.?P\.?|cameraman|lensman|director of photography)"
        r",?\s+"
        rf"{_PRAISE}",
        rf"\b(?:photographed|lensed|shot)\s+(?:\w+ly )?by\s+(?:cinematographer\s+|DP\s+)?{_PRAISE}",
        rf"\b(?:cinematography|photography|camera-?work)\s+(?:is )?(?:by|of|from)\s+{_PRAISE}",
    ),
    RelationName.COMPOSER: _before(
        r"\bcomposers?,?\s+",
        rf"\b(?:score|music|songs|soundtrack)(?: is| was| are| were)?\s*[-–—,(]*\s*"
        rf"(?:(?:composed|written|penned|provided|done|created)\s+)?(?:by|from)\s+{_PRAISE}",
    ),
    RelationName.EDITOR: _before(
        rf"\b(?:film )?editor,?\s+|\bedited\s+(?:\w+ly )?by\s+{_PRAISE}|\bediting (?:by|of)\s+"
    ),
    RelationName.CAST: _before(
        rf"\b(?:co-)?(?:stars?|starring|featuring|features)\s+{_PRAISE}",
        r"\b(?:actors?|actress(?:es)?|co-?star|leading (?:man|lady)|comedian|newcomer|scream queen|"
        r"starlet),?\s+",
        rf"\bperformances?\s+(?:by|from|of)\s+{_PRAISE}",
        r"\bcast (?:includes|including|features|is|are|of)\s+",
        rf"\b(?:cameo|appearance|turn|role|narrated|narration|voiced?)s?\s+(?:by|from|for)\s+{_PRAISE}",
    ),
}
BEHIND: dict[RelationName, re.Pattern[str]] = {
    RelationName.COMPOSER: _behind(r"['’]s\s+(?:\w+\s+){0,2}(?:score|music)\b"),
    RelationName.WRITER: _behind(
        r"['’]s\s+(?:\w+\s+){0,2}(?:script|screenplay|writing|dialogue)\b",
        r",?\s+(?:\w+ly\s+)?(?:co-wrote|scripted|penned)\b",
    ),
    RelationName.CAST: _behind(
        r",?\s+(?:who\s+)?(?:\w+ly\s+)?(?:co-)?(?:stars?|starred|plays|portrays|played)\b",
        r",?\s+(?:also\s+)?(?:gives|delivers|turns in|steals|shines|excels|gave|delivered|"
        r"turned in|stole|chews|hams)\b",
        r"['’]s?\s+(?:\w+\s+){0,3}(?:performances?|acting|portrayal|role|character|turn|presence|"
        r"voice|accent|part)\b",
        rf",?\s+(?:is|was|are|were)\s+(?:\w+\s+){{0,3}}{_GOOD}\b",
        r",?\s+(?:is|was)\s+(?:\w+\s+){0,3}(?:as|in (?:this|the|his|her))\s+",
    ),
}
# what stands between the names of an enumeration
JOINT = re.compile(
    r"\s*(?:,|and|&|,\s*and|or|/|,?\s*with|as well as|along with)\s*$", re.IGNORECASE
)
