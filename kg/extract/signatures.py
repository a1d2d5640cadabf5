"""Which kinds of thing each relation joins: the signature table of the annotation guidelines."""

from __future__ import annotations

from kg.model import Kind, RelationName

_FILMS = frozenset({Kind.FILM, Kind.WORK})
_PEOPLE = frozenset({Kind.PERSON, Kind.ORGANISATION})
_PERSON = frozenset({Kind.PERSON})
_CHARACTER = frozenset({Kind.CHARACTER})

SIGNATURES: dict[RelationName, tuple[frozenset[Kind], frozenset[Kind]]] = {
    RelationName.DIRECTOR: (_FILMS, _PEOPLE),
    RelationName.WRITER: (_FILMS, _PEOPLE),
    RelationName.PRODUCER: (_FILMS, _PEOPLE),
    RelationName.CINEMATOGRAPHER: (_FILMS, _PERSON),
    RelationName.COMPOSER: (_FILMS, _PEOPLE),
    RelationName.EDITOR: (_FILMS, _PERSON),
    RelationName.CAST: (_FILMS, _PEOPLE),
    RelationName.CHARACTER: (_FILMS, _CHARACTER),
    RelationName.AUTHOR: (frozenset({Kind.WORK}), _PEOPLE),
    RelationName.BASED_ON: (_FILMS, _FILMS),
    RelationName.COMPANY: (_FILMS, frozenset({Kind.ORGANISATION})),
    RelationName.AWARD: (_FILMS | _PEOPLE, frozenset({Kind.AWARD})),
    RelationName.SPOUSE: (_PERSON, _PERSON),
    RelationName.RELATIVE: (_PERSON, _PERSON),
}

# the relations that the network scores, in the order of its outputs; the last, between a person
# and the character that the person plays, fills the third place of `cast`
SCORED: tuple[RelationName, ...] = tuple(SIGNATURES)
PLAYS = len(SCORED)
OUTPUTS = len(SCORED) + 1
PLAYS_SIGNATURE = (_PERSON | {Kind.ORGANISATION}, _CHARACTER)
BOTH_WAYS = frozenset({RelationName.SPOUSE, RelationName.RELATIVE})


def fits(output: int, subject: Kind, thing: Kind) -> bool:
    """Whether output number `output` may join these kinds."""
    subjects, things = PLAYS_SIGNATURE if output == PLAYS else SIGNATURES[SCORED[output]]
    return subject in subjects and thing in things
