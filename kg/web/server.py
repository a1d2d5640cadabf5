"""The server process: a socket, uvicorn on it, and a clean end when it is told to stop."""

from __future__ import annotations

import signal
import socket
from pathlib import Path
from types import FrameType

import uvicorn

from kg.errors import KgError
from kg.web.app import application
from kg.web.settings import Settings

_FAREWELL = 3  # seconds that answers under way get once the server is told to stop
_BACKLOG = 512


def listen(host: str, port: int) -> socket.socket:
    """A socket that is listening already; port 0 takes a free one. KgError where none is had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(_BACKLOG)
        except BaseException:
            listening.close()
            raise
    except (OSError, OverflowError) as error:
        raise KgError(
            f"expected to listen at {host}, port {port}, but the system refuses ({error}); "
            "another server may be there already: try another --port"
        ) from error
    listening.setblocking(False)
    return listening


def serve(graph: Path, settings: Settings, listening: socket.socket) -> None:
    """Answer until SIGTERM or Ctrl-C; then end within seconds, with nothing left running."""
    config = uvicorn.Config(
        application(graph, settings),
        log_level="warning",
        access_log=False,
        lifespan="on",
        server_header=False,
        # a proxy's word for who asks changes nothing here, so nobody's is taken
        proxy_headers=False,
        timeout_graceful_shutdown=_FAREWELL,
        timeout_keep_alive=10,
    )
    # uvicorn raises the signal once more when it has ended; by then it is no news
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, _heard)
    uvicorn.Server(config).run(sockets=[listening])


def _heard(_number: int, _frame: FrameType | None) -> None:
    """Let the process end by itself."""
