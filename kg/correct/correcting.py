"""Putting right what a graph says: the user's corrections, by the names that things have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.correct.claims import Claims
from kg.correct.things import KINDS, Things, folders_like
from kg.engine.userword import CORRECTIONS
from kg.errors import UsageError
from kg.graph.names import Named
from kg.graph.predicates import Predicate, checked_words, predicate_called
from kg.graph.store import Store
from kg.link import Catalogue, Corrections
from kg.link.corrections import add_correction, undo_corrections
from kg.link.slug import path as path_of
from kg.model import Correction, Kind
from kg.vocab import FK, SCHEMA


class Correcting:
    """Finds what the user means in one graph, and writes it down.

    Each function writes lines into the file of corrections beside the graph, or takes some out, and
    gives them. `kg.builder.relink` then makes the graph obey.
    """

    def __init__(self, store: Store, folder: Path, catalogue: Catalogue) -> None:
        """`folder` is where the file of corrections lies."""
        self._base = store.base
        self._things = Things(store, catalogue)
        self._claims = Claims(store)
        self._path = folder / CORRECTIONS

    def same(self, one: str, other: str, note: str = "") -> Correction:
        """Say that two things are one: the first one's IRI stands for both."""
        folders = folders_like(other) or folders_like(one)
        first, second = self._things.thing(one, folders), self._things.thing(other, folders)
        mine, theirs = self._things.of(first), self._things.of(second)
        if mine == theirs:
            raise UsageError(f"{one!r} and {other!r} are one thing already: {mine}")
        said = Correction("same", mine, theirs, labels=(first.label, ""), note=note)
        return add_correction(self._path, said)

    def different(self, one: str, other: str, note: str = "") -> Correction:
        """Say that two things, or the names of one page and a thing, are not the same."""
        if one.startswith(("source/", f"{self._base}source/")):
            page, thing = self._things.page(one), self._things.thing(other)
            return add_correction(
                self._path, Correction("different", page, self._things.of(thing), note=note)
            )
        first, second = self._things.thing(one), self._things.thing(other)
        mine, theirs = self._things.of(first), self._things.of(second)
        if mine == theirs:
            kind = KINDS[mine.partition("/")[0]]
            mine, theirs = path_of(kind, one), path_of(kind, other)
            if mine == theirs or kind is not Kind.PERSON:
                found = self._things.of(first)
                raise UsageError(
                    f"{one!r} and {other!r} are one thing here: {found}; to keep the name of one "
                    f"page from it, give that page: kg link --different source/PAGE {found}"
                )
        return add_correction(self._path, Correction("different", mine, theirs, note=note))

    def wrong(self, said: Sequence[str], note: str = "") -> Correction:
        """Say that a fact is wrong: a claim or reference by its IRI, or subject, predicate, object.

        A claim is one page's word and wrong on that page; a statement is wrong on all pages.
        """
        if len(said) == 1:
            return add_correction(self._path, self._claims.claim(said[0], note))
        if len(said) != 3:
            raise UsageError(
                "expected a claim as `kg explain` prints it (claim/...), or subject, predicate and "
                f"object, found {len(said)} words"
            )
        predicate = predicate_called(said[1])
        subject = self._things.of(self._things.thing(said[0], predicate.subjects))
        if predicate.objects and predicate.iri != FK.part:
            obj = self._things.of(self._things.thing(said[2], predicate.objects))
        else:
            obj = checked_words(predicate, said[2])
        found = Correction("wrong", subject, obj, predicate.short, note=note)
        self._claims.check_said(found, predicate, said)
        return add_correction(self._path, found)

    def add(self, said: Sequence[str], note: str = "") -> list[Correction]:
        """Say a fact that no page says: subject, predicate, object.

        A part is written `Bette Davis as Margo Channing`.
        """
        if len(said) != 3:
            raise UsageError(f"expected subject, predicate and object, found {len(said)} words")
        predicate = predicate_called(said[1])
        subject = self._things.thing(said[0], predicate.subjects, new=True)
        if not predicate.objects:
            words = checked_words(predicate, said[2])
            return [self._added(subject, predicate, words, "", note)]
        actor, has_part, character = said[2].partition(" as ")
        if predicate.iri not in (SCHEMA.actor, FK.part) or not has_part:
            if predicate.iri == FK.part:
                raise UsageError(f"expected an actor as a character, found {said[2]!r}")
            obj = self._things.thing(said[2], predicate.objects, new=True)
            return [self._added(subject, predicate, self._things.of(obj), obj.label, note)]
        person = self._things.thing(actor, ("person",), new=True)
        path, name = self._things.character(character, subject)
        part = f"{self._things.of(person)} as {path}"
        return [
            self._added(
                subject, predicate_called("actor"), self._things.of(person), person.label, note
            ),
            self._added(subject, predicate_called("character"), path, name, note),
            self._added(subject, predicate_called("part"), part, name, note),
        ]

    def undo(self, numbers: Sequence[int]) -> list[Correction]:
        """Take corrections out of the file by their numbers."""
        return undo_corrections(self._path, numbers)

    def all(self) -> Corrections:
        """The corrections that there are."""
        return Corrections.read(self._path)

    def _added(
        self, subject: Named, predicate: Predicate, obj: str, label: str, note: str
    ) -> Correction:
        return add_correction(
            self._path,
            Correction(
                "add",
                self._things.of(subject),
                obj,
                predicate.short,
                labels=(subject.label, label),
                note=note,
            ),
        )
