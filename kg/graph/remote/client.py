"""Requests to a server: sent again while it is busy or gone, refused with what to do about it."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

import httpx2 as httpx

from kg.errors import StoreError
from kg.graph.remote.address import Remote
from kg.graph.remote.credentials import Answering, credentials
from kg.graph.remote.refusals import is_passing, refusal, unreachable

_log: Final = logging.getLogger(__name__)
_ATTEMPTS: Final = 7
_ATTEMPTS_AT_A_STRANGER: Final = 2  # a mistyped host needn't be waited for
_ATTEMPTS_AT_A_FAULT: Final = 3
_FIRST_WAIT: Final = 0.5  # seconds; doubled each time
_LONGEST_WAIT: Final = 30.0
_LONGEST_BIDDEN_WAIT: Final = 300.0  # what a server's Retry-After may ask for
_TIMEOUT: Final = httpx.Timeout(300.0, connect=10.0)


class Client:
    """Speaks to one server. What it sends may come twice, so it must be the same the second time.

    `wait` is called with seconds between attempts.
    """

    def __init__(
        self,
        remote: Remote,
        *,
        transport: httpx.BaseTransport | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.remote = remote
        self.known = credentials(remote)
        self._wait = wait
        self._http = httpx.Client(
            timeout=_TIMEOUT,
            transport=transport,
            headers={"User-Agent": "film-kg", "Accept-Encoding": "gzip, deflate"},
        )
        # a server's challenge is of one end point
        self._answering: dict[str, Answering] = {}
        self._met = False
        self.requests = 0
        """How many answers came."""

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        content: bytes = b"",
        params: Mapping[str, str] | None = None,
        allowed: tuple[int, ...] = (),
        asking: bool = False,
        purpose: str,
    ) -> httpx.Response:
        """The answer to one request, of a good status or an `allowed` one.

        `purpose` ends the sentence "the server was asked to ...". StoreError where it can't be
        reached, refuses, or is still busy after the last attempt; QueryError where it finds fault
        with what a user is `asking`.
        """
        attempt = 0
        while True:
            attempt += 1
            try:
                response = self._http.request(
                    method,
                    url,
                    params=params,
                    content=content,
                    headers=dict(headers),
                    auth=self._auth(url),
                )
            except (httpx.TransportError, httpx.DecodingError) as error:
                absent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
                last = _ATTEMPTS_AT_A_STRANGER if absent and not self._met else _ATTEMPTS
                if attempt >= last or not _may_pass(error):
                    raise unreachable(url, purpose, error, attempt) from error
                self._pause(url, str(error) or type(error).__name__, attempt, None)
                continue
            except httpx.InvalidURL as error:
                raise StoreError(
                    f"expected the address of a server, found {url}: {error}"
                ) from error
            self._met = True
            self.requests += 1
            if response.is_success or response.status_code in allowed:
                return response
            last = _ATTEMPTS_AT_A_FAULT if response.status_code == 500 else _ATTEMPTS
            if not is_passing(response) or attempt >= last:
                raise refusal(response, purpose, self.known, attempt, asking=asking)
            reason = f"{response.status_code} {response.reason_phrase}".strip()
            self._pause(url, reason, attempt, response.headers.get("Retry-After"))

    def _auth(self, url: str) -> Answering | None:
        if not self.known:
            return None
        return self._answering.setdefault(url, Answering(self.known))

    def _pause(self, url: str, reason: str, attempt: int, bidden: str | None) -> None:
        seconds = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (attempt - 1))
        seconds *= 0.75 + random.random() / 2  # noqa: S311 - so that clients don't come in step
        asked = _bidden(bidden)
        if asked is not None:
            seconds = max(seconds, min(asked, _LONGEST_BIDDEN_WAIT))
        host = urlsplit(url).netloc
        _log.warning(
            "%s: %s; asking again in %.1f s (attempt %d)", host, reason, seconds, attempt + 1
        )
        self._wait(seconds)


def _may_pass(error: Exception) -> bool:
    """Whether another attempt may succeed: not with a certificate or a protocol that is wrong."""
    if isinstance(error, httpx.UnsupportedProtocol | httpx.LocalProtocolError):
        return False
    return "certificate" not in str(error).lower()


def _bidden(retry_after: str | None) -> float | None:
    """The seconds of a Retry-After header: a number, or a date (RFC 9110, section 10.2.3)."""
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (ValueError, TypeError):
        return None
