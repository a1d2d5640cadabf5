"""Servers that are busy, gone, closed to the asker or no SPARQL servers: what is tried and said."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx2 as httpx
import pytest
from graph_examples import all_pages, magazine_review, renamed
from sparql_endpoint import Endpoint, Fault

from kg.errors import StoreError, UsageError
from kg.graph.mapping import page_graph, quads_of
from kg.graph.places import open_graph
from kg.graph.remote.address import Remote, place
from kg.graph.remote.client import Client
from kg.graph.store import Store


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No credentials of the machine's, no state folder of the user's, no waiting."""
    for name in ("FILM_KG_TOKEN", "FILM_KG_USER", "FILM_KG_PASSWORD", "NETRC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("kg.graph.remote.client._FIRST_WAIT", 0.001)


def fill(endpoint: Endpoint) -> None:
    with open_graph(endpoint.url, write=True) as store:
        store.bulk_load(quad for page in all_pages() for quad in quads_of(page))
        store.publish()


def put(store: Store) -> None:
    page = renamed(magazine_review().linked(), "new")
    store.replace_page(page_graph(page.page.id), quads_of(page))
    store.publish()


@pytest.mark.parametrize(
    "fault",
    [
        Fault(503),
        Fault(429),
        Fault(502, body="<html><h1>Bad gateway</h1></html>"),
        Fault(),
        Fault(500),
    ],
    ids=["busy", "too many", "gateway", "dropped", "broken"],
)
def test_what_passes_is_waited_for(fault: Fault) -> None:
    with Endpoint() as endpoint:
        endpoint.faults += [fault, fault]
        fill(endpoint)
        endpoint.faults += [fault, fault]
        with open_graph(endpoint.url) as store:
            assert len(list(store.pages())) == 3
        assert not endpoint.faults


def test_a_request_whose_answer_was_lost_is_made_once_more_without_harm() -> None:
    with Endpoint() as endpoint, Endpoint() as calm:
        endpoint.faults.append(Fault(when="magazine", after=True))
        fill(endpoint)
        fill(calm)
        pages = (
            'SELECT * { ?s ?p ?o FILTER(!STRSTARTS(STR(?s), "https://w3id.org/film-kg/graph")) }'
        )
        assert set(map(str, endpoint.store.query(pages))) == set(map(str, calm.store.query(pages)))


def test_what_does_not_pass_ends_the_build_and_leaves_what_was() -> None:
    with Endpoint() as endpoint:
        fill(endpoint)
        before = set(endpoint.store)
        endpoint.faults += [Fault(503, body="down for repairs", when="INSERT") for _ in range(7)]
        with (
            open_graph(endpoint.url, write=True, rebuild=True) as store,
            pytest.raises(StoreError) as caught,
        ):
            put(store)
        assert set(endpoint.store) == before
    told = str(caught.value)
    assert "busy or broken 7 times (503 Service Unavailable: down for repairs)" in told
    assert "run the same command again later" in told


def test_the_wait_doubles_and_is_told(caplog: pytest.LogCaptureFixture) -> None:
    waits: list[float] = []
    answers = iter([503, 503, 503, 200])

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(next(answers), request=request)

    client = Client(
        Remote("http://h.example/sparql"), transport=httpx.MockTransport(answer), wait=waits.append
    )
    with caplog.at_level(logging.WARNING, "kg.graph.remote.client"):
        client.send("POST", "http://h.example/sparql", headers={}, purpose="answer a query")
    assert len(waits) == 3
    assert all(0.75 <= wait / (0.001 * 2**number) <= 1.25 for number, wait in enumerate(waits))
    assert "h.example: 503 Service Unavailable; asking again in" in caplog.text


@pytest.mark.parametrize("as_date", [False, True])
def test_a_server_says_how_long_to_wait(as_date: bool) -> None:
    waits: list[float] = []
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    bidden = {"Retry-After": then if as_date else "40"}
    answers = iter([httpx.Response(429, headers=bidden), httpx.Response(200)])
    client = Client(
        Remote("http://h.example/sparql"),
        transport=httpx.MockTransport(lambda _: next(answers)),
        wait=waits.append,
    )
    client.send("POST", "http://h.example/sparql", headers={}, purpose="answer a query")
    assert 38 <= waits[0] <= 41


@pytest.mark.parametrize("scheme", ["basic", "digest"])
def test_name_and_password_from_the_environment(
    scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILM_KG_USER", "eve")
    monkeypatch.setenv("FILM_KG_PASSWORD", "pass word")
    with Endpoint(scheme=scheme) as endpoint:
        fill(endpoint)
        refused = [one for one in endpoint.seen if not one.authorization]
        assert len(refused) <= 3  # one a session, and Digest's own
        with open_graph(endpoint.url) as store:
            assert len(list(store.pages())) == 3


def test_a_token_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILM_KG_TOKEN", "secret-token")
    with Endpoint(token="secret-token") as endpoint:
        fill(endpoint)
        assert {one.authorization for one in endpoint.seen} == {"Bearer secret-token"}


def test_name_and_password_from_netrc(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "credentials"
    file.write_text('machine 127.0.0.1 login eve password "pass word"\n', encoding="ascii")
    file.chmod(0o600)
    monkeypatch.setenv("NETRC", str(file))
    with Endpoint(scheme="digest") as endpoint:
        fill(endpoint)


def test_a_broken_netrc_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "credentials"
    file.write_text("login without machine\n", encoding="ascii")
    monkeypatch.setenv("NETRC", str(file))
    with (
        Endpoint() as endpoint,
        pytest.raises(UsageError, match="credentials, but it can't be read"),
    ):
        open_graph(endpoint.url)


def test_name_and_password_in_the_address_are_never_shown() -> None:
    with Endpoint(scheme="basic", password="top-secret") as endpoint:
        remote = place(endpoint.url.replace("//", "//eve:top%2Dsecret@"))
        assert isinstance(remote, Remote)
        with open_graph(remote, write=True) as store:
            put(store)
            shown = f"{remote} {remote!r} {store.info()} {store.directory}"
        assert "top-secret" not in shown
        assert "top%2Dsecret" not in shown
        assert str(remote) == endpoint.url
        wrong = place(endpoint.url.replace("//", "//eve:mistaken@"))
        with pytest.raises(StoreError) as caught:
            open_graph(wrong)
        assert "mistaken" not in str(caught.value)
        assert "refuses the name 'eve' and its password from the address (Basic)" in str(
            caught.value
        )


def test_somebody_unknown_learns_how_to_be_known() -> None:
    with Endpoint(token="secret-token") as endpoint, pytest.raises(StoreError) as caught:
        open_graph(endpoint.url, write=True)
    assert "wants to know who asks (Bearer); nothing was changed: set FILM_KG_TOKEN" in str(
        caught.value
    )


def test_a_server_that_may_only_be_read_is_found_out_before_any_work() -> None:
    with Endpoint(read_only=True) as endpoint:
        with pytest.raises(StoreError, match=r"doesn't allow that to anybody .*read-only"):
            open_graph(endpoint.url, write=True)
        assert not list(endpoint.store)


def test_nobody_at_the_address() -> None:
    with pytest.raises(StoreError, match=r"found none in 2 attempts .*check the address"):
        open_graph("http://127.0.0.1:9/sparql")


def test_a_server_that_speaks_no_sparql() -> None:
    with Endpoint() as endpoint:
        endpoint.faults.append(Fault(200, body="<html>Welcome</html>"))
        with pytest.raises(StoreError, match=r"expected rows as SPARQL JSON .*found text/plain"):
            open_graph(endpoint.url)
        endpoint.faults.append(Fault(404, body="<html><p>Nothing here</p></html>"))
        with pytest.raises(StoreError, match=r"isn't done there \(404 Not Found: Nothing here\)"):
            open_graph(endpoint.url)
        endpoint.faults.append(Fault(301, {"Location": "https://new.example/sparql"}))
        with pytest.raises(StoreError, match=r"sends on to https://new\.example/sparql"):
            open_graph(endpoint.url)


@pytest.mark.parametrize(
    ("banner", "url", "update", "graph_store"),
    [
        (
            "Virtuoso/07",
            "https://h/sparql",
            "https://h/sparql-auth",
            "https://h/sparql-graph-crud-auth",
        ),
        (
            "Apache Jena Fuseki (5.0)",
            "https://h/films/sparql",
            "https://h/films/update",
            "https://h/films/data",
        ),
        ("oxigraph/0.4", "https://h/query", "https://h/update", "https://h/store"),
        (
            "GraphDB",
            "https://h/repositories/films",
            "https://h/repositories/films/statements",
            "https://h/repositories/films/rdf-graphs/service",
        ),
        ("nginx", "https://h/sparql", "https://h/sparql", ""),
    ],
)
def test_end_points_of_common_servers(banner: str, url: str, update: str, graph_store: str) -> None:
    from kg.graph.remote.server import server

    found = server(Remote(url), banner, known=True)
    assert (found.query, found.update, found.graph_store) == (url, update, graph_store)
    named = server(Remote(url, "https://h/u", "https://h/g"), banner, known=True)
    assert (named.query, named.update, named.graph_store) == (url, "https://h/u", "https://h/g")


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("https:///sparql", "no host"),
        ("http://host/a b", "a space"),
        ("http://host/sparql#here", "a fragment"),
        ("http://user:secret@host:port/", "can't be read"),
    ],
)
def test_addresses_that_are_none(written: str, fault: str) -> None:
    with pytest.raises(UsageError) as caught:
        place(written)
    assert fault in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_folder_is_no_address() -> None:
    assert place("http") == Path("http")
    assert place("graphs/https") == Path("graphs/https")


def test_two_addresses_have_two_state_folders(tmp_path: Path) -> None:
    one, other = place("https://h.example/a/sparql"), place("https://h.example/b/sparql")
    assert isinstance(one, Remote)
    assert isinstance(other, Remote)
    assert one.folder != other.folder
    assert one.folder.parent == tmp_path / "state" / "film-kg"
    assert one.folder.name.startswith("h-example-a-sparql-")
