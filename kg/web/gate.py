"""What every request passes: whose name it calls, how long it may be, and the headers it gets back.

A page elsewhere can have its name point at this machine and so ask, in a visitor's browser, what it
likes; but it can't change the name under which the browser asks.
"""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.web.negotiation import accepts_gzip
from kg.web.problems import RequestError
from kg.web.settings import Settings

POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'none'; "
    "connect-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Gate:
    """Lets requests for this server in, and headers that keep a browser strict out."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) != 1 or not self._settings.allows(hosts[0]):
            named = ", ".join(hosts)[:200] or "none"
            refusal = RequestError(
                421,
                f"this server isn't known as {named}; whoever starts it can add a name with "
                "--allowed-host",
            )
            await refusal.response()(scope, receive, with_headers)
            return
        await self._app(scope, receive, with_headers)


class Gzip:
    """Compresses for clients that take gzip, as it goes along."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._compressing = GZipMiddleware(app, minimum_size=1000, compresslevel=5)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = ",".join(Headers(scope=scope).getlist("accept-encoding"))
        if scope["method"] != "HEAD" and accepts_gzip(asked):
            # the middleware looks for the word alone, and would take `gzip;q=0` for a wish
            plain = [one for one in scope["headers"] if one[0] != b"accept-encoding"]
            scope = {**scope, "headers": [*plain, (b"accept-encoding", b"gzip")]}
            await self._compressing(scope, receive, send)
        else:
            await self._app(scope, receive, send)
