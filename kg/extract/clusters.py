"""Which mentions of one page are one thing: full name, surname, misspelling, short title."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from kg.extract.names import (
    is_particle,
    part_of,
    person_tokens,
    same_full,
    slip,
    title_tokens,
    tokens,
    word_set,
)
from kg.model import Kind

Form = tuple[str, ...]


_AWARDS = {
    ("academy", "award"): ("oscar",),
    ("academy", "awards"): ("oscar",),
    ("oscars",): ("oscar",),
}
_COMPANY_TAIL = word_set(
    "pictures films film studios studio productions entertainment company inc ltd releasing "
    "corporation international brothers bros"
)


def cluster_names(names: Sequence[tuple[str, Kind]], groups: Sequence[int] = ()) -> list[int]:
    """The cluster number of each name (numbers ascend with first appearance).

    `names` are words and kind, in the order of the text. Names of different `groups` never meet (a
    menu's titles and the review's), nor do names of different kinds.
    """
    joined_to = list(range(len(names)))
    members: dict[tuple[int, Kind], list[int]] = defaultdict(list)
    for index, (_, kind) in enumerate(names):
        members[groups[index] if groups else 0, kind].append(index)
    for (_, kind), indices in members.items():
        forms = [_FORM[kind](names[index][0]) for index in indices]
        joined = _PAGE_CLUSTERS[kind](forms)
        first: dict[int, int] = {}
        for index, number in zip(indices, joined, strict=True):
            joined_to[index] = first.setdefault(number, index)
    order: dict[int, int] = {}
    return [order.setdefault(root, len(order)) for root in joined_to]


class _Sets:
    """Disjoint sets of forms."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, item: int) -> int:
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def join(self, one: int, other: int) -> None:
        one, other = sorted((self.find(one), self.find(other)))
        self.parent[other] = one


def _by_form(forms: Sequence[Form]) -> tuple[list[Form], list[int]]:
    """The distinct forms in order of appearance, and the number of each mention's form."""
    number: dict[Form, int] = {}
    which = [number.setdefault(form, len(number)) for form in forms]
    return list(number), which


def _blocks(distinct: Sequence[Form], keys: Callable[[Form], Iterable[str]]) -> list[list[int]]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, form in enumerate(distinct):
        for key in set(keys(form)):
            blocks[key].append(number)
    return [block for block in blocks.values() if len(block) > 1]


def _join_alike(
    distinct: Sequence[Form],
    keys: Callable[[Form], Iterable[str]],
    alike: Callable[[Form, Form], bool],
) -> _Sets:
    """Forms joined where `alike`, compared only within blocks of a common key (near linear)."""
    sets = _Sets(len(distinct))
    for block in _blocks(distinct, keys):
        for at, one in enumerate(block):
            for other in block[at + 1 : at + 60]:
                if sets.find(one) != sets.find(other) and alike(distinct[one], distinct[other]):
                    sets.join(one, other)
    return sets


def _name_keys(form: Form) -> Iterable[str]:
    if len(form) < 2:
        return ()
    return ("<" + form[0], ">" + form[-1], "~" + form[-1][:3], "=" + "".join(form)[:6])


def _same_name(one: Form, other: Form) -> bool:
    return len(one) > 1 and len(other) > 1 and same_full(one, other)


def _people(forms: Sequence[Form]) -> list[int]:
    """People and characters: full names meet first, then each bare name its nearest full one."""
    distinct, which = _by_form(forms)
    sets = _join_alike(distinct, _name_keys, _same_name)
    positions: dict[int, list[int]] = defaultdict(list)  # of each full name's set
    for at, number in enumerate(which):
        if len(distinct[number]) > 1:
            positions[sets.find(number)].append(at)
    candidates = _owners(distinct, sets)
    singles = _join_alike(
        distinct,
        lambda form: (form[0][:2],) if len(form) == 1 else (),
        lambda one, other: len(one[0]) >= 5 and slip(one[0], other[0]),
    )
    result = []
    for at, number in enumerate(which):
        owners = candidates.get(number)
        if owners:
            result.append(_nearest(at, owners, positions))
        elif len(distinct[number]) == 1:
            result.append(singles.find(number))
        else:
            result.append(sets.find(number))
    return result


def _owners(distinct: Sequence[Form], sets: _Sets) -> dict[int, list[int]]:
    """For each bare name, the sets of the full names that it may stand for, the best fit only."""
    index: dict[str, list[int]] = defaultdict(list)
    for number, form in enumerate(distinct):
        if len(form) > 1:
            for word in {form[0], form[-1]} | set(form):
                index[word].append(number)
                index["~" + word[:2]].append(number)
    owners: dict[int, list[int]] = {}
    for number, form in enumerate(distinct):
        if len(form) > 1:
            continue
        for keys in ((form[0],), ("~" + form[0][:2],)):
            fits: dict[int, int] = {}
            for other in index.get(keys[0], ())[:400]:
                fit = part_of(form, distinct[other])
                if fit and other != number:
                    root = sets.find(other)
                    fits[root] = max(fit, fits.get(root, 0))
            if fits:
                owners[number] = sorted(fits)
                break
    return owners


