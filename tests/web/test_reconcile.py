"""The Reconciliation Service API, asked as OpenRefine asks, held against the API's own schemas.

What the schemas of version 0.2 demand is written down here in few words; see
https://reconciliation-api.github.io/specs/0.2/ for the schemas.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from kg.web.problems import RequestError
from kg.web.reconcile import routes

EVE = "film/all-about-eve-1950"


def refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestError)
    return error.response()


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = Starlette(
        routes=routes(), exception_handlers={RequestError: refused, HTTPException: refused}
    )
    with TestClient(app, base_url="http://127.0.0.1:3333") as made:
        yield made


def posted(client: TestClient, batch: object) -> Any:  # noqa: ANN401 - whatever the JSON is
    """As OpenRefine sends a batch: a form with one field."""
    answer = client.post("/reconcile", data={"queries": json.dumps(batch)})
    assert answer.status_code == 200, answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    return answer.json()


def best(client: TestClient, query: str, **more: object) -> dict[str, Any]:
    found = posted(
        client, {"q0": {"query": query, "type": "Movie", "type_strict": "should", **more}}
    )
    result = found["q0"]["result"]
    return dict(result[0]) if result else {}


def is_type(one: object) -> bool:
    return isinstance(one, str) or (
        isinstance(one, dict) and isinstance(one["id"], str) and isinstance(one["name"], str)
    )


def test_the_manifest_is_one_of_the_version(client: TestClient) -> None:
    manifest = client.get("/reconcile").json()
    assert "0.2" in manifest["versions"]
    for name in ("name", "identifierSpace", "schemaSpace"):
        assert isinstance(manifest[name], str)
    assert all(is_type(one) for one in manifest["defaultTypes"])
    for template in (manifest["view"]["url"], manifest["preview"]["url"]):
        assert template.startswith("http://127.0.0.1:3333/")
        assert "{{id}}" in template
    assert isinstance(manifest["preview"]["width"], int)
    assert isinstance(manifest["batchSize"], int)
    assert set(manifest["suggest"]) == {"entity", "property", "type"}


def test_every_place_that_the_manifest_names_answers(client: TestClient) -> None:
    manifest = client.get("/reconcile").json()
    places = [one["service_url"] + one["service_path"] for one in manifest["suggest"].values()]
    proposing = manifest["extend"]["propose_properties"]
    places.append(proposing["service_url"] + proposing["service_path"])
    places += [
        manifest[what]["url"].replace("{{id}}", quote(EVE, safe="")) for what in ("view", "preview")
    ]
    for place in places:
        answer = client.get(
            place, params=None if "id=" in place else {"prefix": "a", "type": "Movie"}
        )
        assert answer.status_code == 200, place
        assert answer.headers["access-control-allow-origin"] == "*"


def test_a_batch_gives_candidates_as_the_schema_has_them(client: TestClient) -> None:
    found = posted(
        client,
        {
            "q0": {"query": "All About Eve", "type": "Movie", "limit": 3},
            "q1": {"query": "Bette Davis", "type": ["Person"]},
            "q2": {"query": "Qwxzt zzkvj"},
        },
    )
    assert set(found) == {"q0", "q1", "q2"}
    for answer in found.values():
        for one in answer["result"]:
            assert isinstance(one["id"], str)
            assert isinstance(one["name"], str)
            assert 0 <= one["score"] <= 100
            assert isinstance(one["match"], bool)
            assert all(is_type(kind) for kind in one["type"])
            assert all(
                isinstance(feature["value"], bool | int | float) for feature in one["features"]
            )
        scores = [one["score"] for one in answer["result"]]
        assert scores == sorted(scores, reverse=True)
    assert found["q0"]["result"][0]["id"] == EVE
    assert found["q1"]["result"][0]["id"] == "person/bette-davis"
    assert found["q2"]["result"] == []


def test_a_batch_may_come_in_the_address(client: TestClient) -> None:
    batch = json.dumps({"q0": {"query": "All About Eve"}})
    found = client.get("/reconcile", params={"queries": batch}).json()
    assert found["q0"]["result"][0]["id"] == EVE


def test_no_more_candidates_come_than_were_asked_for(client: TestClient) -> None:
    found = posted(client, {"q0": {"query": "A Star Is Born", "limit": 2}})
    assert len(found["q0"]["result"]) == 2


@pytest.mark.parametrize("year", [1954, 1995])
def test_a_year_tells_remakes_apart(client: TestClient, year: int) -> None:
    one = best(client, "Sabrina", properties=[{"pid": "year", "v": year}])
    assert one["id"] == f"film/sabrina-{year}"
    assert one["match"]


def test_a_title_of_two_films_alone_is_no_match(client: TestClient) -> None:
    assert not best(client, "Sabrina")["match"]


@pytest.mark.parametrize(
    "director", ["Billy Wilder", {"id": "person/billy-wilder", "name": "Billy Wilder"}]
)
def test_a_director_tells_remakes_apart(client: TestClient, director: object) -> None:
    properties = [{"pid": "director", "v": [director]}]
    assert best(client, "The Front Page", properties=properties)["id"] == "film/the-front-page-1974"


def test_a_year_that_differs_is_no_match(client: TestClient) -> None:
    assert not best(client, "Crash", properties=[{"pid": "year", "v": "1950"}])["match"]


def test_an_identifier_elsewhere_decides(client: TestClient) -> None:
    one = best(client, "Sabrina", properties=[{"pid": "imdb", "v": "tt0047437"}])
    assert (one["id"], one["match"]) == ("film/sabrina-1954", True)


@pytest.mark.parametrize("text", [EVE, f"https://w3id.org/film-kg/{EVE}"])
def test_an_identifier_as_query_gives_its_thing(client: TestClient, text: str) -> None:
    one = best(client, text)
    assert (one["id"], one["score"], one["match"]) == (EVE, 100, True)


def test_entities_are_suggested_while_somebody_types(client: TestClient) -> None:
    found = client.get("/reconcile/suggest/entity", params={"prefix": "All About E"}).json()
    assert found["result"][0]["id"] == EVE
    assert all(is_type(kind) for one in found["result"] for kind in one["notable"])


def test_suggestions_go_on_behind_a_cursor(client: TestClient) -> None:
    def ids(cursor: int) -> list[str]:
        params = {"prefix": "the", "cursor": str(cursor)}
        return [
            one["id"]
            for one in client.get("/reconcile/suggest/entity", params=params).json()["result"]
        ]

    assert ids(5)[:5] == ids(0)[5:]


@pytest.mark.parametrize(
    ("what", "typed", "first"), [("type", "fil", "Movie"), ("property", "dir", "director")]
)
def test_types_and_properties_are_suggested(
    client: TestClient, what: str, typed: str, first: str
) -> None:
    found = client.get(f"/reconcile/suggest/{what}", params={"prefix": typed}).json()["result"]
    assert found[0]["id"] == first


def test_values_are_fetched(client: TestClient) -> None:
    wanted = {
        "ids": [EVE, "film/nowhere"],
        "properties": [{"id": one} for one in ("year", "director", "imdb", "wikidata", "tmdb")],
    }
    found = client.post("/reconcile", data={"extend": json.dumps(wanted)}).json()
    assert [one["id"] for one in found["meta"]] == ["year", "director", "imdb", "wikidata", "tmdb"]
    assert found["rows"][EVE] == {
        "year": [{"int": 1950}],
        "director": [{"id": "person/joseph-l-mankiewicz", "name": "Joseph L. Mankiewicz"}],
        "imdb": [{"str": "tt0042192"}],
        "wikidata": [{"str": "Q200299"}],
        "tmdb": [{"str": "705"}],
    }
    assert not any(found["rows"]["film/nowhere"].values())


def test_properties_are_proposed_for_a_type(client: TestClient) -> None:
    found = client.get("/reconcile/properties", params={"type": "Person"}).json()
    assert found["type"] == "Person"
    assert {one["id"] for one in found["properties"]} == {"film", "imdb"}


def test_the_card_may_stand_in_a_frame_and_runs_nothing(client: TestClient) -> None:
    answer = client.get("/reconcile/preview", params={"id": EVE})
    assert "<h1>All About Eve" in answer.text
    assert "Joseph L. Mankiewicz" in answer.text
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy


def test_a_browser_that_asks_first_is_let_in(client: TestClient) -> None:
    headers = {"origin": "http://127.0.0.1:3334", "access-control-request-method": "POST"}
    answer = client.options("/reconcile", headers=headers)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "POST" in answer.headers["access-control-allow-methods"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"queries": "{"}, 400),
        ({"queries": "[]"}, 400),
        ({"queries": '{"q0": {}}'}, 400),
        ({"queries": '{"q0": {"query": "x", "limit": 0}}'}, 400),
        ({"queries": json.dumps({f"q{at}": {"query": "x"} for at in range(51)})}, 413),
        ({"extend": '{"ids": 1}'}, 400),
        ({"extend": '{"ids": [], "properties": [{"id": "colour"}]}'}, 400),
        ({}, 400),
        ({"other": "1"}, 400),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(
    client: TestClient, sent: dict[str, str], status: int
) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = client.post("/reconcile", data=sent, headers=headers)
    assert answer.status_code == status
    assert "expected" in answer.json()["error"]["message"]
    assert answer.headers["access-control-allow-origin"] == "*"


def test_an_unknown_thing_has_no_card(client: TestClient) -> None:
    assert client.get("/reconcile/preview", params={"id": "film/nowhere"}).status_code == 404
