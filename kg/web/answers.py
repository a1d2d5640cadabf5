"""Answers of the evaluating processes on their way to a client, and tags to ask again by."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from hashlib import blake2b

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg import __version__
from kg.web.frames import Job
from kg.web.pool import Pool
from kg.web.problems import RequestError

_log = logging.getLogger("kg.web")


class Streamed(Response):
    """The answer to a job, sent while it is being found.

    A client that goes away, or leaves it unread for too long, ends the work. An answer that breaks
    off is cut off, so that nobody takes it for the whole.
    """

    def __init__(
        self, pool: Pool, job: Job, *, stall: float, headers: Mapping[str, str], tag: Tag | None
    ) -> None:
        self._pool = pool
        self._job = job
        self._stall = stall
        self._tag = tag
        self._said = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Evaluate, and send."""
        answering = asyncio.create_task(self._answer(scope, send))
        leaving = asyncio.create_task(_gone(receive))
        try:
            await asyncio.wait((answering, leaving), return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
            if not answering.done():
                answering.cancel()
            await asyncio.wait((answering, leaving))
        if not answering.cancelled():
            answering.result()  # what went wrong in it

    async def _answer(self, scope: Scope, send: Send) -> None:
        started = False
        try:
            async with self._pool.answering(self._job) as running:
                headers = dict(self._said)
                if self._tag is not None and running.head.version:
                    headers["etag"] = self._tag.of(running.head.version)
                response = Response(headers=headers)
                raw = [one for one in response.raw_headers if one[0] != b"content-length"]
                started = True
                await send({"type": "http.response.start", "status": 200, "headers": raw})
                async for piece in running.pieces():
                    if scope["method"] == "HEAD":
                        continue
                    message = {"type": "http.response.body", "body": piece, "more_body": True}
                    await asyncio.wait_for(send(message), self._stall)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except RequestError as problem:
            if started:
                # too late for a status: the connection is closed before the answer is whole
                _log.warning("an answer was cut off: %s", problem.message)
                return
            problem.headers.update(
                (name, value)
                for name, value in self._said.items()
                if name.startswith("access-control-") or name == "vary"
            )
            await problem.response()(scope, _nothing, send)


class Tag:
    """An ETag in the making: it needs the snapshot's version, which the answer tells.

    It is weak: what it stands for is the same graph, query and format, not the same bytes.
    """

    def __init__(self, *about: object) -> None:
        self._about = "\n".join(map(str, (__version__, *about)))

    def of(self, version: str) -> str:
        """The tag for a snapshot."""
        digest = blake2b(f"{version}\n{self._about}".encode(), digest_size=12)
        return f'W/"{digest.hexdigest()}"'

    def is_known(self, request: Request, version: str) -> bool:
        """Whether the client has just this (RFC 9110, section 13.1.2)."""
        sent = request.headers.get("if-none-match", "")
        held = {one.strip().removeprefix("W/") for one in sent.split(",")}
        return bool(version) and ("*" in held or self.of(version).removeprefix("W/") in held)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _nothing() -> dict[str, object]:
    return {"type": "http.disconnect"}
