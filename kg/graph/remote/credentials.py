"""Who asks: a token, or name and password; and how a server wants to be told.

    FILM_KG_TOKEN                       a bearer token
    FILM_KG_USER, FILM_KG_PASSWORD      for Basic or Digest, as the server asks
    ~/.netrc or the file $NETRC         the same, by host
    https://user:password@host/sparql   the same, but other users of the machine can read it

What comes first in the list counts, except that an address with a name beats the file.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from netrc import NetrcParseError, netrc
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx2 as httpx

from kg.errors import UsageError
from kg.graph.remote.address import Remote

TOKEN: Final = "FILM_KG_TOKEN"  # noqa: S105 - the name of a variable
USER: Final = "FILM_KG_USER"
PASSWORD: Final = "FILM_KG_PASSWORD"  # noqa: S105 - the name of a variable


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a server may ask for; `origin` says where it was found."""

    token: str = field(default="", repr=False)
    user: str = ""
    password: str = field(default="", repr=False)
    origin: str = ""

    def __bool__(self) -> bool:
        return bool(self.token or self.user)

    @property
    def shown(self) -> str:
        """Who that is, without what is secret."""
        who = self.user or ("a bearer of a token" if self.token else "anybody")
        return f"{who} (from {self.origin})" if self.origin else who


def credentials(remote: Remote, environment: Mapping[str, str] | None = None) -> Credentials:
    """What is known for this server; empty where nothing is. UsageError for an unreadable file."""
    given = os.environ if environment is None else environment
    if given.get(TOKEN):
        return Credentials(token=given[TOKEN].strip(), origin=TOKEN)
    if given.get(USER):
        return Credentials(user=given[USER], password=given.get(PASSWORD, ""), origin=USER)
    if remote.user:
        return Credentials(user=remote.user, password=remote.password, origin="the address")
    return _of_file(urlsplit(remote.url).hostname or "", given)


def _of_file(host: str, given: Mapping[str, str]) -> Credentials:
    named = given.get("NETRC", "")
    path = Path(named) if named else Path.home() / ".netrc"
    if not path.exists():
        if named:
            raise UsageError(f"expected a netrc file at {path} as NETRC says, found none")
        return Credentials()
    try:
        found = netrc(str(path)).authenticators(host)
    except (NetrcParseError, OSError, UnicodeDecodeError) as error:
        reason = error.msg if isinstance(error, NetrcParseError) else str(error)
        raise UsageError(f"expected a netrc file at {path}, but it can't be read: {reason}") from (
            None if isinstance(error, NetrcParseError) else error
        )
    if found is None:
        return Credentials()
    return Credentials(user=found[0], password=found[2] or "", origin=str(path))


class Answering(httpx.Auth):
    """Answers a server's 401 with the scheme it asks for, and keeps to that scheme from then on.

    A bearer token is sent at once. Digest is preferred to Basic, which shows the password.
    """

    requires_request_body = True  # it may have to be sent twice

    def __init__(self, known: Credentials) -> None:
        self._known = known
        self._basic = httpx.BasicAuth(known.user, known.password)
        self._digest = httpx.DigestAuth(known.user, known.password)
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request, and once more with what the server wants to know."""
        if self._known.token:
            request.headers["Authorization"] = f"Bearer {self._known.token}"
            yield request
            return
        if self._chosen is None:
            response = yield request
            self._chosen = self._asked_for(response) if response.status_code == 401 else None
        if self._chosen is not None:
            yield from self._chosen.auth_flow(request)

    def _asked_for(self, response: httpx.Response) -> httpx.Auth | None:
        if not self._known.user:
            return None
        asked = " ".join(response.headers.get_list("www-authenticate")).lower()
        if "digest" in asked:
            return self._digest
        return self._basic if "basic" in asked else None
