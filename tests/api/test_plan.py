"""`POST /api/v1/plan`: options chosen put in order, a plan made again, and what is refused."""

from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from directory.api.paths import PATH_EXAMPLE, PathAnswer
from tests.api.asking import PREFIX, problem

BAKER = {"code_insee": "26113", "projects": [{"rome": "D1102", "priority": True}]}


def post(client: FlaskClient, body: object) -> TestResponse:
    return client.post(f"{PREFIX}/plan", data=orjson.dumps(body), content_type="application/json")


def test_options_chosen_are_put_in_order_with_their_dates(client: FlaskClient) -> None:
    answer = post(client, {"profile": BAKER, "chosen": ["dora--t1", "dora--i1", "dora--gone"]})
    body: Any = answer.json
    assert [(one["option_id"], one["starts"], one["wait_days"]) for one in body["plan"]] == [
        ("dora--i1", "2026-12-07", 14), ("dora--t1", "2027-01-04", 24),
    ]  # fmt: skip
    assert (body["plan"][0]["slot_id"], body["plan"][1]["session_id"]) == ("a", "a")
    assert body["missing"] == ["dora--gone"]
    assert body.keys() == PathAnswer().fields.keys()
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_plan_given_back_with_a_step_that_slipped_is_made_again(client: FlaskClient) -> None:
    first: Any = post(client, {"profile": BAKER, "chosen": ["dora--t1", "dora--i1"]}).json
    slip = {"step": 1, "ends": "2026-12-20"}
    again: Any = post(client, {"profile": BAKER, "plan": first["plan"], "slip": slip}).json
    assert [(one["option_id"], one["ends"], one["wait_days"]) for one in again["plan"]] == [
        ("dora--i1", "2026-12-20", 14), ("dora--t1", "2027-03-05", 15),
    ]  # fmt: skip
    late = {"step": 1, "ends": "2027-01-10"}
    stopped: Any = post(client, {"profile": BAKER, "plan": first["plan"], "slip": late}).json
    assert [one["option_id"] for one in stopped["plan"]] == ["dora--i1"]
    assert "avant la fin de « Boulanger »" in stopped["plan_blocks"][0]["reason"]


def test_without_anything_chosen_it_is_the_plan_of_the_match(client: FlaskClient) -> None:
    matched: Any = client.post(f"{PREFIX}/match", json=BAKER).json
    planned: Any = post(client, {"profile": BAKER}).json
    assert planned["plan"] == matched["plan"] != []
    assert planned["plan_blocks"] == matched["plan_blocks"]


def test_the_example_of_the_page_is_taken(client: FlaskClient) -> None:
    assert post(client, PATH_EXAMPLE).status_code == 200


STEP = {"step": 1, "option_id": "dora--i1", "starts": "2026-12-07", "ends": "2026-12-11"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"chosen": ["x"]}, "profile"),
        ({"profile": {**BAKER, "age": -1}}, "profile.age"),
        ({"profile": BAKER, "chosen": "dora--i1"}, "chosen"),
        ({"profile": BAKER, "chosen": [f"x{number}" for number in range(31)]}, "chosen"),
        ({"profile": BAKER, "plan": [STEP]}, ""),
        ({"profile": BAKER, "slip": {"step": 1}}, ""),
        ({"profile": BAKER, "plan": [STEP], "slip": {"step": 2}}, "slip.step"),
        ({"profile": BAKER, "plan": [STEP], "slip": {}}, "slip.step"),
        ({"profile": BAKER, "plan": [{**STEP, "ends": "2026-12-01"}], "slip": {"step": 1}}, "plan[0].ends"),
        ({"profile": BAKER, "plan": [STEP], "slip": {"step": 1, "ends": "2026-12-01"}}, "slip.ends"),
        ({"profile": BAKER, "plan": [{"step": 1}], "slip": {"step": 1}}, "plan[0].option_id"),
        ({"profile": BAKER, "people": 3}, "people"),
        ([], ""),
    ],
)
def test_what_cannot_be_planned_is_refused_with_the_field(
    client: FlaskClient, given: object, field: str
) -> None:
    body = problem(post(client, given), 422)
    assert field in {one["field"] for one in body["errors"]}
