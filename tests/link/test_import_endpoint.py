import json
import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from import_examples import imported

from kg.errors import ReadError
from kg.link.imports.endpoint import Manners
from kg.link.imports.run import KEPT

QUICK = Manners(page=2, pause=0.0, timeout=0.5, tries=3, wait=0.01)
FILMS = ["Amber Road", "Blue Lane", "Cold Street", "Dun Alley", "Elder Way"]


class Endpoint(BaseHTTPRequestHandler):
    """Answers by a script: for each page a list of what to do before it is answered well."""

    script: dict[int, list[str]]
    asked: list[int]
    agents: set[str]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        found = re.search(r"LIMIT (\d+) OFFSET (\d+)", parse_qs(body)["query"][0])
        assert found
        limit, offset = int(found[1]), int(found[2])
        page = offset // limit
        self.asked.append(page)
        self.agents.add(self.headers["User-Agent"])
        self._do(self.script.get(page, []), FILMS[offset : offset + limit], offset)

    def _do(self, script: list[str], films: list[str], offset: int) -> None:
        what = script.pop(0) if script and script[0] != "always" else ("hang" if script else "")
        answer = self._answer(films, offset)
        if what == "hang":
            time.sleep(0.8)
            self.close_connection = True
            return
        if what in ("429", "503", "400"):
            self.send_response(int(what))
            self.send_header("Retry-After", "0")
            self.end_headers()
            self.wfile.write(b"not now")
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer[: len(answer) // 2] if what == "half" else answer)

    def _answer(self, films: list[str], offset: int) -> bytes:
        rows = [
            {
                "film": {"value": f"http://www.wikidata.org/entity/Q{90000 + offset + at}"},
                "filmLabel": {"value": title},
                "date": {"value": f"{1970 + at}-01-01T00:00:00Z"},
                "directors": {"value": "Ann Other|Bo Player"},
            }
            for at, title in enumerate(films)
        ]
        return json.dumps({"head": {"vars": []}, "results": {"bindings": rows}}).encode()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def endpoint() -> Iterator[type[Endpoint]]:
    class Scripted(Endpoint):
        script: dict[int, list[str]] = {}  # noqa: RUF012 - one a test
        asked: list[int] = []  # noqa: RUF012
        agents: set[str] = set()  # noqa: RUF012
        url = ""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Scripted)
    Scripted.url = f"http://127.0.0.1:{server.server_port}/sparql"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Scripted
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_endpoint_is_asked_page_by_page_to_its_end(
    tmp_path: Path, endpoint: type[Endpoint]
) -> None:
    catalogue, _ = imported(tmp_path, endpoint.url, manners=QUICK)
    assert [catalogue.films(title)[0].film.title for title in FILMS] == FILMS
    assert endpoint.asked == [0, 1, 2, 3]
    (agent,) = endpoint.agents
    assert agent.startswith("film-kg/")
    film = catalogue.films("Blue Lane")[0].film
    assert (film.wikidata, film.year) == (90001, 1971)
    assert [member.name for member in film.directors] == ["Ann Other", "Bo Player"]


def test_a_busy_endpoint_is_asked_again(tmp_path: Path, endpoint: type[Endpoint]) -> None:
    endpoint.script = {1: ["429", "503"], 2: ["half", "hang"]}
    catalogue, _ = imported(tmp_path, endpoint.url, manners=QUICK)
    assert catalogue.films("Elder Way")
    assert endpoint.asked == [0, 1, 1, 1, 2, 2, 2, 3]


def test_an_endpoint_that_times_out_half_way_is_gone_on_with_later(
    tmp_path: Path, endpoint: type[Endpoint]
) -> None:
    endpoint.script = {2: ["always"]}
    with pytest.raises(ReadError, match=r"page 3 didn't come after 3 tries: .*The 2 pages before"):
        imported(tmp_path, endpoint.url, manners=QUICK)
    assert not (tmp_path / "catalogue" / "CURRENT").exists()
    endpoint.script, endpoint.asked[:] = {}, []
    catalogue, faults = imported(tmp_path, endpoint.url, manners=QUICK)
    assert endpoint.asked == [2, 3]
    assert catalogue.films("Amber Road")
    assert faults.tally.counts["wikidata: pages kept from an import that broke off"] == 2
    assert not (tmp_path / "catalogue" / KEPT).exists()


def test_a_query_that_the_endpoint_refuses_is_not_asked_again(
    tmp_path: Path, endpoint: type[Endpoint]
) -> None:
    endpoint.script = {0: ["400"]}
    with pytest.raises(ReadError, match=r"refused the query: 400 .*not now"):
        imported(tmp_path, endpoint.url, manners=QUICK)
    assert endpoint.asked == [0]


def test_an_endpoint_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"127\.0\.0\.1:9/sparql: page 1 didn't come"):
        imported(tmp_path, "http://127.0.0.1:9/sparql", manners=QUICK)
