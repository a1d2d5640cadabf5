"""Where a graph is: a folder, or the address of a SPARQL server."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from kg.errors import UsageError
from kg.graph.fold import segment

_SCHEMES: Final = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Remote:
    """A SPARQL 1.1 server: `url` answers queries and never holds a password.

    `update` and `graph_store` are its other end points; "" has them found out. `state` is the
    folder for what can't be on the server: extractions, corrections, what is under way. `user` and
    `password` are those of an address `https://user:password@host/`.
    """

    url: str
    update: str = ""
    graph_store: str = ""
    state: Path | None = None
    user: str = ""
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        return self.url

    @property
    def folder(self) -> Path:
        """The folder beside the graph, on this machine."""
        return self.state if self.state is not None else _states() / _slug(self.url)

    def with_ends(self, *, update: str = "", graph_store: str = "", state: Path | None) -> Remote:
        """The same server with end points and state folder as the user has named them."""
        return replace(
            self,
            update=_checked(update).url if update else self.update,
            graph_store=_checked(graph_store).url if graph_store else self.graph_store,
            state=state or self.state,
        )


Place = Path | Remote
"""Where a graph is."""


def place(graph: str | Path | Remote) -> Place:
    """A folder, or a server where `graph` begins with `http://` or `https://`.

    UsageError for an address that can't be one.
    """
    if isinstance(graph, str) and graph.lower().startswith(_SCHEMES):
        return _checked(graph)
    return graph if isinstance(graph, Remote) else Path(graph)


def beside(graph: Place) -> Path:
    """The folder for what belongs to a graph and is no part of it: extractions, corrections."""
    return graph.folder if isinstance(graph, Remote) else graph


def _checked(written: str) -> Remote:
    try:
        parts = urlsplit(written)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise _no_address("an address that can't be read") from error
    if not host or parts.fragment or any(char.isspace() for char in written):
        raise _no_address(f"an address with {_fault(parts, host)}")
    name = f"[{host}]" if ":" in host else host
    shown = f"{name}:{port}" if port is not None else name
    url = urlunsplit((parts.scheme.lower(), shown, parts.path or "/", parts.query, ""))
    return Remote(url, user=unquote(parts.username or ""), password=unquote(parts.password or ""))


def _fault(parts: SplitResult, host: str | None) -> str:
    if not host:
        return "no host"
    return "a fragment (#...)" if parts.fragment else "a space"


def _no_address(found: str) -> UsageError:
    # the address isn't shown: there may be a password in it
    return UsageError(
        f"expected a folder or the address of a SPARQL server, like https://host/sparql, found "
        f"{found}"
    )


def _slug(url: str) -> str:
    parts = urlsplit(url)
    readable = segment(f"{parts.netloc}{parts.path}".replace(".", " "))
    return f"{readable}-{blake2b(url.encode(), digest_size=4).hexdigest()}"


def _states() -> Path:
    """The folder where this user's programs keep what they must not lose."""
    given = os.environ.get("XDG_STATE_HOME", "")
    if given:
        return Path(given) / "film-kg"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "film-kg"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/film-kg"
    return Path.home() / ".local/state/film-kg"
