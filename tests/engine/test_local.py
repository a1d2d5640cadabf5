import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

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


_KILLED = """
import os, signal, sys, time
from pathlib import Path
sys.path[:0] = [{tests!r}]
from test_local import document
from kg.engine.local import Outcome, Pool
from kg.model import Refusal


def start():
    pass


def work(documents):
    with open({out!r}, "a") as file:
        file.write(f"{{os.getpid()}}\\n")
    time.sleep(600)


if __name__ == "__main__":
    list(Pool(2, work=work, start=start).run(map(document, map(str, range(20)))))
"""


def test_workers_end_with_a_build_that_is_killed(tmp_path: Path) -> None:
    out = tmp_path / "workers"
    script = tmp_path / "killed_build.py"
    script.write_text(_KILLED.format(tests=str(Path(__file__).parent), out=str(out)))
    with subprocess.Popen([sys.executable, str(script)]) as build:
        wait(lambda: out.exists() and len(out.read_text().split()) == 2)
        workers = [int(number) for number in out.read_text().split()]
        build.send_signal(signal.SIGKILL)
    wait(lambda: not any(alive(worker) for worker in workers))


def wait(until: Callable[[], bool]) -> None:
    ends = time.monotonic() + 120
    while not until():
        assert time.monotonic() < ends
        time.sleep(0.05)


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not (state.exists() and ") Z " in state.read_text())
