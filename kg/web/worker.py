"""The process that evaluates queries, so that a query can be stopped: by ending the process.

It reads jobs from its standard input and answers on its standard output (see `kg.web.frames`). It
ends by itself when the server has gone, and in any case a little after a job's time.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from time import monotonic
from typing import BinaryIO, Final

from kg.errors import KgError, QueryError, StoreError, UsageError
from kg.graph.protocol import Evaluation, Question, write_graph
from kg.graph.store import Store
from kg.graph.version import published_version
from kg.graph.writing import delete_graph, put_graph, update
from kg.web.frames import DATA, END, ERROR, FRAME, HEAD, LENGTH, PIECE, READY, Job, unpacked

_GRACE: Final = 5.0  # seconds that the server has to end a process before it ends itself
_WAITS: Final = 1.0  # seconds after which what was found is sent on, be it ever so little
_WRITES: Final = frozenset({"update", "put", "post", "delete"})


def main() -> None:
    """Serve one server until it goes. Arguments: the graph's folder, the memory limit in bytes."""
    directory, memory = Path(sys.argv[1]), int(sys.argv[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends us
    told = limit_memory(memory)
    if told:
        sys.stderr.write(told)
    # whatever else is printed must not get between the frames
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        Worker(directory, Channel(answers)).run(sys.stdin.buffer)
    except BrokenPipeError:
        os._exit(0)  # the server has gone, and closing the pipe would complain


def limit_memory(memory: int) -> str:
    """Let the system refuse this process more than `memory` bytes; says so where it can't."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return ""
    # On Linux this counts what is really allocated; address space would count mapped files too.
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    _, hard = resource.getrlimit(kind)
    wanted = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    try:
        resource.setrlimit(kind, (wanted, hard))
    except (ValueError, OSError) as error:
        return f"kg: the memory of queries can't be limited here ({error})\n"
    return ""


def set_alarm(seconds: float) -> None:
    """Have the system end this process after so many seconds; 0 takes it back."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


class TooMuchError(KgError):
    """An answer that is longer than an answer may be."""


class Channel:
    """The frames that go to the server."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers

    def send(self, kind: bytes, content: bytes = b"") -> None:
        """One frame, at once."""
        self._answers.write(FRAME.pack(kind, len(content)))
        self._answers.write(content)
        self._answers.flush()

    def fail(
        self,
        status: int,
        message: str,
        line: int | None = None,
        column: int | None = None,
        *,
        ends: bool = False,
    ) -> None:
        """That no more comes of the job; `ends` if this process ends as well."""
        said = {"status": status, "message": message, "line": line, "column": column, "ends": ends}
        self.send(ERROR, json.dumps(said).encode())


class Answering:
    """Sends an answer in pieces. Its head goes out with the first: until then it may fail."""

    def __init__(self, channel: Channel, kind: str, version: str, most: int) -> None:
        self._channel = channel
        self._head = json.dumps({"kind": kind, "version": version}).encode()
        self._most = most
        self._held: list[bytes] = []
        self._size = 0
        self._sent_at = monotonic()

    def write(self, piece: bytes) -> None:
        """Take a piece; TooMuchError where the answer grows too long."""
        self._held.append(piece)
        self._size += len(piece)
        self._most -= len(piece)
        if self._most < 0:
            raise TooMuchError("the answer is longer than answers may be; ask for less (LIMIT)")
        if self._size >= PIECE or monotonic() - self._sent_at > _WAITS:
            self._flush()

    def end(self) -> None:
        """Send the rest."""
        self._flush()
        self._channel.send(END)

    def _flush(self) -> None:
        if self._head:
            self._channel.send(HEAD, self._head)
            self._head = b""
        if self._held:
            self._channel.send(DATA, b"".join(self._held))
            self._held.clear()
        self._size = 0
        self._sent_at = monotonic()


class Worker:
    """Answers one job after the other."""

    def __init__(self, directory: Path, channel: Channel) -> None:
        self._directory = directory
        self._channel = channel
        self._store: Store | None = None

    def run(self, jobs: BinaryIO) -> None:
        """Until the server closes the pipe, or memory runs out."""
        self._channel.send(READY)
        while (job := _next(jobs)) is not None:
            set_alarm(job.seconds + _GRACE)
            if not self._do(job):
                return
            set_alarm(0)

    def _do(self, job: Job) -> bool:
        """Answer or say why not; False where this process is of no more use."""
        fail = self._channel.fail
        try:
            if job.action in _WRITES:
                self._change(job)
            else:
                self._read(job)
        except BrokenPipeError:
            return False
        except MemoryError:
            # what is left of the memory may be in pieces, so this process does no more
            fail(503, "the query needs more memory than it may have; ask for less", ends=True)
            return False
        except QueryError as error:
            fail(400, str(error), error.line, error.column)
        except UsageError as error:
            fail(400, str(error))
        except TooMuchError as error:
            fail(413, str(error))
        except StoreError as error:
            fail(503, str(error))
        except (KgError, OSError, RuntimeError, ValueError) as error:
            fail(500, f"the query failed: {error}")
        return True

    def _read(self, job: Job) -> None:
        # first the version, then the snapshot: what is read is never older than it is said to be
        version = published_version(self._directory)
        if self._store is None:
            self._store = Store.open(self._directory)
        else:
            self._store.refresh()
        if job.action == "graph":
            answer = Answering(self._channel, "triples", version, job.answer)
            if not write_graph(self._store, job.graph, job.triple_format, answer.write):
                self._channel.fail(404, f"the store holds no graph named {job.graph}")
                return
        else:
            question = Question(job.sparql, job.default_graphs, job.named_graphs)
            evaluation = Evaluation(self._store, question)
            wanted = job.triple_format if evaluation.kind == "triples" else job.row_format
            if not wanted:
                self._channel.fail(406, f"no accepted format fits an answer of {evaluation.kind}")
                return
            answer = Answering(self._channel, evaluation.kind, version, job.answer)
            evaluation.write(wanted, answer.write)
        answer.end()

    def _change(self, job: Job) -> None:
        outcome = "changed"
        with Store.open(self._directory, write=True) as store:
            if job.action == "update":
                using, named = job.default_graphs, job.named_graphs
                update(store, job.sparql, using=using, using_named=named)
            elif job.action == "delete":
                if not delete_graph(store, job.graph):
                    self._channel.fail(404, f"the store holds no graph named {job.graph}")
                    return
            else:
                keep = job.action == "post"
                if put_graph(store, job.graph, job.body, job.triple_format, keep=keep):
                    outcome = "created"
            # From here on it is written, and mustn't be taken for undone: nobody ends this process.
            set_alarm(0)
            self._channel.send(HEAD, json.dumps({"kind": outcome, "version": ""}).encode())
            store.publish()
        self._channel.send(END)


def _next(jobs: BinaryIO) -> Job | None:
    size = jobs.read(LENGTH.size)
    if len(size) < LENGTH.size:
        return None
    said, length = unpacked(jobs.read(LENGTH.unpack(size)[0]))
    return Job(**said, body=jobs.read(length) if length else b"")
