"""What the server and the processes that evaluate say to each other: framed pieces on two pipes.

To the process: a length, then a job as JSON, then as many bytes of body as the job says. From it:
for each frame a letter, a length, and the content.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass
from typing import Any, Final

READY, HEAD, DATA, ERROR, END = b"R", b"H", b"D", b"E", b"Z"
FRAME: Final = struct.Struct(">cI")
LENGTH: Final = struct.Struct(">I")
PIECE: Final = 1 << 16
"""Bytes of an answer that are sent on together."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something to evaluate.

    `action` is query, graph, update, put, post or delete. `row_format` and `triple_format` are the
    formats that the client would take for either kind of answer, "" for none. `graph` is the graph
    that a store protocol's request is about, None for the default graph.
    """

    action: str
    sparql: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    row_format: str = ""
    triple_format: str = ""
    graph: str | None = None
    body: bytes = b""
    seconds: float = 30.0
    answer: int = 1 << 29


def packed(job: Job) -> bytes:
    """The job as bytes."""
    said = asdict(job)
    said["body"] = len(job.body)
    head = json.dumps(said).encode()
    return LENGTH.pack(len(head)) + head + job.body


def unpacked(head: bytes) -> tuple[dict[str, Any], int]:
    """What a job's head says, and how long its body is."""
    said = json.loads(head)
    length = said.pop("body")
    said["default_graphs"] = tuple(said["default_graphs"])
    said["named_graphs"] = tuple(said["named_graphs"])
    return said, int(length)
