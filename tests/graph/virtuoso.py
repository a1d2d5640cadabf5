"""A Virtuoso server of a test's own: a process with an ini file, a folder and loopback ports."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

PROGRAM = shutil.which("virtuoso-t") or ""
MISSING = (
    "needs the server virtuoso-t: apt-get install virtuoso-opensource-7 (Debian; .ci/run does it "
    "where it runs as root)"
)

_INI = """
[Database]
DatabaseFile = data.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
MaxClientConnections = 10
CheckpointInterval = 0
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = .
CaseMode = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http_port}
ServerRoot = .
ServerThreads = 10
MaxKeepAlives = 10
KeepAliveTimeout = 10
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryCostEstimationTime = 400
MaxQueryExecutionTime = 60
"""


@dataclass
class Virtuoso:
    """A running server; `rows` is the number of rows at which it cuts every answer."""

    folder: Path
    rows: int = 10_000
    user: str = "dba"
    password: str = "dba"

    def start(self) -> None:
        sql_port, self.http_port = _free_ports()
        ini = _INI.format(sql_port=sql_port, http_port=self.http_port, rows=self.rows)
        (self.folder / "virtuoso.ini").write_text(ini, encoding="ascii")
        self.process = subprocess.Popen(
            [PROGRAM, "+foreground", "+configfile", "virtuoso.ini"],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"]},
        )
        end = time.monotonic() + 240
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > end:
                log = (self.folder / "virtuoso.log").read_text("utf-8", "replace")
                self.stop()
                raise RuntimeError(f"Virtuoso did not start: {log}")
            time.sleep(0.1)

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http_port}/sparql"

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}?query=ASK%7B%7D", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]
