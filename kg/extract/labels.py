"""What the labels of other people's models stand for; the user may say otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.errors import UsageError
from kg.model import Kind

# label -> kind; None: names of that label are not ours to mark
Labels = Mapping[str, Kind | None]

SPACY_LABELS: Labels = {
    "PERSON": Kind.PERSON,
    "PER": Kind.PERSON,
    "ORG": Kind.ORGANISATION,
    "WORK_OF_ART": Kind.FILM,
    **{kind.value: kind for kind in Kind if kind is not Kind.PERSON},
    # what OntoNotes, CoNLL and WikiNER mark besides
    **dict.fromkeys(
        ("CARDINAL", "DATE", "EVENT", "FAC", "GPE", "LANGUAGE", "LAW", "LOC", "MISC", "MONEY",
         "NORP", "ORDINAL", "PERCENT", "PRODUCT", "QUANTITY", "TIME")
    ),
}  # fmt: skip
# GLiNER is asked for names in words; these are the words
GLINER_LABELS: Labels = {
    "film": Kind.FILM,
    "TV series, book, play or song": Kind.WORK,
    "real person": Kind.PERSON,
    "fictional character": Kind.CHARACTER,
    "company, band or publication": Kind.ORGANISATION,
    "award or festival": Kind.AWARD,
}


def labels_of(settings: Iterable[str]) -> dict[str, Kind | None]:
    """`LABEL=KIND` settings as a mapping; an empty kind leaves the label's names unmarked.

    UsageError for a kind that is none.
    """
    labels: dict[str, Kind | None] = {}
    for setting in settings:
        label, equals, kind = setting.rpartition("=")
        if not equals or not label or (kind and kind.upper() not in Kind.__members__):
            raise UsageError(
                f"expected LABEL=KIND with one of {', '.join(Kind.__members__)} or nothing as "
                f"KIND, found {setting!r}"
            )
        labels[label] = Kind(kind.upper()) if kind else None
    return labels
