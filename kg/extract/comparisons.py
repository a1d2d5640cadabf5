"""People whom a review only likens somebody to: "half Madonna", "like a young Bogart".

Of the people whose every mention stands so, 82 in 100 are not in the cast of the reviewed film
(1,218 annotated reviews); of the others, 38 are not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Cluster, Kind, Mention

_LIKENED = re.compile(
    r"\b(?:(?:un)?like|than|half|recall(?:s|ing)?|evok(?:es|ing)|channel(?:s|ing)|reminiscent of|"
    r"reminds? (?:me|you|us|one) of|[àa] la|cross between|mix of|(?:love )?child (?:of|that)|"
    r"resembl(?:es|ing)|imitat(?:es|ing)|version of|answer to|heir to|next|another|poor man's|"
    r"not since|ghost of|in the (?:vein|style|mou?ld|manner) of|shades of|as if|wannabe|"
    r"impersonat(?:es|ing)|impression of|compar(?:ed|isons?) (?:to|with))\s+"
    r"(?:(?:an?|the|both|either|half|young|early|late|old(?:er)?|female|male|modern(?:-day)?|"
    r"low-rent|second-rate)\s+){0,3}"
    # whoever is named before "and" is likened in the same breath
    r"(?:(?:[A-Z][\w.'’-]*\s+){1,4}(?:and|or)\s+)?$"
)
_BEFORE = 90  # characters


def compared_people(
    text: str, mentions: Sequence[Mention], numbers: Sequence[int], clusters: Sequence[Cluster]
) -> set[int]:
    """The numbers of the people whom every mention likens somebody to."""
    found: set[int] = set()
    others: set[int] = set()
    for mention, number in zip(mentions, numbers, strict=True):
        if clusters[number].kind is not Kind.PERSON:
            continue
        before = text[max(0, mention.start - _BEFORE) : mention.start]
        (found if _LIKENED.search(before) else others).add(number)
    return found - others
