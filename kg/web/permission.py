"""Who may write: whoever shows the token, and no page of another site in somebody's browser."""

from __future__ import annotations

from hmac import compare_digest
from urllib.parse import urlsplit

from starlette.requests import Request

from kg.web.problems import RequestError
from kg.web.settings import TOKEN_VARIABLE, Settings


def may_write(request: Request, settings: Settings) -> None:
    """RequestError unless the request may change the graph."""
    if not settings.writable:
        raise RequestError(
            403,
            "this server only answers queries; whoever starts it can allow changes with "
            f"--writable and a token in {TOKEN_VARIABLE}",
        )
    refuse_other_sites(request, settings)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise RequestError(
            401,
            "expected a token in the header Authorization (Bearer ...), found none",
            headers={"www-authenticate": 'Bearer realm="film-kg"'},
        )
    if not compare_digest(token.strip().encode(), settings.token.encode()):
        raise RequestError(
            401,
            f"the token is not the one that the server was started with in {TOKEN_VARIABLE}",
            headers={"www-authenticate": 'Bearer realm="film-kg", error="invalid_token"'},
        )


def refuse_other_sites(request: Request, settings: Settings) -> None:
    """RequestError where a browser says that a page of another site has made it ask."""
    if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        raise RequestError(403, "changes can't be made from a page of another site")
    origin = request.headers.get("origin")
    if origin is None:
        return
    ours = {request.headers.get("host", ""), urlsplit(settings.base_url).netloc}
    parts = urlsplit(origin)
    if parts.scheme not in ("http", "https") or parts.netloc not in ours:
        raise RequestError(
            403, f"changes can't be made from a page of another site ({origin[:200]})"
        )
