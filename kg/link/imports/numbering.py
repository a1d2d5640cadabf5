"""People numbered in the order of their keys, and what each reference to a person means.

One row a person: two people of one name stay two where they have identifiers. Somebody who is
known by name alone is taken for the best known person of that name, if there is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import numpy as np
import numpy.typing as npt

from kg.link.imports.credits import NAMED
from kg.link.imports.staging import Staging
from kg.link.schema import surname_rows


class Numbering:
    """References to people -> their final numbers. `group` tells who bears the same name."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging
        rows = staging.rows
        self.people = 0
        (names,) = rows.execute("SELECT coalesce(max(number), 0) FROM named").fetchone()
        (known,) = rows.execute("SELECT count(*) FROM bearer").fetchone()
        self._of_ids: npt.NDArray[np.int32] = np.zeros(staging.weights.size, np.int32)
        self._of_names: npt.NDArray[np.int32] = np.zeros(names + 1, np.int32)
        self.group: npt.NDArray[np.int32] = np.zeros(known + names + 2, np.int32)
        rows.executescript(
            "CREATE TABLE person (number INTEGER PRIMARY KEY, name TEXT NOT NULL, imdb INTEGER);"
            "CREATE TABLE surname (word INTEGER, first INTEGER, people INTEGER); BEGIN"
        )
        rows.create_function("weight", 1, staging.weight, deterministic=True)
        insert = rows.cursor()
        for row in surname_rows(self._keys()):
            insert.execute("INSERT INTO surname VALUES (?, ?, ?)", row)

    def numbers(self, refs: npt.NDArray[np.uint32]) -> npt.NDArray[np.int32]:
        """The numbers of references, 0 for those whose name no source gives."""
        found = np.zeros(refs.size, np.int32)
        named = refs >= NAMED
        found[named] = self._of_names[refs[named] - NAMED]
        ids = refs[~named]
        inside = ids < self._of_ids.size
        numbers = np.zeros(ids.size, np.int32)
        numbers[inside] = self._of_ids[ids[inside]]
        found[~named] = numbers
        return found

    def number(self, ref: int) -> int:
        """The number of one reference, 0 if no source gives a name."""
        if ref >= NAMED:
            return int(self._of_names[ref - NAMED])
        return int(self._of_ids[ref]) if ref < self._of_ids.size else 0

    def _keys(self) -> Iterator[str]:
        """The key of every person in order; they are entered on the way."""
        query = (
            "SELECT key, ref, name FROM (SELECT key, ref, name, weight(ref) AS weight FROM bearer "
            "UNION ALL SELECT key, ? + number, name, -1 FROM named) "
            "ORDER BY key, weight DESC, ref"
        )
        insert = self._staging.rows.cursor()
        batch: list[tuple[int, str, int | None]] = []
        for key, bearers in groupby(
            self._staging.rows.execute(query, (NAMED,)), key=lambda row: row[0]
        ):
            first = self.people + 1
            for _, ref, name in bearers:
                if ref >= NAMED and self.people >= first:
                    self._of_names[ref - NAMED] = first
                    continue
                self.people += 1
                self.group[self.people] = first
                batch.append((self.people, name, ref if ref < NAMED else None))
                if ref >= NAMED:
                    self._of_names[ref - NAMED] = self.people
                else:
                    self._of_ids[ref] = self.people
                yield key
            if len(batch) > 5000:
                insert.executemany("INSERT INTO person VALUES (?, ?, ?)", batch)
                batch.clear()
        insert.executemany("INSERT INTO person VALUES (?, ?, ?)", batch)
