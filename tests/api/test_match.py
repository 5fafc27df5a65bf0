"""`POST /api/v1/match`: what is taken, refused, answered and not kept."""

from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from directory.api.match_schemas import EXAMPLE, MatchAnswer, ProfileBody
from directory.app import MAX_BODY
from matching.profile import KEYS
from tests.api.asking import PREFIX, problem, stable

HERE = {"code_insee": "26362", "needs": ["mobilite--preparer-un-permis"]}


def post(client: FlaskClient, profile: object) -> TestResponse:
    return client.post(f"{PREFIX}/match", data=orjson.dumps(profile), content_type="application/json")


def test_a_profile_gives_explained_results(client: FlaskClient) -> None:
    body: Any = post(client, HERE).json
    assert body["results"][0]["id"] == "dora--1"
    assert body["results"][0]["reasons"]
    assert body["today"] == "2026-11-23"


def test_the_example_of_the_page_is_taken(client: FlaskClient) -> None:
    assert post(client, EXAMPLE).status_code == 200


def test_the_page_tells_every_key_of_a_profile_and_of_a_match(client: FlaskClient) -> None:
    assert set(ProfileBody().fields) == set(KEYS)
    answered: Any = post(client, EXAMPLE).json
    assert answered.keys() == MatchAnswer().fields.keys()


def test_nobody_keeps_a_match(client: FlaskClient) -> None:
    assert post(client, HERE).headers["Cache-Control"] == "no-store"
    assert post(client, {}).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("profile", "fields"),
    [
        ({}, {"code_insee"}),
        ([], {""}),
        ("x", {""}),
        (None, {""}),
        ({"code_insee": "26362"}, {"constraints"}),
        (HERE | {"code_insee": "Valance"}, {"code_insee"}),
        (HERE | {"agee": 3, "age": -1, "publics": ["x"]}, {"agee", "age", "publics[0]"}),
        (HERE | {"lat": 44.9}, {"lon"}),
        (HERE | {"lat": 444, "lon": True}, {"lat", "lon"}),
        (
            HERE | {"travel": {"modes": ["fusée"], "max_minutes": "x"}},
            {"travel.modes[0]", "travel.max_minutes"},
        ),
        (HERE | {"constraints": [{}], "available_from": "demain"}, {"constraints[0].code", "available_from"}),
    ],
    ids=stable,
)
def test_a_bad_profile_is_refused_naming_every_field(
    client: FlaskClient, profile: object, fields: set[str]
) -> None:
    body = problem(post(client, profile), 422)
    assert {one["field"] for one in body["errors"]} == fields


def test_an_unknown_commune_comes_with_the_nearest(client: FlaskClient) -> None:
    assert "Valence (26362)" in problem(post(client, HERE | {"code_insee": "Valance"}), 422)["detail"]


@pytest.mark.parametrize("sent", [b"", b"{", b"\xff\xfe", b"{'a': 1}", b"[" * 5000])
def test_what_is_not_json_is_refused(client: FlaskClient, sent: bytes) -> None:
    problem(client.post(f"{PREFIX}/match", data=sent, content_type="application/json"), 400)


@pytest.mark.parametrize(
    "form", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_what_is_not_called_json_is_refused(client: FlaskClient, form: str | None) -> None:
    problem(client.post(f"{PREFIX}/match", data=b'{"code_insee": "26362"}', content_type=form), 415)


def test_an_oversized_profile_is_refused(client: FlaskClient) -> None:
    sent = b'"' + b"x" * MAX_BODY + b'"'
    problem(client.post(f"{PREFIX}/match", data=sent, content_type="application/json"), 413)


def test_a_match_takes_no_parameter(client: FlaskClient) -> None:
    problem(client.post(f"{PREFIX}/match?limit=3", json=HERE), 422)
