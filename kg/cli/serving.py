"""`kg serve`."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from kg.errors import UsageError
from kg.graph.remote.address import Remote
from kg.web.server import listen, serve
from kg.web.settings import TOKEN_VARIABLE, Limits, Settings, is_loopback


def run(options: Namespace) -> int:
    """Serve until told to stop."""
    if isinstance(options.graph, Remote):
        raise UsageError(
            f"expected a folder as the graph to serve, found {options.graph}: that server answers "
            "SPARQL already; give the folder of a graph with --graph"
        )
    # not left where other programs that this one starts could read it
    token = os.environ.pop(TOKEN_VARIABLE, "")
    if options.writable and not token.strip():
        raise UsageError(
            f"expected a token for writing in the environment variable {TOKEN_VARIABLE}, found "
            "none; choose a long random word and hand it to whoever may write"
        )
    if not isinstance(options.graph, Path):
        raise UsageError(
            f"expected a folder with a graph to serve, found the SPARQL server {options.graph}, "
            "which answers queries itself; kg export copies its graph into a file"
        )
    hosts = {host.rstrip(".").lower() for host in options.allowed_host}
    if options.host not in ("0.0.0.0", "::", ""):  # noqa: S104 - the names for "everywhere"
        hosts.add(options.host.lower())
    settings = Settings(
        limits=Limits(seconds=options.query_timeout),
        token=token.strip() if options.writable else "",
        hosts=frozenset(hosts),
        base_url=options.base_url,
    )
    with listen(options.host, options.port) as listening:
        host, port = listening.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        if not is_loopback(host):
            print(
                f"kg: listening beyond this machine, at {shown}; whoever reaches it can read the "
                "whole graph",
                file=sys.stderr,
            )
        print(
            f"Serving {options.graph} at http://{shown}:{port}/ and /sparql; Ctrl-C ends it",
            file=sys.stderr,
            flush=True,
        )
        serve(options.graph, settings, listening)
    return 0
