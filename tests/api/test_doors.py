"""What every door of the API has in common: methods, problems, caches, and the page that tells them."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from directory.wiring import Jalon
from tests.api.asking import PREFIX, ask, faults, problem, stable
from tests.houses import client_of, close_house, open_house

READING = ["/search", "/suggest?q=val", "/structures", "/services", "/services/dora--1", "/openapi.json"]


@pytest.mark.parametrize("path", READING)
def test_head_answers_as_get_without_a_body(client: FlaskClient, path: str) -> None:
    got, head = client.get(PREFIX + path), client.head(PREFIX + path)
    assert (head.status_code, head.content_type, head.data) == (200, got.content_type, b"")


@pytest.mark.parametrize("path", READING)
def test_options_say_what_is_allowed(client: FlaskClient, path: str) -> None:
    assert set(client.options(PREFIX + path).headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", READING)
def test_another_method_is_refused_with_what_is_allowed(client: FlaskClient, method: str, path: str) -> None:
    answer = client.open(PREFIX + path, method=method)
    problem(answer, 405)
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "path", ["/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v1/services/", "/health", "/health/x"]
)
def test_an_address_that_leads_nowhere_is_a_problem(client: FlaskClient, path: str) -> None:
    problem(client.get(path), 404)


@pytest.mark.parametrize("path", ["/suggest", "/structures", "/services/dora--1", "/trainings"])
def test_an_unknown_parameter_is_refused_everywhere(client: FlaskClient, path: str) -> None:
    assert faults(client, path, q="a" if path == "/suggest" else [], seize=3)["seize"]


def test_reference_answers_may_be_kept_and_asked_again(client: FlaskClient) -> None:
    first = client.get(f"{PREFIX}/suggest?q=valence")
    assert first.cache_control.max_age == 3600
    again = client.get(f"{PREFIX}/suggest?q=valence", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_row_is_asked_again_before_it_is_shown_from_a_cache(client: FlaskClient) -> None:
    first = client.get(f"{PREFIX}/services/dora--1")
    assert first.cache_control.no_cache
    again = client.get(f"{PREFIX}/services/dora--1", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ({"q": "pau"}, ("Pau", "64445", "commune")),
        ({"q": "vale", "what": "communes"}, ("Valence", "26362", "commune")),
        ({"q": "mobil", "what": "themes"}, ("Mobilité", "mobilite", "category")),
        (
            {"q": "nounou", "what": "themes"},
            ("Faire garder son enfant", "famille--garde-denfants", "thematique"),
        ),
        (
            {"q": "transport sol", "what": "options"},
            ("Transport solidaire du Diois", "soliguide--4", "service"),
        ),
    ],
    ids=stable,
)
def test_suggestions_complete_what_is_typed(
    client: FlaskClient, query: dict[str, Any], first: tuple[str, str, str]
) -> None:
    found = ask(client, "/suggest", **query)["items"][0]
    assert found["code"] == first[1]
    assert found["type"] == first[2]


def test_nothing_typed_suggests_nothing(client: FlaskClient) -> None:
    assert ask(client, "/suggest", q=" ") == {"items": []}
    assert ask(client, "/suggest", q="val", limit=2)["items"][1]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "q"),
        ({"q": "a", "what": "people"}, "what"),
        ({"q": "a", "limit": 0}, "limit"),
        ({"q": "a", "limit": 51}, "limit"),
        ({"q": "a" * 201}, "q"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_bad_suggestion_is_refused(client: FlaskClient, query: dict[str, Any], field: str) -> None:
    assert set(faults(client, "/suggest", **query)) == {field}


def test_health_is_told_and_never_kept(client: FlaskClient) -> None:
    assert client.get("/health/live").json == {"status": "ok"}
    ready = client.get("/health/ready")
    assert ready.json == {"status": "ok", "checks": {"database": "ok", "index": "ok"}}
    assert ready.headers["Cache-Control"] == "no-store"


@pytest.fixture
def broken_house(tmp_path: Any) -> Any:
    """A house whose index is no index and whose database has no tables."""
    index = tmp_path / "index"
    index.mkdir()
    (index / "current").write_text("nowhere")
    jalon = open_house(tmp_path, upgraded=False)
    yield jalon
    close_house(jalon)


def test_a_server_away_is_a_503_that_says_when_to_come_back(broken_house: Jalon) -> None:
    client = client_of(broken_house)
    for path in ("/api/v1/services", "/api/v1/services/dora--1"):
        answer = client.get(path)
        problem(answer, 503)
        assert answer.headers["Retry-After"] == "5"
        assert "option" not in answer.text


def test_the_page_tells_every_route_and_loads_nothing_from_elsewhere(client: FlaskClient) -> None:
    spec: Any = client.get(f"{PREFIX}/openapi.json").json
    page = client.get(f"{PREFIX}/docs").text
    for path in spec["paths"]:
        assert path in page
    for name in spec["components"]["schemas"]:
        assert f'id="{name}"' in page
    assert "http://" not in page
    assert "https://" not in page


def test_the_description_is_openapi_3_1_with_its_closed_lists(client: FlaskClient) -> None:
    spec: Any = client.get(f"{PREFIX}/openapi.json").json
    assert spec["openapi"].startswith("3.1")
    search = {one["name"]: one for one in spec["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert search["kind"]["schema"]["items"]["enum"] == ["service", "immersion", "training"]
    assert search["sort"]["schema"]["enum"] == ["relevance", "distance", "freshness"]
    assert "mobilite" in search["thematiques"]["schema"]["items"]["enum"]
    assert all(one["description"] for one in search.values())


def test_every_route_is_described(client: FlaskClient) -> None:
    spec: Any = client.get(f"{PREFIX}/openapi.json").json
    for path, methods in spec["paths"].items():
        for method, told in methods.items():
            if method != "parameters":
                assert told["summary"], (method, path)
