"""The processes that evaluate, as the server sees them: a few, started when needed, ended for real.

A process that has answered waits for the next job. One that is past its time, or whose client has
gone, is killed; one that died is noticed by its pipe.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Final

from kg.web.frames import DATA, ERROR, FRAME, HEAD, READY, Job, packed
from kg.web.problems import RequestError
from kg.web.settings import TOKEN_VARIABLE, Limits

# the same places to import from as this process has, and none that Python would add by itself
_START: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv.pop(1)); "
    "from kg.web.worker import main; main()"
)
_STARTING: Final = 120.0  # seconds that a process may take to come up, on however busy a machine
_PUBLISHING: Final = 60.0  # seconds for what follows once a change is written
_RETRY: Final = {"retry-after": "5"}


@dataclass(frozen=True, slots=True)
class Head:
    """What an answer is (rows, truth, triples, changed, created), and of which snapshot."""

    kind: str
    version: str


class Running:
    """A job that a process works on; the time that the process takes is counted, no other."""

    def __init__(self, process: Process, seconds: float) -> None:
        self._process = process
        self._left = seconds
        self._seconds = seconds
        self.head = Head("", "")
        self.done = False
        """Whether the whole answer came, so that the process is free for the next job."""

    async def begin(self, job: Job) -> None:
        """Hand over the job and wait for the answer's head; RequestError where there is none."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(packed(job))
            await self._process.stdin.drain()
        except (BrokenPipeError, ConnectionResetError):
            raise _died() from None
        kind, content = await self._frame()
        if kind == ERROR:
            said = json.loads(content)
            self.done = not said["ends"]
            headers = _RETRY if said["status"] == 503 else None
            raise RequestError(
                said["status"],
                said["message"],
                line=said["line"],
                column=said["column"],
                headers=headers,
            )
        if kind != HEAD:
            raise _died()
        self.head = Head(**json.loads(content))

    async def pieces(self) -> AsyncIterator[bytes]:
        """The answer. RequestError where it breaks off: what was sent is then not the whole."""
        while True:
            kind, content = await self._frame()
            if kind == DATA:
                yield content
                continue
            if kind == ERROR:
                said = json.loads(content)
                self.done = not said["ends"]
                raise RequestError(500, said["message"])
            self.done = True
            return

    async def _frame(self) -> tuple[bytes, bytes]:
        assert self._process.stdout is not None
        started = monotonic()
        try:
            async with asyncio.timeout(max(0.0, self._left)):
                head = await self._process.stdout.readexactly(FRAME.size)
                kind, length = FRAME.unpack(head)
                return kind, await self._process.stdout.readexactly(length)
        except TimeoutError:
            raise RequestError(
                503,
                f"the query took longer than the {self._seconds:g} seconds that it may take, and "
                "was stopped; ask for less, or start the server with a longer --query-timeout",
                headers=_RETRY,
            ) from None
        except asyncio.IncompleteReadError:
            raise _died() from None
        finally:
            self._left -= monotonic() - started

    def prolong(self, seconds: float) -> None:
        """Give the rest of the job as much time as this, and no less."""
        self._left = max(self._left, seconds)


class Pool:
    """Lends processes that read; starts one of its own for each change."""

    def __init__(self, directory: Path, limits: Limits) -> None:
        self._directory = directory.resolve()
        self._limits = limits
        self._idle: list[Process] = []
        self._alive: set[Process] = set()
        self._places = asyncio.Semaphore(limits.workers)
        self._writing = asyncio.Lock()

    @asynccontextmanager
    async def answering(self, job: Job) -> AsyncIterator[Running]:
        """Evaluate a job that reads; RequestError where it can't be answered in time.

        The process works for this job only as long as the block is left open.
        """
        limits = self._limits
        job = replace(job, seconds=limits.seconds, answer=limits.answer)
        try:
            async with asyncio.timeout(limits.seconds):
                await self._places.acquire()
        except TimeoutError:
            raise RequestError(
                503, "too many queries are being answered; ask again in a moment", headers=_RETRY
            ) from None
        try:
            process = await self._process()
            running = Running(process, limits.seconds)
            try:
                await running.begin(job)
                yield running
            finally:
                if running.done and process.returncode is None:
                    self._idle.append(process)
                else:
                    await self._end(process)
        finally:
            self._places.release()

    async def whole(self, job: Job, most: int) -> bytes:
        """The whole answer at once; RequestError where it is longer than `most` bytes."""
        content = bytearray()
        async with self.answering(job) as running:
            async for piece in running.pieces():
                content += piece
                if len(content) > most:
                    raise RequestError(
                        413, f"the answer is longer than {most:,} bytes: ask for less"
                    )
        return bytes(content)

    async def change(self, job: Job) -> Head:
        """Make a change in a process of its own, one after the other; RequestError where it fails.

        A change that is past its time is stopped, and then nothing of it was written.
        """
        job = replace(job, seconds=self._limits.seconds)
        async with self._writing:
            process = await self._start()
            try:
                running = Running(process, self._limits.seconds)
                await running.begin(job)
                running.prolong(_PUBLISHING)
                async for _ in running.pieces():
                    pass
                return running.head
            finally:
                await self._end(process)

    async def warm(self) -> None:
        """Start the first process before anybody asks."""
        self._idle.append(await self._start())

    async def close(self) -> None:
        """End all processes."""
        for process in tuple(self._alive):
            await self._end(process)
        self._idle.clear()

    async def _process(self) -> Process:
        while self._idle:
            process = self._idle.pop()
            if process.returncode is None:
                return process
            self._alive.discard(process)
        return await self._start()

    async def _start(self) -> Process:
        environment = {key: value for key, value in os.environ.items() if key != TOKEN_VARIABLE}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-c",
            _START,
            json.dumps([path for path in sys.path if path]),
            str(self._directory),
            str(self._limits.memory),
            stdin=PIPE,
            stdout=PIPE,
            env=environment,
        )
        self._alive.add(process)
        assert process.stdout is not None
        try:
            async with asyncio.timeout(_STARTING):
                kind, _ = FRAME.unpack(await process.stdout.readexactly(FRAME.size))
        except (TimeoutError, asyncio.IncompleteReadError):
            kind = b""
        except BaseException:
            await self._end(process)
            raise
        if kind != READY:
            await self._end(process)
            raise RequestError(
                503, "no process that evaluates queries could be started", headers=_RETRY
            )
        return process

    async def _end(self, process: Process) -> None:
        self._alive.discard(process)
        if process.returncode is None:
            with suppress(ProcessLookupError):  # it has ended meanwhile
                process.kill()
        # What it has still sent is read away, or its end would never be seen. Shielded: who gave
        # up waiting for the answer mustn't leave the process unburied.
        await asyncio.shield(process.communicate())


def _died() -> RequestError:
    return RequestError(
        503,
        "the process that evaluated the query has died; it may have needed too much memory: "
        "ask for less",
        headers=_RETRY,
    )
