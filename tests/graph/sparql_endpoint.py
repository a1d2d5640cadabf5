"""A SPARQL server in the test's own process, which fails as often and as badly as it is told."""

from __future__ import annotations

import base64
import hashlib
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

_ROWS = "application/sparql-results+json"


@dataclass
class Fault:
    """What happens to one request instead of an answer: a status, or the line goes dead."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    when: str = ""  # only for requests whose body holds this
    after: bool = False  # the request is carried out before


@dataclass
class Seen:
    method: str
    path: str
    body: str
    authorization: str


class Endpoint:
    """Use it as a context manager; `url` is where it answers queries and takes updates.

    `union` shows all graphs as the default graph; `user`, `password` and `scheme` (basic, digest)
    or `token` are wanted from whoever asks; `read_only` refuses updates.
    """

    def __init__(
        self,
        *,
        union: bool = False,
        read_only: bool = False,
        scheme: str = "",
        user: str = "eve",
        password: str = "pass word",
        token: str = "",
        banner: str = "Scripted",
    ) -> None:
        self.store = ox.Store()
        self.union = union
        self.read_only = read_only
        self.scheme, self.user, self.password, self.token = scheme, user, password, token
        self.banner = banner
        self.faults: list[Fault] = []
        self.seen: list[Seen] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Endpoint:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/sparql"

    def updates(self) -> list[str]:
        return [one.body for one in self.seen if "DATA" in one.body and "query=" not in one.body]

    def fault(self, body: str) -> Fault | None:
        with self._lock:
            for fault in self.faults:
                if fault.when in body:
                    self.faults.remove(fault)
                    return fault
        return None

    def answer(self, body: str, form: dict[str, list[str]]) -> tuple[int, str, bytes]:
        """Status, content type and content."""
        if "query" not in form:
            if self.read_only:
                return 403, "text/plain", b"this data set is read-only"
            try:
                self.store.update(body)
            except SyntaxError as error:
                return 400, "text/plain", str(error).encode()
            return 204, "text/plain", b""
        default = [ox.NamedNode(one) for one in form.get("default-graph-uri", [])]
        named = [ox.NamedNode(one) for one in form.get("named-graph-uri", [])]
        told = bool(default or named)
        try:
            found = self.store.query(
                form["query"][0],
                use_default_graph_as_union=self.union and not told,
                default_graph=default if told else None,
                named_graphs=named if told else None,
            )
        except SyntaxError as error:
            return 400, "text/plain", str(error).encode()
        if isinstance(found, ox.QueryTriples):
            return 200, "application/n-triples", ox.serialize(found, format=ox.RdfFormat.N_TRIPLES)
        return 200, _ROWS, found.serialize(format=ox.QueryResultsFormat.JSON)

    def may(self, method: str, authorization: str) -> bool:
        if self.token:
            return authorization == f"Bearer {self.token}"
        if self.scheme == "basic":
            known = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
            return authorization == f"Basic {known}"
        if self.scheme == "digest":
            return self._digest_fits(method, authorization)
        return True

    @property
    def challenge(self) -> str:
        if self.token:
            return 'Bearer realm="graph"'
        if self.scheme == "basic":
            return 'Basic realm="graph"'
        return 'Digest realm="graph", nonce="abc123", qop="auth", algorithm=MD5'

    def _digest_fits(self, method: str, authorization: str) -> bool:
        said = dict(re.findall(r'(\w+)="?([^",]*)"?', authorization))
        if not authorization.startswith("Digest ") or said.get("username") != self.user:
            return False

        def md5(text: str) -> str:
            return hashlib.md5(text.encode()).hexdigest()

        secret = md5(f"{self.user}:graph:{self.password}")
        asked = md5(f"{method}:{said['uri']}")
        parts = (secret, "abc123", said["nc"], said["cnonce"], said["qop"], asked)
        return said["response"] == md5(":".join(parts))


def _handler(endpoint: Endpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # an answer in one piece: two would wait for each other

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            authorization = self.headers.get("Authorization", "")
            path = urlsplit(self.path).path
            form = (
                parse_qs(body) if "form-urlencoded" in self.headers.get("Content-Type", "") else {}
            )
            words = form["query"][0] if "query" in form else body
            endpoint.seen.append(Seen("POST", path, words, authorization))
            if not endpoint.may("POST", authorization):
                self._send(
                    401, "text/plain", b"who are you?", {"WWW-Authenticate": endpoint.challenge}
                )
                return
            fault = endpoint.fault(words)
            if fault is None or fault.after:
                answer = endpoint.answer(words if "query" in form else body, form)
            if fault is not None:
                if not fault.status:  # the line goes dead
                    self.close_connection = True
                    return
                self._send(fault.status, "text/plain", fault.body.encode(), fault.headers)
                return
            self._send(*answer, {})

        def _send(self, status: int, kind: str, content: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            self.wfile.flush()

        def version_string(self) -> str:
            return endpoint.banner

        def log_message(self, *_: object) -> None:
            pass

    return Handler