def _nearest(at: int, owners: Sequence[int], positions: dict[int, list[int]]) -> int:
    """The owner named last before mention `at`, else the one named first after it."""
    best, key = owners[0], (2, 0)
    for owner in owners:
        places = positions[owner]
        found = bisect_left(places, at)
        this = (0, at - places[found - 1]) if found else (1, places[0] - at)
        if this < key:
            best, key = owner, this
    return best


# words that make a longer title another film, not the full form of the short one
_SEQUELS = word_set("return returns after son daughter bride brides adventures revenge back")
_TITLE_SMALL = word_set("the a an of in and an to on for at with")


def _titles(forms: Sequence[Form]) -> list[int]:
    """Titles of one spelling or misspelling, their ends alone ("About Eve"), their initials."""
    distinct, which = _by_form(forms)
    sets = _join_alike(distinct, lambda form: ("=" + "".join(form)[:5],), _same_title)
    ends: dict[str, list[int]] = defaultdict(list)
    for number, form in enumerate(distinct):
        if len(form) > 1:
            ends[">" + form[-1]].append(number)
            for letters in _initials(form):
                ends["." + letters].append(number)
    for number, form in enumerate(distinct):
        longer = [
            other
            for other in ends.get(">" + form[-1] if form else "", ())[:200]
            if len(distinct[other]) > len(form)
            and distinct[other][-len(form) :] == form
            and not _SEQUELS & set(distinct[other][: -len(form)])
        ]
        if not longer and len(form) == 1:
            longer = [other for other in ends.get("." + form[0], ()) if other != number]
        if len({sets.find(other) for other in longer}) == 1:
            sets.join(number, longer[0])
    return [sets.find(number) for number in which]


def _initials(form: Form) -> set[str]:
    """The ways to write a title by its first letters: all words, or without the small ones."""
    ways = {"".join(word[0] for word in form), "".join(w[0] for w in form if w not in _TITLE_SMALL)}
    return {way for way in ways | {"t" + way for way in ways} if len(way) > 1}


def _same_title(one: Form, other: Form) -> bool:
    if "".join(one) == "".join(other):
        return True
    return (
        len(one) == len(other)
        and sum(len(word) for word in one) >= 7
        and sum(a != b for a, b in zip(one, other, strict=True)) == 1
        and all(slip(a, b, most=1) for a, b in zip(one, other, strict=True))
    )


def _organisations(forms: Sequence[Form]) -> list[int]:
    distinct, which = _by_form(forms)
    sets = _join_alike(
        distinct, lambda form: (form[0].removesuffix("s"),) if form else (), _same_company
    )
    return [sets.find(number) for number in which]


def _same_company(one: Form, other: Form) -> bool:
    short, long = sorted((one, other), key=len)
    return (
        long[: len(short)] == short
        or (len(short) == 1 and long[0] in (short[0] + "s", short[0].removesuffix("s")))
    ) and all(word in _COMPANY_TAIL for word in long[len(short) :])


def _exact(forms: Sequence[Form]) -> list[int]:
    return _by_form(forms)[1]


def _award_form(words: str) -> Form:
    form = title_tokens(words)
    return _AWARDS.get(
        form, tuple(word[:-1] if word.endswith("s") and len(word) > 4 else word for word in form)
    )


def _character_form(words: str) -> Form:
    """A part's name; a description ("La mère de Lucie", "Young woman") is one opaque word."""
    name, comma, _ = words.partition(",")
    parts = (name if comma else words).split()
    if len(parts) > 1 and parts[0][:1].isupper():
        small = [word for word in parts[1:] if word.islower()]
        elided = len(parts[0]) > 2 and parts[0][1] in "'’" and parts[0][2].islower()
        described = len(small) == len(parts) - 1 or not all(map(is_particle, small))
        if elided or (small and described):
            return (" ".join(tokens(words)),)
    return person_tokens(name if comma and name.strip() else words)


_FORM: dict[Kind, Callable[[str], Form]] = {
    Kind.FILM: title_tokens,
    Kind.WORK: title_tokens,
    Kind.PERSON: person_tokens,
    Kind.CHARACTER: _character_form,
    Kind.ORGANISATION: title_tokens,
    Kind.AWARD: _award_form,
}
_PAGE_CLUSTERS: dict[Kind, Callable[[Sequence[Form]], list[int]]] = {
    Kind.FILM: _titles,
    Kind.WORK: _titles,
    Kind.PERSON: _people,
    Kind.CHARACTER: _people,
    Kind.ORGANISATION: _organisations,
    Kind.AWARD: _exact,
}
