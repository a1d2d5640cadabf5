"""What a server answers when it doesn't do what it was asked, said so that one knows what to do."""

from __future__ import annotations

import re
from typing import Final

import httpx2 as httpx

from kg.errors import KgError, QueryError, StoreError
from kg.graph.remote.credentials import PASSWORD, TOKEN, USER, Credentials

_PASSING: Final = frozenset({408, 425, 429, 502, 503, 504})
# Virtuoso answers 500 also where the request itself is at fault: these SQL states don't pass
_VERDICT: Final = re.compile(r"\b(?:Virtuoso|Error) (?:22|37|42)\w{3}\b|SR186|SR575")
_NO_RIGHT: Final = re.compile(r"\bSECURITY\b|permission|read[- ]?only|not allowed", re.IGNORECASE)
_TAGS: Final = re.compile(r"<(style|script|title)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_SHOWN: Final = 300
_WHO: Final = f"set {TOKEN}, or {USER} and {PASSWORD}, or put a line for the host into ~/.netrc"


def is_passing(response: httpx.Response) -> bool:
    """Whether the same request may be answered well a little later."""
    if response.status_code in _PASSING:
        return True
    return response.status_code == 500 and not _VERDICT.search(response.text[:2000])


def refusal(
    response: httpx.Response, purpose: str, known: Credentials, attempts: int, *, asking: bool
) -> KgError:
    """The error for an answer of a bad status; `asking` where the request is a user's query."""
    url, status = _bare(response), response.status_code
    told = said(response)
    words = f": {told}" if told else ""
    found = f"{status} {response.reason_phrase}".strip()
    if status == 401:
        return _unknown(response, known, purpose)
    if is_passing(response):
        return StoreError(
            f"expected {url} to {purpose}, found it busy or broken {attempts} times "
            f"({found}{words}); what was written before is whole: run the same command again later"
        )
    if status == 403 or (status >= 400 and _NO_RIGHT.search(told)):
        return StoreError(
            f"expected {url} to {purpose}, but it doesn't allow that to "
            f"{known.shown} ({found}{words}); nothing was changed: give "
            f"{'other ' if known else ''}credentials ({_WHO}), or the address of an end point that "
            "may be written"
        )
    if asking and (status in (400, 422) or _VERDICT.search(told)):
        return QueryError(f"the server at {url} refuses the query{words}")
    if response.is_redirect:
        target = response.headers.get("Location", "elsewhere")
        return StoreError(
            f"expected {url} to {purpose}, but it sends on to {target}; give that address"
        )
    if status in (404, 405, 410, 415, 501):
        return StoreError(
            f"expected {url} to {purpose}, but that isn't done there ({found}{words}); give the "
            "addresses of the server's end points with --graph, --update-url and --graph-store-url"
        )
    return StoreError(f"expected {url} to {purpose}, found {found}{words}")


def unreachable(url: str, purpose: str, error: Exception, attempts: int) -> StoreError:
    """The error for a request that no answer came to."""
    reason = str(error) or type(error).__name__
    times = f" in {attempts} attempts" if attempts > 1 else ""
    found, advice = "none", "check the address, and that the server is running and can be reached"
    if isinstance(error, httpx.ReadTimeout):
        found, advice = "no answer in time", "ask for less, or try again later"
    elif not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        found, advice = (
            "one that breaks off",
            "what was written before is whole: run the same command again later",
        )
    return StoreError(
        f"expected a SPARQL server at {httpx.URL(url).copy_with(query=None)} to {purpose}, found "
        f"{found}{times} ({reason}); {advice}"
    )


def said(response: httpx.Response) -> str:
    """The server's own words, on one line, without markup and without our request."""
    text = response.text
    if "html" in response.headers.get("Content-Type", "") or text.lstrip()[:1] == "<":
        text = _TAGS.sub(" ", text)
    text = text.partition("SPARQL query:")[0]  # Virtuoso repeats what it was asked
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else words[:_SHOWN].rstrip() + " ..."


def _unknown(response: httpx.Response, known: Credentials, purpose: str) -> StoreError:
    url = _bare(response)
    asked = ", ".join(one.split(" ", 1)[0] for one in response.headers.get_list("www-authenticate"))
    scheme = f" ({asked})" if asked else ""
    if not known:
        return StoreError(
            f"expected {url} to {purpose}, but it wants to know who asks{scheme}; nothing was "
            f"changed: {_WHO}"
        )
    who = f"the name {known.user!r} and its password" if known.user else "the token"
    return StoreError(
        f"expected {url} to {purpose}, but it refuses {who} from {known.origin}{scheme}; nothing "
        "was changed: correct them there"
    )


def _bare(response: httpx.Response) -> str:
    return str(response.request.url.copy_with(query=None))
