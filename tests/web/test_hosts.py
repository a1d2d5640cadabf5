"""Under which names the server answers, and what else a browser is told."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import Served, serving


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.1:1234", "[::1]:8000"])
def test_this_machine_may_be_called_by_its_own_names(served: Served, host: str) -> None:
    assert served.ask("/sparql?query=ASK%7B%7D", host=host).status == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "169.254.169.254", "evil.example:8000", "[", ""],
)
def test_other_names_are_refused(served: Served, host: str) -> None:
    reply = served.ask("/", host=host)
    assert reply.status in (400, 421)
    if reply.status == 421:
        assert "--allowed-host" in reply.json["error"]["message"]


def test_a_request_with_two_names_is_refused(served: Served) -> None:
    address = urlsplit(served.url)
    with socket.create_connection((address.hostname, address.port)) as client:
        client.sendall(
            b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
        )
        assert client.recv(1000).split()[1] in (b"400", b"421")


def test_a_name_may_be_allowed(served_graph: Path) -> None:
    with serving(served_graph, "--allowed-host", "Films.Example.org") as server:
        assert server.ask("/", host="films.example.org:80").status == 200
        assert server.ask("/", host="other.example.org").status == 421


def test_only_this_machine_reaches_it_unless_told_otherwise(served: Served) -> None:
    assert urlsplit(served.url).hostname == "127.0.0.1"
    port = urlsplit(served.url).port
    listening = (
        [
            line.split()[1]
            for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
            if line.split()[3] == "0A" and line.split()[1].endswith(f":{port:04X}")
        ]
        if Path("/proc/net/tcp").exists()
        else []
    )
    assert all(one.startswith("0100007F") for one in listening)


def test_a_port_that_is_taken_is_told(served: Served) -> None:
    port = str(urlsplit(served.url).port)
    done = subprocess.run(
        [sys.executable, "-m", "kg", "serve", "--graph", str(served.graph), "--port", port],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 3
    assert "another server may be there already" in done.stderr


def test_a_folder_without_a_graph_is_told(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "serve", "--graph", str(tmp_path / "no"), "--port", "0"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 3
    assert "expected a graph in" in done.stderr


@pytest.mark.parametrize("options", [["--query-timeout", "0"], ["--base-url", "nonsense"]])
def test_settings_that_make_no_sense_are_told(served_graph: Path, options: list[str]) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "kg",
            "serve",
            "--graph",
            str(served_graph),
            "--port",
            "0",
            *options,
        ],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2


@pytest.mark.parametrize(
    "path", ["/", "/about", "/film/opening-night-1977", "/nothing", "/sparql", "/static/style.css"]
)
def test_a_browser_is_kept_strict(served: Served, path: str) -> None:
    headers = served.ask(path, accept="text/html").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_pages_hold_no_script_and_no_style_of_their_own(served: Served) -> None:
    for path in ("/", "/film/opening-night-1977", "/sparql", "/ontology", "/search?q=opening"):
        page = served.ask(path, accept="text/html").text
        assert "<script" not in page
        assert " style=" not in page
        assert "<style" not in page


def test_other_sites_may_read_data_but_no_pages(served: Served) -> None:
    page = served.ask("/film/opening-night-1977", accept="text/html")
    data = served.ask("/film/opening-night-1977", accept="text/turtle")
    assert page.headers["access-control-allow-origin"] is None
    assert data.headers["access-control-allow-origin"] == "*"


def test_methods_that_mean_nothing_are_refused(served: Served) -> None:
    reply = served.ask("/film/opening-night-1977", method="DELETE")
    assert reply.status == 405
    assert "GET" in reply.headers["allow"]
    assert "message" in reply.json["error"]
