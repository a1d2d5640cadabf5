"""The user's `same` and `different`, ready to be asked while names are linked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.link.consistency import Same, entity_path
from kg.link.fold import name_key
from kg.link.moves import end_of
from kg.link.slug import tail
from kg.model import Correction

_PAGE = "source/"


class Verdicts:
    """What the user has said of who is who."""

    def __init__(self, corrections: Sequence[Correction] = ()) -> None:
        self.same = Same(corrections)
        self._apart: set[tuple[str, str]] = set()
        self._apart_names: set[tuple[str, str]] = set()
        self._on_page: dict[str, set[str]] = {}
        for correction in corrections:
            if correction.verb != "different":
                continue
            one, other = entity_path(correction.subject), entity_path(correction.object)
            if one.startswith(_PAGE):
                self._on_page.setdefault(one.removeprefix(_PAGE), set()).add(other)
                continue
            self._apart |= {(one, other), (other, one)}
            names = [name_key(tail(place).replace("-", " ")) for place in (one, other)]
            if one.startswith("person/") and names[0] != names[1]:
                self._apart_names |= {(names[0], names[1]), (names[1], names[0])}

    def apart(self, one: str, other: str) -> bool:
        """Whether the user has said that the two are different things."""
        return (one, other) in self._apart

    def not_meant(self, paths: Iterable[str], page_id: str) -> frozenset[str]:
        """The things that a name of these paths can't mean on this page."""
        if not self._apart and not self._on_page:
            return frozenset()
        named = set(paths)
        apart = {other for one, other in self._apart if one in named}
        return frozenset((apart - named) | self._on_page.get(page_id, set()))

    def apart_names(self, one: str, other: str) -> bool:
        """Whether the user has told apart two folded names (`name_key`) of people."""
        return (one, other) in self._apart_names

    @property
    def names_told_apart(self) -> frozenset[str]:
        """All folded names that are apart from another one."""
        return frozenset(one for one, _ in self._apart_names)

    def people_apart_on(self, page_id: str) -> frozenset[str]:
        """The folded names of people whom this page's bearers of that name are not."""
        return frozenset(
            name_key(tail(path).replace("-", " "))
            for path in self._on_page.get(page_id, ())
            if path.startswith("person/")
        )

    def __bool__(self) -> bool:
        return bool(self.same.replaced() or self._apart or self._on_page)


def moved(correction: Correction, redirects: Mapping[str, str]) -> Correction:
    """The correction with things that got another path since it was made under their new one."""
    subject, other = (
        end_of(entity_path(path), redirects) for path in (correction.subject, correction.object)
    )
    if (subject, other) == (correction.subject, correction.object):
        return correction
    return replace(correction, subject=subject, object=other)


def settled(
    corrections: Iterable[Correction], redirects: Mapping[str, str]
) -> tuple[Correction, ...]:
    """The corrections under the paths that things have now.

    What is wrong or added of a thing is so of the one that the user has put in its place.
    """
    now = [moved(one, redirects) for one in corrections]
    same = Same(now)
    return tuple(
        one
        if one.verb in ("same", "different")
        else replace(one, subject=same.stands_for(one.subject), object=same.stands_for(one.object))
        for one in now
    )
