import os
from collections.abc import Iterator

from kg.engine.local import Outcome, Pool, chunked
from kg.model import Refusal
from kg.read import Document
from kg.read.document import make_document
from kg.read.options import Format


def document(name: str) -> Document:
    return make_document(f"{name}.txt", f"Words on {name}.", Format.TEXT)


def start() -> None:
    """Nothing has to be loaded."""


def work(documents: list[Document]) -> list[Outcome]:
    for each in documents:
        if each.source == "killer.txt":
            os._exit(1)
    return [Outcome(each.id, Refusal(each.source, "read")) for each in documents]


def reasons(names: list[str]) -> dict[str, str]:
    outcomes = Pool(2, work=work, start=start).run(map(document, names))
    found = [outcome.result for outcome in outcomes]
    assert len(found) == len(names)
    return {result.source: result.reason for result in found if isinstance(result, Refusal)}


def test_every_document_has_one_outcome() -> None:
    names = [f"film{number}" for number in range(30)]
    assert reasons(names) == {f"{name}.txt": "read" for name in names}


def test_a_page_that_ends_its_process_is_refused_and_the_others_are_read() -> None:
    names = [f"film{number}" for number in range(20)]
    names.insert(7, "killer")
    found = reasons(names)
    assert "ended twice" in found.pop("killer.txt")
    assert found == {f"film{number}.txt": "read" for number in range(20)}


def test_documents_are_taken_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[Document]:
        nonlocal taken
        while True:
            taken += 1
            yield document(f"film{taken}")

    outcomes = Pool(2, work=work, start=start).run(endless())
    next(outcomes)
    outcomes.close()
    assert taken <= 8 * 3 * 2 + 8


def test_chunks_keep_the_order_and_lose_nothing() -> None:
    chunks = list(chunked(map(document, "abcde"), 2))
    assert [[each.source for each in chunk] for chunk in chunks] == [
        ["a.txt", "b.txt"],
        ["c.txt", "d.txt"],
        ["e.txt"],
    ]
