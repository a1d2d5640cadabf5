"""How the graph is served."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from kg.errors import UsageError

TOKEN_VARIABLE = "FILM_KG_TOKEN"  # noqa: S105 - the name of a variable, no token
_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost. `memory` is that of the process which evaluates, in bytes.

    `seconds` is what an answer may take to be found, from beginning to end; `stall` how long a
    client may leave a piece of it unread.
    """

    seconds: float = 30.0
    stall: float = 30.0
    memory: int = 4096 * _MEGABYTE
    answer: int = 512 * _MEGABYTE
    query: int = 100_000
    upload: int = 64 * _MEGABYTE
    workers: int = field(default_factory=lambda: min(4, max(2, os.cpu_count() or 1)))


@dataclass(frozen=True, slots=True)
class Settings:
    """`token` is what a writer must show; "" makes the graph read-only.

    `hosts` are names, beside those of this machine, under which the server may be asked for;
    `base_url` is where the world sees it, if that isn't where it listens.
    """

    limits: Limits = Limits()
    token: str = ""
    hosts: frozenset[str] = frozenset()
    base_url: str = ""

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        if self.base_url and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise UsageError(
                f"expected a URL such as https://films.example.org as the base URL, found "
                f"{self.base_url!r}"
            )
        if self.limits.seconds <= 0:
            raise UsageError(
                f"expected a query timeout of more than 0 seconds, found {self.limits.seconds}"
            )

    @property
    def writable(self) -> bool:
        """Whether whoever shows the token may write."""
        return bool(self.token)

    def allows(self, host: str) -> bool:
        """Whether a request may name this host: else a page elsewhere could pose as this server."""
        if "@" in host:
            return False
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".").lower()
        except ValueError:
            return False
        return name in self.hosts or name == urlsplit(self.base_url).hostname or is_loopback(name)


def is_loopback(host: str) -> bool:
    """Whether the name or address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
