"""What a query may cost, and that what is stopped really ends."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from conftest import Served, serving, until

# more rows than could be counted in a lifetime, and none of them sent
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(6)) + " }"
GREEDY = (
    "SELECT ?x { "
    + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(4))
    + " BIND(STR(?a0) AS ?x) } ORDER BY ?x"
)
STREAM = "SELECT * { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(6)) + " }"
ONLY_LINUX = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="looks at processes below /proc"
)


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@ONLY_LINUX
def test_a_query_past_its_time_is_stopped_for_real(served_graph: Path) -> None:
    with serving(served_graph, "--query-timeout", "1") as server:
        assert server.query("ASK {}").status == 200
        before = server.workers()
        started = time.monotonic()
        reply = server.query(ENDLESS)
        took = time.monotonic() - started
        assert reply.status == 503
        assert "longer than the 1 seconds" in reply.json["error"]["message"]
        assert 0.9 < took < 5
        assert until(lambda: not before & server.workers())
        assert server.query("ASK {}").json["boolean"] is True
        (after,) = server.workers()
        busy = cpu_seconds(after) + cpu_seconds(server.process.pid)
        time.sleep(1)
        assert cpu_seconds(after) + cpu_seconds(server.process.pid) - busy < 0.3


@ONLY_LINUX
def test_a_client_that_goes_away_takes_its_query_with_it(served_graph: Path) -> None:
    with serving(served_graph) as server:
        assert server.query("ASK {}").status == 200
        (worker,) = server.workers()
        address = urlsplit(server.url)
        with socket.create_connection((address.hostname, address.port)) as client:
            asked = urlencode({"query": ENDLESS})
            head = f"GET /sparql?{asked} HTTP/1.1\r\nHost: localhost\r\n\r\n"
            client.sendall(head.encode())
            assert until(lambda: cpu_seconds(worker) > 0.5, 20)
        assert until(lambda: worker not in server.workers())
        assert server.query("ASK {}").status == 200


@ONLY_LINUX
def test_a_worker_that_dies_is_an_error_and_no_wait(served_graph: Path) -> None:
    with serving(served_graph) as server, ThreadPoolExecutor(1) as pool:
        assert server.query("ASK {}").status == 200
        (worker,) = server.workers()
        waiting = pool.submit(server.query, ENDLESS)
        assert until(lambda: cpu_seconds(worker) > 0.3, 20)
        os.kill(worker, signal.SIGKILL)
        reply = waiting.result(10)
        assert reply.status == 503
        assert "died" in reply.json["error"]["message"]
        assert server.query("ASK {}").status == 200


@ONLY_LINUX
def test_an_answer_that_breaks_off_does_not_look_whole(served_graph: Path) -> None:
    with serving(served_graph, "--query-timeout", "1") as server:
        address = urlsplit(server.url)
        with socket.create_connection((address.hostname, address.port)) as client:
            asked = urlencode({"query": STREAM})
            client.sendall(f"GET /sparql?{asked} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            client.settimeout(120)
            last = b""
            while piece := client.recv(1 << 20):
                last = (last + piece)[-64:]
        assert not last.endswith(b"0\r\n\r\n")
        assert until(lambda: len(server.workers()) <= 1)


def test_other_queries_are_answered_beside_an_endless_one(served_graph: Path) -> None:
    with serving(served_graph) as server, ThreadPoolExecutor(1) as pool:
        endless = pool.submit(_survives, server)
        time.sleep(0.5)
        assert server.query("ASK {}").status == 200
        assert server.ask("/film/opening-night-1977").status == 200
        assert not endless.done()
        server.process.terminate()


@ONLY_LINUX
def test_sigterm_ends_it_cleanly_with_all_its_processes(served_graph: Path) -> None:
    with serving(served_graph) as server:
        assert server.query("ASK {}").status == 200
        with ThreadPoolExecutor(1) as pool:
            endless = pool.submit(_survives, server)
            time.sleep(0.7)
            workers = server.workers()
            assert workers
            started = time.monotonic()
            server.process.send_signal(signal.SIGTERM)
            assert server.process.wait(10) == 0
            assert time.monotonic() - started < 10
            endless.result()
        assert until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))


def _survives(server: Served) -> bool:
    try:
        server.query(ENDLESS)
    except OSError:
        return False
    return True


@ONLY_LINUX
def test_workers_end_when_the_server_is_killed(served_graph: Path) -> None:
    with serving(served_graph) as server:
        assert server.query("ASK {}").status == 200
        workers = server.workers()
        server.process.kill()
        server.process.wait()
        assert until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
