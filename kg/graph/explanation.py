"""The values that explain a thing: facts, and the sentences that say them."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.graph.names import Named


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence of one page: `start` and `end` are offsets in the page's text.

    Words of the page's markup have none; `where` then tells their place ("json-ld"). `source` is
    the page's URL or path, `page` its IRI.
    """

    words: str
    confidence: float
    page: str
    source: str
    critic: str = ""
    publication: str = ""
    where: str = ""
    start: int | None = None
    end: int | None = None
    claim: str = field(default="", compare=False)  # the path of one claim that it is the word of


@dataclass(frozen=True, slots=True)
class Rival:
    """Another thing that a name may have meant, with its probability."""

    id: str
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Meaning:
    """A name as pages write it, and why it means the thing.

    `score` is the probability; `reasons` tell what spoke for it, on the page and across pages;
    `pages` are the sources that write it so.
    """

    name: str
    score: float
    reasons: tuple[str, ...]
    rivals: tuple[Rival, ...]
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known: `words` and `value` read together ("director", "John Cassavetes").

    `node` is the IRI of the value if it has one. `part` is a third name: the character where the
    fact is that someone acts in a film, the film where it is that someone plays a character.
    `catalogue` is true where the catalogue says it, `corrected` where the user has added it; only
    pages have `sayings`. `disputed` marks what another page says otherwise.
    """

    predicate: str
    words: str
    value: str
    node: str = ""
    part: str = ""
    sayings: tuple[Saying, ...] = ()
    catalogue: bool = False
    corrected: bool = False
    disputed: bool = False

    @property
    def confidence(self) -> float:
        """The highest confidence with which a page says it; 0 where none does."""
        return max((saying.confidence for saying in self.sayings), default=0.0)

    @property
    def pages(self) -> frozenset[str]:
        """The IRIs of the pages that say it."""
        return frozenset(saying.page for saying in self.sayings)


@dataclass(frozen=True, slots=True)
class Account:
    """All that is known of one thing. `kind` is its folder below the base: film, person, ...

    `facts` come from pages first; `known` are those that only the catalogue has. `meanings` tell
    which names of which pages mean it, where that was asked for.
    """

    iri: str
    kind: str
    label: str
    other_names: tuple[str, ...]
    same_as: tuple[str, ...]
    linked: bool
    facts: tuple[Fact, ...]
    known: tuple[Fact, ...]
    meanings: tuple[Meaning, ...] = ()

    @property
    def conflicts(self) -> tuple[Fact, ...]:
        """The facts of which pages say different things."""
        return tuple(fact for fact in self.facts if fact.disputed)


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to a name: the things that bear it, or else names that are near to it."""

    name: str
    accounts: tuple[Account, ...]
    suggestions: tuple[Named, ...] = ()
